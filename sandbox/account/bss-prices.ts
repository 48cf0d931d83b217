import { Decimal } from "decimal.js";
import { diskPrice } from "../../catalog/disk-prices.ts";
import { type DiskCategory, diskCategories, type PerformanceLevel, performanceLevels } from "../../catalog/disks.ts";
import { parseTypeName } from "../../catalog/instance-types.ts";
import { hourlyPrice } from "../../catalog/prices.ts";
import { monthPrice, monthRatio, termFactor } from "../../catalog/term-prices.ts";
import { CloudError } from "../core/errors.ts";

/** A part of what is to be priced: its code, and its settings as `Name:Value,Name:Value`. */
export interface PricedModule {
  readonly code: string;
  readonly config: ReadonlyMap<string, string>;
}

export function readConfig(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(",").map((part) => {
      const [name = "", ...value] = part.split(":");
      return [name.trim(), value.join(":").trim()] as const;
    }),
  );
}

/** CNY by the hour at the catalogue's list price. @throws PRICING_PLAN_RESULT_NOT_FOUND for what the list lacks */
export function hourlyCost(region: string, module: PricedModule): Decimal {
  if (module.code === "InstanceType") {
    const price = hourlyPrice(region, typeOf(module));
    if (price === undefined) throw noPrice();
    return new Decimal(price.amount);
  }
  const disk = diskOf(region, module);
  return disk.perMonth.div(disk.hoursInMonth);
}

/**
 * CNY for months paid ahead. The real API knows no type of the seventh generation or newer here, ECS does
 * (DescribePrice). A term longer than a month has a price only where a factor of exactly this family was read.
 *
 * @throws PRICING_PLAN_RESULT_NOT_FOUND
 */
export function subscriptionCost(region: string, module: PricedModule, months: number): Decimal {
  if (module.code !== "InstanceType") {
    if (months !== 1) throw noPrice();
    return diskOf(region, module).perMonth;
  }
  const type = typeOf(module);
  const name = parseTypeName(type);
  if (name?.generation === undefined || name.generation >= 7) throw noPrice();
  const month = monthPrice(region, type)?.amount ?? monthOf(region, type, name.family);
  if (month === undefined) throw noPrice();
  if (months === 1) return new Decimal(month);
  const factor = termFactor("china", name.family, months);
  if (factor === undefined) throw noPrice();
  return new Decimal(month).times(months).times(factor.factor);
}

function monthOf(region: string, type: string, family: string): Decimal | undefined {
  const hour = hourlyPrice(region, type);
  const ratio = monthRatio(family);
  return hour === undefined || ratio === undefined ? undefined : new Decimal(hour.amount).times(ratio.hours);
}

/** "InstanceType" names its type so; a disk's category and size have the module's code before them, or not. */
function typeOf(module: PricedModule): string {
  return module.config.get("InstanceType") ?? "";
}

function diskOf(region: string, module: PricedModule): { readonly perMonth: Decimal; readonly hoursInMonth: string } {
  const setting = (name: string) => module.config.get(`${module.code}.${name}`) ?? module.config.get(name);
  const category = diskCategories.find((known): known is DiskCategory => known === setting("Category"));
  const level = performanceLevels.find((known): known is PerformanceLevel => known === setting("PerformanceLevel"));
  const GiB = Number(setting("Size"));
  if (!["SystemDisk", "DataDisk"].includes(module.code) || category === undefined || !(GiB > 0)) throw noPrice();
  const price = diskPrice(region, category, level ?? (category === "cloud_essd" ? "PL1" : undefined));
  if (price === undefined) throw noPrice();
  return { perMonth: new Decimal(price.amount).times(GiB), hoursInMonth: price.hoursInMonth };
}

export function noPrice(): CloudError {
  return new CloudError("PRICING_PLAN_RESULT_NOT_FOUND", 400, "The pricing plan result is not found.");
}
