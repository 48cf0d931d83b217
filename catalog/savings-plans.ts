import { type Fact, fact } from "./fact.ts";

/**
 * What is left of a pay-as-you-go price in a savings plan: 0.455 means 54.5 % off. It depends on the plan, its length, what is
 * paid upfront, the family and the region, and carries over to none of them.
 */
export interface SavingsPlanFactor extends Fact {
  /** general-purpose: any region and family. ECS compute plans (one family, one region) discount more; no figure was found. */
  readonly plan: "general-purpose";
  readonly years: 1 | 3;
  readonly upfront: "all" | "half" | "none";
  readonly covers: "host" | "system-disk" | "bandwidth";
  readonly region: string;
  /** ECS family of a host, or category and level of a disk. */
  readonly of: string;
  readonly factor: string;
}

/**
 * One worked example of the documents, which calls its figures examples. Discounts of terms have changed since (0.85 for a year
 * in 2021, 0.66 in 2024): these show the size and price nothing.
 */
const example = fact(
  "Alibaba Cloud docs, buying and using savings plans, worked example, AlibabaCloudDocs/ecs",
  "2021-07-19",
  "unverified",
);
const plan = { plan: "general-purpose", years: 3, upfront: "all" } as const;

export const savingsPlanFactors: readonly SavingsPlanFactor[] = [
  { ...plan, covers: "host", region: "cn-shanghai", of: "ecs.g6", factor: "0.455", ...example },
  { ...plan, covers: "host", region: "cn-beijing", of: "ecs.c5", factor: "0.273", ...example },
  ...["cn-shanghai", "cn-beijing"].flatMap((region): SavingsPlanFactor[] => [
    { ...plan, covers: "system-disk", region, of: "cloud_essd PL0", factor: "0.412", ...example },
    { ...plan, covers: "bandwidth", region, of: "fixed bandwidth", factor: "0.425", ...example },
  ]),
];

/** The factor of exactly this plan, region and thing; undefined is unknown, and not 1. */
export function savingsPlanFactor(
  wanted: Pick<SavingsPlanFactor, "years" | "upfront" | "covers" | "region" | "of">,
): SavingsPlanFactor | undefined {
  const keys = ["years", "upfront", "covers", "region", "of"] as const;
  return savingsPlanFactors.find((row) => keys.every((key) => row[key] === wanted[key]));
}

/** What a plan applies to. Data disks, addresses, traffic and spot hosts are paid beside it. */
export const savingsPlanCovers: Fact & { readonly kinds: readonly SavingsPlanFactor["covers"][] } = {
  kinds: ["host", "system-disk", "bandwidth"],
  ...fact("Alibaba Cloud docs, savings plan overview, limits, AlibabaCloudDocs/ecs", "2021-07-19"),
};

/** A commitment by the hour is owed for 24 x 365 hours of each year, whatever runs; half of it upfront in the middle option. */
export const savingsPlanTerms: Fact & {
  readonly hoursOfYear: 8760;
  readonly paidNow: Readonly<Record<"all" | "half" | "none", string>>;
} = {
  hoursOfYear: 8760,
  paidNow: { all: "1", half: "0.5", none: "0" },
  ...fact("Alibaba Cloud docs, savings plans, ways of paying, AlibabaCloudDocs/ecs", "2021-07-19"),
};
