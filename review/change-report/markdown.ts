import type { BlockContent, ListItem, PhrasingContent, Root, RootContent, Table as TableNode } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import type { ChangeReview } from "../pull-request/pull-request.ts";
import type { Block, ChangeDocument, DiffLine, Item, Section, Table } from "./document.ts";
import type { Lines } from "./lines.ts";
import { counted } from "./names.ts";
import { isHarmless, type Phrase, said } from "./phrase.ts";
import { documentOf } from "./report.ts";
import { escapeOf } from "./text.ts";

export interface MarkdownOptions {
  /** Where settings stand in the stack files. */
  readonly lines?: Lines;
  /** Most characters of the summary; lists in it are cut for it, and stand whole in the details. */
  readonly summary?: number;
}

/** The review in parts: whoever posts it may drop details from the end, the summary never. */
export interface MarkdownParts {
  readonly summary: string;
  readonly details: readonly { readonly title: string; readonly body: string }[];
}

/** Gitee's comments have 20,000 characters: a summary leaves room for more than itself. */
const usualSummary = 12_000;
/** Entries of a list in the summary, tried from the left. */
const entries = [20, 10, 6, 3, 1, 0];

/** One comment over all stacks. */
export function markdownParts(
  review: ChangeReview,
  { lines = () => undefined, summary: room = usualSummary }: MarkdownOptions = {},
): MarkdownParts {
  const document = documentOf(review, lines);
  const all = document.sections.filter(({ place }) => place === "summary");
  const details = document.sections.filter(({ place }) => place !== "summary").map(detailOf);
  let parts: MarkdownParts = { summary: "", details };
  for (const most of entries) {
    const cut = all.map((section) => cutTo(section, most));
    const whole = all.filter((section, at) => cut[at] !== section).map(detailOf);
    parts = { summary: summaryText(document, cut), details: [...whole, ...details] };
    if (parts.summary.length <= room) break;
  }
  return parts;
}

/**
 * The same as one text, for a file or a job's page.
 *
 * @param folds whether `<details>` folds there
 */
export function markdownReport(review: ChangeReview, folds: boolean, lines: Lines = () => undefined): string {
  const { summary, details } = markdownParts(review, { lines, summary: Number.POSITIVE_INFINITY });
  const parts = details.map(({ title, body }) => {
    const plain = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    return folds ? `<details><summary>${plain}</summary>\n\n${body}\n\n</details>` : `#### ${plain}\n\n${body}`;
  });
  return `${[summary, ...parts].join("\n\n")}\n`;
}

function summaryText({ title, verdict }: ChangeDocument, sections: readonly Section[]): string {
  if (verdict === "quiet") return written([{ type: "paragraph", children: runs(title) }]);
  return written([
    { type: "heading", depth: 3, children: runs(title) },
    ...sections.flatMap(({ title: of, blocks }): RootContent[] => [
      { type: "paragraph", children: [{ type: "strong", children: runs(of) }] },
      ...blocks.flatMap(blockNodes),
    ]),
  ]);
}

function detailOf({ title, blocks }: Section): MarkdownParts["details"][number] {
  return { title: bareTitle(title), body: written(blocks.flatMap(blockNodes)) };
}

/** A title may stand in HTML or in Markdown: it has letters, figures and hyphens of a value, and nothing that means something. */
export function bareTitle(title: Phrase): string {
  return title.map(({ kind, text }) => (kind === "words" ? text : bare(text))).join("");
}

function bare(text: string): string {
  if (isHarmless(text)) return text;
  const parts = text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "");
  return parts.map((part) => (isHarmless(part) ? part : [...part].join("·"))).join("·");
}

/** Lists and tables with a few entries only, and how many there are. */
function cutTo(section: Section, most: number): Section {
  const blocks = section.blocks.flatMap((block): Block[] => {
    if (block.kind === "list" && block.items.length > most) {
      const label = said`and ${block.items.length - most} more`;
      return [{ kind: "list", items: [...block.items.slice(0, most), { label, text: said`see the details` }] }];
    }
    if (block.kind === "table" && block.rows.length > most) {
      const rows = block.rows.slice(0, most);
      const rest: Block = {
        kind: "text",
        text: said`${counted(block.rows.length - most, "row")} more: see the details`,
      };
      return most === 0 ? [rest] : [{ ...block, rows }, rest];
    }
    return [block];
  });
  return blocks.every((block, at) => block === section.blocks[at]) ? section : { ...section, blocks };
}

function blockNodes(block: Block): BlockContent[] {
  switch (block.kind) {
    case "text":
      return [{ type: "paragraph", children: runs(block.text) }];
    case "list":
      return [{ type: "list", ordered: false, spread: false, children: block.items.map(itemNode) }];
    case "table":
      return [tableNode(block)];
    case "diff":
      return [{ type: "code", lang: "diff", value: block.lines.map(diffText).join("\n") }];
  }
}

function itemNode({ label, text, tone, more = [] }: Item): ListItem {
  const name: PhrasingContent[] = tone === undefined ? runs(label) : [{ type: "strong", children: runs(label) }];
  const children: PhrasingContent[] =
    label.length === 0 ? runs(text) : [...name, { type: "text", value: ": " }, ...runs(text)];
  return {
    type: "listItem",
    spread: false,
    children: [
      { type: "paragraph", children },
      ...(more.length === 0
        ? []
        : [
            {
              type: "list" as const,
              ordered: false,
              spread: false,
              children: more.map(
                (one): ListItem => ({
                  type: "listItem",
                  spread: false,
                  children: [{ type: "paragraph", children: runs(one) }],
                }),
              ),
            },
          ]),
    ],
  };
}

function tableNode({ head, align, rows }: Table): TableNode {
  const row = (cells: readonly Phrase[]) => ({
    type: "tableRow" as const,
    children: cells.map((cell) => ({ type: "tableCell" as const, children: runs(cell) })),
  });
  return {
    type: "table",
    align: align.map((one) => (one === "right" ? "right" : null)),
    children: [row(head.map((text) => [{ kind: "words", text }])), ...rows.map(row)],
  };
}

/** Values are code: no forge looks for links, people, issues, commits or HTML in it. */
function runs(phrase: Phrase): PhrasingContent[] {
  return phrase.map(({ kind, text }) =>
    kind === "words" ? { type: "text", value: text } : { type: "inlineCode", value: valueText(text) },
  );
}

/**
 * What would still act where a renderer is sloppier than CommonMark, or where a robot reads the raw text: a backtick, a tag, a
 * mention. Written as escapes, so that a reader sees what stands there.
 */
function valueText(text: string): string {
  return text.replace(/`|<(?=[a-z/!?])/gi, escapeOf).replace(mention, escapeOf);
}

const mention = /(?<![\w.-])@(?=[\w\p{L}-])/gu;

function diffText({ sign, text }: DiffLine): string {
  if (sign === "@") return `@@ ${text} @@`;
  return `${sign}${text.replace(/<(?=!--|\/?(?:details|summary|pre|code)\b)/gi, escapeOf).replace(mention, escapeOf)}`;
}

function written(children: RootContent[]): string {
  const root: Root = { type: "root", children };
  return toMarkdown(root, {
    bullet: "-",
    rule: "-",
    fence: "`",
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  }).trimEnd();
}
