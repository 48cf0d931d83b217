import { expect, test } from "vitest";
import { checks } from "../../preflight/checks.ts";
import { preflight, type Row } from "../../preflight/run.ts";
import { ask } from "../../sandbox/control.ts";
import { smallSettings } from "../support/stacks.ts";
import { type AccountState, type Listening, listening } from "./cloud.ts";

const zone = "cn-shanghai-l";
const type = "ecs.g7.xlarge";
const lindorm = {
  lindorm: { generation: 1, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "standard" } },
  pay: "pay-as-you-go",
  reachableFrom: ["workers"],
};

/** Hosts by the hour, a way out by NAT gateway and address, data disks, a database: something for every check. */
function settings() {
  const small = smallSettings();
  const dataDisk = { GiB: 100, level: "PL1", mount: "/data", snapshots: "none" };
  return {
    ...small,
    network: { ...small.network, wayOut: "nat" },
    hosts: { workers: { ...small.hosts?.["workers"], dataDisk } },
    timeSeries: lindorm,
  };
}

/** A network of somebody's in the zone: a dry run needs one. */
async function someNetwork({ made }: Listening): Promise<void> {
  const { VpcId } = await made("vpc", "CreateVpc", { CidrBlock: "172.16.0.0/16", VpcName: "old" });
  await made("vpc", "CreateVSwitch", { VpcId: VpcId ?? "", ZoneId: zone, CidrBlock: "172.16.0.0/24" });
  await made("ecs", "CreateSecurityGroup", { VpcId: VpcId ?? "" });
}

const session = { kind: "access-key", from: "variables of a test", temporary: false } as const;

async function rowsOf(cloud: Listening, of: object = settings()): Promise<readonly Row[]> {
  const { rows } = await preflight(checks, await cloud.situation({ ...of }, { workplace: { session } }));
  return rows;
}

const failures = (rows: readonly Row[]) => rows.filter(({ status }) => status === "fail").map(({ id }) => id);

interface Rehearsed {
  readonly on: (cloud: Listening) => unknown;
  /** The check that names it, and its words. */
  readonly id: string;
  readonly says: RegExp;
  readonly of?: object;
}

const account = (state: AccountState) => (cloud: Listening) => cloud.account(state);

/** Every fault of the account: one that is new has to be added here, or this is no valid program. */
const ofTheAccount: Readonly<Record<Exclude<keyof AccountState, (typeof noFault)[number]>, Rehearsed>> = {
  realName: { on: account({ realName: false }), id: "real-name", says: /no real-name registration/ },
  balance: { on: account({ balance: 0 }), id: "balance", says: /nothing is left in the account/ },
  arrears: { on: account({ arrears: true }), id: "dry-run", says: /bills/ },
  payMethod: { on: account({ payMethod: false }), id: "dry-run", says: /pay/ },
  riskControl: { on: account({ riskControl: true }), id: "dry-run", says: /risk control/ },
  vcpu: { on: account({ vcpu: 7 }), id: "quota-vcpu", says: /7/ },
  quotas: { on: account({ quotas: { vpcs: 1 } }), id: "quota-network", says: /VPCs?/ },
  tsdbSold: {
    on: account({ tsdbSold: false }),
    id: "database",
    says: /not sold/,
    of: { ...settings(), timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } } },
  },
};
/** What makes bills different, and what only takes time. */
const noFault = ["discountPercent", "taxPercent", "callsPerMinute"] as const;

const ofTheStock: Readonly<Record<string, Rehearsed>> = {
  "a type is sold out": { on: ({ sellOut }) => sellOut(zone, type), id: "stock", says: /sold out/ },
};

test("with no fault in force nothing fails", async () => {
  const cloud = await listening();
  await someNetwork(cloud);
  const rows = await rowsOf(cloud);
  expect(failures(rows)).toEqual([]);
  expect(rows.filter(({ text }) => text.startsWith("the check itself failed"))).toEqual([]);
});

test.each(Object.entries({ ...ofTheAccount, ...ofTheStock }))("%s: it is named", async (_, { on, id, says, of }) => {
  const cloud = await listening();
  await someNetwork(cloud);
  await on(cloud);
  const rows = await rowsOf(cloud, of);
  expect(failures(rows)).toContain(id);
  const said = rows.filter((row) => row.id === id && row.status === "fail");
  expect(said.map(({ on: about, text }) => `${about}: ${text}`).join("; ")).toMatch(says);
  for (const { next = "" } of said) expect(next).not.toBe("");
});

test("what the cloud does not tell is not checked: with every call refused, nothing that asks is ok", async () => {
  const cloud = await listening();
  cloud.refuse("*", "Forbidden.RAM");
  const asking = new Set(checks.filter(({ asks }) => asks).map(({ id }) => id));
  const rows = (await rowsOf(cloud)).filter(({ id }) => asking.has(id));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ status, id }) => status !== "not-checked" && id !== "credentials-accepted")).toEqual([]);
});

test("whatever single call is refused, somebody says so", async () => {
  const cloud = await listening();
  await someNetwork(cloud);
  const told = (rows: readonly Row[]) =>
    new Set(rows.filter((row) => row.status !== "ok").map((row) => JSON.stringify(row)));
  const before = told(await rowsOf(cloud));
  const actions = new Set(ask(cloud.cloud, { ask: "calls", most: 1_000 }).map(({ action }) => action));
  for (const made of ["CreateVpc", "CreateVSwitch", "CreateSecurityGroup"]) actions.delete(made);
  const silent: string[] = [];
  for (const action of actions) {
    cloud.refuse(action, "Forbidden.RAM");
    const more = [...told(await rowsOf(cloud))].filter((row) => !before.has(row));
    if (more.length === 0) silent.push(action);
    ask(cloud.cloud, { ask: "clear-conditions" });
  }
  expect(silent).toEqual([]);
});
