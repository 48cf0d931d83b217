import { existsSync, readFileSync } from "node:fs";
import { type Confidence, type Fact, fact } from "./fact.ts";
import { isMainlandRegion } from "./regions.ts";

/** A list price of the China site: decimal text, to be calculated with as decimals and never as a float. */
export interface Price extends Fact {
  readonly amount: string;
  readonly currency: "CNY";
}

/** Linux, pay-as-you-go, one host, without disks, traffic or a paid image. */
export interface HourlyPrice extends Price {
  readonly unit: "hour";
}

interface RegionFile extends Fact {
  readonly hourly: Readonly<Record<string, string>>;
}

const loaded = new Map<string, RegionFile | undefined>();

/** Reads one region's file at its first question, and no other region's. */
function regionFile(region: string): RegionFile | undefined {
  if (!loaded.has(region)) {
    const file = new URL(`./prices/${region}.json`, import.meta.url);
    const known = isMainlandRegion(region) && existsSync(file);
    loaded.set(region, known ? (JSON.parse(readFileSync(file, "utf8")) as RegionFile) : undefined);
  }
  return loaded.get(region);
}

/** Undefined when the list has no price: then it is unknown, never zero. */
export function hourlyPrice(region: string, type: string): HourlyPrice | undefined {
  const file = regionFile(region);
  const amount = file && Object.hasOwn(file.hourly, type) ? file.hourly[type] : undefined;
  if (file === undefined || amount === undefined) return undefined;
  return { amount, currency: "CNY", unit: "hour", source: file.source, observedAt: file.observedAt };
}

/** Types with a price in the region; empty where no list was read. */
export function pricedTypes(region: string): readonly string[] {
  return Object.keys(regionFile(region)?.hourly ?? {});
}

/** Single figures without a region or from a third party: to be shown beside a missing price, in no sum. */
export interface ReferencePrice extends Price {
  readonly what: string;
  readonly unit: "hour" | "month" | "year";
  readonly confidence: Confidence;
}

const csv = fact("China site price CSV: 40 GiB for 160 a month, pgsty/pigsty.cc", "2024-03");
const images = fact(
  "Alibaba Cloud docs, image billing, worked example in cn-hangzhou, AlibabaCloudDocs/ecs",
  "2021-07-19",
);
const note = fact("a public operations note that read the price page for cn-beijing", "2026-08-26");
const comparison = fact("a public comparison of subscription prices, region not named, rounded", "2026-08-20");
const weak = { ...comparison, currency: "CNY", confidence: "low" } as const;

export const referencePrices: readonly ReferencePrice[] = [
  { what: "ecs.g9i.2xlarge", amount: "1.99", unit: "hour", ...weak },
  { what: "ecs.g9i.2xlarge", amount: "954.40", unit: "month", ...weak },
  { what: "ecs.g9i.2xlarge, 1 year", amount: "7552", unit: "year", ...weak },
  { what: "ecs.g9i.2xlarge, 2 years", amount: "5268", unit: "year", ...weak },
  { what: "ecs.g9i.2xlarge, 3 years", amount: "3665", unit: "year", ...weak },
  { what: "1 GiB of ESSD PL3", amount: "4.00", unit: "month", ...csv, currency: "CNY", confidence: "low" },
  // A quarter above the figure that the catalogue has, which is of 2021.
  {
    what: "1 GiB of snapshots, cn-beijing",
    amount: "0.148",
    unit: "month",
    ...note,
    currency: "CNY",
    confidence: "low",
  },
  { what: "image of Red Hat 8.1", amount: "291.00", unit: "month", ...images, currency: "CNY", confidence: "low" },
  { what: "image of Red Hat 8.1", amount: "0.43", unit: "hour", ...images, currency: "CNY", confidence: "low" },
];
