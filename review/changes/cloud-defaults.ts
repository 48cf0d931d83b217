import type { PlanValue } from "../../plan/plan.ts";
import { apiDefaults } from "../../policies/defaults.ts";

const host = "alicloud:ecs/instance:Instance";

/**
 * What the cloud decides where an input is not set: written out later, it is no change. Comments of RunInstances in
 * @alicloud/ecs20140526 7.11.6 (2026-09-22), which a test compares.
 */
export const cloudDefaults: Readonly<Record<string, Readonly<Record<string, PlanValue>>>> = {
  [host]: { ...apiDefaults[host], internetChargeType: "PayByTraffic", spotStrategy: "NoSpot" },
};
