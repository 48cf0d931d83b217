import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../../deploy/errors.ts";
import { changesOf } from "../../../review/preview/changes.ts";
import { withoutSecrets } from "../../../review/preview/hidden.ts";
import { readPreview } from "../../../review/preview/read.ts";
import { reviewOfPreview } from "../../../review/preview/review.ts";
import { sidesOf } from "../../../review/preview/sides.ts";
import { changeReview } from "../../../review/pull-request/schema.ts";
import { digest, events, hostType, type MadeStep, step, urn } from "./made.ts";

const today = "2026-11-25";

/** Steps of hosts, a fifth of each operation. */
function hosts(count: number): readonly MadeStep[] {
  const inputs = (i: number) => ({
    instanceType: "ecs.g7.large",
    instanceName: `web-${i}`,
    availabilityZone: "cn-shanghai-l",
    systemDiskCategory: "cloud_essd",
    systemDiskSize: 40,
    tags: { owner: "team", number: String(i) },
  });
  const ops = ["create", "update", "replace", "delete", "same"];
  return Array.from({ length: count }, (_, i) => {
    const op = ops[i % ops.length] ?? "same";
    const of = urn(hostType, `web-${i}`);
    return step(op, of, op === "create" ? undefined : inputs(i), op === "delete" ? undefined : inputs(i + 1));
  });
}

test("10,000 steps are read, none is lost, and time grows with them", { timeout: 60_000 }, () => {
  const read = (count: number) => {
    const text = digest(hosts(count));
    const begin = performance.now();
    const changes = withoutSecrets(changesOf(sidesOf(readPreview(text))));
    return { changes, each: (performance.now() - begin) / count };
  };
  const few = read(2_000);
  const many = read(10_000);
  expect(many.changes.resources).toHaveLength(8_000);
  expect(many.changes.unchanged).toBe(2_000);
  // Square growth would be five times as much; slack for a machine that does other things.
  expect(many.each).toBeLessThan(4 * few.each);
});

test("a whole review of 500 steps", { timeout: 30_000 }, () => {
  const [stack] = reviewOfPreview(events(hosts(500)), { today }).stacks;
  expect(stack?.changes.resources).toHaveLength(400);
  expect(stack?.cost?.change?.groups.length).toBeGreaterThan(0);
});

describe("anything at all in the values", () => {
  const odd = fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "\u0000",
    "\u001b[31mred",
    "a\u202eb",
    "\ud800",
    "a::b",
    "a$b",
    "",
    "<script>",
    "x".repeat(5_000),
  );
  const types = fc.oneof(
    fc.constantFrom(
      hostType,
      "alicloud:ecs/securityGroupRule:SecurityGroupRule",
      "alicloud:vpc/switch:Switch",
      "alicloud:lindorm/instanceV2:InstanceV2",
      "alicloud:ecs/ecsDisk:EcsDisk",
      "alicloud:oss/bucket:Bucket",
      "alicloud:ram/policy:Policy",
      "pulumi:providers:alicloud",
      "aws:s3/bucket:Bucket",
    ),
    odd.filter((text) => !text.includes("::") && !text.includes("$")).map((text) => `${text}:m:${text}`),
  );
  const names = fc.constantFrom(
    "instanceType",
    "userData",
    "dataDisks",
    "systemDiskSize",
    "securityGroups",
    "tags",
    "cidrBlock",
    "zoneId",
    "portRange",
    "cidrIp",
    "policyDocument",
    "engineLists",
    "region",
    "endpoints",
    "period",
    "size",
    "spotPriceLimit",
    "__proto__",
  );
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      odd,
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant("[secret]"),
      fc.constant("04da6b54-80e4-46f7-96ec-b56ff0331ba9"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.oneof(names, odd), tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  const inputs = fc.dictionary(names, values, { maxKeys: 6 });
  const steps = fc.array(
    fc
      .record({
        op: fc.constantFrom(
          "create",
          "update",
          "replace",
          "delete",
          "same",
          "read",
          "import",
          "refresh",
          "delete-replaced",
          "odd",
        ),
        type: types,
        name: odd,
        old: fc.option(inputs, { nil: undefined }),
        now: fc.option(inputs, { nil: undefined }),
        changed: fc.array(fc.oneof(names, odd), { maxLength: 3 }),
        detailed: fc.dictionary(
          fc.oneof(names, odd, fc.constantFrom("dataDisks[0].size", 'tags["a.b"]', "a[*].b", "[[[")),
          fc.record({ kind: fc.constantFrom("add", "delete", "update-replace", "odd"), inputDiff: fc.boolean() }),
          { maxKeys: 3 },
        ),
      })
      .map(({ op, type, name, old, now, changed, detailed }) =>
        step(op, urn(type, name), old, now, { diffReasons: changed, replaceReasons: changed, detailedDiff: detailed }),
      ),
    { maxLength: 6 },
  );

  test("gives a review of the right shape, and the same one for the same file", () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (all, asEvents) => {
        const text = asEvents ? events(all) : digest(all);
        const review = reviewOfPreview(text, { today });
        const json = JSON.stringify(review);
        expect(changeReview.safeParse(JSON.parse(json)).error?.issues).toBeUndefined();
        expect(JSON.stringify(reviewOfPreview(text, { today }))).toBe(json);
      }),
      { numRuns: 60 },
    );
  });

  test("a file that is anything else is refused, and with nothing else than bad input", () => {
    const broken = fc.tuple(steps, fc.nat(), fc.string()).map(([all, at, put]) => {
      const text = digest(all);
      return text.slice(0, at % text.length) + put + text.slice((at % text.length) + put.length);
    });
    fc.assert(
      fc.property(fc.oneof(broken, fc.json(), fc.string()), (text) => {
        try {
          reviewOfPreview(text, { today });
        } catch (error) {
          expect(error).toBeInstanceOf(BadInput);
        }
      }),
      { numRuns: 60 },
    );
  });
});
