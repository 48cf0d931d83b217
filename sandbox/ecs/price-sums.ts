import { Decimal } from "decimal.js";
import { diskPrice } from "../../catalog/disk-prices.ts";
import type { DiskCategory, PerformanceLevel } from "../../catalog/disks.ts";
import { parseTypeName } from "../../catalog/instance-types.ts";
import { hourlyPrice } from "../../catalog/prices.ts";
import { monthPrice, monthRatio, termFactor } from "../../catalog/term-prices.ts";

/** What is to be paid for: an hour, or so many months ahead. */
export type Span = { readonly unit: "hour" } | { readonly unit: "month"; readonly months: number };

/** A price of the China site, before and after the discount that its term brings, CNY. */
export interface Sum {
  readonly original: Decimal;
  readonly trade: Decimal;
}

export const nothing: Sum = { original: new Decimal(0), trade: new Decimal(0) };

export function plus(a: Sum, b: Sum): Sum {
  return { original: a.original.plus(b.original), trade: a.trade.plus(b.trade) };
}

export function times(sum: Sum, factor: Decimal.Value): Sum {
  return { original: sum.original.times(factor), trade: sum.trade.times(factor) };
}

function alike(amount: Decimal): Sum {
  return { original: amount, trade: amount };
}

/** A host without disks; undefined where the catalogue has no price of that region, type and term. */
export function hostSum(region: string, type: string, span: Span): Sum | undefined {
  const hour = hourlyPrice(region, type)?.amount;
  if (span.unit === "hour") return hour === undefined ? undefined : alike(new Decimal(hour));
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

/** A disk; paid ahead it is known for one month only. */
export function diskSum(
  region: string,
  disk: { readonly category: DiskCategory; readonly level: PerformanceLevel | undefined; readonly GiB: number },
  span: Span,
): Sum | undefined {
  const price = diskPrice(region, disk.category, disk.level);
  if (price === undefined) return undefined;
  const month = new Decimal(price.amount).times(disk.GiB);
  if (span.unit === "hour") return alike(month.div(price.hoursInMonth));
  return span.months === 1 ? alike(month) : undefined;
}
