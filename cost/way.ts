import { type Amount, nothing, plus, sum, times } from "./amount.ts";
import type { BillableItem } from "./items.ts";
import { type Pay, payAsYouGo } from "./pay.ts";
import { type PriceBook, type PriceFact, quoteOf } from "./quote.ts";
import { billedHours, type Month } from "./use.ts";

/** Equal items of a group, and how many of them. */
export interface Share {
  readonly item: BillableItem;
  readonly count: number;
}

/** Equal items together, so that each price is asked for once. */
export function sharesOf(items: readonly BillableItem[]): readonly Share[] {
  const alike = Map.groupBy(items, (item) => JSON.stringify({ ...item, urn: "", from: "" }));
  return [...alike.values()].flatMap(([item, ...more]) =>
    item === undefined ? [] : [{ item, count: more.length + 1 }],
  );
}

/** Items in one way of paying, exact. What comes with a host is paid that way; disks of their own stay by the hour. */
export type Way =
  | {
      readonly state: "priced" | "size";
      /** By the hour, only while the hosts work. */
      readonly working: Amount;
      /** By the hour, gone with a deleted host, going on with a stopped one. */
      readonly attached: Amount;
      /** By the hour, always. */
      readonly always: Amount;
      /** The three of them in a month as it is used. */
      readonly byUse: Amount;
      /** Paid at once for the whole term. */
      readonly ahead: Amount;
      /** Owed for every hour of a savings plan, used or not. */
      readonly committed: Amount;
      readonly note?: string;
      readonly from?: PriceFact;
    }
  | { readonly state: "unknown"; readonly note: string };

/**
 * Prices items in one way of paying.
 *
 * @param pay of what comes with a host; "as declared": each as it is
 */
export function wayOf(shares: readonly Share[], pay: Pay | "as declared", book: PriceBook, month: Month): Way {
  let [working, attached, always, ahead, committed] = [nothing, nothing, nothing, nothing, nothing];
  const used: Amount[] = [];
  let state: "priced" | "size" = "priced";
  let note: string | undefined;
  let from: PriceFact | undefined;
  for (const { item, count } of shares) {
    const own = pay === "as declared" ? item.pay : item.withHost ? wayFor(item, pay) : payAsYouGo;
    const quote = quoteOf(book, item, own);
    if (quote.state === "unknown") return { state: "unknown", note: quote.why };
    if (quote.state === "size") {
      state = "size";
      note ??= quote.why;
    }
    const figure = times(quote.state === "priced" ? quote.amount : quote.high, count);
    if (item.kind === "host") from ??= quote.state === "priced" ? quote.from : quote.from[0];
    if (quote.per === "term") ahead = plus(ahead, figure);
    else if (own.kind === "savings-plan") committed = plus(committed, figure);
    else {
      used.push(times(figure, billedHours(item, month)));
      if (!item.withHost) always = plus(always, figure);
      else if (item.kind === "host" || item.kind === "bandwidth") working = plus(working, figure);
      else attached = plus(attached, figure);
    }
  }
  const told = { ...(note === undefined ? {} : { note }), ...(from === undefined ? {} : { from }) };
  return { state, working, attached, always, byUse: sum(used), ahead, committed, ...told };
}

/** A savings plan covers compute, system disks and fixed bandwidth; a data disk goes on by the hour. */
function wayFor(item: BillableItem, pay: Pay): Pay {
  return pay.kind === "savings-plan" && item.kind === "data-disk" ? payAsYouGo : pay;
}
