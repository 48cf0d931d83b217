import { type Amount, amount, times } from "../../cost/amount.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import type { BillableItem } from "../../cost/items.ts";
import type { Pay } from "../../cost/pay.ts";
import type { PriceBook, PriceFact, Quote } from "../../cost/quote.ts";

export const china = catalogueBook("china");

export const madeUp: PriceFact = { kind: "list", source: "a list made up for a test", observedAt: "2026-11-25" };

/** By the hour, of a whole item; a GiB of a disk costs 0.001. */
const hosts: Readonly<Record<string, string>> = { "ecs.g7.large": "0.5", "ecs.g7.xlarge": "1", "ecs.g7.2xlarge": "2" };

/**
 * A list where every way of paying has a round price: a month ahead is 480 hours, a year 0.66 of its months, three years 0.44; a
 * savings plan of a year leaves 0.7, of three 0.5, and a twentieth less upfront. NAT gateways and addresses have none.
 */
export const roundBook: PriceBook = {
  ...china,
  name: "live",
  quote: (item, pay) => {
    const hour = byHour(item);
    if (hour === undefined) return { state: "unknown", why: `no price of ${item.what}` };
    return { state: "priced", from: madeUp, ...quoted(hour, pay) };
  },
};

function byHour({ kind, what, quantity }: BillableItem): Amount | undefined {
  if (kind === "system-disk" || kind === "data-disk") return times(amount("0.001"), quantity);
  const price = kind === "host" ? hosts[what] : undefined;
  return price === undefined ? undefined : amount(price);
}

function quoted(hour: Amount, pay: Pay): Pick<Extract<Quote, { state: "priced" }>, "amount" | "per"> {
  switch (pay.kind) {
    case "subscription": {
      const { count } = pay.term;
      const factor = count >= 36 ? "0.44" : count >= 12 ? "0.66" : "1";
      return { amount: times(times(hour, 480 * count), factor), per: "term" };
    }
    case "savings-plan": {
      const upfront = { all: "0.95", half: "0.975", none: "1" }[pay.upfront];
      return { amount: times(times(hour, pay.years === 3 ? "0.5" : "0.7"), upfront), per: "hour" };
    }
    case "pay-as-you-go":
      return { amount: hour, per: "hour" };
    case "spot":
      return { amount: times(hour, "0.3"), per: "hour" };
  }
}
