import type { BandwidthPrice } from "../catalog/bandwidth-prices.ts";
import { type Amount, amount, plus, times } from "./amount.ts";

/** What a fixed bandwidth of so many Mbit/s costs for an hour, or for the month that a subscription is priced by. */
export function bandwidthCost({ sizes, above, hours = 1 }: BandwidthPrice, Mbps: number): Amount {
  const size = sizes[Math.min(sizes.length, Math.ceil(Mbps)) - 1] ?? "0";
  return times(plus(amount(size), times(amount(above), Math.max(0, Mbps - sizes.length))), 1, hours);
}
