import type { Element } from "@xmldom/xmldom";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changePage } from "../../../review/change-report/html.ts";
import { changeJson } from "../../../review/change-report/json.ts";
import { markdownParts, markdownReport } from "../../../review/change-report/markdown.ts";
import { changeSarif } from "../../../review/change-report/sarif.ts";
import { changeText } from "../../../review/change-report/terminal.ts";
import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";
import { plainStyle } from "../../../review/terminal/layout.ts";
import { reviewOfFiles, richFiles } from "./examples.ts";
import { everything } from "./made.ts";
import { elementsOf, markdownShape, markdownTree, nodesOf, pageOf, pageShape } from "./parsed.ts";
import { sarifProblems } from "./sarif.schema.ts";
import { letters, spoilt } from "./spoil.ts";
import { hostileText, tricks } from "./tricks.ts";

const real = everything(await reviewOfFiles(richFiles));
const harmless = spoilt(real, (index) => `harmless ${letters(index)}`);

/** Reviews in which every text is hostile: each known trick, then made-up ones, the same in every run. */
const reviews: ChangeReview[] = [];
let values = 0;
{
  const wanted = 2_000;
  const texts = [...tricks, ...fc.sample(hostileText, { numRuns: wanted, seed: 20261125 })];
  for (let next = 0; values < wanted; ) {
    const from = next;
    // Distinct where the originals are: reports group by them.
    const { review, count } = spoilt(real, (index) => `${texts[(from + index) % texts.length]} ${letters(index)}`);
    reviews.push(review);
    values += count;
    next += count;
  }
}

/** What nobody sees and a terminal or a reader's eye would obey. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const invisible = (text: string) => [...text.matchAll(unseen)].map(([one]) => one).filter((one) => !/[\n\t]/.test(one));

test("at least 2,000 hostile values go through every output", () => {
  expect(values).toBeGreaterThanOrEqual(2_000);
});

describe("Markdown", () => {
  const shapeOf = (text: string) => markdownShape(markdownTree(text));
  const written = reviews.map((review) => {
    const text = markdownReport(review, true);
    const tree = markdownTree(text);
    return { review, text, tree, nodes: nodesOf(tree) };
  });
  const shape = {
    folded: shapeOf(markdownReport(harmless.review, true)),
    plain: shapeOf(markdownReport(harmless.review, false)),
  };

  test("its shape is the same as with harmless values, folded and not", () => {
    for (const { review, tree } of written) {
      expect(markdownShape(tree)).toBe(shape.folded);
      expect(shapeOf(markdownReport(review, false))).toBe(shape.plain);
    }
  });

  test("nothing in it is a link, a picture, a footnote, emphasis or HTML but the folds", () => {
    for (const { nodes } of written) {
      const types = new Set(nodes.map(({ type }) => type));
      expect([...types].sort()).toEqual([
        ...["code", "heading", "html", "inlineCode", "list", "listItem", "paragraph", "root", "strong"],
        ...["table", "tableCell", "tableRow", "text"],
      ]);
      for (const node of nodes) {
        if (node.type !== "html") continue;
        expect(node.value.replaceAll("-&gt;", "")).toMatch(
          /^(?:<details><summary>[\p{L}\p{M}\p{N} :,.;·()'"“”‘’?!+%…-]*<\/summary>|<\/details>)$/u,
        );
      }
    }
  });

  test("words outside of code mention nobody, refer to nothing, and order no robot", () => {
    for (const { nodes } of written) {
      for (const node of nodes) {
        const words =
          node.type === "text" || node.type === "html" ? node.value.replace(/<\/?(?:details|summary)>|-&gt;/g, "") : "";
        expect(words).not.toMatch(/[@#$~&*_`[\]{}\\|<=^]|[!%:][\w[]|\/|-->/);
        expect(words).not.toMatch(/(?<![\p{L}\p{M}\p{N}])(?:[0-9a-f]{7,64}|[A-Z][A-Z0-9]*-\d+)(?![\p{L}\p{M}\p{N}])/iu);
        expect(words).not.toMatch(/\p{L}\.\p{L}/u);
      }
    }
  });

  test("neither raw text holds a marker, a tag, a mention at a word's beginning, or an order at a line's", () => {
    for (const { review, text } of written) {
      expect(text).not.toContain("<!--");
      expect(text).not.toContain("china-review:china -->\n");
      expect(text.match(/<\/?(?:details|summary)\b/g)?.length).toBe(
        4 * markdownParts(review, { summary: Number.POSITIVE_INFINITY }).details.length,
      );
      expect(text).not.toMatch(/(?<![\w.-])@[\w\p{L}-]/u);
      expect(text).not.toMatch(/^\s*\/\w/m);
      expect(invisible(text)).toEqual([]);
    }
  });

  test("the summary stays within its size, whatever the values are", () => {
    for (const review of reviews) {
      expect(markdownParts(review).summary.length).toBeLessThanOrEqual(12_000);
    }
  });
});

describe("HTML", () => {
  const shape = pageShape(pageOf(changePage(harmless.review)));
  const pages = reviews.map((review) => changePage(review)).map((text) => ({ text, page: pageOf(text) }));

  test("its elements and attributes are the same as with harmless values", () => {
    for (const { page } of pages) expect(pageShape(page)).toBe(shape);
  });

  test("no attribute comes from a value, and nothing unseen is in it", () => {
    const attributes = (page: Element) =>
      new Set(
        elementsOf(page).flatMap((one) =>
          [...one.attributes].map(({ name, value }) => `${name}=${value.replace(/[\d.]+/g, "0")}`),
        ),
      );
    const known = attributes(pageOf(changePage(harmless.review)));
    for (const { page, text } of pages) {
      const found = [...attributes(page)].filter(
        (one) => !/^(?:d|x|y|x1|y1|width|height|viewBox|text-anchor)=/.test(one),
      );
      expect(found.filter((one) => !known.has(one))).toEqual([]);
      expect(invisible(text)).toEqual([]);
    }
  });
});

describe("terminal", () => {
  const blocks = (text: string) => text.split("\n\n").length;

  // Lines are broken by a library that takes its time with rare characters: all values on wide lines, some on usual ones.
  test.each([
    [5_000, reviews],
    [100, reviews.slice(0, 1)],
  ])("%i columns wide, no value moves the cursor, colours, reorders or begins a part of its own", (width, those) => {
    const expected = blocks(changeText(harmless.review, plainStyle(width)));
    for (const review of those) {
      const text = changeText(review, plainStyle(width));
      expect(invisible(text)).toEqual([]);
      expect(blocks(text)).toBe(expected);
    }
  });
});

describe("SARIF and JSON", () => {
  test("SARIF is as its schema has it; messages hold neither links nor places to fill in", () => {
    for (const review of reviews) {
      const text = changeSarif(review);
      expect(sarifProblems(JSON.parse(text))).toEqual([]);
      expect(invisible(text)).toEqual([]);
      for (const { message, locations } of JSON.parse(text).runs[0].results) {
        expect(message.text.replace(/\\[\\[\]]/g, "")).not.toMatch(/[[\]\\]/);
        expect(message.text.replaceAll("{{", "").replaceAll("}}", "")).not.toMatch(/[{}]/);
        expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[\w%.!~*'()/-]+$/);
      }
    }
  });

  test("JSON is the value again, without a character that a terminal would obey", () => {
    for (const review of reviews) {
      const text = changeJson(review);
      expect(invisible(text)).toEqual([]);
      expect(JSON.parse(text)).toEqual(review);
    }
  });
});
