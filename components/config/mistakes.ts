/** Keys and positions from the top of the settings: ["hosts", "workers", "count"]. */
export type Path = readonly (string | number)[];

/** One thing wrong in a stack file, in the reader's words. A value: mistakes are collected and reported together. */
export interface Mistake {
  readonly path: Path;
  /** What stands there, quoted and shortened; absent when something is missing. */
  readonly found?: string;
  /** What is allowed there, or what is wrong. */
  readonly wanted: string;
  /** What to do. */
  readonly fix?: string;
}

/** Where in a file: 1-based line. */
export type Locate = (path: Path) => number | undefined;

/** A user's mistake: printed without a stack, exit code 2. Pulumi prints only the message of an error that hides its stack. */
export class ConfigError extends Error {
  readonly mistakes: readonly Mistake[];
  readonly hideStack = true;

  constructor(file: string, mistakes: readonly Mistake[], locate: Locate = () => undefined) {
    super(report(file, mistakes, locate));
    this.name = "ConfigError";
    this.mistakes = mistakes;
    // Pulumi recognises its own run errors by this mark and prints them without a stack.
    Object.defineProperty(this, "__pulumiRunError", { value: true });
  }
}

/** All mistakes of a file, in the order of its lines. */
export function report(file: string, mistakes: readonly Mistake[], locate: Locate): string {
  const rows = mistakes
    .map((mistake) => ({ mistake, line: locate(mistake.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const head = printable(`${file}: ${rows.length} ${rows.length === 1 ? "mistake" : "mistakes"}`);
  const blocks = rows.map(({ mistake, line }) =>
    [
      `${line === undefined ? "" : `line ${line}  `}${pathText(mistake.path)}`,
      ...(mistake.found === undefined ? [] : [`  found   ${mistake.found}`]),
      `  wanted  ${mistake.wanted}`,
      ...(mistake.fix === undefined ? [] : [`  fix     ${mistake.fix}`]),
    ]
      .map(printable)
      .join("\n"),
  );
  return [head, ...blocks].join("\n\n");
}

/** As a user types it: china:hosts.workers.zones[1]. */
export function pathText(path: Path): string {
  const [first, ...rest] = path;
  if (first === undefined) return "config";
  const tail = rest.map((key) =>
    typeof key === "number" ? `[${key}]` : /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
  );
  const top = typeof first === "string" && first.includes(":") ? first : `china:${first}`;
  return `${tail.length > 0 ? top.replace(/:$/, "") : top}${tail.join("")}`;
}

/** A value as one short line. */
export function quoted(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  const letters = [...text.slice(0, 400)];
  return letters.length > 100 ? `${letters.slice(0, 97).join("")}...` : text;
}

/** One line, safe for a terminal: nothing in it moves the cursor, changes colours or turns the direction of reading. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
