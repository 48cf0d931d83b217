import { describe, expect, test } from "vitest";
import type { PolicySettingsInput } from "../../components/config/schema-policies.ts";
import { changesOf, check, checkStack } from "../../policies/check.ts";
import type { Value, ValueMap } from "../../policies/reading.ts";
import { isStackRule, type Profile, type Resource } from "../../policies/rule.ts";
import { ossRules } from "../../policies/rules/oss.ts";
import { recordRules } from "../../policies/rules/records.ts";
import { tagRules } from "../../policies/rules/tags.ts";
import { contextOf, resource, secret, unknown } from "./cases.ts";

const [tags] = tagRules;
const [retention] = recordRules;

describe("tags that are missing", () => {
  const defaults = { owner: "nobody", "data-class": "general", "mlps-level": "3", unasked: "x" };
  const host = (values: ValueMap) => resource("alicloud:ecs/instance:Instance", values);
  const set = (one: Resource, settings: PolicySettingsInput = {}, profile?: Profile) =>
    changesOf(tags, one, contextOf({ tagDefaults: defaults, ...settings }, profile));

  test("are set where a default is, and nothing else is touched", () => {
    const given = { env: "prod", owner: "", note: "", "data-class": "sensitive" };
    expect(set(host({ tags: given }))).toEqual({ tags: { ...given, owner: "nobody" } });
    expect(set(host({}))).toEqual({ tags: { owner: "nobody", "data-class": "general" } });
  });

  test("the level too in the profile that asks for it", () => {
    const all = { env: "prod", owner: "data-team", "data-class": "core" };
    expect(set(host({ tags: all }), {}, "mlps-3")).toEqual({ tags: { ...all, "mlps-level": "3" } });
    expect(set(host({ tags: all }))).toBeUndefined();
  });

  test("stay missing without a default", () => {
    expect(set(host({}), { tagDefaults: {} })).toBeUndefined();
    expect(set(host({ tags: { owner: "data-team", "data-class": "core" } }))).toBeUndefined();
  });

  test.each<[string, Value]>([
    ["a tag is unknown", { env: unknown }],
    ["a tag is a secret", { env: secret }],
    ["a tag is no text", { env: 7 }],
    ["the tags are a list", ["owner"]],
  ])("stay missing where %s: it would be lost", (_, given) => {
    expect(set(host({ tags: given }))).toBeUndefined();
  });

  test.each([
    "adb/account:Account",
    "cddc/dedicatedPropreHost:DedicatedPropreHost",
    "oos/execution:Execution",
  ])("stay missing where a tag would replace the resource: %s", (type) => {
    expect(set(resource(`alicloud:${type}`, {}))).toBeUndefined();
  });
});

test("what is wanted names the tag, and its values where they are few", () => {
  const wanted = (profile: Profile, asked: readonly string[]) =>
    check(tags, resource("alicloud:ecs/instance:Instance", {}), contextOf({ tags: [...asked] }, profile)).map((one) =>
      one.verdict === "violation" ? one.wanted : one.verdict,
    );
  expect(wanted("baseline", ["owner", "data-class", "mlps-level"])).toEqual([
    "the tag owner",
    "the tag data-class: general, important or core",
    'the tag mlps-level: "1" to "5"',
  ]);
  expect(wanted("mlps-3", ["env"])).toEqual(["the tag env", 'the tag mlps-level: "3" or more']);
});

describe("logs that go too early", () => {
  const set = (type: string, values: ValueMap, settings: PolicySettingsInput = {}) =>
    changesOf(retention, resource(type, values), contextOf(settings));
  const store = "alicloud:log/store:Store";

  test("are kept as long as the settings say, at most for ever", () => {
    expect(set(store, {})).toEqual({ retentionPeriod: 184 });
    expect(set(store, { retentionPeriod: 30 }, { retention: { logDays: 365 } })).toEqual({ retentionPeriod: 365 });
    expect(set(store, { retentionPeriod: 30 }, { retention: { logDays: 5000 } })).toEqual({ retentionPeriod: 3650 });
  });

  test("are left alone where they are kept, and in log.Audit, whose variables are set as a whole", () => {
    expect(set(store, { retentionPeriod: 184 })).toBeUndefined();
    expect(set("alicloud:log/audit:Audit", { variableMap: { rds_ttl: "7" } })).toBeUndefined();
  });
});

describe("a finding about a stack names the resource", () => {
  const urns = (rules: typeof ossRules | typeof recordRules, id: string, resources: readonly Resource[]) => {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined || !isStackRule(rule)) throw new Error(id);
    return checkStack(rule, resources, contextOf()).map(({ urn }) => urn);
  };

  test("a bucket where nothing is said, the resource that says it wrongly", () => {
    const bucket = resource("alicloud:oss/bucket:Bucket", { bucket: "pulumi-state", forceDestroy: true });
    const suspended = { bucket: "pulumi-state", status: "Suspended" };
    const versioning = resource("alicloud:oss/bucketVersioning:BucketVersioning", suspended);
    expect(urns(ossRules, "cn-oss-state", [bucket, versioning])).toEqual([
      bucket.urn,
      versioning.urn,
      bucket.urn,
      bucket.urn,
      bucket.urn,
    ]);
  });

  test("a bucket whose name is not known", () => {
    const bucket = resource("alicloud:oss/bucket:Bucket", { bucket: unknown });
    expect(urns(ossRules, "cn-oss-state", [bucket])).toEqual([bucket.urn]);
  });

  test("a VPC without a flow log, a flow log that may be off, a trail that may be", () => {
    const vpc = resource("alicloud:vpc/network:Network", {});
    const values = { resourceType: "VPC", trafficType: "All", status: unknown };
    const log = resource("alicloud:vpc/flowLog:FlowLog", values, { dependsOn: [vpc] });
    expect(urns(recordRules, "cn-flow-log", [vpc])).toEqual([vpc.urn]);
    expect(urns(recordRules, "cn-flow-log", [vpc, log])).toEqual([log.urn]);
    const trail = resource("alicloud:actiontrail/trail:Trail", {
      eventRw: unknown,
      trailRegion: "All",
      status: "Enable",
    });
    expect(urns(recordRules, "cn-audit-trail", [trail])).toEqual([trail.urn]);
  });
});
