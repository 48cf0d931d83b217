import { Decimal } from "decimal.js";
import type { Month } from "../use.ts";

/** Bills follow China's clock: UTC+8, milliseconds. */
const chinaOffset = 8 * 3_600_000;
const hour = 3_600_000;

/** A month of bills, and how much of it is over. */
export interface BillingMonth {
  /** yyyy-mm */
  readonly name: string;
  /** Hours that it has. */
  readonly hours: number;
  /** Whole hours of it that are over: what is not settled is in no bill. */
  readonly elapsed: number;
  /** Milliseconds since 1970. */
  readonly begins: number;
}

/** Undefined for what is no month: 2026-13, 26-01. @param now milliseconds since 1970 */
export function billingMonth(name: string, now: number): BillingMonth | undefined {
  const [, year = "", month = ""] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === "") return undefined;
  const begins = Date.UTC(Number(year), Number(month) - 1, 1) - chinaOffset;
  const hours = (Date.UTC(Number(year), Number(month), 1) - chinaOffset - begins) / hour;
  const elapsed = Math.floor((now - begins) / hour);
  return { name, hours, elapsed: Math.max(0, Math.min(hours, elapsed)), begins };
}

/** The month of China that a time lies in. */
export function monthAt(now: number): string {
  return new Date(now + chinaOffset).toISOString().slice(0, 7);
}

/**
 * A month's use for the part of it that is over: each its share.
 *
 * @param whole the month as the stack file says it is used, counted with the hours that it really has
 */
export function partOf(whole: Month, { hours, elapsed }: Pick<BillingMonth, "hours" | "elapsed">): Month {
  if (elapsed === hours) return whole;
  const share = (n: number) => new Decimal(n).times(elapsed).div(hours).toDecimalPlaces(6).toNumber();
  return {
    hours: elapsed,
    useOf: (component) => {
      const use = whole.useOf(component);
      return { ...use, hours: share(use.hours) };
    },
    ...(whole.trafficGB === undefined ? {} : { trafficGB: share(whole.trafficGB) }),
    ...(whole.snapshotGiB === undefined ? {} : { snapshotGiB: share(whole.snapshotGiB) }),
  };
}
