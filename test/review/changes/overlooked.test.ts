import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import known from "../../../engine/provider-inputs.json" with { type: "json" };
import type { PlanValue } from "../../../plan/plan.ts";
import { cloudDefaults } from "../../../review/changes/cloud-defaults.ts";
import { comparePlans } from "../../../review/changes/compare.ts";
import { overlooked } from "../../../review/changes/overlooked.ts";
import { plan, resource, types } from "./plans.ts";

type Facts = Readonly<Record<string, { readonly replace: boolean; readonly suppressed?: boolean }>>;
const resources: Readonly<Record<string, { readonly inputs: Facts; readonly customized?: boolean }>> = known.resources;

test("every input whose differences the provider's code overlooks has its rule, and no other", () => {
  const marked = Object.entries(resources).flatMap(([type, { inputs }]) =>
    Object.keys(inputs)
      .filter((name) => inputs[name]?.suppressed)
      .map((name) => `${type} ${name}`),
  );
  const ruled = Object.entries(overlooked).flatMap(([type, rules]) =>
    Object.keys(rules).map((name) => `${type} ${name}`),
  );
  expect(ruled.sort()).toEqual(marked.sort());
});

test("no resource changes in code what a difference leads to", () => {
  expect(Object.keys(resources).filter((type) => resources[type]?.customized)).toEqual([]);
});

test("what the cloud decides is what its API says", () => {
  const file = resolve(
    import.meta.dirname,
    "../../../node_modules/@alicloud/ecs20140526/dist/models/RunInstancesRequest.d.ts",
  );
  const text = readFileSync(file, "utf8");
  const { httpTokens: _, systemDiskEncrypted: __, ...own } = cloudDefaults[types.host] ?? {};
  for (const [name, value] of Object.entries(own)) {
    const [comment = ""] = text.split(` ${name}?:`)[0]?.split("/**").slice(-1) ?? [];
    expect(/Default value: (\w+)/.exec(comment)?.[1], name).toBe(String(value));
  }
});

type Inputs = Readonly<Record<string, PlanValue>>;
const essd = { systemDiskCategory: "cloud_essd" };
const prepaid = { instanceChargeType: "PrePaid", renewalStatus: "AutoRenewal" };

test.each<[string, string, Inputs, Inputs, Inputs, string[]]>([
  [
    "the level of a disk",
    types.host,
    essd,
    { systemDiskPerformanceLevel: "PL0" },
    { systemDiskPerformanceLevel: "PL1" },
    ["update"],
  ],
  [
    "the level of a disk without levels",
    types.host,
    { systemDiskCategory: "cloud_auto" },
    {},
    { systemDiskPerformanceLevel: "PL1" },
    [],
  ],
  [
    "the level of a data disk",
    types.disk,
    { category: "cloud_essd" },
    { performanceLevel: "PL0" },
    { performanceLevel: "PL1" },
    ["update"],
  ],
  ["of one without levels", types.disk, {}, { performanceLevel: "PL0" }, { performanceLevel: "PL1" }, []],
  ["a term that is paid ahead", types.host, prepaid, { period: 1 }, { period: 2 }, ["update"]],
  ["a term of what is paid by use", types.host, { instanceChargeType: "PostPaid" }, { period: 1 }, { period: 2 }, []],
  ["renewal", types.host, prepaid, { autoRenewPeriod: 1 }, { autoRenewPeriod: 2 }, ["update"]],
  [
    "renewal of what is not renewed",
    types.host,
    { instanceChargeType: "PrePaid" },
    { autoRenewPeriod: 1 },
    { autoRenewPeriod: 2 },
    [],
  ],
  ["protection of what is paid ahead", types.host, prepaid, {}, { deletionProtection: true }, []],
  ["protection", types.host, {}, {}, { deletionProtection: true }, ["update"]],
  [
    "a price limit",
    types.host,
    { spotStrategy: "SpotWithPriceLimit" },
    { spotPriceLimit: 1 },
    { spotPriceLimit: 2 },
    ["replace"],
  ],
  [
    "a price limit that nobody asks for",
    types.host,
    { spotStrategy: "SpotAsPriceGo" },
    { spotPriceLimit: 1 },
    { spotPriceLimit: 2 },
    [],
  ],
  [
    "how traffic is paid where there is none",
    types.host,
    { internetMaxBandwidthOut: 0 },
    {},
    { internetChargeType: "PayByTraffic" },
    [],
  ],
  [
    "how traffic is paid",
    types.host,
    { internetMaxBandwidthOut: 5 },
    {},
    { internetChargeType: "PayByBandwidth" },
    ["update"],
  ],
  [
    "ports where the protocol has none",
    types.rule,
    { ipProtocol: "icmp" },
    { portRange: "1/2" },
    { portRange: "3/4" },
    [],
  ],
  ["ports", types.rule, { ipProtocol: "tcp" }, { portRange: "1/2" }, { portRange: "3/4" }, ["replace"]],
  [
    "a term of a database that is paid by use",
    types.lindorm,
    { paymentType: "PayAsYouGo" },
    { duration: "1" },
    { duration: "2" },
    [],
  ],
  [
    "a term of a database",
    types.lindorm,
    { paymentType: "Subscription" },
    { duration: "1" },
    { duration: "2" },
    ["update"],
  ],
  [
    "a document in another form",
    types.policy,
    {},
    { policyDocument: '{"a":1,"b":[2]}' },
    { policyDocument: '{ "b": [2], "a": 1 }' },
    [],
  ],
  ["another document", types.policy, {}, { policyDocument: '{"a":1}' }, { policyDocument: '{"a":2}' }, ["update"]],
])("%s", (_, type, both, before, after, expected) => {
  const { resources: changed } = comparePlans(
    plan(resource(type, "x", { ...both, ...before })),
    plan(resource(type, "x", { ...both, ...after })),
  );
  expect(changed.map(({ operation }) => operation)).toEqual(expected);
});
