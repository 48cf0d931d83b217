import { columns, type Style } from "../terminal/layout.ts";
import { type Block, type Item, type Report, type Section, saysSomething, type Table } from "./document.ts";

/** A report for a terminal; charts are for formats where people look, their figures stand in the tables. */
export function terminalReport({ title, sections }: Report, style: Style): string {
  const parts = sections.map((section) => sectionText(section, style));
  return `${[style.bold(title), ...parts].join("\n\n")}\n`;
}

function sectionText({ title, level, blocks }: Section, style: Style): string {
  const heading = style.bold(level === 2 ? `=== ${title} ===` : title);
  return [wrapped(heading, style, 0), ...blocks.flatMap((block) => blockText(block, style))].join("\n");
}

function blockText(block: Block, style: Style): string[] {
  switch (block.kind) {
    case "text":
      return [wrapped(toned(block.text, block.tone, style), style)];
    case "list":
      return block.items.map((item) => itemText(item, style));
    case "table":
      return [tableText(block, style)];
    case "chart":
      return [];
  }
}

function itemText({ label, text, tone }: Item, style: Style): string {
  return label === undefined
    ? wrapped(toned(`- ${text}`, tone, style), style)
    : wrapped(`${toned(label, tone, style)}: ${text}`, style);
}

function toned(text: string, tone: "strong" | "warning" | undefined, style: Style): string {
  if (tone === "warning") return style.warn(`! ${text}`);
  return tone === "strong" ? style.bold(text) : text;
}

function tableText({ head, rows, foot = [], align }: Table, style: Style): string {
  const bold = (cell: string) => (cell === "" ? "" : style.bold(cell));
  const all = [head, ...rows, ...foot];
  const beforeLast = head.slice(0, -1).map((_, at) => Math.max(...all.map((row) => (row[at] ?? "").length)) + gap);
  const fits = indent + beforeLast.reduce((sum, width) => sum + width, 0) <= style.width;
  if (fits) return columns([head, ...rows, ...foot.map((row) => row.map(bold))], align, style.width);
  return [...rows, ...foot].map((row) => recordText(head, row, style)).join("\n");
}

const indent = 2;
const gap = 2;

/** For a narrow terminal: what a row is about, and below it what each column says of it. */
function recordText(head: readonly string[], row: readonly string[], style: Style): string {
  const told = row.flatMap((cell, at) =>
    at === 0 || !saysSomething(cell) ? [] : [`${head[at] ?? ""} ${cell}`.trim()],
  );
  return [wrapped(style.bold(row[0] ?? ""), style), wrapped(told.join("; "), style, indent + 4)].join("\n");
}

function wrapped(text: string, style: Style, from = indent): string {
  return columns([[text]], ["left"], style.width, from);
}
