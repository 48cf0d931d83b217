import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { describe, expect, test } from "vitest";
import { driftOf } from "../../deploy/status/drift.ts";
import { propertyInWords, valueInWords } from "../../deploy/status/drift-words.ts";

interface Step {
  readonly op: string;
  readonly type?: string;
  readonly custom?: boolean;
  readonly was?: object;
  readonly is?: object;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
  readonly diffs?: readonly string[];
}

/** An event as `pulumi refresh --preview-only` of 3.259.0 writes it. */
function event(
  name: string,
  { op, type = "alicloud:ecs/instance:Instance", custom = true, was = {}, is, detailedDiff = null, diffs = [] }: Step,
) {
  const urn = `urn:pulumi:s::china::china:index:HostGroup$${type}::${name}`;
  const shared = { urn, type, custom, id: `i-${name}` };
  const metadata = {
    ...{ op, urn, type, diffs, detailedDiff },
    old: { ...shared, inputs: {}, outputs: was },
    ...(is === undefined ? {} : { new: { ...shared, inputs: {}, outputs: is } }),
  };
  return { sequence: 1, timestamp: 1, resOutputsEvent: { metadata } } as unknown as EngineEvent;
}

const update = (keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, { diffKind: "update", inputDiff: false }]));

describe("drift", () => {
  test("is what changed, by property, and what is gone; what stayed and what is no thing of the cloud is not in it", () => {
    const { changed, gone } = driftOf([
      event("b", { op: "delete" }),
      event("same", { op: "same" }),
      event("group", { op: "delete", custom: false }),
      event("a", {
        op: "update",
        was: { tags: { env: "prod", "data-class": "general" }, systemDiskSize: 40, deletionProtection: true },
        is: { tags: { env: "test" }, systemDiskSize: 60, deletionProtection: false },
        detailedDiff: update(["tags", "tags.env", 'tags["data-class"]', "systemDiskSize", "deletionProtection"]),
      }),
      { sequence: 2, timestamp: 2, cancelEvent: {} } as unknown as EngineEvent,
    ]);
    expect(gone).toEqual([{ name: "b", type: "host", id: "i-b" }]);
    expect(changed).toEqual([
      {
        ...{ name: "a", type: "host", id: "i-a" },
        properties: [
          { path: "tags.env", what: "tag env", was: "prod", is: "test" },
          { path: 'tags["data-class"]', what: "tag data-class", was: "general", is: "nothing" },
          { path: "systemDiskSize", what: "system disk size", was: "40", is: "60" },
          { path: "deletionProtection", what: "deletion protection", was: "yes", is: "no" },
        ],
      },
    ]);
  });

  test("without details names the properties all the same", () => {
    const { changed } = driftOf([
      event("a", { op: "update", was: { instanceName: "x" }, is: { instanceName: "y" }, diffs: ["instanceName"] }),
    ]);
    expect(changed[0]?.properties).toEqual([{ path: "instanceName", what: "name", was: "x", is: "y" }]);
  });

  test("finds values in lists", () => {
    const path = "engineLists[0].nodeGroups[1].nodeCount";
    const list = (nodeCount: number) => ({ engineLists: [{ nodeGroups: [{ nodeCount: 1 }, { nodeCount }] }] });
    const { changed } = driftOf([
      event("db", { op: "update", was: list(2), is: list(3), detailedDiff: update([path]) }),
    ]);
    expect(changed[0]?.properties).toEqual([
      { path, what: "engine lists [0].nodeGroups[1].nodeCount", was: "2", is: "3" },
    ]);
  });
});

test.each([
  ["password", { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" }],
  ["config", { deep: ["[secret]"] }],
  ["userData", "H4sI"],
  ["password", "plain"],
])("a value that may be a secret is not shown: %s", (path, value) => {
  expect(valueInWords(path, value)).toBe("(not shown)");
});

test.each([
  ["a long text is cut", "a".repeat(100), `${"a".repeat(57)}...`],
  ["an empty list is nothing", [], "nothing"],
  ["", "", "nothing"],
  ["a list", ["10.0.0.0/8"], '["10.0.0.0/8"]'],
])("%s", (_, value, words) => {
  expect(valueInWords("ipWhiteLists", value)).toBe(words);
});

test.each([
  ["ipWhiteLists", "allow-list"],
  ["internetMaxBandwidthOut", "internet max bandwidth out"],
  ["kmsKeyId", "kms key id"],
  ["toString", "to string"],
])("%s in words", (path, words) => {
  expect(propertyInWords(path)).toBe(words);
});
