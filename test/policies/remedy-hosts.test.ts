import { describe, expect, test } from "vitest";
import { changesOf, check } from "../../policies/check.ts";
import type { Value, ValueMap } from "../../policies/reading.ts";
import { hostAccessRules } from "../../policies/rules/host-access.ts";
import { protectionRules } from "../../policies/rules/protection.ts";
import { contextOf, resource, unknown } from "./cases.ts";

const [tokens] = hostAccessRules;
const [protection] = protectionRules;
const context = contextOf();

const instance = "alicloud:ecs/instance:Instance";
const lindormV1 = "alicloud:lindorm/instance:Instance";
const lindormV2 = "alicloud:lindorm/instanceV2:InstanceV2";
const address = "alicloud:ecs/eipAddress:EipAddress";

/** A host whose data disk would go with it. */
const holding = (values: ValueMap) => ({ dataDisks: [{ size: 20 }], ...values });

describe("deletion protection in place", () => {
  const set = (type: string, values: ValueMap, protect = false) =>
    changesOf(protection, resource(type, values, { protect }), context);

  test.each<[string, ValueMap, string, Value]>([
    [lindormV1, {}, "deletionProection", true],
    [lindormV2, { deletionProtection: "false" }, "deletionProtection", "true"],
    [address, {}, "deletionProtection", true],
    ["alicloud:ecs/eip:Eip", { deletionProtection: false }, "deletionProtection", true],
    ["alicloud:kms/key:Key", { deletionProtection: "Disabled" }, "deletionProtection", "Enabled"],
    [instance, holding({}), "deletionProtection", true],
  ])("%s %j", (type, values, property, on) => {
    expect(set(type, values)).toEqual({ [property]: on });
    // Whoever broke the rule keeps to it then; with `protect`, which nobody can set for them.
    const after = resource(type, { ...values, [property]: on }, { protect: true });
    expect(check(protection, after, context)).toEqual([]);
  });

  test.each<[string, string, ValueMap]>([
    ["what has it but for protect", lindormV1, { deletionProection: true }],
    ["a disk, which has only protect", "alicloud:ecs/ecsDisk:EcsDisk", {}],
    ["a database that has only protect", "alicloud:tsdb/instance:Instance", {}],
    ["a bucket", "alicloud:oss/bucket:Bucket", { forceDestroy: true }],
    ["a set of hosts, which it would replace", "alicloud:ecs/ecsInstanceSet:EcsInstanceSet", holding({})],
    ["a host that holds nothing", instance, {}],
    ["a subscription", instance, holding({ instanceChargeType: "PrePaid", forceDelete: true })],
    ["a spot host", instance, holding({ spotStrategy: "SpotAsPriceGo" })],
    ["what is not known yet", address, { deletionProtection: unknown }],
  ])("not for %s", (_, type, values) => {
    expect(set(type, values)).toBeUndefined();
  });
});

describe("metadata only with a token, in place", () => {
  const set = (type: string, values: ValueMap) => changesOf(tokens, resource(type, values), context);

  test.each([
    instance,
    "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
    "alicloud:ecs/launchTemplate:LaunchTemplate",
  ])("%s", (type) => {
    expect(set(type, { httpTokens: "optional" })).toEqual({ httpTokens: "required" });
    expect(set(type, { httpEndpoint: "disabled" })).toBeUndefined();
    expect(set(type, { httpTokens: unknown })).toBeUndefined();
  });
});
