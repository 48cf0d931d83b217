import type { BlockContent, ListItem, PhrasingContent, Root, RootContent, Table as TableNode } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { tableOfChart } from "./chart-table.ts";
import type { Block, Item, Report, Section, Table, Tone } from "./document.ts";
import { colourWords, mermaidOf } from "./mermaid.ts";

/** A report in Markdown as GitHub, GitLab and Gitea show it: answer first, details folded, charts drawn by Mermaid. */
export function markdownReport({ title, sections }: Report): string {
  const root: Root = { type: "root", children: [heading(2, title), ...sections.flatMap(sectionNodes)] };
  return toMarkdown(root, { bullet: "-", rule: "-", extensions: [gfmToMarkdown({ tablePipeAlign: false })] });
}

function sectionNodes({ title, level, folded, blocks }: Section): RootContent[] {
  const body = blocks.flatMap(blockNodes);
  if (!folded) return [heading(level === 2 ? 3 : 4, title), ...body];
  const open = `<details><summary>${escaped(title)}</summary>`;
  return [{ type: "html", value: open }, ...body, { type: "html", value: "</details>" }];
}

function heading(depth: 2 | 3 | 4, title: string): RootContent {
  return { type: "heading", depth, children: [plain(title)] };
}

function blockNodes(block: Block): BlockContent[] {
  switch (block.kind) {
    case "text":
      return [{ type: "paragraph", children: toned(block.text, block.tone) }];
    case "list":
      return [{ type: "list", ordered: false, spread: false, children: block.items.map(itemNode) }];
    case "table":
      return [tableNode(block)];
    case "chart":
      return [
        { type: "code", lang: "mermaid", value: mermaidOf(block.chart) },
        tableNode(tableOfChart(block.chart, colourWords)),
      ];
  }
}

function itemNode({ label, text, tone }: Item): ListItem {
  const children: PhrasingContent[] =
    label === undefined ? toned(text, tone) : [...toned(label, "strong"), plain(": "), ...toned(text, undefined)];
  return { type: "listItem", spread: false, children: [{ type: "paragraph", children }] };
}

function toned(text: string, tone: Tone | undefined): PhrasingContent[] {
  if (tone === undefined) return [plain(text)];
  return [{ type: "strong", children: [plain(tone === "warning" ? `Beware: ${text}` : text)] }];
}

function tableNode({ head, align, rows, foot = [] }: Table): TableNode {
  const row = (cells: readonly string[], strong = false) => ({
    type: "tableRow" as const,
    children: cells.map((cell) => ({
      type: "tableCell" as const,
      children: cell === "" ? [] : strong ? toned(cell, "strong") : [plain(cell)],
    })),
  });
  return {
    type: "table",
    align: align.map((one) => (one === "right" ? "right" : null)),
    children: [row(head), ...rows.map((cells) => row(cells)), ...foot.map((cells) => row(cells, true))],
  };
}

/** On one line: a text cannot begin a block of its own. */
function plain(text: string): PhrasingContent {
  return { type: "text", value: text.replace(/\s+/g, " ") };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/\s+/g, " ");
}
