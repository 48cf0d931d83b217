import type { Chart } from "./chart.ts";

/** A report before it is written down: plain text in blocks, so that every format says the same. */
export interface Report {
  readonly title: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  /** 2: a stack; 3: a part of it. */
  readonly level: 2 | 3;
  /** Detail that a reader may skip: folded where a format can. */
  readonly folded: boolean;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "text"; readonly text: string; readonly tone?: Tone }
  | { readonly kind: "list"; readonly items: readonly Item[] }
  | ({ readonly kind: "table" } & Table)
  | { readonly kind: "chart"; readonly chart: Chart };

/** Something to see first, or to beware of. */
export type Tone = "strong" | "warning";

export interface Item {
  /** What it is about, in front of the text. */
  readonly label?: string;
  readonly text: string;
  readonly tone?: Tone;
}

export interface Table {
  /** What the rows are, for readers that do not see the page. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly align: readonly ("left" | "right")[];
  readonly rows: readonly (readonly string[])[];
  /** Sums below the rows. */
  readonly foot?: readonly (readonly string[])[];
}

export const text = (said: string, tone?: Tone): Block => ({
  kind: "text",
  text: said,
  ...(tone === undefined ? {} : { tone }),
});

/** A list, or nothing of nothing. */
export function list(items: readonly Item[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** A table, or nothing of nothing; columns that say nothing in any row are left out. */
export function table({ caption, head, align, rows, foot = [] }: Table): Block[] {
  if (rows.length === 0) return [];
  const told = head.flatMap((_, at) => ([...rows, ...foot].some((row) => saysSomething(row[at])) ? [at] : []));
  const pick = (row: readonly string[]) => told.map((at) => row[at] ?? "");
  return [
    {
      kind: "table",
      caption,
      head: pick(head),
      align: told.map((at) => align[at] ?? "left"),
      rows: rows.map(pick),
      ...(foot.length === 0 ? {} : { foot: foot.map(pick) }),
    },
  ];
}

/** Whether a cell is more than a dash. */
export function saysSomething(cell: string | undefined): boolean {
  return cell !== undefined && cell !== "" && cell !== "-";
}

/** A part of a stack's report, or nothing where it says nothing. */
export function part(title: string, blocks: readonly Block[], folded = false): Section[] {
  return blocks.length === 0 ? [] : [{ title, level: 3, folded, blocks }];
}
