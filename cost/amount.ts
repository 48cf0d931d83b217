import { Decimal } from "decimal.js";

/** Hours of a month in every figure: 365 x 24 / 12. Alibaba's own examples take 720. */
export const hoursPerMonth = 730;

/**
 * CNY by the hour, exact, as a fraction. A disk's hour is its month divided by 480: rounded before it is added up, a third
 * shows in the last place, and the sum depends on the order.
 */
export interface Amount {
  readonly over: Decimal;
  readonly under: Decimal;
}

export function amount(over: Decimal.Value, under: Decimal.Value = 1): Amount {
  return { over: new Decimal(over), under: new Decimal(under) };
}

export function times({ over, under }: Amount, factor: Decimal.Value): Amount {
  return { over: over.times(factor), under };
}

export function plus(a: Amount, b: Amount): Amount {
  return a.under.equals(b.under)
    ? { over: a.over.plus(b.over), under: a.under }
    : { over: a.over.times(b.under).plus(b.over.times(a.under)), under: a.under.times(b.under) };
}

/** The only places where money is rounded: half up, at the edge. */
export function perHour({ over, under }: Amount): string {
  return over.div(under).toFixed(4, Decimal.ROUND_HALF_UP);
}

export function perMonth({ over, under }: Amount): string {
  return over.times(hoursPerMonth).div(under).toFixed(2, Decimal.ROUND_HALF_UP);
}
