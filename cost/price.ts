import type { Plan } from "../plan/plan.ts";
import { managed } from "../plan/plan.ts";
import { type Amount, times } from "./amount.ts";
import { type BillableItem, itemsOf } from "./items.ts";
import { monthsOf } from "./pay.ts";
import { type PriceBook, type Quote, quoteOf } from "./quote.ts";
import { billedHours, type Month } from "./use.ts";

/**
 * One item with its price, exact. Four natures that are never added together: what it costs as it runs (`hourly`,
 * `monthly`), what is paid at once (`payNow`), what one is bound to (the item's term and renewal), and what comes back when it
 * is given up, which only the cloud can say.
 */
export interface PricedItem {
  readonly item: BillableItem;
  readonly quote: Quote;
  /** Hours a month in which it is billed by the hour. */
  readonly hours: number;
  /** By the hour while it is billed; absent for what is paid ahead. */
  readonly hourly?: Amount;
  /** In a month as stated; of a subscription its share of a month. */
  readonly monthly?: Amount;
  /** Paid at once for the whole term. */
  readonly payNow?: Amount;
}

/** Prices every item of a plan. */
export function priceItems(plan: Plan, region: string, book: PriceBook, month: Month): readonly PricedItem[] {
  return priced(billableItems(plan, region), book, month);
}

/** What a plan is billed for. */
export function billableItems(plan: Plan, region: string): readonly BillableItem[] {
  return managed(plan).flatMap((resource) => itemsOf(resource, region));
}

/** Equal items are asked for once: a thousand hosts have a handful of prices. */
function priced(items: readonly BillableItem[], book: PriceBook, month: Month): readonly PricedItem[] {
  const known = new Map<string, Omit<PricedItem, "item">>();
  return items.map((item) => {
    const key = JSON.stringify({ ...item, urn: "", from: "" });
    let one = known.get(key);
    if (one === undefined) {
      const { item: _, ...rest } = priceItem(item, book, month);
      known.set(key, rest);
      one = rest;
    }
    return { item, ...one };
  });
}

export function priceItem(item: BillableItem, book: PriceBook, month: Month): PricedItem {
  const quote = quoteOf(book, item, item.pay);
  const hours = billedHours(item, month);
  if (quote.state !== "priced") return { item, quote, hours };
  if (quote.per === "hour") {
    return { item, quote, hours, hourly: quote.amount, monthly: times(quote.amount, hours) };
  }
  return { item, quote, hours, payNow: quote.amount, ...monthlyShare(item, quote.amount) };
}

/** A term's price spread over its months: for comparison, and for a budget. */
function monthlyShare({ pay }: BillableItem, total: Amount): Pick<PricedItem, "monthly"> {
  if (pay.kind !== "subscription") return {};
  const { over, under } = monthsOf(pay.term);
  return { monthly: times(total, under, over) };
}
