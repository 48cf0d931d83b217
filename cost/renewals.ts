import type { Plan } from "../plan/plan.ts";
import { type Amount, sum } from "./amount.ts";
import type { BillableItem } from "./items.ts";
import { monthsOf, type Term } from "./pay.ts";
import { billableItems } from "./price.ts";
import { type PriceBook, quoteOf } from "./quote.ts";

/** Resources whose subscription renews itself after a change, and did not before, or by a shorter term. */
export interface RenewalBegun {
  /** Names of the resources. */
  readonly names: readonly string[];
  readonly every: Term;
  /** What each renewal of all of them costs, as prices are now; absent where something has no price. */
  readonly each?: Amount;
}

/** What nothing is paid for now, and money will be taken for later. What is bought by the same change is not in it. */
export function renewalsBegun(before: Plan, after: Plan, region: string, book: PriceBook): readonly RenewalBegun[] {
  const stood = new Map(billableItems(before, region).map((item) => [keyOf(item), item]));
  const begun = billableItems(after, region).filter((item) => {
    const was = stood.get(keyOf(item));
    return item.pay.kind === "subscription" && was?.pay.kind === "subscription" && isLonger(item.renews, was.renews);
  });
  return [...Map.groupBy(begun, ({ renews }) => JSON.stringify(renews)).values()].flatMap((items) => {
    const every = items[0]?.renews;
    if (every === undefined) return [];
    const quotes = items.map((item) => quoteOf(book, item, { kind: "subscription", term: every }));
    const amounts = quotes.flatMap((quote) => (quote.state === "priced" && quote.per === "term" ? [quote.amount] : []));
    const known = !book.otherSite && amounts.length === items.length;
    const names = [...new Set(items.map(({ urn }) => urn.split("::").at(-1) ?? urn))];
    return [{ names, every, ...(known ? { each: sum(amounts) } : {}) }];
  });
}

function keyOf({ urn, kind, from }: BillableItem): string {
  return JSON.stringify([urn, kind, from]);
}

function isLonger(now: Term | undefined, before: Term | undefined): boolean {
  if (now === undefined) return false;
  if (before === undefined) return true;
  const [a, b] = [monthsOf(now), monthsOf(before)];
  return a.over * b.under > b.over * a.under;
}
