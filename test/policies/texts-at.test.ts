import { describe, expect, test } from "vitest";
import { Props, type ValueMap } from "../../policies/reading.ts";
import { readsOf, textsAt } from "../../policies/texts-at.ts";
import { unknown } from "./cases.ts";

/** What stands at a path, as lines: "rules[0].regionId known cn-shanghai". */
function lines(values: ValueMap, path: string): string[] {
  const reads = readsOf({ type: [path] })["type"] ?? [];
  return [...textsAt(new Props(values, { reads, defaults: {} }), path)].map((one) =>
    [one.path, one.state, ...(one.state === "known" ? [one.value] : [])].join(" "),
  );
}

describe("texts at a path", () => {
  test.each<[string, string, ValueMap, string[]]>([
    ["a property", "region", { region: "x" }, ["region known x"]],
    ["a list", "regions[]", { regions: ["x", "y"] }, ["regions[0] known x", "regions[1] known y"]],
    ["a list of one", "regions[]", { regions: "x" }, ["regions[0] known x"]],
    ["an empty list", "regions[]", { regions: [] }, []],
    ["in a map", "to.region", { to: { region: "x" } }, ["to.region known x"]],
    ["in a map of a map", "a.b.c", { a: { b: { c: "x" } } }, ["a.b.c known x"]],
    ["in each of a list", "rules[].to", { rules: [{ to: "x" }, {}] }, ["rules[0].to known x", "rules[1].to absent"]],
    [
      "lists in lists",
      "users[].regions[]",
      { users: [{ regions: ["x"] }, { regions: ["y", 5] }] },
      ["users[0].regions[0] known x", "users[1].regions[0] known y", "users[1].regions[1] wrong"],
    ],
    ["nothing there", "a.b", {}, ["a absent"]],
    ["no list there", "a[].b", {}, ["a absent"]],
    ["an unknown map", "a.b", { a: unknown }, ["a undecided"]],
    ["an unknown list", "a[]", { a: unknown }, ["a undecided"]],
    ["an unknown element", "a[].b", { a: [unknown, { b: "x" }] }, ["a[0] undecided", "a[1].b known x"]],
    ["no map", "a.b", { a: [] }, ["a wrong"]],
    ["no list", "a[]", { a: 5 }, ["a wrong"]],
  ])("%s: %s", (_, path, values, expected) => {
    expect(lines(values, path)).toEqual(expected);
  });
});

test("what is read on the way, each step once", () => {
  expect(readsOf({ one: ["region"], other: ["a.b[].c[]", "a.d", "e[]"] })).toEqual({
    one: ["region"],
    other: ["a", "a.b", "a.b[].c", "a.d", "e"],
  });
});
