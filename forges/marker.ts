import { misuse } from "./errors.ts";

/** When a run began, to tell an older one from a newer. */
export interface Stamp {
  /** ISO 8601: when the forge saw what started the run. */
  readonly validAt: string;
  /** The forge's number of the run: decides between runs of the same second. */
  readonly run?: number;
}

/** The hidden line that a comment begins with: one comment per project and pull request. */
export function markerOf(project: string): string {
  // `--` and `>` would end the comment in the comment.
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._/]|-(?!-))*$/.test(project) || project.length > 100) {
    throw misuse(
      `a project's name in a comment's marker has letters, digits and single . _ / -, not ${JSON.stringify(project.slice(0, 100))}`,
    );
  }
  return `<!-- china-review:${project} -->`;
}

/** The whole first line. */
export function firstLine(marker: string, { validAt, run }: Stamp): string {
  return `${marker}<!-- valid-at: ${validAt}${run === undefined ? "" : ` run: ${run}`} -->`;
}

/** The stamp of a comment; undefined when it has none that can be read. */
export function stampOf(body: string): Stamp | undefined {
  const line = body.split("\n", 1)[0] ?? "";
  const found = /<!-- valid-at: (\S{10,40})(?: run: (\d{1,15}))? -->\s*$/.exec(line);
  if (found?.[1] === undefined || Number.isNaN(Date.parse(found[1]))) return undefined;
  return { validAt: found[1], ...(found[2] === undefined ? {} : { run: Number(found[2]) }) };
}

/** Whether `a` began before `b`. Equal ones are not older: a repeated run may write again. */
export function isOlder(a: Stamp, b: Stamp): boolean {
  const [one, other] = [Date.parse(a.validAt), Date.parse(b.validAt)];
  if (one !== other) return one < other;
  return a.run !== undefined && b.run !== undefined && a.run < b.run;
}
