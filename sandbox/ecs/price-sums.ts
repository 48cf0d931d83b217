import { Decimal } from "decimal.js";
import { bandwidthPrice } from "../../catalog/bandwidth-prices.ts";
import { diskPrice } from "../../catalog/disk-prices.ts";
import type { DiskCategory, PerformanceLevel } from "../../catalog/disks.ts";
import { parseTypeName } from "../../catalog/instance-types.ts";
import { hourlyPrice } from "../../catalog/prices.ts";
import { monthPrice, monthRatio, termFactor } from "../../catalog/term-prices.ts";
import type { Amount } from "../../cost/amount.ts";
import { bandwidthCost } from "../../cost/bandwidth.ts";

/** What is to be paid for: an hour, or so many months ahead. */
export type Span = { readonly unit: "hour" } | { readonly unit: "month"; readonly months: number };

/** A price in the currency of its list: as listed, and what is left of it with the discounts of its term and of the account. */
export interface Sum {
  readonly original: Decimal;
  readonly trade: Decimal;
}

export interface PricedDisk {
  readonly category: DiskCategory;
  /** Of ESSD alone. */
  readonly level: PerformanceLevel | undefined;
  readonly GiB: number;
}

/** Where prices of hosts come from; undefined is no price of that region, thing and span. */
export interface PriceList {
  readonly currency: "CNY" | "USD";
  /** A host without disks. */
  readonly host: (region: string, type: string, span: Span) => Sum | undefined;
  readonly disk: (region: string, disk: PricedDisk, span: Span) => Sum | undefined;
  /** A host's own fixed bandwidth, Mbit/s. */
  readonly bandwidth: (region: string, Mbps: number, span: Span) => Sum | undefined;
}

export const nothing: Sum = { original: new Decimal(0), trade: new Decimal(0) };

export function plus(a: Sum, b: Sum): Sum {
  return { original: a.original.plus(b.original), trade: a.trade.plus(b.trade) };
}

export function times(sum: Sum, factor: Decimal.Value): Sum {
  return { original: sum.original.times(factor), trade: sum.trade.times(factor) };
}

/** What is left of a price once an account's discount is off. */
export function discounted({ original, trade }: Sum, percent = 0): Sum {
  return { original, trade: trade.times(100 - percent).div(100) };
}

/** A price that nothing is off of. */
export function listed(price: Decimal | Amount): Sum {
  const original = "over" in price ? new Decimal(price.over).div(price.under) : price;
  return { original, trade: original };
}

/** The catalogue: list prices of the China site. */
export const catalogueList: PriceList = { currency: "CNY", host, disk, bandwidth };

function host(region: string, type: string, span: Span): Sum | undefined {
  const hour = hourlyPrice(region, type)?.amount;
  if (span.unit === "hour") return hour === undefined ? undefined : listed(new Decimal(hour));
  const family = parseTypeName(type)?.family ?? "";
  const hours = monthRatio(family)?.hours;
  const byHours = hour === undefined || hours === undefined ? undefined : new Decimal(hour).times(hours);
  const quoted = monthPrice(region, type)?.amount;
  const month = quoted === undefined ? byHours : new Decimal(quoted);
  const factor = factorOf(family, span.months);
  if (month === undefined || factor === undefined) return undefined;
  const original = month.times(span.months);
  return { original, trade: original.times(factor) };
}

/** One month costs a month. Longer terms are known for very few families, and a factor does not carry over. */
function factorOf(family: string, months: number): string | undefined {
  return months === 1 ? "1" : termFactor("china", family, months)?.factor;
}

/** Paid ahead it is known for one month only. */
function disk(region: string, { category, level, GiB }: PricedDisk, span: Span): Sum | undefined {
  const price = diskPrice(region, category, level);
  if (price === undefined) return undefined;
  const month = new Decimal(price.amount).times(GiB);
  if (span.unit === "hour") return listed(month.div(price.hoursInMonth));
  return span.months === 1 ? listed(month) : undefined;
}

/** Paid ahead it is known for one month only. */
function bandwidth(region: string, Mbps: number, span: Span): Sum | undefined {
  const price = bandwidthPrice(region, "host", span.unit === "hour" ? "pay-as-you-go" : "subscription");
  if (price === undefined || (span.unit === "month" && span.months !== 1)) return undefined;
  return listed(bandwidthCost(price, Mbps));
}
