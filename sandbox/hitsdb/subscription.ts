import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";

/** Months that a PricingCycle and a Duration stand for: 1 to 9 months, 1 to 3 years. @throws the code given */
export function monthsOf(params: Params, refusal: string): number {
  const cycle = params.text("PricingCycle");
  const duration = params.integer("Duration") ?? 0;
  const months = cycle === "Month" && duration <= 9 ? duration : cycle === "Year" && duration <= 3 ? duration * 12 : 0;
  if (months < 1) throw new CloudError(refusal, 400, "The parameter is invalid: PricingCycle or Duration.");
  return months;
}

/** The same day, months later; the last of the month where there is no such day. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

/** Cloud time at which a subscription ends, renewals that have happened by themselves included. */
export function endOf(
  subscription: { readonly expiresAt?: number; readonly autoRenewMonths: number },
  now: number,
): number | undefined {
  let end = subscription.expiresAt;
  while (end !== undefined && end <= now && subscription.autoRenewMonths > 0) {
    end = addMonths(end, subscription.autoRenewMonths);
  }
  return end;
}
