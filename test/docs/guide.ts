import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../support/stacks.ts";

export type Language = "en" | "zh";
export const guides: Readonly<Record<Language, string>> = { en: "docs/guide.md", zh: "docs/guide.zh.md" };

/** `[12, 2026-01]`, `[12, read 2026-01]`: number in the list of sources, month of the source or of its reading. */
export const sourceMark = /\[(\d+), ((?:read |读取 )?\d{4}(?:-\d\d)?)\]/g;

export interface Section {
  /** "#" for each level. */
  readonly level: string;
  readonly title: string;
  /** Without heading and without fenced blocks. */
  readonly prose: string;
}

export interface Guide {
  readonly text: string;
  /** Without fenced blocks. */
  readonly prose: string;
  readonly sections: readonly Section[];
  readonly sources: readonly Source[];
}

export interface Source {
  readonly number: number;
  readonly document: string;
  readonly date: string;
}

/** "read" in place of the Chinese word, so that dates of both pages compare. */
export const inEnglish = (date: string) => date.replace("读取", "read");

export function readGuide(language: Language): Guide {
  const text = readFileSync(join(projectFolder, guides[language]), "utf8");
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
  const sections = prose.split(/^(?=#{1,6} )/m).flatMap((part): Section[] => {
    const heading = /^(#+) (.*)\n/.exec(part);
    return heading === null
      ? []
      : [{ level: heading[1] ?? "", title: heading[2] ?? "", prose: part.slice(heading[0].length) }];
  });
  const sources = [...(sections.at(-1)?.prose ?? "").matchAll(/^\| (\d+) \| (.*) \| (.*) \|$/gm)].map((row) => ({
    number: Number(row[1]),
    document: row[2] ?? "",
    date: inEnglish(row[3] ?? ""),
  }));
  return { text, prose, sections, sources };
}

/** Everything between marks of sources, lines joined: what a figure is looked for in. A mark keeps its month. */
export function statements(language: Language): string {
  return readGuide(language)
    .prose.replace(sourceMark, (_, _number: string, date: string) => `[${inEnglish(date)}]`)
    .replace(/(?<=[，。；：、])\s+/g, "")
    .replace(/\s+/g, " ");
}
