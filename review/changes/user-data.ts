import { diff } from "node:util";
import type { Decoded } from "../../policies/user-data/decode.ts";
import { tellingLines } from "../../policies/user-data/line-facts.ts";
import { secretsIn } from "../../policies/user-data/secrets.ts";
import { type UserDataFiles, userDataFiles } from "./user-data-files.ts";

/** How one file of a host's user data changes. */
export interface FileDiff {
  /** Path on the host; "cloud-config", "user data" or "part 2" for what is no file. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  /** Unified: `@@ -1,4 +1,5 @@`, then lines that begin with a blank, `-` or `+`. Secrets are hidden. */
  readonly lines: readonly string[];
  /** Lines that were left out at the end. */
  readonly cut: number;
}

export interface DiffLimits {
  /** Lines over all files. */
  readonly lines: number;
  /** Letters of one line. */
  readonly width: number;
}

const usual: DiffLimits = { lines: 200, width: 200 };

/** Lines of both sides of a file beyond which it is not compared line by line: 2,000 that all differ take 0.16 s and 120 MB. */
const mostLines = 4_000;

/**
 * How user data changes, as the host would see it: file by file, sorted by path, decoded. An added or removed user data has
 * nothing on the other side. Lines with secrets say so and nothing else, on both sides; of a private key all lines do.
 */
export function userDataDiff(
  before: string | undefined,
  after: string | undefined,
  limits: DiffLimits = usual,
): readonly FileDiff[] {
  const olds: UserDataFiles = before === undefined ? new Map() : userDataFiles(before);
  const news: UserDataFiles = after === undefined ? new Map() : userDataFiles(after);
  let left = limits.lines;
  return [...new Set([...olds.keys(), ...news.keys()])].sort().flatMap((path): FileDiff[] => {
    const [old, now] = [olds.get(path), news.get(path)];
    if (old === now) return [];
    const all = unified(old ?? "", now ?? "").map((line) => narrow(line, limits.width));
    const lines = all.slice(0, left);
    left -= lines.length;
    const kind = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [{ path, kind, lines, cut: all.length - lines.length }];
  });
}

/** Unchanged lines that stand around a change. */
const context = 3;

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

function unified(before: string, after: string): readonly string[] {
  const [olds, news] = [linesOf(before), linesOf(after)];
  if (olds.length + news.length > mostLines) return [`(${olds.length} lines before, ${news.length} after)`];
  const [shownOlds, shownNews] = [withoutSecrets(before, olds), withoutSecrets(after, news)];
  const lines: Line[] = [];
  let [o, n] = [0, 0];
  // Compared as they are and shown without their secrets: where only a secret changed, both lines stand there.
  for (const [sign] of diff(olds, news)) {
    if (sign === 1) lines.push({ mark: "-", text: shownOlds[o++] ?? "" });
    else if (sign === -1) lines.push({ mark: "+", text: shownNews[n++] ?? "" });
    else {
      lines.push({ mark: " ", text: shownNews[n++] ?? "" });
      o += 1;
    }
  }
  const found = hunks(lines);
  return found.length > 0 || before === after ? found : ["(the line end at the end of the file)"];
}

function hunks(lines: readonly Line[]): readonly string[] {
  const result: string[] = [];
  const shown = lines.map((_, i) => lines.slice(Math.max(0, i - context), i + context + 1).some((l) => l.mark !== " "));
  let [o, n] = [1, 1];
  for (let i = 0; i < lines.length; ) {
    let end = i;
    while (end < lines.length && shown[end] === shown[i]) end += 1;
    const part = lines.slice(i, end);
    const inOld = part.filter(({ mark }) => mark !== "+").length;
    const inNew = part.filter(({ mark }) => mark !== "-").length;
    if (shown[i]) {
      // An empty side begins at the line before it, as diff -u has it.
      result.push(`@@ -${inOld === 0 ? o - 1 : o},${inOld} +${inNew === 0 ? n - 1 : n},${inNew} @@`);
      result.push(...part.map(({ mark, text }) => mark + text));
    }
    o += inOld;
    n += inNew;
    i = end;
  }
  return result;
}

/** Without an empty one after the last line end. */
function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Lines as they may be shown. */
function withoutSecrets(text: string, lines: readonly string[]): readonly string[] {
  const alone: Decoded = {
    sentAs: "text",
    brokenBase64: false,
    bytes: text.length,
    pieces: [{ where: "", text, telling: tellingLines(text) }],
    formats: [],
    unreadable: [],
    broken: [],
  };
  const hidden = new Map<number, string>();
  for (const [kind, places] of secretsIn(alone)) for (const { line } of places) hidden.set(line - 1, kind);
  let inKey = false;
  return lines.map((line, i) => {
    // A key goes on to its last line; one that never ends hides everything after it.
    if (/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(line)) inKey = true;
    const kind = inKey ? "a private key" : hidden.get(i);
    if (/-----END [A-Z0-9 ]{0,40}PRIVATE KEY/.test(line)) inKey = false;
    return kind === undefined ? line : `(${kind} stands here)`;
  });
}

/** Of a bounded length, and without what a terminal would obey. */
function narrow(line: string, width: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
  const plain = line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
  return plain.length <= width ? plain : `${plain.slice(0, width)}… (${plain.length - width} more)`;
}
