import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { withoutBlocks } from "../../../policies/user-data/blocks.ts";

describe("YAML without its blocks", () => {
  test.each([
    ["a: |\n  b\n  c\nd: e", "a: |\nd: e"],
    ["a: >-\n  b\n\n  c\n\nd: e", "a: >-\nd: e"],
    ["a: >\n b\nc: d", "a: >\nc: d"],
    ["a: |-\n b\nc: d", "a: |-\nc: d"],
    ["a: |+\n b\nc: d", "a: |+\nc: d"],
    ["- path: x\n  content: |\n    b\n  mode: y\n- c", "- path: x\n  content: |\n  mode: y\n- c"],
    ["- content: |\n    b\n  mode: y", "- content: |\n  mode: y"],
    ["- |\n  a\n- b", "- |\n- b"],
    ["- |\n a\n- b", "- |\n- b"],
    ["  - - |\n     a\n    - b", "  - - |\n    - b"],
    ["a: |\n  b", "a: |\n"],
    ["a: |\n  b\n", "a: |\n"],
    ["a: |\r\n  b\r\n\r\nc: d\r\n", "a: |\r\nc: d\r\n"],
    ["a: |\n  b: |\n    c\nd: |\n  e\n", "a: |\nd: |\n"],
    // Nothing is deeper.
    ["a: |\nb: c", "a: |\nb: c"],
    ["a:\n  b: |\n  c: d", "a:\n  b: |\n  c: d"],
    // Heads of another kind stay with what follows.
    ["a: |2\n    b\nc: d", "a: |2\n    b\nc: d"],
    ['"a b": |\n  c\nd: e', '"a b": |\n  c\nd: e'],
    ["a: &x |\n  b\nc: d", "a: &x |\n  b\nc: d"],
    ["a: b |\n  c\nd: e", "a: b |\n  c\nd: e"],
    ["# a: b|\n  c\nd: e", "# a: b|\n  c\nd: e"],
    ["a: -\n  c\nd: e", "a: -\n  c\nd: e"],
    ["", ""],
    ["\n", "\n"],
  ])("%j", (text, wanted) => {
    expect(withoutBlocks(text)).toBe(wanted);
  });

  test("can be read when the whole can, and says no more", () => {
    const parts = fc.constantFrom(
      "a: b\n",
      "- c\n",
      "  d: e\n",
      "f: |\n",
      "- g: >-\n",
      "- |\n",
      "    h\n",
      "   i: |\n",
      "     j: [\n",
      "\n",
      "  \n",
      "# k\n",
      "l: 'm\n",
      "n: |+\n",
      "'\n",
      "]\n",
      "\t\n",
      "p: q|\n",
      "r:\n",
      "  - s: |\n",
    );
    const read = (text: string) => {
      const document = parseDocument(text, {
        strict: false,
        uniqueKeys: false,
        logLevel: "error",
        prettyErrors: false,
      });
      return document.errors.length === 0;
    };
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 12 }).map((lines) => lines.join("")),
        (text) => {
          if (read(text)) expect(read(withoutBlocks(text)), text).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
