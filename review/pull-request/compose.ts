import { isDeepStrictEqual } from "node:util";
import type { Settings } from "../../components/config.ts";
import { overBudget } from "../../cost/budget.ts";
import type { PriceBook } from "../../cost/quote.ts";
import type { Plan } from "../../plan/plan.ts";
import { buildReview } from "../build.ts";
import type { Changes } from "../changes/change.ts";
import { comparePlans } from "../changes/compare.ts";
import { idleAcceptances } from "../hazards/acceptances.ts";
import { failing, type HazardInput, hazardsOf } from "../hazards/judge.ts";
import { judgedBy, judgingFiles, type OwnJudge } from "./own-judge.ts";
import { partsOf } from "./parts.ts";
import type { ChangeReview, ReviewedChange, State, Stop } from "./pull-request.ts";

/** A stack on one side: what its own code declares, and its stack file as this code reads it. */
export type StackSide =
  | { readonly ok: true; readonly file: string; readonly plan: Plan; readonly settings: Settings }
  /** In words; may come from somebody else's code. */
  | { readonly ok: false; readonly why: string };

export interface ComposeInput {
  readonly before: State;
  readonly after: State;
  /** Stacks by name; one that a side does not have is absent there. */
  readonly sides: ReadonlyMap<string, { readonly before?: StackSide; readonly after?: StackSide }>;
  /** Files that differ. */
  readonly changedFiles: readonly string[];
  /** A code owner has approved the new entries of `accept`. */
  readonly trustNewAccept: boolean;
  /** yyyy-mm-dd */
  readonly today: string;
  readonly book?: PriceBook;
}

/** Reviews a change to all stacks by what was true before it: its rules, its accepted entries, its budget. */
export function reviewChange(input: ComposeInput): ChangeReview {
  const { before, after, sides, changedFiles, today } = input;
  const reviewed = [...sides].map(([stack, side]) => reviewStack(stack, side, input));
  const stacks = reviewed.map(({ change }) => change).toSorted((a, b) => (a.stack < b.stack ? -1 : 1));
  return {
    version: 1,
    asOf: today,
    before,
    after,
    source: "files",
    notCompared: ["what runs in the cloud", "stock, quota and your own price: npm run preflight asks the account"],
    judge: [...judgingFiles(changedFiles), ...reviewed.flatMap(({ judge }) => judge)],
    stacks,
    stops: stacks.flatMap(stopsOf),
  };
}

interface Reviewed {
  readonly change: ReviewedChange;
  readonly judge: readonly OwnJudge[];
}

const none: Changes = { source: "files", resources: [], unchanged: 0, unknownTypes: {} };

function reviewStack(
  stack: string,
  { before, after }: { readonly before?: StackSide; readonly after?: StackSide },
  input: ComposeInput,
): Reviewed {
  if (after?.ok === false) return unreadable(stack, `after the change: ${after.why}`);
  if (before?.ok === false) return unreadable(stack, `before the change: ${before.why}`);
  const was = before?.plan ?? emptyPlan(stack, after?.plan);
  const is = after?.plan ?? emptyPlan(stack, before?.plan);
  const changes = comparePlans(was, is);
  if (after === undefined) {
    const hazards = hazardsOf({
      changes,
      before: was,
      after: is,
      accept: before?.settings.accept ?? [],
      today: input.today,
    });
    return { change: { stack, state: "removed", changes, hazards }, judge: [] };
  }
  const { settings, changed } = judgedBy(stack, after.settings, before?.settings, input.trustNewAccept);
  const judged: HazardInput = {
    changes,
    before: was,
    after: is,
    settings,
    accept: settings.accept,
    today: input.today,
  };
  const hazards = hazardsOf(judged);
  const { file, plan } = after;
  const loaded = { stack, file, settings, plan };
  // The plan is in the changes as far as it matters.
  const { plan: _, ...built } = buildReview(loaded, input.today, undefined, {
    ...(before === undefined ? {} : { before: { plan: before.plan, settings: before.settings } }),
    ...(input.book === undefined ? {} : { book: input.book }),
  });
  const idle = idleAcceptances(judged).map(({ text }) => ({ id: "accept-unneeded", text }));
  const review = { ...built, warnings: [...built.warnings, ...idle] };
  const still = changes.resources.length === 0 && (changes.optionChanges ?? []).length === 0;
  const same = still && isDeepStrictEqual(before?.settings, after.settings);
  const state = before === undefined ? "new" : same ? "unchanged" : "changed";
  return { change: { stack, state, changes, hazards, review }, judge: changed };
}

function unreadable(stack: string, why: string): Reviewed {
  return { change: { stack, state: "unreadable", why, changes: none, hazards: [] }, judge: [] };
}

function emptyPlan(stack: string, like: Plan | undefined): Plan {
  return { project: like?.project ?? "china", stack, resources: [], outputs: {} };
}

/** What must be mended or accepted first. A broken rule or budget that was broken before stops too: it is still broken. */
export function stopsOf(change: ReviewedChange): Stop[] {
  const { stack, state, why, hazards } = change;
  const { cost, policies } = partsOf(change);
  if (state === "unreadable") return [{ stack, kind: "unreadable", id: "unreadable", text: why ?? "" }];
  // What a change leaves alone is no reason to stop it.
  if (state === "unchanged") return [];
  const rules = (policies?.violations ?? []).filter((v) => v.level === "mandatory" && v.accepted === undefined);
  return [
    ...rules.map(({ rule, name, path, found, wanted }): Stop => {
      const text = `${name}${path === "" ? "" : ` ${path}`}: ${found}; wanted ${wanted}`;
      return { stack, kind: "rule", id: rule, text };
    }),
    ...failing(hazards).map(({ id, text }): Stop => ({ stack, kind: "hazard", id, text })),
    ...overBudget(cost?.budget ?? []).map(({ what, text }): Stop => ({ stack, kind: "budget", id: what, text })),
  ];
}
