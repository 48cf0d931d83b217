import { type Fact, fact } from "./fact.ts";
import { parseTypeName, type TypeName } from "./instance-types.ts";

export const diskCategories = [
  "cloud_essd",
  "cloud_ssd",
  "cloud_efficiency",
  "cloud_auto",
  "cloud_essd_entry",
] as const;
export type DiskCategory = (typeof diskCategories)[number];
export type PerformanceLevel = "PL0" | "PL1" | "PL2" | "PL3";
export const performanceLevels: readonly PerformanceLevel[] = ["PL0", "PL1", "PL2", "PL3"];

export type Possible = "yes" | "no" | "unknown";
export type DiskCategories = Fact & Readonly<Record<DiskCategory, Possible>>;

const families2021 = fact("Alibaba Cloud docs, ECS instance families", "2021-07-19");
const sdk = fact("@alicloud/ecs20140526 7.11.6, comments on disk categories", "2026-09-22");
const quotes = fact("ECS DescribePrice quotes with disks, cn-beijing, PCcoding666/QUOTATION_PIPELINE", "2025-12-03");

type Row = Omit<DiskCategories, keyof Fact>;
const unknown: Row = {
  cloud_essd: "unknown",
  cloud_ssd: "unknown",
  cloud_efficiency: "unknown",
  cloud_auto: "unknown",
  cloud_essd_entry: "no",
};
const older: Row = { ...unknown, cloud_essd: "yes", cloud_ssd: "yes", cloud_efficiency: "yes" };
const newer: Row = { ...unknown, cloud_essd: "yes", cloud_ssd: "no", cloud_efficiency: "no" };

/** Families that the 2021 page names with ESSD, SSD and ultra disks; their c and r kin follow by inference. */
const namedOlder = ["ecs.g5", "ecs.g6", "ecs.g6a", "ecs.g7a"];
/** Quoted with ultra disks (5th, 6th) or with ESSD (7th to 9th generation) in 2025. */
const quoted = /^ecs\.([gcr][56]|[gcr]7|[gcr]8y|[gcr]9i)$/;

function row(name: TypeName): DiskCategories {
  const { family, series, generation = 0, variant } = name;
  // Only e and u1 take ESSD Entry. An example by Alibaba runs e with ESSD; for u1 no page was read.
  if (series === "e" || series === "u") {
    const essd = series === "e" ? "yes" : "unknown";
    return { ...unknown, cloud_essd: essd, cloud_essd_entry: "yes", ...sdk };
  }
  if (!/^[gcr]$/.test(series) || generation < 5) return { ...unknown, ...sdk };
  const takesOlder = generation <= 6 ? variant === "" || variant === "a" : generation === 7 && variant === "a";
  if (takesOlder) {
    if (namedOlder.includes(family)) return { ...older, ...families2021 };
    if (quoted.test(family)) return { ...older, ...quotes, confidence: "inferred" };
    return { ...older, ...families2021, confidence: "inferred" };
  }
  const autoPl: Possible = generation >= 8 ? "yes" : "unknown";
  const newerRow: Row = { ...newer, cloud_auto: autoPl };
  if (family === "ecs.g6e" || family === "ecs.g7" || family === "ecs.g7ne") return { ...newerRow, ...families2021 };
  if (generation >= 7 && quoted.test(family)) return { ...newerRow, ...quotes, confidence: "inferred" };
  if (generation >= 7 || variant === "e") return { ...newerRow, ...sdk, confidence: "inferred" };
  return { ...unknown, ...sdk };
}

/** Which disks a type may carry; "unknown" where no page says so. Undefined for something that is no ECS type id. */
export function diskCategoriesFor(typeId: string): DiskCategories | undefined {
  const name = parseTypeName(typeId);
  return name && row(name);
}
