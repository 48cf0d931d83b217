import type { Phrase } from "./phrase.ts";

/** The review of a change before it is written down, so that every format says the same. */
export interface ChangeDocument {
  /** The answer in one line. */
  readonly title: Phrase;
  /** quiet: nothing changes, and the title says all. */
  readonly verdict: "stop" | "pass" | "quiet";
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: Phrase;
  /** summary: always shown; detail: folded, or left out where there is no room; appendix: where to look things up, not for a terminal. */
  readonly place: "summary" | "detail" | "appendix";
  /** The stack that a detail is of. */
  readonly stack?: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "text"; readonly text: Phrase }
  | { readonly kind: "list"; readonly items: readonly Item[] }
  | ({ readonly kind: "table" } & Table)
  | { readonly kind: "diff"; readonly lines: readonly DiffLine[] };

/** stop: must be mended; beware: should be read. */
export type Tone = "stop" | "beware";

export interface Item {
  /** What it is about. */
  readonly label: Phrase;
  readonly text: Phrase;
  readonly tone?: Tone;
  /** Said below it. */
  readonly more?: readonly Phrase[];
}

export interface Table {
  /** What the rows are, for readers that do not see the page. */
  readonly caption: Phrase;
  readonly head: readonly string[];
  readonly align: readonly ("left" | "right")[];
  readonly rows: readonly (readonly Phrase[])[];
}

export interface DiffLine {
  readonly sign: "+" | "-" | " " | "@";
  readonly text: string;
}

export function section(title: Phrase, place: Section["place"], blocks: readonly Block[], stack?: string): Section[] {
  return blocks.length === 0 ? [] : [{ title, place, blocks, ...(stack === undefined ? {} : { stack }) }];
}

/** A list, or nothing of nothing. */
export function list(items: readonly Item[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}
