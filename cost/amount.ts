import { Decimal } from "decimal.js";

/**
 * Hours of a month where nothing else is said: 365 x 24 / 12. Alibaba's own examples take 720. `china:cost.hoursPerMonth`
 * sets another; every figure says which it took.
 */
export const hoursPerMonth = 730;

/**
 * Numbers of money: decimal.js keeps 20 digits unless it is told otherwise, and a product of a long sum has more. A fraction of
 * hours, months and GiB in lowest terms stays far below this.
 */
const Exact = Decimal.clone({ precision: 100 });

/**
 * Money, exact, as a fraction. A disk's hour is its month divided by 480: rounded before it is added up, a third shows in the
 * last place, and the sum depends on the order.
 */
export interface Amount {
  readonly over: Decimal;
  readonly under: Decimal;
}

export function amount(over: Decimal.Value, under: Decimal.Value = 1): Amount {
  return { over: new Exact(over), under: new Exact(under) };
}

export const nothing: Amount = amount(0);

export function times({ over, under }: Amount, factor: Decimal.Value, by: Decimal.Value = 1): Amount {
  return { over: over.times(factor), under: under.times(by) };
}

export function plus(a: Amount, b: Amount): Amount {
  if (a.under.equals(b.under)) return { over: a.over.plus(b.over), under: a.under };
  // Over the least common denominator: multiplied at each step, it would grow with every item of a sum.
  const common = commonDivisor(a.under, b.under);
  const [left, right] = [b.under.div(common), a.under.div(common)];
  return { over: a.over.times(left).plus(b.over.times(right)), under: a.under.times(left) };
}

/** Euclid's, which ends for finite decimals too. */
function commonDivisor(a: Decimal, b: Decimal): Decimal {
  return b.isZero() ? a.abs() : commonDivisor(b, a.mod(b));
}

export function minus(a: Amount, b: Amount): Amount {
  return plus(a, times(b, -1));
}

export function sum(amounts: Iterable<Amount>): Amount {
  let total = nothing;
  for (const one of amounts) total = plus(total, one);
  return total;
}

/** Negative, 0 or positive, as for sorting. */
export function compare(a: Amount, b: Amount): number {
  return a.over.times(b.under).comparedTo(b.over.times(a.under));
}

/** How often b goes into a; undefined where b is nothing. */
export function ratio(a: Amount, b: Amount): Decimal | undefined {
  return b.over.isZero() ? undefined : a.over.times(b.under).div(a.under.times(b.over));
}

/** The only place where money is rounded: half up, at the edge. Two decimals for money, four for a price by the hour. */
export function rounded({ over, under }: Amount, decimals: 2 | 4): string {
  return over.div(under).toFixed(decimals, Decimal.ROUND_HALF_UP);
}

/** 1527.89 -> 1,527.89; the text itself, no rounding. */
export function grouped(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
