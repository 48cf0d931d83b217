import fc from "fast-check";
import type { Month, Use } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { disk, host, resource } from "./plans.ts";

/** A group of equal hosts, as a stack file would have it. */
export interface Group {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly GiB: number;
  readonly level: "PL0" | "PL1" | "PL2";
  readonly dataGiB: number;
  readonly pay: "by the hour" | "spot" | number;
  readonly use: Use;
}

/** Few types and sizes, so that equal items meet; one type that no list has, one disk level without a figure. */
export const types = [
  "ecs.g7.large",
  "ecs.g7.xlarge",
  "ecs.c6.xlarge",
  "ecs.g5.xlarge",
  "ecs.u1-c1m2.xlarge",
  "ecs.x9.mega",
];
export const regions = ["cn-shanghai", "cn-beijing", "cn-hangzhou", "cn-wulanchabu"] as const;

export const use: fc.Arbitrary<Use> = fc.record({
  hours: fc.integer({ min: 0, max: 730 }),
  whenIdle: fc.constantFrom("run", "stop", "delete"),
});

const group = (name: string, wanted: Partial<Record<keyof Group, fc.Arbitrary<unknown>>>) =>
  fc.record({
    name: fc.constant(name),
    type: fc.constantFrom(...types),
    count: fc.integer({ min: 1, max: 4 }),
    GiB: fc.constantFrom(40, 50, 77, 480),
    level: fc.constantFrom("PL0", "PL1", "PL2"),
    dataGiB: fc.constantFrom(0, 33, 200),
    // Months ahead: 12 and 36 have no price but a size.
    pay: fc.constantFrom("by the hour", "by the hour", "spot", 1, 9, 12, 36),
    use,
    ...wanted,
  }) as fc.Arbitrary<Group>;

/** One to three groups; `wanted` narrows what a group can be. */
export function groups(
  wanted: Partial<Record<keyof Group, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<readonly Group[]> {
  return fc
    .tuple(group("workers", wanted), fc.option(group("batch", wanted)), fc.option(group("front", wanted)))
    .map((all) => all.filter((one): one is Group => one !== null));
}

/** Groups whose hosts and disks all have a price, by the hour and a month ahead. */
export const pricedGroups = groups({
  type: fc.constantFrom(...types.filter((type) => type !== "ecs.x9.mega")),
  level: fc.constantFrom("PL0", "PL1"),
  pay: fc.constant("by the hour"),
});

/** What a group's plan declares. */
export function resourcesOf(all: readonly Group[]): readonly PlannedResource[] {
  return all.flatMap(({ name, type, count, GiB, level, dataGiB, pay }) =>
    Array.from({ length: count }, (_, index) => [
      host(`${name}-${index}`, type, GiB, { systemDiskPerformanceLevel: level, ...payInputs(pay) }, name),
      ...(dataGiB > 0 ? [disk(`${name}-${index}-data`, dataGiB, level, "cloud_essd", name)] : []),
    ]).flat(),
  );
}

function payInputs(pay: Group["pay"]) {
  if (pay === "by the hour") return {};
  if (pay === "spot") return { spotStrategy: "SpotAsPriceGo" };
  return { instanceChargeType: "PrePaid", period: pay, periodUnit: "Month" };
}

export const around: readonly PlannedResource[] = [
  resource("alicloud:vpc/natGateway:NatGateway", "network-nat", {}, "network"),
  resource("alicloud:ecs/eipAddress:EipAddress", "network-address", { internetChargeType: "PayByTraffic" }, "network"),
  resource(
    "alicloud:lindorm/instance:Instance",
    "series",
    {
      timeSeriesEngineSpecification: "lindorm.g.xlarge",
      timeSeriesEngineNodeCount: 2,
      instanceStorage: 160,
      diskCategory: "cloud_efficiency",
    },
    "series",
  ),
];

export function monthOf(all: readonly Group[], hours = 730): Month {
  const uses = new Map(all.map(({ name, use: stated }) => [name, { ...stated, hours: Math.min(stated.hours, hours) }]));
  return { hours, useOf: (component) => uses.get(component) ?? { hours, whenIdle: "run" } };
}
