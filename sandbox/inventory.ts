import { catalogueBook } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { alwaysOn } from "../cost/use.ts";
import { type PlannedResource, type PlanValue, urnOf } from "../plan/plan.ts";
import { type ResourceGroup, resourceGroups } from "./account/rows.ts";
import type { Account } from "./core/accounts.ts";
import { statusOf } from "./core/phase.ts";
import type { Row, Store } from "./core/store.ts";
import type { Tags } from "./core/tags.ts";
import { type Disk, disks, type Instance, instances, keyPairs, securityGroups, snapshotPolicies } from "./ecs/rows.ts";
import { lindormStatus } from "./hitsdb/instances.ts";
import { type Lindorm, lindorms, type Tsdb, tsdbs } from "./hitsdb/rows.ts";
import { endOf } from "./hitsdb/subscription.ts";
import { policies, roles, users } from "./ram/rows.ts";
import { type Address, addresses, type NatGateway, natGateways, snatEntries, vpcs, vSwitches } from "./vpc/rows.ts";

/** Something that exists in the local cloud, and what it would cost. */
export interface Item {
  /** In plain words: host, disk, vSwitch ... */
  readonly kind: string;
  /** Code of its product in bills; "" for what is in none. */
  readonly product: string;
  readonly id: string;
  readonly name: string;
  /** "" for what is global. */
  readonly region: string;
  /** Full zone id; "" for what is in none. */
  readonly zone: string;
  readonly status: string;
  readonly tags: Tags;
  /** Stack and component that tagged it; "" when none did. */
  readonly stack: string;
  readonly component: string;
  readonly createdAt: number;
  /** free: it costs nothing by itself. */
  readonly pay: "free" | "pay-as-you-go" | "spot" | "subscription";
  /** Cloud time at which a subscription ends, milliseconds. */
  readonly expiresAt?: number;
  /** CNY, decimal texts at the catalogue's list price; absent where there is none. */
  readonly perHour?: string;
  readonly perMonth?: string;
  /** Why there is no price. */
  readonly unpriced?: string;
}

/** Everything that an account has, by region, and there by kind. Nothing is changed. */
export function inventory(store: Store, { id: account }: Account, now: number): readonly Item[] {
  const list = store.list.bind(store);
  const free = (kind: string, row: Row, name: string, more: { status?: string; zone?: string; tags?: Tags } = {}) =>
    item(kind, "", row, name, { pay: "free", ...more });
  const found: Item[] = [
    ...list(instances, account).map((row) => host(row, now)),
    ...list(disks, account).map((row) => disk(row, now)),
    ...list(lindorms, account).map((row) => lindorm(row, now)),
    ...list(tsdbs, account).map((row) => tsdb(row, now)),
    ...list(natGateways, account).map((row) => natGateway(row, now)),
    ...list(addresses, account).map((row) => address(row, now)),
    ...list(snatEntries, account).map((row) => free("SNAT entry", row, row.name, { status: statusOf(row.phase, now) })),
    ...list(vpcs, account).map((row) =>
      free("network", row, row.name, { status: statusOf(row.phase, now), tags: row.tags }),
    ),
    ...list(vSwitches, account).map((row) =>
      free("vSwitch", row, row.name, { status: statusOf(row.phase, now), zone: row.zone, tags: row.tags }),
    ),
    ...list(securityGroups, account).map((row) => free("security group", row, row.name, { tags: row.tags })),
    ...list(snapshotPolicies, account).map((row) => free("snapshot policy", row, row.name, { tags: row.tags })),
    ...list(keyPairs, account).map((row) => free("key pair", row, row.name, { tags: row.tags })),
    ...list(roles, account).map((row) => free("role", row, row.id, { tags: row.tags })),
    ...list(policies, account).map((row) => free("policy", row, row.id, { tags: row.tags })),
    ...list(users, account).map((row) => free("user", row, row.displayName)),
    ...list(resourceGroups, account)
      .filter(added)
      .map((row) => free("resource group", row, row.name)),
  ];
  const regions = [...new Set(found.map(({ region }) => region))].sort();
  return regions.flatMap((region) => found.filter((row) => row.region === region));
}

/** What costs money for as long as it exists; what is being released does not any more. */
export function billed(items: readonly Item[]): readonly Item[] {
  return items.filter(({ pay, status }) => pay !== "free" && status !== "RELEASING" && status !== "DELETED");
}

/** The two groups that an account has from the start become rows when they are tagged. */
function added(row: ResourceGroup): boolean {
  return row.name !== "default" && row.name !== "second";
}

type Paid = Pick<Item, "pay" | "expiresAt" | "perHour" | "perMonth" | "unpriced">;

function item(
  kind: string,
  product: string,
  row: Row,
  name: string,
  more: Paid & { readonly status?: string; readonly zone?: string; readonly tags?: Tags },
): Item {
  const { id, region, createdAt } = row;
  const { stack = "", component = "" } = more.tags ?? {};
  return { kind, product, id, name, region, createdAt, zone: "", status: "", tags: {}, stack, component, ...more };
}

function host(row: Instance, now: number): Item {
  const pay = row.chargeType === "PrePaid" ? "subscription" : row.spot.strategy === "NoSpot" ? "pay-as-you-go" : "spot";
  const inputs = {
    instanceType: row.type,
    instanceChargeType: row.chargeType,
    period: row.period,
    periodUnit: row.periodUnit,
    spotStrategy: row.spot.strategy,
  };
  return item("host", "ecs", row, row.name, {
    status: statusOf(row.phase, now),
    zone: row.zone,
    tags: row.tags,
    ...paid(pay, row.expiresAt),
    ...price("alicloud:ecs/instance:Instance", row.region, inputs),
  });
}

/** A system disk as well: it is a disk of its own here, and no part of its host's price. */
function disk(row: Disk, now: number): Item {
  const ahead = row.chargeType === "PrePaid";
  const { category, sizeGiB: size, performanceLevel } = row;
  return item(row.type === "system" ? "system disk" : "disk", "yundisk", row, row.name, {
    status: statusOf(row.phase, now),
    zone: row.zone,
    tags: row.tags,
    ...paid(ahead ? "subscription" : "pay-as-you-go", row.expiresAt),
    ...(ahead
      ? { unpriced: paidAhead }
      : price("alicloud:ecs/ecsDisk:EcsDisk", row.region, { category, size, performanceLevel })),
  });
}

const paidAhead = "paid ahead; no list price of its term";

function lindorm(row: Lindorm, now: number): Item {
  const series = row.engines.find(({ type }) => type === "TSDB") ?? row.engines[0];
  const inputs = {
    timeSeriesEngineSpecification: series?.spec ?? "",
    timeSeriesEngineNodeCount: series?.nodes ?? 0,
    diskCategory: row.diskCategory,
    instanceStorage: row.storageGiB,
  };
  return item("Lindorm", "hitsdb", row, row.name, {
    status: lindormStatus(row, now),
    zone: row.zone,
    tags: row.tags,
    ...paid(row.payType === "PREPAY" ? "subscription" : "pay-as-you-go", endOf(row, now)),
    ...price("alicloud:lindorm/instance:Instance", row.region, inputs),
  });
}

function tsdb(row: Tsdb, now: number): Item {
  return item("TSDB", "hitsdb", row, row.name, {
    status: statusOf(row.phase, now),
    zone: row.zone,
    ...paid(row.payType === "PREPAY" ? "subscription" : "pay-as-you-go", row.expiresAt),
    ...price("alicloud:tsdb/instance:Instance", row.region, { instanceClass: row.instanceClass }),
  });
}

function natGateway(row: NatGateway, now: number): Item {
  return item("NAT gateway", "nat_gw", row, row.name, {
    status: statusOf(row.phase, now),
    tags: row.tags,
    ...paid(row.chargeType === "PrePaid" ? "subscription" : "pay-as-you-go"),
    ...price("alicloud:vpc/natGateway:NatGateway", row.region, {}),
  });
}

function address(row: Address, now: number): Item {
  return item("address", "eip", row, row.name, {
    status: statusOf(row.phase, now),
    tags: row.tags,
    ...paid(row.chargeType === "PrePaid" ? "subscription" : "pay-as-you-go"),
    ...price("alicloud:ecs/eipAddress:EipAddress", row.region, {}),
  });
}

function paid(pay: Item["pay"], expiresAt?: number): Paid {
  return pay === "subscription" && expiresAt !== undefined ? { pay, expiresAt } : { pay };
}

/** The first line of a plan that holds this alone: the same prices, and the same reasons, as `npm run cost` has. */
function price(
  type: string,
  region: string,
  inputs: Readonly<Record<string, PlanValue>>,
): Pick<Item, "perHour" | "perMonth" | "unpriced"> {
  const urn = urnOf("sandbox", "inventory", type, "thing", undefined);
  const resource: PlannedResource = { urn, type, name: "thing", custom: true, inputs, options: {} };
  const plan = { project: "sandbox", stack: "inventory", resources: [resource], outputs: {} };
  const [line] = estimate(plan, region, catalogueBook("china"), alwaysOn).lines;
  const { perHour, perMonth, unpriced } = line ?? {};
  return {
    ...(perHour === undefined ? {} : { perHour }),
    ...(perMonth === undefined ? {} : { perMonth }),
    ...(unpriced === undefined ? {} : { unpriced }),
  };
}
