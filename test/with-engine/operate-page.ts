import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../support/stacks.ts";

export const page = "docs/operate.md";

/** A fenced block: commands, an edit of a file, or what one sees after the commands before it. */
export interface Block {
  readonly kind: "sh" | "diff" | "text";
  readonly text: string;
}

export interface Section {
  readonly title: string;
  /** All of it, below its heading. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** The page's sections, in order, without what stands above the first. */
export function readPage(): readonly Section[] {
  const [, ...parts] = readFileSync(join(projectFolder, page), "utf8").split(/^## /m);
  return parts.map((part) => {
    const [title = "", ...lines] = part.split("\n");
    const text = lines.join("\n").trim();
    return { title, text, blocks: blocksOf(text, title) };
  });
}

function blocksOf(text: string, title: string): readonly Block[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, kind, body = ""]) => {
    if (kind !== "sh" && kind !== "diff" && kind !== "text") throw new Error(`${title}: a block of ${kind}`);
    return { kind, text: body };
  });
}

/**
 * As the page says: each command of this project that reaches a cloud takes --sandbox.
 *
 * @throws where one would reach the real cloud
 */
export function inSandbox(commands: string): string {
  const given = commands.replace(/(npm run (?:preflight|deploy|status|host|destroy) -- [\w-]+)/g, "$1 --sandbox");
  const open = given
    .split("\n")
    .filter((line) => /\bnpm run (?!pulumi|engine|-s pulumi)/.test(line) && !/ --sandbox\b/.test(line));
  if (open.length > 0) throw new Error(`without --sandbox: ${open.join("; ")}`);
  return given;
}

/** A line that asks, up to where one types. */
export const asks = /^(?:Type |Please confirm).*?: /;

/** What is typed where a block shows a line that asks: "Type yes to deploy: yes". */
export function answersIn(shown: string): readonly string[] {
  return shown.split("\n").flatMap((line) => {
    const [question] = asks.exec(line) ?? [];
    return question === undefined ? [] : [line.slice(question.length)];
  });
}

/**
 * Applies an edit as the page shows it: `--- FILE`, then lines with a blank, - or + before them, parts divided by @@.
 *
 * @throws where the lines before are not there exactly once
 */
export function edited(before: string, diff: string): string {
  const [, ...lines] = diff.trimEnd().split("\n");
  const parts = lines.join("\n").split(/^@@.*\n/m);
  return parts.reduce((text, part) => {
    const rows = part.trimEnd().split("\n");
    const side = (marks: string) =>
      rows.flatMap((row) => (marks.includes(row[0] ?? " ") ? [`${row.slice(1)}\n`] : [])).join("");
    const [old, now] = [side(" -"), side(" +")];
    const found = text.split(old).length - 1;
    if (found !== 1) throw new Error(`${found} places have these lines:\n${old}`);
    return text.replace(old, () => now);
  }, before);
}

/** The file that an edit is of. */
export function fileOf(diff: string): string {
  const [, file] = /^--- (Pulumi\.[\w-]+\.yaml)$/m.exec(diff) ?? [];
  if (file === undefined) throw new Error(`an edit begins with --- Pulumi.<stack>.yaml:\n${diff}`);
  return file;
}

/** A line without what differs from run to run: seconds, ids, hashes, addresses, widths of columns. */
export function normal(line: string): string {
  return line
    .replace(/\b\d+(\.\d+)? s\b/g, "N s")
    .replace(/\b(vpc|i|d|vsw|sg|eip|ngw|ld)-[a-z0-9]{8,}/g, "$1-ID")
    .replace(/\b[0-9a-f]{40}\b/g, "COMMIT")
    .replace(/\b(SANDBOX|LTAI)[A-Za-z0-9]+/g, "KEY")
    .replace(/\b\d+\.\d+\.\d+\.\d+\b/g, "ADDRESS")
    .replace(/ {2,}/g, "  ")
    .trim();
}

/** Lines of what is shown that were not printed, in this order; `...` stands for what is left out, also at a line's end. */
export function missing(shown: string, printed: string): readonly string[] {
  let rest = printed.split("\n").map(normal);
  return shown.split("\n").flatMap((line) => {
    if (line.trim() === "" || line.trim() === "...") return [];
    const wanted = normal(line.replace(/\.\.\.$/, ""));
    const begins = line.endsWith("...");
    const at = rest.findIndex((one) => one === wanted || (begins && one.startsWith(wanted)));
    if (at < 0) return [line];
    rest = rest.slice(at + 1);
    return [];
  });
}
