import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, type Path, parsePath, pathText } from "../../../review/changes/paths.ts";

describe("paths as Pulumi writes them", () => {
  test.each<[Path, string]>([
    [["tags"], "tags"],
    [["tags", "env"], "tags.env"],
    [["tags", "a.b"], 'tags["a.b"]'],
    [["tags", "data-class"], 'tags["data-class"]'],
    [["tags", 'say "hi"'], 'tags["say \\"hi\\""]'],
    [["dataDisks", 0, "size"], "dataDisks[0].size"],
    [["a.b", "c"], '["a.b"].c'],
    [[0, 1], "[0][1]"],
  ])("%j is %s", (path, text) => {
    expect(pathText(path)).toBe(text);
    expect(parsePath(text)).toEqual(path);
  });

  test("any path is read back", () => {
    const step = fc.oneof(
      fc.nat(99),
      fc.string({ minLength: 1 }).filter((key) => !key.includes("\\") && key !== "*"),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (path) => {
        expect(parsePath(pathText(path))).toEqual(path);
      }),
    );
  });

  test.each([
    ["tags", "tags.env", true],
    ["tags.env", "tags", false],
    ["tags.env", "tags.owner", false],
    ["dataDisks[*].size", "dataDisks[3].size", true],
    ["dataDisks[1]", "dataDisks[3].size", false],
    ["*", "anything[2]", true],
    ["tag", "tags", false],
  ])("%s leads to %s: %s", (outer, inner, expected) => {
    expect(contains(parsePath(outer), parsePath(inner))).toBe(expected);
  });
});
