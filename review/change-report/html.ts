import type { Element } from "hast";
import { h } from "hastscript";
import type { Plan } from "../../plan/plan.ts";
import { chartOf } from "../cost-report/chart.ts";
import { chartFigure, htmlPage } from "../cost-report/html.ts";
import { partsOf } from "../pull-request/parts.ts";
import type { ChangeReview, ReviewedChange } from "../pull-request/pull-request.ts";
import { barsOf, barsSvg } from "./bars.ts";
import type { Block, DiffLine, Item, Section, Table } from "./document.ts";
import { type Fate, type GraphBox, graphOf } from "./graph.ts";
import { fates, graphSvg, marks } from "./graph-svg.ts";
import { withoutUnseen } from "./harmless.ts";
import { changeStyle } from "./html-style.ts";
import type { Lines } from "./lines.ts";
import { changedStacks, stateName, typeName } from "./names.ts";
import { flat, type Phrase, prose, said, some, value } from "./phrase.ts";
import { documentOf } from "./report.ts";
import { short } from "./text.ts";

export interface HtmlOptions {
  /** Plans after the change by stack, so that the picture shows what stays as it is too. */
  readonly plans?: ReadonlyMap<string, Plan>;
  /** Where settings stand in the stack files. */
  readonly lines?: Lines;
}

/** The review of a change as one page that asks nobody for anything: answer first, each stack with its pictures, the rest folded. */
export function changePage(given: ChangeReview, { plans, lines = () => undefined }: HtmlOptions = {}): string {
  // Pictures and figures of the cost report take texts as they are.
  const review = withoutUnseen(given);
  const { title, verdict, sections } = documentOf(review, lines);
  const summary = sections.filter(({ place }) => place === "summary");
  const content = [
    h("h1", { className: [verdict] }, spans(title)),
    h("p", { className: ["sides"] }, [
      ...spans(said`${stateName(review.before)} -> ${stateName(review.after)}, ${review.asOf}`),
    ]),
    ...summary.map((one, at) => sectionOf(one, `s${at}`)),
    ...changedStacks(review).map((stack, at) => {
      const own = sections.filter((one) => one.place !== "summary" && one.stack === stack.stack);
      return stackOf(stack, own, plans?.get(stack.stack), `stack-${at}`);
    }),
  ];
  return htmlPage(flat(title), content, changeStyle);
}

function sectionOf({ title, blocks }: Section, id: string): Element {
  return h("section", { ariaLabelledBy: id }, [
    h("h2", { id }, spans(title)),
    ...blocks.flatMap((block, at) => blockOf(block, `${id}-${at}`)),
  ]);
}

function stackOf(stack: ReviewedChange, sections: readonly Section[], plan: Plan | undefined, id: string): Element {
  return h("section", { className: ["stack"], ariaLabelledBy: id }, [
    h("h2", { id }, spans(said`Stack ${value(stack.stack, 80)}`)),
    ...graphFigure(stack, plan, `${id}-graph`),
    ...costFigures(stack, `${id}-cost`),
    ...sections.map(({ title, blocks, place }, at) =>
      h("details", place === "detail" && at === 0 ? { open: true } : {}, [
        h("summary", [h("h3", spans(title))]),
        ...blocks.flatMap((block, index) => blockOf(block, `${id}-${at}-${index}`)),
      ]),
    ),
  ]);
}

/** What becomes of the resources, as a picture and as a table. */
function graphFigure(stack: ReviewedChange, plan: Plan | undefined, id: string): Element[] {
  const boxes = graphOf(stack, plan);
  if (boxes.length === 0) return [];
  const shown = new Set(boxes.flatMap(({ rows }) => rows.map(({ fate }) => fate)));
  const legend = (Object.keys(fates) as Fate[]).filter((fate) => shown.has(fate));
  const caption =
    plan === undefined ? "what changes" : "resources by component; lines lead from what is used to what uses it";
  return [
    h("h3", "What becomes of the resources"),
    h(
      "p",
      { className: ["legend"] },
      legend.map((fate) => h("span", { className: [fate] }, `${marks[fate]} ${fates[fate]}`)),
    ),
    h("figure", { tabIndex: 0 }, [graphSvg(boxes, `Resources of ${stack.stack}`, id), h("figcaption", caption)]),
    h("details", [h("summary", "The picture as a table"), tableOf(graphTable(boxes), `${id}-table`)]),
  ];
}

function graphTable(boxes: readonly GraphBox[]): Table {
  const name = (component: string) => (component === "" ? said`the stack` : value(component, 80));
  return {
    caption: said`Resources by component, what becomes of them, and what the component uses`,
    head: ["component", "what becomes of it", "resources", "names", "uses"],
    align: ["left", "left", "left", "left", "left"],
    rows: boxes.flatMap(({ component, rows, uses }) =>
      rows.map(({ fate, type, names }) => [
        name(component),
        prose(fates[fate]),
        prose(`${names.length} ${typeName(type)}`),
        some(names, 8),
        some(uses.map((index) => boxes[index]?.component || "the stack")),
      ]),
    ),
  };
}

/** A month before and after, and where a way of paying is cheaper. */
function costFigures(stack: ReviewedChange, id: string): Element[] {
  const { cost } = partsOf(stack);
  if (cost === undefined) return [];
  const bars = barsOf(cost);
  const concerned = new Set(bars.map(({ component }) => component));
  const charts = cost.comparisons
    .filter(({ component }) => component !== undefined && concerned.has(component))
    .flatMap((comparison) => chartOf(comparison, cost) ?? [])
    .map(({ series, ...chart }) => ({
      ...chart,
      series: series.map((one) => ({ ...one, label: short(one.label, 32) })),
    }));
  return [
    ...(bars.length === 0
      ? []
      : [
          h("h3", `${cost.currency} a month, before and after`),
          h("figure", [
            barsSvg(bars, cost.currency, id),
            h("figcaption", "Components whose cost changes and that have a price; grey before, coloured after."),
          ]),
        ]),
    ...charts.map((chart, at) =>
      h("details", [h("summary", [h("h3", chart.title)]), ...chartFigure(chart, `${id}-${at}`)]),
    ),
  ];
}

function blockOf(block: Block, id: string): Element[] {
  switch (block.kind) {
    case "text":
      return [h("p", spans(block.text))];
    case "list":
      return [h("ul", { className: ["items"] }, block.items.map(itemOf))];
    case "table":
      return [tableOf(block, id)];
    case "diff":
      return [h("pre", { tabIndex: 0 }, block.lines.map(diffOf))];
  }
}

function itemOf({ label, text, tone, more = [] }: Item): Element {
  const said = label.length === 0 ? spans(text) : [h("strong", spans(label)), ": ", ...spans(text)];
  const below =
    more.length === 0
      ? []
      : [
          h(
            "ul",
            more.map((one) => h("li", spans(one))),
          ),
        ];
  return h("li", tone === undefined ? {} : { className: [tone] }, [...said, ...below]);
}

const lineClass: Readonly<Record<DiffLine["sign"], string>> = { "+": "plus", "-": "minus", " ": "same", "@": "hunk" };

function diffOf({ sign, text }: DiffLine): Element {
  return h("span", { className: [lineClass[sign]] }, sign === "@" ? `@@ ${text} @@` : `${sign} ${text}`);
}

function tableOf({ caption, head, align, rows }: Table, id: string): Element {
  const side = (at: number) => (align[at] === "right" ? { className: ["right"] } : {});
  return h("section", { className: ["scroll"], tabIndex: 0, ariaLabelledBy: `${id}-caption` }, [
    h("table", [
      h("caption", { id: `${id}-caption` }, spans(caption)),
      h("thead", [
        h(
          "tr",
          head.map((text, at) => (text === "" ? h("td") : h("th", { scope: "col", ...side(at) }, text))),
        ),
      ]),
      h(
        "tbody",
        rows.map((row) =>
          h(
            "tr",
            row.map((cell, at) =>
              at === 0 && cell.length > 0 ? h("th", { scope: "row" }, spans(cell)) : h("td", side(at), spans(cell)),
            ),
          ),
        ),
      ),
    ]),
  ]);
}

function spans(phrase: Phrase): (Element | string)[] {
  return phrase.map(({ kind, text }) => (kind === "words" ? text : h("code", text)));
}
