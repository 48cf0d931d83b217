import type { ChangeReview } from "../pull-request/pull-request.ts";
import { columns, type Style } from "../terminal/layout.ts";
import type { Block, DiffLine, Item, Section, Table, Tone } from "./document.ts";
import type { Lines } from "./lines.ts";
import { flat } from "./phrase.ts";
import { documentOf } from "./report.ts";

/** The review for a terminal: the answer, then stacks that change in full; the others in one line. */
export function changeText(review: ChangeReview, style: Style, lines: Lines = () => undefined): string {
  const { title, verdict, sections } = documentOf(review, lines);
  const shown = sections.filter(({ place }) => place !== "appendix");
  const answer = flat(title);
  const heading = wrapped(verdict === "stop" ? style.warn(style.bold(answer)) : style.bold(answer), style, 0);
  return `${[heading, ...shown.map((one) => sectionText(one, style))].join("\n\n")}\n`;
}

function sectionText({ title, place, blocks }: Section, style: Style): string {
  const heading = place === "summary" ? flat(title).toUpperCase() : flat(title);
  return [wrapped(style.bold(heading), style, 0), ...blocks.flatMap((block) => blockText(block, style))].join("\n");
}

function blockText(block: Block, style: Style): string[] {
  switch (block.kind) {
    case "text":
      return [wrapped(flat(block.text), style)];
    case "list":
      return block.items.flatMap((item) => itemText(item, style));
    case "table":
      return [tableText(block, style)];
    case "diff":
      return block.lines.map((line) => diffText(line, style));
  }
}

const marks: Readonly<Record<Tone, string>> = { stop: "x ", beware: "! " };

function itemText({ label, text, tone, more = [] }: Item, style: Style): string[] {
  const said = label.length === 0 ? flat(text) : `${flat(label)}: ${flat(text)}`;
  const marked = tone === undefined ? `- ${said}` : `${style.warn(marks[tone])}${said}`;
  return [wrapped(marked, style), ...more.map((one) => wrapped(flat(one), style, 6))];
}

/** Where there is no room, what a row is about and below it what each column says of it. */
function tableText({ head, align, rows }: Table, style: Style): string {
  const cells = rows.map((row) => row.map(flat));
  const told = head.flatMap((_, at) => (cells.some((row) => (row[at] ?? "") !== "") ? [at] : []));
  const pick = (row: readonly string[]) => told.map((at) => row[at] ?? "");
  const all = [pick(head), ...cells.map(pick)];
  const width = told.reduce((sum, _, i) => sum + 2 + Math.max(...all.map((row) => (row[i] ?? "").length)), 0);
  if (width <= style.width)
    return columns(
      all,
      told.map((at) => align[at] ?? "left"),
      style.width,
    );
  return cells.map((row) => recordText(head, row, style)).join("\n");
}

function recordText(head: readonly string[], row: readonly string[], style: Style): string {
  const [name = "", ...others] = row;
  const said = others.flatMap((cell, at) => (cell === "" ? [] : [`${head[at + 1] ?? ""} ${cell}`.trim()]));
  return [wrapped(style.bold(name), style), wrapped(said.join("; "), style, 6)].join("\n");
}

function diffText({ sign, text }: DiffLine, style: Style): string {
  const line = sign === "@" ? `    ... ${text}` : `    ${sign} ${text}`;
  return sign === "-" || sign === "+" ? line : style.dim(line);
}

function wrapped(text: string, style: Style, indent = 2): string {
  return columns([[text]], ["left"], style.width, indent);
}
