import type { Fact } from "../catalog/fact.ts";
import type { Site } from "../catalog/term-prices.ts";
import type { Amount } from "./amount.ts";
import type { BillableItem } from "./items.ts";
import type { Pay } from "./pay.ts";

/** Where a figure comes from, and whether it is everybody's or this account's. */
export interface PriceFact extends Fact {
  readonly kind: "list" | "account";
}

/** What one item costs in one way of paying; for a whole item, not for a unit of it. */
export type Quote =
  /** By the hour while it is billed, or once for the whole term; `list` beside a price of the account's own. */
  | {
      readonly state: "priced";
      readonly amount: Amount;
      readonly per: "hour" | "term";
      readonly from: PriceFact;
      readonly list?: Amount;
    }
  /** Figures that only show the size: contradicting ones, an average, a third party's. Shown, and in no sum. */
  | {
      readonly state: "size";
      readonly low: Amount;
      readonly high: Amount;
      readonly per: "hour" | "term" | "month";
      readonly why: string;
      readonly from: readonly PriceFact[];
    }
  | { readonly state: "unknown"; readonly why: string };

/**
 * A list of prices: the catalogue, the cloud's list prices of the day with the catalogue behind them, or what this account
 * pays. A book answers from memory: what has to be asked for is asked before.
 */
export interface PriceBook {
  readonly name: "catalogue" | "live" | "account";
  readonly site: Site;
  readonly currency: "CNY" | "USD";
  /** Whether figures of another site's list stand here, to show the size only. A budget cannot be judged by them. */
  readonly otherSite: boolean;
  /** What a reader has to know of where the prices come from: what fell back to the catalogue, and why. */
  readonly notes: readonly string[];
  quote(item: BillableItem, pay: Pay): Quote;
}

/** Asks a book; what nobody can price is not asked for. */
export function quoteOf(book: PriceBook, item: BillableItem, pay: Pay): Quote {
  return item.unknown === undefined ? book.quote(item, pay) : { state: "unknown", why: item.unknown };
}
