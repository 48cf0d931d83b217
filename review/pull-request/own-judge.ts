import { isDeepStrictEqual } from "node:util";
import type { Settings } from "../../components/config.ts";

/** Something of a change that decides how the change itself is judged. */
export interface OwnJudge {
  /** files: of the judging code or the pipeline; the others are settings of a stack. */
  readonly what: "files" | "accept" | "budget" | "policies";
  /** Stack, for settings. */
  readonly stack?: string;
  readonly text: string;
}

/** Paths that decide what a review says: whoever changes them is judged by them as they were. */
const judging: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^(policies|catalog|review|cost|forges|cli|plan|deploy|engine)\//, "the review's own code"],
  [/^components\/config(\/|\.ts$)/, "what a stack file may say"],
  [/^(package|package-lock)\.json$|^\.npmrc$/, "dependencies"],
  [/^(\.github|\.gitea|\.forgejo|\.gitlab|\.workflow|\.ci)\/|^\.gitlab-ci\.yml$|^\.yunxiao/, "pipeline"],
  [/(^|\/)(CODEOWNERS|\.gitattributes|\.gitmodules)$/, "who must approve, and what git makes of files"],
];

/** Which changed files are part of the judge, by what they are; the rest is not named. */
export function judgingFiles(changed: readonly string[]): readonly OwnJudge[] {
  const found = Map.groupBy(changed, (file) => judging.find(([pattern]) => pattern.test(file))?.[1]);
  return [...found].flatMap(([what, files]): OwnJudge[] => {
    if (what === undefined) return [];
    const few = files.slice(0, 5).join(", ");
    const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
    return [{ what: "files", text: `${what}: ${few}${more}` }];
  });
}

/** Whether a file can have a say in a review: its code uses some of components/ too. Stack files are settled by `judgedBy`. */
export function canJudge(file: string): boolean {
  return !/^(docs|test|schema)\/|^[^/]+\.md$|^Pulumi(\.[^/]+)?\.yaml$/.test(file);
}

/** Settings by which a stack is judged, and how it would like to be judged. */
export interface Judged {
  /** The head's settings, with what judges them taken from the base. */
  readonly settings: Settings;
  readonly changed: readonly OwnJudge[];
}

/**
 * A change must not judge itself: accepted entries that are new in it, its budget, its profile of rules count only when somebody
 * who may decide has approved them.
 *
 * @param before settings of the same stack on the base; undefined for a new stack, which has nothing to be judged by but itself,
 * and whose entries are new
 * @param trustNewAccept a pipeline sets it after a code owner's approval
 */
export function judgedBy(stack: string, head: Settings, before: Settings | undefined, trustNewAccept: boolean): Judged {
  const known = before?.accept ?? [];
  const added = head.accept.filter((entry) => !known.some((old) => isDeepStrictEqual(old, entry)));
  const changed: OwnJudge[] = added.map(({ what, on, why, by, until }) => ({
    what: "accept",
    stack,
    text: `accepts ${what} on ${on} until ${until}, by ${by}: ${why}${trustNewAccept ? "" : " (does not count yet)"}`,
  }));
  if (before === undefined) {
    return { settings: trustNewAccept ? head : { ...head, accept: [] }, changed };
  }
  const { budget, policies } = before;
  if (!isDeepStrictEqual(head.budget, budget)) {
    changed.push({
      what: "budget",
      stack,
      text: `the budget: ${shown(budget)} -> ${shown(head.budget)} (judged by the old one)`,
    });
  }
  if (!isDeepStrictEqual(head.policies, policies)) {
    const keys = changedKeys(policies, head.policies).join(", ");
    changed.push({ what: "policies", stack, text: `the rules' settings: ${keys} (judged by the old ones)` });
  }
  const accept = trustNewAccept ? head.accept : head.accept.filter((entry) => !added.includes(entry));
  return { settings: { ...head, accept, budget, policies }, changed };
}

function changedKeys(before: object, after: object): readonly string[] {
  const [old, now] = [Object.entries(before), Object.entries(after)];
  const keys = new Set([...old, ...now].map(([key]) => key));
  const at = (entries: readonly (readonly [string, unknown])[], key: string) =>
    entries.find(([name]) => name === key)?.[1];
  return [...keys].filter((key) => !isDeepStrictEqual(at(old, key), at(now, key))).sort();
}

function shown(budget: Settings["budget"]): string {
  if (budget === undefined) return "none";
  const { currency, ...limits } = budget;
  const parts = Object.entries(limits).map(([name, value]) => `${name} ${value}`);
  return `${parts.join(", ")} ${currency}`;
}
