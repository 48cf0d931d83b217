import { Decimal } from "decimal.js";
import { diskPrice } from "../catalog/disk-prices.ts";
import type { DiskCategory, PerformanceLevel } from "../catalog/disks.ts";
import type { Confidence } from "../catalog/fact.ts";
import { lindormNode } from "../catalog/lindorm.ts";
import { lindormReferences, whyNoPrice } from "../catalog/no-prices.ts";
import { hourlyPrice, type Price } from "../catalog/prices.ts";
import { snapshotPrice, trafficOut } from "../catalog/usage-prices.ts";
import type { Plan } from "../plan/plan.ts";
import { managed } from "../plan/plan.ts";
import { type Amount, amount, hoursPerMonth, perHour, perMonth, plus, times } from "./amount.ts";
import { type BillableItem, itemsOf } from "./items.ts";

export { hoursPerMonth } from "./amount.ts";

/** Equal items of a component, priced together. Amounts are decimal texts in the list's currency. */
export interface CostLine {
  readonly kind: BillableItem["kind"];
  readonly component: string;
  readonly what: string;
  /** How many of them. */
  readonly count: number;
  /** Size of each: GiB of a disk. */
  readonly quantity: number;
  readonly unit: BillableItem["unit"];
  readonly level?: string;
  readonly pay: BillableItem["pay"];
  /** All of them together, four decimals; absent when there is no price. */
  readonly perHour?: string;
  /** All of them together over {@link hoursPerMonth}, two decimals. */
  readonly perMonth?: string;
  /** Why there is no price. */
  readonly unpriced?: string;
  /** Highest it can be by the hour, for what is paid otherwise: a spot limit, or the pay-as-you-go price. In no sum. */
  readonly atMostPerHour?: string;
  /** Two figures of low confidence for a month, in no sum. */
  readonly spanPerMonth?: readonly [string, string];
  /** Billed also while the host is stopped. */
  readonly whileStopped: boolean;
  readonly source?: string;
  readonly observedAt?: string;
  readonly confidence?: Confidence;
}

/** What a stack costs at pay-as-you-go list prices of the China site. A sum with unpriced lines is a lower bound. */
export interface Estimate {
  readonly currency: "CNY";
  readonly list: "China site";
  readonly hoursPerMonth: number;
  readonly lines: readonly CostLine[];
  readonly sum: { readonly perHour: string; readonly perMonth: string };
  readonly unpricedLines: number;
  /** Paid by use, in no sum. */
  readonly byUse: readonly {
    readonly what: string;
    readonly price: string;
    readonly unit: string;
    readonly source: string;
    readonly observedAt: string;
  }[];
}

/** Prices every billable item of a plan. Never zero for what has no price. */
export function estimate(plan: Plan, region: string): Estimate {
  const resources = managed(plan);
  const groups = new Map<string, { item: BillableItem; count: number }>();
  for (const item of resources.flatMap((resource) => itemsOf(resource, region))) {
    const key = JSON.stringify([item.kind, item.component, item.what, item.quantity, item.level, item.pay]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { item, count: 1 });
    else group.count += 1;
  }
  const lines = inReadingOrder([...groups.values()]).map(({ item, count }) => lineOf(item, count));
  const sum = [...groups.values()].reduce((total, { item, count }) => {
    const price = hourly(item);
    return price === undefined ? total : plus(total, times(price.amount, count));
  }, amount(0));
  const traffic = resources.some(
    (r) => r.type.endsWith(":EipAddress") || Number(r.inputs["internetMaxBandwidthOut"] ?? 0) > 0,
  );
  const snapshots = resources.some((r) => r.type.endsWith(":EcsAutoSnapshotPolicyAttachment"));
  const [firstStep] = trafficOut;
  return {
    currency: "CNY",
    list: "China site",
    hoursPerMonth,
    lines,
    sum: { perHour: perHour(sum), perMonth: perMonth(sum) },
    unpricedLines: lines.filter((line) => line.perHour === undefined).length,
    byUse: [
      ...(traffic && firstStep !== undefined ? [use("traffic out", firstStep, "GB")] : []),
      ...(snapshots ? [use("snapshots", snapshotPrice, "GiB a month")] : []),
    ],
  };
}

const kindOrder: readonly BillableItem["kind"][] = [
  "host",
  "system-disk",
  "data-disk",
  "lindorm-node",
  "lindorm-storage",
  "tsdb",
  "nat-gateway",
  "address",
];

/** Host groups first, each with its disks, then databases, then the network. */
function inReadingOrder<T extends { readonly item: BillableItem }>(groups: readonly T[]): T[] {
  const rank = (group: T) => kindOrder.indexOf(group.item.kind);
  const first = new Map<string, number>();
  for (const group of groups) {
    const { component } = group.item;
    first.set(component, Math.min(first.get(component) ?? kindOrder.length, rank(group)));
  }
  const place = (group: T) => first.get(group.item.component) ?? kindOrder.length;
  return groups.toSorted(
    (a, b) => place(a) - place(b) || a.item.component.localeCompare(b.item.component) || rank(a) - rank(b),
  );
}

function use(what: string, price: Price, unit: string) {
  return { what, price: price.amount, unit, source: price.source, observedAt: price.observedAt };
}

function lineOf(item: BillableItem, count: number): CostLine {
  const price = hourly(item);
  const { kind, component, what, quantity, unit, level, pay } = item;
  const shared = {
    kind,
    component,
    what,
    count,
    quantity,
    unit,
    ...(level === undefined ? {} : { level }),
    pay,
    whileStopped: kind !== "host",
  };
  if (price === undefined) return { ...shared, ...unpriced(item, count) };
  const total = times(price.amount, count);
  const { source, observedAt, confidence } = price.from;
  return {
    ...shared,
    perHour: perHour(total),
    perMonth: perMonth(total),
    source,
    observedAt,
    ...(confidence === undefined ? {} : { confidence }),
  };
}

/** Exact price of one item by the hour, when it is paid by the hour and the list has it. */
function hourly(item: BillableItem): { amount: Amount; from: Price } | undefined {
  return item.pay.kind === "pay-as-you-go" ? listed(item) : undefined;
}

function listed(item: BillableItem): { amount: Amount; from: Price } | undefined {
  if (item.quantity === 0) return undefined;
  if (item.kind === "host") {
    const price = hourlyPrice(item.region, item.what);
    return price && { amount: amount(price.amount), from: price };
  }
  if (item.kind !== "system-disk" && item.kind !== "data-disk") return undefined;
  const price = diskPrice(item.region, item.what as DiskCategory, item.level as PerformanceLevel | undefined);
  return price && { amount: times(amount(price.amount, price.hoursInMonth), item.quantity), from: price };
}

function unpriced(item: BillableItem, count: number): Pick<CostLine, "unpriced" | "atMostPerHour" | "spanPerMonth"> {
  const one = listed(item)?.amount;
  const most = one && times(one, count);
  if (item.pay.kind === "subscription") {
    return {
      unpriced: `paid ahead for ${item.pay.term}; no list price of that term`,
      ...(most === undefined ? {} : { atMostPerHour: perHour(most) }),
    };
  }
  if (item.pay.kind === "spot") {
    const limit = item.pay.limit === undefined ? most : times(amount(item.pay.limit), count);
    return {
      unpriced: "spot: the price moves",
      ...(limit === undefined ? {} : { atMostPerHour: perHour(limit) }),
    };
  }
  if (item.quantity === 0) return { unpriced: "its size is not known before a deployment" };
  switch (item.kind) {
    case "host":
      return { unpriced: `no list price of ${item.what} in ${item.region}` };
    case "nat-gateway":
      return { unpriced: whyNoPrice("nat-gateway").why };
    case "address":
      return { unpriced: whyNoPrice("eip").why };
    case "tsdb":
      return { unpriced: whyNoPrice("tsdb").why };
    case "lindorm-node":
    case "lindorm-storage":
      return { unpriced: whyNoPrice("lindorm").why, ...lindormSpan(item, count) };
    default:
      return { unpriced: whyNoPrice("disk").why };
  }
}

/** Two contradicting figures, the lower first. */
function lindormSpan(item: BillableItem, count: number): Pick<CostLine, "spanPerMonth"> {
  const figures = lindormReferences.flatMap((row) => {
    if (item.kind === "lindorm-storage") return [new Decimal(row.storagePerGBMonth).times(item.quantity * count)];
    const vcpu = lindormNode(item.what)?.vcpu;
    const node =
      row.perNodeMonth?.[item.what] ??
      (row.perVcpuMonth && vcpu ? new Decimal(row.perVcpuMonth).times(vcpu) : undefined);
    return node === undefined ? [] : [new Decimal(node).times(item.quantity * count)];
  });
  const [low, high] = figures.sort((a, b) => a.comparedTo(b));
  return low !== undefined && high !== undefined ? { spanPerMonth: [low.toFixed(2), high.toFixed(2)] } : {};
}
