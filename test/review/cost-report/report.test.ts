import { DOMParser, type Document, type Element } from "@xmldom/xmldom";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { grouped } from "../../../cost/amount.ts";
import { chartOf } from "../../../review/cost-report/chart.ts";
import { htmlReport } from "../../../review/cost-report/html.ts";
import { markdownReport } from "../../../review/cost-report/markdown.ts";
import { reportOf } from "../../../review/cost-report/report.ts";
import { terminalReport } from "../../../review/cost-report/terminal.ts";
import type { PrintedStack } from "../../../review/review.ts";
import { plainStyle } from "../../../review/terminal/layout.ts";
import { changed, hostile, hostileReview, reviewOf, reviews } from "./reviews.ts";

const asOf = "2026-11-25";
const all: readonly (readonly [string, PrintedStack])[] = [
  ...reviews.map(([name, { now }]) => [name, now] as const),
  ["changed", changed.now],
];
const spoilt: readonly (readonly [string, PrintedStack])[] = [
  ["hostile", hostileReview(reviewOf("mixed").now)],
  ["hostile change", hostileReview(changed.now)],
];

const html = (stack: PrintedStack) => htmlReport(reportOf([stack], asOf));
const markdown = (stack: PrintedStack) => markdownReport(reportOf([stack], asOf));
const terminal = (stack: PrintedStack, width = 110) => terminalReport(reportOf([stack], asOf), plainStyle(width));

/** The page as strict XML: every tag closed, every attribute quoted, every & and < of a text escaped. */
function parsed(page: string): Document {
  const problems: string[] = [];
  const parser = new DOMParser({ onError: (_, message) => problems.push(message) });
  const document = parser.parseFromString(page.replace("<!doctype html>\n", ""), "application/xhtml+xml");
  expect(problems).toEqual([]);
  return document;
}

const elements = (document: Document, name: string): Element[] => [...document.getElementsByTagName(name)];

describe.each([...all, ...spoilt])("%s as HTML", (_, stack) => {
  const page = html(stack);
  const document = parsed(page);
  const everything = elements(document, "*");

  test("is one page that loads nothing and runs nothing", () => {
    expect(page.startsWith("<!doctype html>\n<html lang")).toBe(true);
    const names = new Set(everything.map(({ tagName }) => tagName));
    for (const name of ["script", "link", "img", "iframe", "object", "use", "image", "a", "base", "form"]) {
      expect(names).not.toContain(name);
    }
    const attributes = everything.flatMap((element) =>
      [...element.attributes].map(({ name, value }) => ({ name, value })),
    );
    expect(attributes.filter(({ name }) => /^(src|href|xlink:href|style|action|srcset|on.*)$/.test(name))).toEqual([]);
    expect(elements(document, "style")[0]?.textContent).not.toMatch(/url\(|@import|expression/);
    expect(elements(document, "meta").map((meta) => meta.getAttribute("content"))).toContain(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  test("says what it draws: each chart has title, description and the same in figures", () => {
    const ids = everything.flatMap((element) => element.getAttribute("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of everything) {
      for (const id of element.getAttribute("aria-labelledby")?.split(" ") ?? []) expect(ids).toContain(id);
    }
    const charts = stack.cost.comparisons.flatMap((one) => chartOf(one, stack.cost) ?? []);
    const drawn = elements(document, "svg");
    expect(drawn).toHaveLength(charts.length);
    for (const [index, svg] of drawn.entries()) {
      const chart = charts[index];
      const classes = [...svg.getElementsByTagName("*")].map((element) => element.getAttribute("class") ?? "");
      expect(classes.filter((one) => one === "series")).toHaveLength(chart?.series.length ?? 0);
      expect(classes.filter((one) => one.includes("dashed"))).toHaveLength(
        chart?.series.filter(({ dashed }) => dashed).length ?? 0,
      );
      const circles = (chart?.crossings.length ?? 0) + (chart?.use === undefined ? 0 : 1);
      expect(svg.getElementsByTagName("circle").length).toBe(circles);
      expect(svg.getElementsByTagName("title")[0]?.textContent).toBe(chart?.title);
      for (const { label } of chart?.crossings ?? [])
        expect(svg.getElementsByTagName("desc")[0]?.textContent).toContain(label);
    }
  });

  test("keeps headings in order and rows as long as their head", () => {
    const levels = everything.flatMap(({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1] ?? []).map(Number);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? level)).toBeLessThanOrEqual(1);
    for (const table of elements(document, "table")) {
      const lengths = [...table.getElementsByTagName("tr")].map((row) => [...row.childNodes].length);
      expect(new Set(lengths).size).toBe(1);
      expect(table.getElementsByTagName("caption")).toHaveLength(1);
    }
  });
});

describe.each([...all, ...spoilt])("%s as Markdown", (_, stack) => {
  const text = markdown(stack);
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const nodes = flat(tree);

  test("has no markup but its own", () => {
    const markup = nodes.flatMap((node) => (node.type === "html" ? [node.value] : []));
    for (const one of markup) expect(one).toMatch(/^(<details><summary>[^<>]*<\/summary>|<\/details>)$/);
    expect(markup.filter((one) => one === "</details>")).toHaveLength(markup.length / 2);
    const types = nodes.map(({ type }) => type);
    for (const type of ["image", "inlineCode", "emphasis", "delete", "blockquote", "thematicBreak", "definition"]) {
      expect(types).not.toContain(type);
    }
    // A bare address may become a link to itself, nothing else may.
    for (const node of nodes) if (node.type === "link") expect(textOf(node)).toBe(node.url);
  });

  test("has its tables whole and a chart for each comparison that can be drawn", () => {
    for (const node of nodes) {
      if (node.type !== "table") continue;
      const [head] = node.children;
      for (const row of node.children) expect(row.children).toHaveLength(head?.children.length ?? 0);
    }
    const charts = nodes.flatMap((node) => (node.type === "code" ? [node.lang] : []));
    const wanted = stack.cost.comparisons.flatMap((one) => chartOf(one, stack.cost) ?? []);
    expect(charts).toEqual(wanted.map(() => "mermaid"));
  });
});

function flat(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(flat) : [])];
}

function textOf(node: Nodes): string {
  return flat(node)
    .flatMap((one) => (one.type === "text" ? [one.value] : []))
    .join("");
}

test.each(spoilt)("%s: what a user wrote is read as it was written", (_, stack) => {
  const oneLine = hostile.replace(/\s+/g, " ");
  expect(elements(parsed(html(stack)), "h2")[0]?.textContent).toContain(hostile);
  const tree = fromMarkdown(markdown(stack), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const texts = flat(tree).flatMap((node) => (/^(heading|paragraph|tableCell)$/.test(node.type) ? [textOf(node)] : []));
  expect(texts.filter((text) => text.includes(oneLine)).length).toBeGreaterThan(10);
});

describe.each(all)("%s in every format", (_, { cost }) => {
  const stack = all.find(([, one]) => one.cost === cost)?.[1];
  if (stack === undefined) throw new Error("no stack");
  const texts = [terminal(stack), markdown(stack), html(stack)].map((text) => text.replaceAll("\\", ""));

  test.each([
    0, 1, 2,
  ])("says the sums, what is paid at once, each price, each trap and each way of paying (%i)", (at) => {
    const text = (texts[at] ?? "").replace(/\s+/g, " ");
    if (cost.lines.length === 0) {
      expect(text).toContain("nothing here is billed by the hour");
      return;
    }
    const { sum, payNow } = cost;
    for (const amount of [sum.perHour, sum.perMonth, sum.perYear, payNow.amount])
      expect(text).toContain(grouped(amount));
    expect(text.includes(`at least ${grouped(sum.perMonth)} CNY a month`)).toBe(cost.unpricedLines > 0);
    for (const { perMonth, observedAt } of cost.lines) {
      expect(text).toContain(perMonth === undefined ? "no price" : grouped(perMonth));
      if (observedAt !== undefined) expect(text).toContain(observedAt);
    }
    for (const { id, observedAt } of cost.traps) {
      expect(text).toContain(id);
      expect(text).toContain(observedAt);
    }
    for (const option of cost.comparisons.flatMap(({ options }) => options)) {
      if (option.payNow !== undefined) expect(text).toContain(`${option.sizeOnly ? "~" : ""}${grouped(option.payNow)}`);
      if (option.breakEven?.stop !== undefined) expect(text).toContain(`${Math.round(option.breakEven.stop)} h`);
    }
    if (cost.change !== undefined) {
      expect(text).toContain(`${grouped(cost.change.before)} before, ${grouped(cost.change.after)} after`);
    }
  });
});

test("an item without a price is no price, not zero", () => {
  const stack = reviewOf("mixed").now;
  const lines = terminal(stack, 140).split("\n");
  expect(lines.find((line) => line.includes("TSDB"))).toMatch(/no price +no price/);
});

test.each([60, 80, 110, 140])("the terminal's report keeps within %i columns", (width) => {
  for (const [, stack] of all) {
    const lines = terminal(stack, width).split("\n");
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  }
});

test("several stacks are one document, each with its own answer", () => {
  const report = reportOf(
    reviews.map(([, { now }]) => now),
    asOf,
  );
  const document = parsed(htmlReport(report));
  expect(elements(document, "h1")).toHaveLength(1);
  const [overview, ...answers] = elements(document, "h2").map(({ textContent }) => textContent);
  expect(overview).toBe("Stacks");
  expect(answers).toHaveLength(reviews.length);
  expect(elements(document, "tbody")[0]?.getElementsByTagName("tr")).toHaveLength(reviews.length);
});
