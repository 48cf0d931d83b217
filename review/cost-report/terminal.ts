import { columns, type Style } from "../terminal/layout.ts";
import type { Block, Item, Report, Section, Table } from "./document.ts";

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
  const sums = foot.map((row) => row.map((cell) => (cell === "" ? "" : style.bold(cell))));
  return columns([head, ...rows, ...sums], align, style.width);
}

function wrapped(text: string, style: Style, indent = 2): string {
  return columns([[text]], ["left"], style.width, indent);
}
