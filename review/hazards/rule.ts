import type { Fact } from "../../catalog/fact.ts";
import type { ResourceChange } from "../changes/change.ts";
import type { Severity } from "./hazard.ts";
import type { Scope } from "./scope.ts";

/** Where a fact was read, and when that was written: YYYY-MM or YYYY-MM-DD. */
export type Source = Fact;

/** One resource on which a rule found its hazard. */
export interface Found {
  readonly change: ResourceChange;
  /** What happens, after the names of the resources and a colon: "stopped and started". Equal ones are told together. */
  readonly says: string;
  readonly evidence: readonly string[];
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  readonly advice?: string;
  /** Where another fact decided than the rule's own. */
  readonly source?: Source;
}

/** A hazard that changes can have: what it is, and how it is found. Pure. */
export interface HazardRule {
  /** Part of `accept` entries: a rename needs a note in the changelog. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What happens and why, for the page. */
  readonly what: string;
  /** Which changes have it. */
  readonly when: string;
  readonly advice: string;
  readonly source: Source;
  /** Ids of other hazards or rules whose acceptance counts for this one too. */
  readonly acceptedAlsoBy?: readonly string[];
  readonly find: (scope: Scope) => Iterable<Found>;
}
