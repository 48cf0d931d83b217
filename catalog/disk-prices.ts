import type { DiskCategory, PerformanceLevel } from "./disks.ts";
import { type Fact, fact } from "./fact.ts";
import type { Price } from "./prices.ts";
import { region } from "./regions.ts";

export interface DiskPrice extends Price {
  readonly category: DiskCategory;
  readonly performanceLevel?: PerformanceLevel;
  /** The region the figure was read in, which need not be the one that was asked for. */
  readonly readIn: string;
  readonly unit: "GiB month";
  /** A pay-as-you-go hour is the month divided by this: divide as decimals and late, the documents' own hour is rounded. */
  readonly hoursInMonth: "480";
}

const docs = fact("Alibaba Cloud docs, block storage billing, AlibabaCloudDocs/ecs", "2021-07-19");
const example = fact("Alibaba Cloud docs, savings plan example: 40 GiB for 0.0417 an hour", "2021-07-19", "inferred");
const quotes = fact("ECS DescribePrice quotes, PCcoding666/QUOTATION_PIPELINE: 140 GiB each", "2025-12-03", "inferred");
/** A copy of the page, dated by its pictures. Capacity alone: provisioned IOPS (0.0000625 an hour each) and bursts come on top. */
const autoPl = fact(
  "Alibaba Cloud docs, ESSD AutoPL disks, billing example, capacity only",
  "2024-11-19",
  "unverified",
);

type Read = readonly [
  category: DiskCategory,
  level: PerformanceLevel | undefined,
  readIn: string,
  amount: string,
  from: Fact,
];
const read: readonly Read[] = [
  ["cloud_essd", "PL0", "cn-hangzhou", "0.50", docs],
  ["cloud_essd", "PL0", "cn-shanghai", "0.50", example],
  ["cloud_essd", "PL1", "cn-beijing", "1.00", quotes],
  ["cloud_essd", "PL1", "cn-hangzhou", "1.00", docs],
  ["cloud_auto", undefined, "cn-hangzhou", "1.00", autoPl],
  ["cloud_efficiency", undefined, "cn-beijing", "0.35", quotes],
];

/** Figures as read; ESSD PL2 and PL3, standard SSD and ESSD Entry have none. */
export const diskPrices: readonly DiskPrice[] = read.map(([category, level, readIn, amount, from]) => {
  const price = { category, readIn, amount, currency: "CNY", unit: "GiB month", hoursInMonth: "480", ...from } as const;
  return level === undefined ? price : { ...price, performanceLevel: level };
});

/**
 * Price of a disk in a region. Where none was read there, a figure of another tier A region stands in as "inferred"; outside
 * tier A, where hosts cost other prices, the same figure is "unverified". Undefined when no region has one.
 */
export function diskPrice(regionId: string, category: DiskCategory, level?: PerformanceLevel): DiskPrice | undefined {
  const place = region(regionId);
  const rows = diskPrices.filter((row) => row.category === category && row.performanceLevel === level);
  const here = rows.find((row) => row.readIn === regionId);
  const first = rows[0];
  if (place === undefined || here !== undefined || first === undefined) return place && here;
  const weak = first.confidence === "unverified" || place.priceTier !== "A";
  return { ...first, confidence: weak ? "unverified" : "inferred" };
}
