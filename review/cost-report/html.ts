import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import type { Chart } from "./chart.ts";
import { tableOfChart } from "./chart-table.ts";
import type { Block, Item, Report, Section, Table } from "./document.ts";
import { styleSheet } from "./html-style.ts";
import { svgOf } from "./svg.ts";

/** A report as one HTML page that asks nobody for anything: no script, no font, no picture from outside. */
export function htmlReport({ title, sections }: Report): string {
  return htmlPage(title, [h("h1", title), ...stacksOf(sections)]);
}

/** A page with the reports' style, and what one adds to it; it may load nothing and run nothing. */
export function htmlPage(title: string, content: readonly Element[], style = ""): string {
  const head = h("head", [
    h("meta", { charSet: "utf-8" }),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("meta", { httpEquiv: "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" }),
    h("title", title),
    h("style", style === "" ? styleSheet : `${styleSheet}\n${style}`),
  ]);
  const body = h("body", [h("main", [...content])]);
  const page = toHtml(h("html", { lang: "en" }, [head, body]), { closeSelfClosing: true, closeEmptyElements: true });
  return `<!doctype html>\n${page}\n`;
}

/** Parts stand inside the section of their stack. */
function stacksOf(sections: readonly Section[]): Element[] {
  const stacks: { readonly first: Section; readonly parts: Element[] }[] = [];
  sections.forEach((section, index) => {
    if (section.level === 2) stacks.push({ first: section, parts: [] });
    else stacks.at(-1)?.parts.push(partOf(section, `part-${index}`));
  });
  return stacks.map(({ first, parts }, index) => {
    const id = `stack-${index}`;
    return h("section", { ariaLabelledBy: id }, [
      h("h2", { id }, first.title),
      ...first.blocks.flatMap((block, at) => blockOf(block, `${id}-${at}`)),
      ...parts,
    ]);
  });
}

function partOf({ title, folded, blocks }: Section, id: string): Element {
  const body = blocks.flatMap((block, at) => blockOf(block, `${id}-${at}`));
  if (folded) return h("details", [h("summary", [h("h3", title)]), ...body]);
  return h("section", { ariaLabelledBy: id }, [h("h3", { id }, title), ...body]);
}

function blockOf(block: Block, id: string): Element[] {
  switch (block.kind) {
    case "text":
      return [h("p", block.tone === undefined ? [block.text] : [toned(block.text, block.tone)])];
    case "list":
      return [h("ul", block.items.map(itemOf))];
    case "table":
      return [tableOf(block, id)];
    case "chart":
      return chartFigure(block.chart, id);
  }
}

/** A chart, and the same in figures. */
export function chartFigure(chart: Chart, id: string): Element[] {
  return [
    h("figure", [
      svgOf(chart, id),
      h("figcaption", "Idle hosts are stopped without charge, disks go on. Dashed lines show the size only."),
    ]),
    h("details", [h("summary", "The chart in figures"), tableOf(tableOfChart(chart), `${id}-figures`)]),
  ];
}

function toned(text: string, tone: "strong" | "warning"): Element {
  return h("strong", tone === "warning" ? { className: ["warning"] } : {}, text);
}

function itemOf({ label, text, tone }: Item): Element {
  const warning = tone === "warning" ? { className: ["warning"] } : {};
  return h("li", warning, label === undefined ? [text] : [h("strong", label), `: ${text}`]);
}

function tableOf({ caption, head, align, rows, foot = [] }: Table, id: string): Element {
  const side = (at: number) => (align[at] === "right" ? { className: ["right"] } : {});
  const cells = (row: readonly string[]) =>
    row.map((cell, at) =>
      at === 0 && cell !== "" ? h("th", { scope: "row", ...side(at) }, cell) : h("td", side(at), cell),
    );
  const headings = head.map((cell, at) =>
    cell === "" ? h("td", side(at)) : h("th", { scope: "col", ...side(at) }, cell),
  );
  return h("section", { className: ["scroll"], tabIndex: 0, ariaLabelledBy: `${id}-caption` }, [
    h("table", [
      h("caption", { id: `${id}-caption` }, caption),
      h("thead", [h("tr", headings)]),
      h(
        "tbody",
        rows.map((row) => h("tr", cells(row))),
      ),
      ...(foot.length === 0
        ? []
        : [
            h(
              "tfoot",
              foot.map((row) => h("tr", cells(row))),
            ),
          ]),
    ]),
  ]);
}
