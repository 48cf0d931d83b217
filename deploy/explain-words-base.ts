import { retryMinutes } from "../catalog/api-errors.ts";
import type { Said } from "./explain-read.ts";
import { list } from "./explain-stack.ts";
import type { Cause, ExplainContext } from "./explain-types.ts";

/** Failures of one cause. */
export interface Group {
  readonly cause: Cause;
  readonly said: Said;
  /** Names of the resources. */
  readonly names: readonly string[];
  readonly urns: readonly string[];
}

/** What happened, why, and what to do now. */
export interface Words {
  readonly what: string;
  readonly why?: string;
  readonly next: readonly string[];
}

export type WordsFor = (group: Group, context: ExplainContext) => Words;

export function stackOf({ stack }: ExplainContext): string {
  return stack ?? "<stack>";
}

export function upAgain(context: ExplainContext): string {
  return `then run the same command again: what is there already is kept, only the rest is made (stack ${stackOf(context)})`;
}

/** " (workers-01 and workers-02)", or nothing. */
export function inside(names: readonly string[]): string {
  return names.length === 0 ? "" : ` (${list(names.slice(0, 5))})`;
}

/** The cloud's own words, else the first line of what was said. */
export function saying({ message, text }: Said): string {
  return message ?? text.split("\n")[0] ?? "";
}

/** How long the provider has tried, where it tries again at all. */
export function waited({ action = "", code = "" }: Said): string {
  const minutes = retryMinutes(code, action);
  return minutes === 0 ? "" : ` The provider has tried for up to ${minutes} minutes.`;
}
