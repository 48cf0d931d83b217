import { describe, expect, test } from "vitest";
import { changesOf, check } from "../../policies/check.ts";
import type { ValueMap } from "../../policies/reading.ts";
import type { Finding, ResourceRule } from "../../policies/rule.ts";
import { copyRules } from "../../policies/rules/copies.ts";
import { lineRules } from "../../policies/rules/lines.ts";
import { regionRules } from "../../policies/rules/region.ts";
import { at } from "./cases/regional.ts";
import { contextOf, type ResourceOptions, resource, unknown } from "./cases.ts";

const rules: readonly ResourceRule[] = [...regionRules, ...copyRules, ...lineRules];
const context = contextOf();

function findings(id: string, type: string, values: ValueMap, options: ResourceOptions = {}): readonly Finding[] {
  return rules
    .filter((rule) => rule.id === id)
    .flatMap((rule) => check(rule, resource(type, values, options), context))
    .filter((finding) => finding.verdict !== "fault");
}

function wanted(...given: Parameters<typeof findings>): readonly string[] {
  return findings(...given).flatMap((finding) => (finding.verdict === "violation" ? [finding.wanted] : []));
}

describe("what a zone should be", () => {
  const instance = "alicloud:ecs/instance:Instance";
  const zone = { availabilityZone: "cn-beijing-h" };

  test.each<[string, ResourceOptions, ValueMap, string]>([
    ["one of the provider's region, by name", {}, zone, "a zone of cn-shanghai"],
    ["not by a name that nobody knows", { provider: { region: "mars-1" } }, zone, "a zone of the provider's region"],
    [
      "nor by none",
      { provider: { region: unknown } },
      { availabilityZone: "mars-1a" },
      "a zone of the provider's region",
    ],
  ])("%s", (_, options, values, expected) => {
    expect(wanted("cn-zone-in-region", instance, values, options)).toEqual([expected]);
  });
});

describe("transfer acceleration is turned off in place", () => {
  const acceleration = copyRules.find(({ id }) => id === "cn-oss-acceleration");
  const bucket = "alicloud:oss/bucket:Bucket";
  const split = "alicloud:oss/bucketTransferAcceleration:BucketTransferAcceleration";

  test.each<[string, string, ValueMap, ValueMap | undefined]>([
    ["at a bucket", bucket, { transferAcceleration: { enabled: true } }, { transferAcceleration: { enabled: false } }],
    ["beside it", split, { bucket: "b", enabled: true }, { enabled: false }],
    ["where it is off, nothing is", bucket, { transferAcceleration: { enabled: false } }, undefined],
    ["where it is not there, nothing is", bucket, {}, undefined],
    ["where nobody knows, nothing is", split, { enabled: unknown }, undefined],
  ])("%s", (_, type, values, changes) => {
    expect(acceleration).toBeDefined();
    if (acceleration !== undefined) expect(changesOf(acceleration, resource(type, values), context)).toEqual(changes);
  });
});

/** A region that is no region could be anything, a key pasted into the wrong line among them. */
test("what a user wrote is never repeated", () => {
  const pasted = "pasted-by-mistake-1a";
  for (const rule of rules) {
    for (const [type, paths] of Object.entries(rule.reads)) {
      for (const path of paths) {
        for (const asWritten of [path, `${path}[]`]) {
          const said = findings(rule.id, type, at(asWritten, pasted), { provider: { region: pasted } });
          expect(JSON.stringify(said)).not.toContain(pasted);
        }
      }
    }
  }
});
