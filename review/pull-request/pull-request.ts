import type { Changes } from "../changes/change.ts";
import type { Hazard } from "../hazards/hazard.ts";
import type { StackReview } from "../review.ts";
import type { OwnJudge } from "./own-judge.ts";

/** What a stack is after a change, seen from before it. */
export interface ReviewedChange {
  readonly stack: string;
  /** unreadable: one side gave no plan; `why` says which and why. */
  readonly state: "changed" | "unchanged" | "new" | "removed" | "unreadable";
  readonly why?: string;
  readonly changes: Changes;
  readonly hazards: readonly Hazard[];
  /** The stack as it will be: its cost with what the change adds, its rules, its warnings. Absent for one that is removed or unreadable, and for a foreign program. */
  readonly review?: StackReview;
  /** Of a program without settings of its own, instead of `review`; parts.ts reads both. */
  readonly cost?: StackReview["cost"];
  readonly policies?: StackReview["policies"];
}

/** Why a change must not be merged as it is. */
export interface Stop {
  readonly stack: string;
  readonly kind: "rule" | "hazard" | "budget" | "unreadable";
  /** Id of the rule, hazard or limit. */
  readonly id: string;
  readonly text: string;
}

/** The review of a change to all stacks as one value; every output is a rendering of it. */
export interface ChangeReview {
  readonly version: 1;
  /** yyyy-mm-dd */
  readonly asOf: string;
  readonly before: State;
  readonly after: State;
  /** files: both sides recorded from their files; preview: the real engine's own steps. */
  readonly source: "files" | "preview";
  /** What nobody looked at, in words. */
  readonly notCompared: readonly string[];
  /** What of the change decides how it is judged. Not empty: said first. */
  readonly judge: readonly OwnJudge[];
  /** Sorted by name; unchanged ones too. */
  readonly stacks: readonly ReviewedChange[];
  readonly stops: readonly Stop[];
}

export interface State {
  /** As it was named: main, a branch, "working tree", a preview file. */
  readonly ref: string;
  readonly commit?: string;
}
