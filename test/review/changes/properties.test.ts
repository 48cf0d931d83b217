import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PlanValue, secret, unknown } from "../../../plan/plan.ts";
import type { PropertyChange } from "../../../review/changes/change.ts";
import { differences, propertyChanges } from "../../../review/changes/properties.ts";

type Inputs = Readonly<Record<string, PlanValue>>;

/** path: before -> after, with nothing for what is not there. */
function texts(changes: readonly PropertyChange[]): string[] {
  const side = (value: PlanValue | undefined) => (value === undefined ? "nothing" : JSON.stringify(value));
  return changes.map(({ path, before, after }) => `${path}: ${side(before)} -> ${side(after)}`);
}

const hidden = JSON.stringify(secret);
const open = JSON.stringify(unknown);

describe("where two sets of inputs differ", () => {
  test.each<[string, Inputs, Inputs, string[]]>([
    ["nothing", { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, []],
    ["a text", { size: "a" }, { size: "b" }, ['size: "a" -> "b"']],
    ["what came", {}, { tags: { env: "x" } }, ['tags: nothing -> {"env":"x"}']],
    ["what went", { tags: { env: "x" } }, {}, ['tags: {"env":"x"} -> nothing']],
    ["null is nothing", { a: null }, {}, []],
    [
      "one key of a map",
      { tags: { env: "x", "a.b": "1" } },
      { tags: { env: "x", "a.b": "2" } },
      ['tags["a.b"]: "1" -> "2"'],
    ],
    [
      "elements by their name, wherever they stand",
      {
        ports: [
          { name: "a", port: 1 },
          { name: "b", port: 2 },
        ],
      },
      {
        ports: [
          { name: "c", port: 9 },
          { name: "a", port: 1 },
          { name: "b", port: 3 },
        ],
      },
      ['ports[0]: nothing -> {"name":"c","port":9}', "ports[2].port: 2 -> 3"],
    ],
    [
      "elements by their port, where they have no name",
      {
        ports: [
          { internal: 80, ip: "x" },
          { internal: 81, ip: "x" },
        ],
      },
      { ports: [{ internal: 81, ip: "x" }] },
      ['ports[0]: {"internal":80,"ip":"x"} -> nothing'],
    ],
    [
      "ranges by themselves",
      { list: ["10.0.0.0/8", "10.1.0.0/16"] },
      { list: ["10.1.0.0/16", "10.2.0.0/16"] },
      ['list[0]: "10.0.0.0/8" -> nothing', 'list[1]: nothing -> "10.2.0.0/16"'],
    ],
    ["one that takes the place of another", { list: ["a", "b"] }, { list: ["a", "c"] }, ['list[1]: "b" -> "c"']],
    ["another order of a list", { list: ["a", "b"] }, { list: ["b", "a"] }, ['list: ["a","b"] -> ["b","a"]']],
    [
      "elements without a key by their place",
      { list: [{ size: 1 }, { size: 1 }] },
      { list: [{ size: 1 }, { size: 2 }, { size: 3 }] },
      ["list[1].size: 1 -> 2", 'list[2]: nothing -> {"size":3}'],
    ],
    ["two secrets", { password: secret }, { password: secret }, []],
    ["a secret that was none", { password: "in clear" }, { password: secret }, [`password: ${hidden} -> ${hidden}`]],
    [
      "a secret that is none any more",
      { password: secret },
      { password: "in clear" },
      [`password: ${hidden} -> ${hidden}`],
    ],
    ["a secret that came", {}, { password: secret }, [`password: nothing -> ${hidden}`]],
    ["two unknowns", { id: unknown }, { id: unknown }, []],
    ["known to unknown", { id: "vsw-1" }, { id: unknown }, [`id: "vsw-1" -> ${open}`]],
    ["another kind of value", { a: "1" }, { a: ["1"] }, ['a: "1" -> ["1"]']],
    ["a key that every object has", { tags: {} }, { tags: { constructor: "x" } }, ['tags.constructor: nothing -> "x"']],
  ])("%s", (_, before, after, expected) => {
    expect(texts(propertyChanges(before, after))).toEqual(expected);
  });

  test("where the order says nothing, another order is no difference", () => {
    expect(differences({ list: ["a", "b"] }, { list: ["b", "a"] }, () => true)).toEqual([]);
  });

  const value = fc.letrec<{ value: PlanValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<PlanValue>("a", "b", 1, 2, true, false, unknown, secret),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("id", "name", "a", "b", "a.b"), tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  const inputs = fc.dictionary(fc.constantFrom("x", "y", "z"), value, { maxKeys: 3 });

  test("nothing differs from itself, in whatever order its keys stand", () => {
    const turned = (of: PlanValue): PlanValue =>
      Array.isArray(of)
        ? of.map(turned)
        : typeof of === "object" && of !== null
          ? Object.fromEntries(
              Object.entries(of)
                .reverse()
                .map(([key, inner]) => [key, turned(inner)]),
            )
          : of;
    fc.assert(
      fc.property(inputs, (one) => {
        expect(propertyChanges(one, turned(one) as Inputs)).toEqual([]);
      }),
    );
  });

  test("the other way round, before and after change places", () => {
    const sides = (changes: readonly PropertyChange[], turn: boolean) =>
      changes
        .map(({ path, before, after }) => {
          const [first, last] = turn ? [after, before] : [before, after];
          // An element has its place in the list that it stands in.
          return JSON.stringify([path.replace(/\[\d+\]/g, "[]"), first ?? null, last ?? null]);
        })
        .sort();
    // Pairs of what came and went at one place are formed by places, which differ by direction.
    const scalar = fc.dictionary(
      fc.constantFrom("x", "y"),
      fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2", unknown)),
    );
    fc.assert(
      fc.property(scalar, scalar, (one, other) => {
        expect(sides(propertyChanges(one, other), true)).toEqual(sides(propertyChanges(other, one), false));
      }),
    );
  });

  test("something differs where the values do", () => {
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(propertyChanges(one, other).length === 0).toBe(same);
      }),
    );
  });

  test("every value of a change stands where its path says", () => {
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        for (const { path, before, after } of differences(one, other)) {
          if (after !== undefined) expect(valueAt(other, path)).toEqual(after);
          else expect(valueAt(one, path)).toEqual(before);
        }
      }),
    );
  });
});

function sorted(value: PlanValue): PlanValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], value);
}
