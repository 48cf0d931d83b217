import { savingsPlanTerms } from "../catalog/savings-plans.ts";
import { type Amount, compare, minus, nothing, plus, times } from "./amount.ts";
import type { SavingsPlan } from "./pay.ts";

/** Equal things that run in one hour, all of them together. */
export interface Usage {
  /** By the hour at the pay-as-you-go price. */
  readonly byHour: Amount;
  /** By the hour at the plan's price. */
  readonly inPlan: Amount;
}

/** What one hour costs under a plan. */
export interface PlanHour {
  /** The commitment: owed whether it is used or not. */
  readonly plan: Amount;
  /** What the plan had no room for. */
  readonly byHour: Amount;
  readonly total: Amount;
  /** Of the commitment, lost for this hour: nothing is carried over. */
  readonly unused: Amount;
}

/**
 * One hour of a plan. A commitment is money at the plan's prices: it takes what it discounts most first, and a part of a
 * host where a whole one does not fit.
 *
 * @param commitment by the hour, at discounted prices
 */
export function hourWithPlan(commitment: Amount, usage: readonly Usage[]): PlanHour {
  let left = commitment;
  let byHour = nothing;
  // What costs nothing has no discount to be sorted by.
  for (const one of usage.filter((each) => !each.byHour.over.isZero()).toSorted(byDiscount)) {
    if (compare(one.inPlan, left) <= 0) {
      left = minus(left, one.inPlan);
    } else {
      byHour = plus(byHour, minus(one.byHour, worth(one, left)));
      left = nothing;
    }
  }
  return { plan: commitment, byHour, total: plus(commitment, byHour), unused: left };
}

/** Highest discount first: a / b < c / d is ad < cb, without a division. */
function byDiscount(a: Usage, b: Usage): number {
  return compare(product(a.inPlan, b.byHour), product(b.inPlan, a.byHour));
}

function product(a: Amount, b: Amount): Amount {
  return times(a, b.over, b.under);
}

/** What so much of the plan's money would have cost by the hour. */
function worth({ byHour, inPlan }: Usage, money: Amount): Amount {
  if (money.over.isZero()) return nothing;
  return times(byHour, money.over.times(inPlan.under), money.under.times(inPlan.over));
}

/** What a commitment by the hour is over the plan's years, and how it is paid. */
export function commitmentOf(byHour: Amount, { years, upfront }: Pick<SavingsPlan, "years" | "upfront">) {
  const whole = times(byHour, savingsPlanTerms.hoursOfYear * years);
  const now = savingsPlanTerms.paidNow[upfront];
  return { whole, now: times(whole, now), perHour: minus(byHour, times(byHour, now)) };
}
