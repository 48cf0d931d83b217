import { describe, expect, test } from "vitest";
import { changesOf } from "../../../review/preview/changes.ts";
import { readPreview } from "../../../review/preview/read.ts";
import { sidesOf } from "../../../review/preview/sides.ts";
import { digest, events, hostType, type MadeStep, state, step, urn } from "./made.ts";

const host = urn(hostType, "web");
const small = { instanceType: "ecs.g7.large" };
const large = { instanceType: "ecs.g7.xlarge" };

const changes = (steps: readonly MadeStep[], form = digest) => changesOf(sidesOf(readPreview(form(steps))));
const only = (steps: readonly MadeStep[], form = digest) => changes(steps, form).resources[0];

describe("the engine's words decide", () => {
  test.each<readonly [string, string | undefined]>([
    ["create", "create"],
    ["import", "create"],
    ["update", "update"],
    ["delete", "delete"],
    ["replace", "replace"],
    ["create-replacement", "replace"],
    ["delete-replaced", "replace"],
    ["import-replacement", "replace"],
    ["same", undefined],
    ["refresh", undefined],
    ["read", undefined],
    ["read-replacement", undefined],
    ["discard", undefined],
    ["remove-pending-replace", undefined],
  ])("%s: %s", (op, operation) => {
    expect(only([step(op, host, small, large)])?.operation).toBe(operation);
    expect(only([step(op, host, small, large)], events)?.operation).toBe(operation);
  });

  test("the three steps of a replacement are one change, and their order says which goes first", () => {
    const made = step("create-replacement", host, small, large, { replaceReasons: ["instanceType"] });
    const logical = step("replace", host, small, large, { replaceReasons: ["instanceType"] });
    const gone = step("delete-replaced", host, small);
    for (const [steps, first] of [
      [[made, logical, gone], false],
      [[gone, logical, made], true],
    ] as const) {
      const { resources } = changes(steps, events);
      expect(resources).toMatchObject([
        {
          operation: "replace",
          before: { inputs: small },
          after: { inputs: large },
          replaceBecause: [{ path: "instanceType", why: "engine" }],
          deleteBeforeReplace: first,
        },
      ]);
      expect(resources).toHaveLength(1);
    }
  });

  test("without a reason the whole resource is one", () => {
    expect(only([step("replace", host, small, large)])?.replaceBecause).toEqual([{ path: "", why: "engine" }]);
  });

  test("paths of the detailed difference come before first parts of paths", () => {
    const change = only([
      step(
        "replace",
        host,
        { dataDisks: [{ size: 20 }], zone: "a" },
        { dataDisks: [{ size: 10 }], zone: "b" },
        {
          diffReasons: ["dataDisks", "zone"],
          replaceReasons: ["dataDisks", "zone"],
          detailedDiff: { "dataDisks[0].size": { kind: "update-replace", inputDiff: false } },
        },
      ),
    ]);
    expect(change?.replaceBecause).toEqual([
      { path: "dataDisks[0].size", why: "engine" },
      { path: "zone", why: "engine" },
    ]);
    expect(change?.properties).toEqual([
      { path: "dataDisks[0].size", kind: "changed", before: 20, after: 10 },
      { path: "zone", kind: "changed", before: "a", after: "b" },
    ]);
  });

  test("what the engine does not name has not changed for it", () => {
    const more = { diffReasons: ["instanceType"] };
    const change = only([step("update", host, { ...small, a: 1 }, { ...large, a: 2 }, more)]);
    expect(change?.properties.map(({ path }) => path)).toEqual(["instanceType"]);
  });

  test("where the engine names nothing, every difference counts", () => {
    const change = only([step("update", host, { ...small, a: 1 }, { ...large, a: 2 })]);
    expect(change?.properties.map(({ path }) => path)).toEqual(["a", "instanceType"]);
  });

  test("a secret that changes, and what only the cloud had, are told too", () => {
    const change = only([
      {
        op: "update",
        urn: host,
        oldState: state(host, { password: "[secret]" }, { outputs: { description: "by hand" } }),
        newState: state(host, { password: "[secret]" }),
        detailedDiff: {
          password: { kind: "update", inputDiff: true },
          description: { kind: "delete", inputDiff: false },
        },
      },
    ]);
    expect(change?.properties).toEqual([
      { path: "description", kind: "removed", before: "by hand" },
      { path: "password", kind: "changed", before: { __pulumiSecret: true }, after: { __pulumiSecret: true } },
    ]);
  });

  test("an import keeps its id, and the resource is there already", () => {
    const imported = { op: "import", urn: host, newState: state(host, small, { id: "i-1", importID: "i-1" }) };
    const change = only([imported]);
    expect(change).toMatchObject({ operation: "create", after: { options: { importId: "i-1" } } });
    expect(change?.before).toBeUndefined();
  });

  test("what an earlier deployment left to be deleted is no part of what becomes of its successor", () => {
    const left = { op: "delete", urn: host, oldState: state(host, small, { delete: true }) };
    const sides = sidesOf(readPreview(digest([step("same", host, large, large), left])));
    expect(sides.leftovers).toEqual([host]);
    expect(changesOf(sides)).toMatchObject({ resources: [], unchanged: 1 });
    expect(only([left])).toMatchObject({ operation: "delete" });
  });

  test("a resource under another name is the same one", () => {
    const former = urn(hostType, "former");
    const change = only([{ op: "update", urn: host, oldState: state(former, small), newState: state(host, large) }]);
    expect(change).toMatchObject({ urn: host, formerUrn: former, name: "web" });
  });

  test("options of what stays: protect is told, aliases are not", () => {
    const same = (old: object, now: object) => ({
      op: "same",
      urn: host,
      oldState: state(host, small, old),
      newState: state(host, small, now),
    });
    expect(changes([same({ protect: true }, {})]).optionChanges).toMatchObject([
      { urn: host, before: { options: { protect: true } }, after: { options: {} } },
    ]);
    expect(changes([same({}, { aliases: ["urn:pulumi:a::b::c::d"] })]).optionChanges).toEqual([]);
  });

  test("options are read as the engine writes them", () => {
    const options = {
      protect: true,
      retainOnDelete: true,
      dependencies: ["b", "a"],
      ignoreChanges: ["tags"],
      replaceOnChanges: ["x"],
      additionalSecretOutputs: ["password"],
      customTimeouts: { create: 600, update: 0, odd: "x" },
      deletedWith: "u",
      propertyDependencies: { a: ["y", "x"], b: [], c: null },
    };
    const { after } = sidesOf(readPreview(digest([{ op: "create", urn: host, newState: state(host, {}, options) }])));
    expect(after.resources.find(({ urn: of }) => of === host)).toMatchObject({
      options: {
        protect: true,
        retainOnDelete: true,
        dependsOn: ["a", "b"],
        ignoreChanges: ["tags"],
        replaceOnChanges: ["x"],
        additionalSecretOutputs: ["password"],
        timeouts: { create: "600s" },
        deletedWith: "u",
      },
      uses: { a: ["x", "y"] },
    });
  });
});

describe("types", () => {
  test("that this project does not know are counted, whatever they are called", () => {
    const odd = ["aws:s3/bucket:Bucket", "a:b:__proto__", "a:constructor", "aws:s3/bucket:Bucket"];
    const steps = odd.map((type, i) => step("create", urn(type, `n${i}`), undefined, {}));
    const { unknownTypes } = changes(steps);
    expect(Object.entries(unknownTypes).sort()).toEqual([
      ["a:b:__proto__", 1],
      ["a:constructor", 1],
      ["aws:s3/bucket:Bucket", 2],
    ]);
  });

  test("of components, providers and what is only read are no changes", () => {
    const component = urn("my:index:Web", "web");
    const steps = [
      { op: "create", urn: component, newState: state(component, {}, { custom: false }) },
      step("create", urn("pulumi:providers:aws", "p"), undefined, {}),
      { op: "create", urn: host, newState: state(host, {}, { external: true, id: "i-1" }) },
      step("read", urn(hostType, "read"), undefined, {}),
    ];
    expect(changes(steps).resources).toEqual([]);
  });
});
