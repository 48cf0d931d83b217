import type { Source } from "./rule.ts";

/** How bad: high fails the check unless it stands in `accept`. */
export type Severity = "high" | "medium" | "low";

/** What an operation means in this cloud: something that a diff alone does not say. */
export interface Hazard {
  /** Stable id, as `accept` names it: system-disk-wiped. */
  readonly id: string;
  /** A few words, as a heading. */
  readonly title: string;
  readonly severity: Severity;
  /** Component or host that it is on, as `accept` names it. */
  readonly on: string;
  /** URNs of the resources concerned. */
  readonly resources: readonly string[];
  /** One sentence: what will happen. */
  readonly text: string;
  /** What it is concluded from: property paths with old and new value in words, or the catalogue's fact with its day. */
  readonly evidence: readonly string[];
  /** What to do instead, or to do first. */
  readonly advice: string;
  /** Who says that the cloud, the provider or the engine behaves so, and when. */
  readonly source: Source;
  readonly accepted?: { readonly why: string; readonly by: string; readonly until: string };
  /** The entry of china:accept that accepts it, ready to paste; absent where it is accepted. */
  readonly accept?: string;
}
