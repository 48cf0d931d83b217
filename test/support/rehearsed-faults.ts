/** Every fault that the local cloud has, and the check of a preflight that names it. */
import { apiErrors, type ErrorKind } from "../../catalog/api-errors.ts";
import { ask, type Question } from "../../sandbox/control.ts";
import type { Cloud } from "../../sandbox/core/cloud.ts";
import type { Effect } from "../../sandbox/core/faults.ts";
import { smallSettings } from "./stacks.ts";

/** What an account can be refused for, and its quotas; what is left out is well. */
export type AccountState = Extract<Question, { ask: "change-account" }>["change"];
type Quotas = NonNullable<AccountState["quotas"]>;

export interface RehearsedFault {
  /** Switches it on, for an account of the cloud. */
  readonly on: (cloud: Cloud, account: string) => unknown;
  /** The check that names it, and its words. */
  readonly id: string;
  readonly says: RegExp;
  /** Settings that meet it; {@link furnished} when left out. */
  readonly of?: object;
}

const zone = "cn-shanghai-l";
const type = "ecs.g7.xlarge";
const image = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";

/** Hosts by the hour, a way out by NAT gateway and address, data disks, a database: something for every check. */
export function furnished() {
  const small = smallSettings();
  const dataDisk = { GiB: 100, level: "PL1", mount: "/data", snapshots: "none" };
  const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "standard" } };
  return {
    ...small,
    network: { ...small.network, wayOut: "nat" },
    hosts: { workers: { ...small.hosts?.["workers"], dataDisk } },
    timeSeries: { lindorm, pay: "pay-as-you-go", reachableFrom: ["workers"] },
  };
}
const spot = (max: number) => ({
  ...furnished(),
  hosts: { workers: { ...smallSettings().hosts?.["workers"], pay: { spot: { max } } } },
});

const state =
  (change: AccountState): RehearsedFault["on"] =>
  (cloud, id) =>
    ask(cloud, { ask: "change-account", id, change });
const soldOut =
  (where: string, what: string, how: "NoStock" | "NotOnSale" = "NoStock"): RehearsedFault["on"] =>
  (cloud) =>
    ask(cloud, { ask: "sell-out", zone: where, what, how });

/** Every quota: one that is new has to be added here, or this is no valid program. */
const ofTheQuotas: Readonly<Record<keyof Quotas, RehearsedFault>> = {
  spotVcpu: { on: state({ quotas: { spotVcpu: 1 } }), id: "quota-vcpu", says: /of 1 vCPUs/, of: spot(2) },
  vpcs: { on: state({ quotas: { vpcs: 1 } }), id: "quota-network", says: /VPCs/ },
  vSwitchesPerVpc: { on: state({ quotas: { vSwitchesPerVpc: 0 } }), id: "quota-network", says: /vSwitches/ },
  securityGroups: { on: state({ quotas: { securityGroups: 1 } }), id: "quota-security-groups", says: /of 1/ },
  addresses: { on: state({ quotas: { addresses: 0 } }), id: "quota-network", says: /elastic addresses/ },
  natGatewaysPerVpc: { on: state({ quotas: { natGatewaysPerVpc: 0 } }), id: "quota-network", says: /NAT gateways/ },
};

/** What makes bills different, and what only takes time. */
const noFault = ["discountPercent", "taxPercent", "callsPerMinute"] as const;
type OfAccount = Exclude<keyof AccountState, (typeof noFault)[number] | "quotas">;

/** Every other fault of the account: the same holds. */
const ofTheAccount: Readonly<Record<OfAccount, RehearsedFault>> = {
  realName: { on: state({ realName: false }), id: "real-name", says: /no real-name registration/ },
  balance: { on: state({ balance: 0 }), id: "balance", says: /nothing is left in the account/ },
  arrears: { on: state({ arrears: true }), id: "arrears", says: /bills are open/ },
  payMethod: { on: state({ payMethod: false }), id: "orders", says: /payment method/ },
  riskControl: { on: state({ riskControl: true }), id: "orders", says: /risk control/ },
  vcpu: { on: state({ vcpu: 7 }), id: "quota-vcpu", says: /7/ },
  tsdbSold: {
    on: state({ tsdbSold: false }),
    id: "database",
    says: /not sold/,
    of: { ...furnished(), timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } } },
  },
};

/** What can be taken out of stock, as `npm run sandbox -- faults sold-out` takes it. */
const ofTheStock: Readonly<Record<string, RehearsedFault>> = {
  "a type is sold out": { on: soldOut(zone, type), id: "instance-stock", says: /sold out/ },
  "a type is not sold": { on: soldOut(zone, type, "NotOnSale"), id: "instance-stock", says: /not sold/ },
  "a disk category is sold out": {
    on: soldOut(zone, "cloud_essd"),
    id: "system-disk",
    says: /cloud_essd in cn-shanghai-l: sold out/,
  },
  "a whole zone is sold out": { on: soldOut(zone, "*"), id: "data-disk", says: /sold out/ },
  "an image is gone": { on: soldOut("*", image), id: "image", says: /no host can be made from it/ },
  "the region is closed": { on: soldOut("cn-shanghai", "*"), id: "region", says: /soldOut/ },
  "the spot price is above the limit": {
    on: (cloud) => ask(cloud, { ask: "spot-price", zone, type, price: 0.9 }),
    id: "spot-price",
    says: /0\.9 CNY an hour now/,
    of: spot(0.5),
  },
};

const calls =
  (effect: Effect): RehearsedFault["on"] =>
  (cloud) =>
    ask(cloud, { ask: "add-fault", rule: { action: "*", effect } });

/** What calls can meet besides refusals; being slow is no fault. */
const ofTheConnection: Readonly<Record<Exclude<Effect["kind"], "error" | "latency">, RehearsedFault>> = {
  cut: { on: calls({ kind: "cut" }), id: "credentials-accepted", says: /connection/i },
  "lost-answer": { on: calls({ kind: "lost-answer" }), id: "credentials-accepted", says: /connection/i },
};

/** Faults of an account and of the stock, by name. */
export const switches: Readonly<Record<string, RehearsedFault>> = { ...ofTheAccount, ...ofTheQuotas, ...ofTheStock };

/** Refusals that pass by themselves: the provider asks again, and so does a preflight. */
const passing: readonly ErrorKind[] = ["throttling", "service", "conflict"];
/** Refusals that are about the network of the dry run, which is not the one that is to be made. */
const ofTheNetwork = /VSwitch|SecurityGroup|IpNotEnough|^MissingParameter/;
const hidden: Readonly<Record<string, string>> = { "Forbidden.RiskControl": "orders", InvalidPayMethod: "orders" };

/** Faults of the way to the cloud, by name. */
export const connections: Readonly<Record<string, RehearsedFault>> = ofTheConnection;

/** A code that calls answer, and why no preflight can see it before, where none can. */
export interface RefusedCalls {
  readonly code: string;
  readonly fault?: RehearsedFault;
  readonly unseen?: string;
}

/** Every code of the catalogue, as `npm run sandbox -- faults call` has it answered. */
export const refusedCalls: readonly RefusedCalls[] = apiErrors.map(({ code, http, message, kind, actions }) => {
  const every = actions === "*";
  if (kind === "dry-run") return { code, unseen: "what a dry run that went through is answered" };
  if (passing.includes(kind)) return { code, unseen: "passes by itself: the provider asks again" };
  if (!every && !actions.includes("RunInstances")) {
    return { code, unseen: "answered by calls that make or change something, which have no dry run here" };
  }
  if (ofTheNetwork.test(code))
    return { code, unseen: "about the vSwitch or group of a host, which is to be made first" };
  const action = every ? "*" : "RunInstances";
  const rule = { action, effect: { kind: "error", code, http, message } } as const;
  return {
    code,
    fault: {
      on: (cloud) => ask(cloud, { ask: "add-fault", rule }),
      id: every ? "credentials-accepted" : (hidden[code] ?? "dry-run"),
      says: /\w/,
    },
  };
});
