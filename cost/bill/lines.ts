import { snapshotPrice } from "../../catalog/usage-prices.ts";
import { type Amount, amount, minus, nothing, sum, times } from "../amount.ts";
import type { Term } from "../pay.ts";
import type { PricedItem } from "../price.ts";
import { type PriceBook, quoteOf } from "../quote.ts";
import { trafficCost } from "../traffic.ts";
import type { Month } from "../use.ts";
import type { BilledKind } from "./kinds.ts";
import { explainHours, explainPurchases, explainUse, type Part, tidy } from "./parts.ts";
import { type BillNature, type BillRow, billedFor } from "./rows.ts";

/** One item of the review, or something that is in the bill only. Amounts are exact. */
export interface BillLine {
  readonly nature: BillNature;
  readonly kind: BilledKind;
  readonly component: string;
  /** Physical name. */
  readonly name: string;
  readonly what: string;
  /** Ids of the resources that were billed for it. */
  readonly ids: readonly string[];
  /** What the review says for the same time; absent where it has no price. */
  readonly expected?: Amount;
  /** Absent where the bill has no amount. */
  readonly billed?: Amount;
  /** Only where both sides are known, and then with parts that add up to it. */
  readonly difference?: Amount;
  readonly parts: readonly Part[];
  /** Why there is nothing to compare. */
  readonly note?: string;
}

/** An item in the natures in which it is in the review or in the bill. */
export function itemLines(
  priced: PricedItem,
  rows: readonly BillRow[],
  name: string,
  book: PriceBook,
): readonly BillLine[] {
  const { item } = priced;
  const ahead = item.pay.kind === "subscription";
  const line = {
    kind: item.kind,
    component: item.component,
    name,
    what: [item.what, item.level].filter(Boolean).join(" "),
  };
  const of = (nature: BillNature) => rows.filter((row) => row.nature === nature);
  const [run, purchase, refund] = [of("run"), of("purchase"), of("refund")];
  return [
    ...(ahead ? unreviewedOf(run, line) : runLine(priced, run, line)),
    ...(ahead ? purchaseLine(priced, purchase, line, book) : unreviewedOf(purchase, line)),
    ...refund.map(
      (row): BillLine => ({
        ...{ ...line, nature: "refund", ids: [row.id], parts: [], note: "what comes back only the cloud can say" },
        ...billedOf([row]),
      }),
    ),
  ];
}

type Named = Pick<BillLine, "kind" | "component" | "name" | "what">;

function runLine(
  { item, quote, hourly, hours }: PricedItem,
  rows: readonly BillRow[],
  line: Named,
): readonly BillLine[] {
  const shared = { ...line, nature: "run", ids: idsOf(rows) } as const;
  if (hourly === undefined) {
    const why = quote.state === "priced" ? "no price by the hour" : quote.why;
    return rows.length === 0
      ? []
      : [{ ...shared, ...billedOf(rows), parts: [], note: `the review has no price: ${why}` }];
  }
  const expected = times(hourly, hours);
  if (rows.length === 0) {
    if (expected.over.isZero()) return [];
    const parts: Part[] = [{ reason: "not-billed", amount: times(expected, -1) }];
    return [{ ...shared, expected, billed: nothing, difference: times(expected, -1), parts }];
  }
  const parts = explainHours({ what: item.what, quantity: item.quantity, perHour: hourly, hours }, rows);
  return [lineOf(shared, expected, rows, parts)];
}

/** Only what was bought in this month: a term that began before is paid. */
function purchaseLine(
  { item, quote, payNow }: PricedItem,
  rows: readonly BillRow[],
  line: Named,
  book: PriceBook,
): readonly BillLine[] {
  if (rows.length === 0) return [];
  const shared = { ...line, nature: "purchase", ids: idsOf(rows) } as const;
  if (payNow === undefined) {
    const why = quote.state === "priced" ? "no price of its term" : quote.why;
    return [{ ...shared, ...billedOf(rows), parts: [], note: `the review has no price: ${why}` }];
  }
  const priceOf = (term: Term | undefined): Amount | undefined => {
    if (term === undefined) return payNow;
    const own = quoteOf(book, { ...item, pay: { kind: "subscription", term } }, { kind: "subscription", term });
    return own.state === "priced" ? own.amount : undefined;
  };
  const orders = rows.map((row) => ({ row, priced: priceOf(row.term) }));
  return [lineOf(shared, times(payNow, rows.length), rows, explainPurchases(payNow, orders))];
}

function lineOf(
  shared: Named & Pick<BillLine, "nature" | "ids">,
  expected: Amount,
  rows: readonly BillRow[],
  parts: readonly Part[] | undefined,
): BillLine {
  const { billed } = billedOf(rows);
  if (parts === undefined || billed === undefined) {
    return { ...shared, expected, parts: [], note: "the bill has no amount for it" };
  }
  return { ...shared, expected, billed, difference: minus(billed, expected), parts };
}

/** Traffic and snapshots that carry the stack's tags: beside what the stack file says of them, if it says anything. */
export function useLines(rows: readonly BillRow[], { trafficGB, snapshotGiB }: Month): readonly BillLine[] {
  const traffic = trafficGB === undefined ? nothing : trafficCost(trafficGB);
  const kept = snapshotGiB === undefined ? nothing : times(amount(snapshotPrice.amount), snapshotGiB);
  const uses = [
    { kind: "traffic", reason: "traffic", what: "traffic out", expected: traffic },
    { kind: "snapshot", reason: "snapshots", what: "snapshots", expected: kept },
  ] as const;
  return uses.flatMap(({ kind, reason, what, expected }) => {
    const of = rows.filter((row) => row.kind === kind);
    if (of.length === 0 && expected.over.isZero()) return [];
    const shared = { nature: "run", kind, component: "", name: "", what, ids: idsOf(of) } as const;
    if (of.length > 0) return [lineOf(shared, expected, of, explainUse(reason, expected, of))];
    const parts: Part[] = [{ reason: "not-billed", amount: times(expected, -1) }];
    return [{ ...shared, expected, billed: nothing, difference: times(expected, -1), parts }];
  });
}

/** In the bill under the stack's tags or name, and in no item of the review. */
export function unreviewed(rows: readonly BillRow[]): readonly BillLine[] {
  const alike = Map.groupBy(rows, ({ id, kind, nature, what }) => JSON.stringify([id, kind, nature, what]));
  return [...alike.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const { kind, name, what, tags } = first;
    return unreviewedOf(of, { kind, name, what, component: tags["component"] ?? "" });
  });
}

function unreviewedOf(rows: readonly BillRow[], line: Named): readonly BillLine[] {
  const byNature = Map.groupBy(rows, ({ nature }) => nature);
  return [...byNature].map(([nature, of]) => {
    const shared = { ...line, nature, ids: idsOf(of) };
    const { billed } = billedOf(of);
    if (nature === "refund") {
      return { ...shared, ...billedOf(of), parts: [], note: "what comes back only the cloud can say" };
    }
    if (billed === undefined)
      return { ...shared, parts: [], note: "not in the review, and the bill has no amount for it" };
    const parts = tidy([{ reason: "unreviewed", amount: billed }]);
    return { ...shared, expected: nothing, billed, difference: billed, parts };
  });
}

function idsOf(rows: readonly BillRow[]): readonly string[] {
  return [...new Set(rows.map(({ id }) => id))];
}

/** All of them, or nothing where one has no amount. */
export function billedOf(rows: readonly BillRow[]): { readonly billed?: Amount } {
  const amounts = rows.map(billedFor);
  return amounts.some((one) => one === undefined) ? {} : { billed: sum(amounts.flatMap((one) => one ?? [])) };
}
