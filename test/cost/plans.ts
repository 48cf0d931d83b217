import { type Plan, type PlannedResource, type PlanValue, urnOf } from "../../plan/plan.ts";

/** A resource of a plan as the estimate reads it: its type, its inputs and the component it belongs to. */
export function resource(
  type: string,
  name: string,
  inputs: Readonly<Record<string, PlanValue>>,
  component = "workers",
): PlannedResource {
  const parent = urnOf("china", "test", "china:index:HostGroup", component, undefined);
  return { urn: urnOf("china", "test", type, name, parent), type, name, parent, custom: true, inputs, options: {} };
}

export function planWith(resources: readonly PlannedResource[]): Plan {
  return { project: "china", stack: "test", resources, outputs: {} };
}

/** A pay-as-you-go host; `inputs` changes it. */
export function host(
  name: string,
  type: string,
  GiB: number,
  inputs: Readonly<Record<string, PlanValue>> = {},
  component = "workers",
) {
  const all = {
    instanceType: type,
    instanceChargeType: "PostPaid",
    systemDiskCategory: "cloud_essd",
    systemDiskPerformanceLevel: "PL0",
    systemDiskSize: GiB,
    ...inputs,
  };
  return resource("alicloud:ecs/instance:Instance", name, all, component);
}

export function disk(name: string, size: PlanValue, level = "PL1", category = "cloud_essd", component = "workers") {
  return resource("alicloud:ecs/ecsDisk:EcsDisk", name, { category, size, performanceLevel: level }, component);
}
