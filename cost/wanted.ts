import type { BillableItem } from "./items.ts";
import { type Pay, payAsYouGo, type SavingsPlan, type Term } from "./pay.ts";

/** Terms that are compared. Weeks are sold on the China site only, have no known price, and are left to the console. */
export const ladder: readonly Term[] = [
  { unit: "month", count: 1 },
  { unit: "month", count: 12 },
  { unit: "month", count: 24 },
  { unit: "month", count: 36 },
  { unit: "month", count: 60 },
];

/** Savings plans that are compared, the least bound first. */
export const savingsPlans: readonly SavingsPlan[] = ([1, 3] as const).flatMap((years) =>
  (["none", "half", "all"] as const).map((upfront): SavingsPlan => ({ kind: "savings-plan", years, upfront })),
);

/** A price that a review needs. */
export interface Wanted {
  readonly item: BillableItem;
  readonly pay: Pay;
}

/** Every price that an estimate and its comparisons ask a book for: each item as it is paid, and as it could be paid. */
export function wantedPrices(items: readonly BillableItem[]): readonly Wanted[] {
  const ahead = ladder.map((term): Pay => ({ kind: "subscription", term }));
  const askable = items.filter(({ unknown, kind }) => unknown === undefined && kind !== "other");
  return askable.flatMap((item) => {
    const ways = item.withHost ? [item.pay, payAsYouGo, ...ahead] : [item.pay, payAsYouGo];
    const texts = ways.map((way) => JSON.stringify(way));
    return ways.filter((_, index) => texts.indexOf(texts[index] ?? "") === index).map((pay) => ({ item, pay }));
  });
}
