import type { Confidence } from "../catalog/fact.ts";
import { natCapacityUnit } from "../catalog/network-prices.ts";
import { snapshotPrice, trafficOut } from "../catalog/usage-prices.ts";
import { managed, type Plan } from "../plan/plan.ts";
import { type Amount, amount, rounded, sum, times } from "./amount.ts";
import type { BillableItem } from "./items.ts";
import { type OwnPay, payAsYouGo, type Term, termText } from "./pay.ts";
import { type PricedItem, priceItems } from "./price.ts";
import { type PriceBook, quoteOf } from "./quote.ts";
import { trafficCost } from "./traffic.ts";
import type { Month } from "./use.ts";

export { hoursPerMonth } from "./amount.ts";

/** Equal items of a component, priced together. Amounts are decimal texts in the book's currency. */
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
  readonly pay: PayText;
  /** All of them together while they are billed, four decimals; absent for what is paid ahead or has no price. */
  readonly perHour?: string;
  /** All of them together in a month as it is used, two decimals; of a subscription its share of a month. */
  readonly perMonth?: string;
  /** Paid at once for the whole term, two decimals. */
  readonly payNow?: string;
  /** Hours of the month in which each is billed. */
  readonly hours: number;
  /** Why there is no price. */
  readonly unpriced?: string;
  /** Highest it can be by the hour, for what is paid otherwise: a spot limit, or the pay-as-you-go price. In no sum. */
  readonly atMostPerHour?: string;
  /** Two figures of low confidence for a month, in no sum. */
  readonly spanPerMonth?: readonly [string, string];
  /** The same for what is paid at once. */
  readonly spanPayNow?: readonly [string, string];
  /** Billed also while the host is stopped. */
  readonly whileStopped: boolean;
  readonly source?: string;
  readonly observedAt?: string;
  readonly confidence?: Confidence;
  /** Everybody's price, or this account's. */
  readonly price?: "list" | "account";
}

/** A way of paying in a review: terms as a stack file writes them. */
export type PayText =
  | { readonly kind: "pay-as-you-go" }
  | { readonly kind: "spot"; readonly limit?: number }
  | { readonly kind: "subscription"; readonly term: string };

/** What one is bound to. */
export interface Commitment {
  readonly kind: BillableItem["kind"];
  readonly component: string;
  readonly what: string;
  readonly count: number;
  readonly term: string;
  /** The length by which it renews itself, at the price of that day; absent when it ends. */
  readonly renews?: string;
}

/** What a stack costs. A sum with unpriced lines is a lower bound. */
export interface Estimate {
  readonly currency: PriceBook["currency"];
  readonly list: "China site" | "international site";
  readonly prices: PriceBook["name"];
  /** What to know of where the prices come from. */
  readonly notes: PriceBook["notes"];
  /** The figures are another site's list: they show the size. */
  readonly sizeOnly: boolean;
  readonly hoursPerMonth: number;
  readonly lines: readonly CostLine[];
  /** As it runs: by the hour while all works, in a month and a year as it is used. */
  readonly sum: { readonly perHour: string; readonly perMonth: string; readonly perYear: string };
  /** Paid at once at the first deployment; `unpriced`: items paid ahead that have no price. */
  readonly payNow: { readonly amount: string; readonly unpriced: number };
  readonly commitments: readonly Commitment[];
  readonly unpricedLines: number;
  /** Paid by use; with `perMonth` where the stack file says how much, and then in the sum. */
  readonly byUse: readonly ByUse[];
}

export interface ByUse {
  readonly what: string;
  readonly price: string;
  readonly unit: string;
  readonly quantity?: number;
  readonly perMonth?: string;
  readonly source: string;
  readonly observedAt: string;
}

/** Prices every billable item of a plan. Never zero for what has no price. */
export function estimate(plan: Plan, region: string, book: PriceBook, month: Month): Estimate {
  return estimateOf(priceItems(plan, region, book, month), plan, book, month);
}

export function estimateOf(items: readonly PricedItem[], plan: Plan, book: PriceBook, month: Month): Estimate {
  const groups = [...Map.groupBy(items, keyOf).values()];
  const inOrder = inReadingOrder(groups);
  const lines = inOrder.map((group) => lineOf(group, book));
  const used = useOf(items, plan, month, book);
  const monthly = sum([...items.flatMap((one) => one.monthly ?? []), ...used.flatMap(({ total }) => total ?? [])]);
  return {
    currency: book.currency,
    list: book.currency === "CNY" ? "China site" : "international site",
    prices: book.name,
    notes: [...book.notes, ...usesUntold(items, plan, month, book)],
    sizeOnly: book.otherSite,
    hoursPerMonth: month.hours,
    lines,
    sum: {
      perHour: rounded(sum(items.flatMap((one) => one.hourly ?? [])), 4),
      perMonth: rounded(monthly, 2),
      perYear: rounded(times(monthly, 12), 2),
    },
    payNow: {
      amount: rounded(sum(items.flatMap((one) => one.payNow ?? [])), 2),
      unpriced: items.filter(({ item, payNow }) => item.pay.kind === "subscription" && payNow === undefined).length,
    },
    commitments: lines.flatMap((line, index) => commitmentOf(line, inOrder[index]?.[0]?.item.renews)),
    unpricedLines: lines.filter((line) => line.perMonth === undefined).length,
    byUse: used.map(({ use }) => use),
  };
}

function keyOf({ item }: PricedItem): string {
  return JSON.stringify([
    item.kind,
    item.component,
    item.what,
    item.quantity,
    item.level,
    item.pay,
    item.renews,
    item.withHost,
  ]);
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
  "bandwidth",
  "image",
  "other",
];

/** Host groups first, each with its disks, then databases, then the network. */
function inReadingOrder(groups: readonly (readonly PricedItem[])[]): (readonly PricedItem[])[] {
  const rank = (group: readonly PricedItem[]) => kindOrder.indexOf(group[0]?.item.kind ?? "bandwidth");
  const component = (group: readonly PricedItem[]) => group[0]?.item.component ?? "";
  const first = new Map<string, number>();
  for (const group of groups) {
    first.set(component(group), Math.min(first.get(component(group)) ?? kindOrder.length, rank(group)));
  }
  const place = (group: readonly PricedItem[]) => first.get(component(group)) ?? kindOrder.length;
  return groups.toSorted(
    (a, b) => place(a) - place(b) || component(a).localeCompare(component(b)) || rank(a) - rank(b),
  );
}

function lineOf(group: readonly PricedItem[], book: PriceBook): CostLine {
  const [first] = group;
  if (first === undefined) throw new Error("a line of nothing");
  const { item, quote, hours } = first;
  const { kind, component, what, quantity, unit, level } = item;
  const together = (of: (one: PricedItem) => Amount | undefined) => sum(group.flatMap((one) => of(one) ?? []));
  const shared = {
    kind,
    component,
    what,
    count: group.length,
    quantity,
    unit,
    ...(level === undefined ? {} : { level }),
    pay: payText(item.pay),
    hours,
    whileStopped: kind !== "host",
  };
  if (quote.state !== "priced") return { ...shared, ...unpriced(first, group.length, book) };
  const { source, observedAt, confidence, kind: price } = quote.from;
  return {
    ...shared,
    ...(first.hourly === undefined
      ? {}
      : {
          perHour: rounded(
            together(({ hourly }) => hourly),
            4,
          ),
        }),
    ...(first.monthly === undefined
      ? {}
      : {
          perMonth: rounded(
            together(({ monthly }) => monthly),
            2,
          ),
        }),
    ...(first.payNow === undefined
      ? {}
      : {
          payNow: rounded(
            together(({ payNow }) => payNow),
            2,
          ),
        }),
    source,
    observedAt,
    price,
    ...(confidence === undefined ? {} : { confidence }),
  };
}

type Unpriced = Pick<CostLine, "unpriced" | "atMostPerHour" | "spanPerMonth" | "spanPayNow">;

function unpriced({ item, quote }: PricedItem, count: number, book: PriceBook): Unpriced {
  if (quote.state === "priced") return {};
  const span = (low: Amount, high: Amount) => [rounded(times(low, count), 2), rounded(times(high, count), 2)] as const;
  return {
    unpriced: quote.why,
    ...(quote.state === "size" && quote.per === "month" ? { spanPerMonth: span(quote.low, quote.high) } : {}),
    ...(quote.state === "size" && quote.per === "term" ? { spanPayNow: span(quote.low, quote.high) } : {}),
    ...mostByTheHour(item, count, book),
  };
}

/** What it would cost by the hour, where it is paid otherwise; the limit of a spot host is a bound of its own. */
function mostByTheHour(item: BillableItem, count: number, book: PriceBook): Pick<CostLine, "atMostPerHour"> {
  if (item.pay.kind === "pay-as-you-go") return {};
  if (item.pay.kind === "spot" && item.pay.limit !== undefined) {
    return { atMostPerHour: rounded(times(amount(item.pay.limit), count), 4) };
  }
  const byHour = quoteOf(book, item, payAsYouGo);
  return byHour.state === "priced" ? { atMostPerHour: rounded(times(byHour.amount, count), 4) } : {};
}

export function payText(pay: OwnPay): PayText {
  return pay.kind === "subscription" ? { kind: "subscription", term: termText(pay.term) } : pay;
}

function commitmentOf(line: CostLine, renews: Term | undefined): Commitment[] {
  if (line.pay.kind !== "subscription") return [];
  const { kind, component, what, count, pay } = line;
  return [
    { kind, component, what, count, term: pay.term, ...(renews === undefined ? {} : { renews: termText(renews) }) },
  ];
}

/** What is paid by use in a month, as far as the stack file says how much. */
export function statedUse(items: readonly PricedItem[], plan: Plan, month: Month, book: PriceBook): Amount {
  return sum(useOf(items, plan, month, book).flatMap(({ total }) => total ?? []));
}

/** What is paid by use has prices in CNY alone: in a sum of another currency it is not, and that is told. */
function usesUntold(
  items: readonly PricedItem[],
  plan: Plan,
  month: Month,
  { currency }: PriceBook,
): readonly string[] {
  const names = currency === "CNY" ? [] : usesOf(items, plan, month).map(({ use }) => use.what);
  return names.length === 0 ? [] : [`${names.join(", ")}: paid by use, no price in ${currency} is known, in no sum`];
}

/** Traffic, capacity units and snapshots: a price where they occur, and a sum where the stack file says how much. */
function useOf(items: readonly PricedItem[], plan: Plan, month: Month, { currency }: PriceBook) {
  return currency === "CNY" ? usesOf(items, plan, month) : [];
}

function usesOf(
  items: readonly PricedItem[],
  plan: Plan,
  { trafficGB, snapshotGiB }: Month,
): { readonly use: ByUse; readonly total?: Amount }[] {
  const out = items.some(({ item }) => item.metersTraffic);
  const gateways = items.some(({ item }) => item.kind === "nat-gateway");
  const snapshots = managed(plan).some((r) => r.type.endsWith(":EcsAutoSnapshotPolicyAttachment"));
  const [firstStep] = trafficOut;
  return [
    ...(out && firstStep !== undefined
      ? [used("traffic out", firstStep, "GB", trafficGB, trafficGB === undefined ? undefined : trafficCost(trafficGB))]
      : []),
    ...(gateways ? [used("NAT gateway capacity", natCapacityUnit, "CU", undefined, undefined)] : []),
    ...(snapshots
      ? [
          used(
            "snapshots",
            snapshotPrice,
            "GiB a month",
            snapshotGiB,
            snapshotGiB === undefined ? undefined : times(amount(snapshotPrice.amount), snapshotGiB),
          ),
        ]
      : []),
  ];
}

function used(
  what: string,
  price: { readonly amount: string; readonly source: string; readonly observedAt: string },
  unit: string,
  quantity: number | undefined,
  total: Amount | undefined,
): { readonly use: ByUse; readonly total?: Amount } {
  const { source, observedAt } = price;
  return {
    use: {
      what,
      price: price.amount,
      unit,
      ...(quantity === undefined ? {} : { quantity }),
      ...(total === undefined ? {} : { perMonth: rounded(total, 2) }),
      source,
      observedAt,
    },
    ...(total === undefined ? {} : { total }),
  };
}
