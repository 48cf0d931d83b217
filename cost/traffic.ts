import { Decimal } from "decimal.js";
import { trafficOut } from "../catalog/usage-prices.ts";
import { type Amount, amount } from "./amount.ts";

/**
 * Traffic out of mainland regions in a month, each step at its own price.
 *
 * @param free GB that cost nothing: an account that was switched to Cloud Data Transfer by hand has them
 */
export function trafficCost(GB: number, free = 0): Amount {
  const billed = Decimal.max(0, new Decimal(GB).minus(free));
  let from = new Decimal(0);
  let total = new Decimal(0);
  for (const { amount: price, upToGB } of trafficOut) {
    const to = Decimal.min(billed, upToGB ?? billed);
    if (to.greaterThan(from)) {
      total = total.plus(to.minus(from).times(price));
      from = to;
    }
  }
  return amount(total);
}
