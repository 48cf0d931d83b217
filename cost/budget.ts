import { Decimal } from "decimal.js";
import type { Budget } from "../components/config/schema-cost.ts";
import type { CostChange } from "./change.ts";
import type { Estimate } from "./estimate.ts";

/** Limits of a budget, as `accept` names them. */
export type BudgetLimit = "budget-month" | "budget-increase" | "budget-pay-now" | "budget-no-price";

/** What an entry of `accept` for a budget is on: a budget is the whole stack's. */
export const budgetIsOn = "stack";

/** What a budget says of a stack. */
export interface BudgetFinding {
  readonly what: BudgetLimit;
  /** over: the limit is passed; cannot-judge: the figures are another currency's or incomplete, and nothing is asked for. */
  readonly verdict: "over" | "cannot-judge";
  readonly text: string;
  /** The entry of `accept` that accepts it. */
  readonly accepted?: { readonly why: string; readonly by: string; readonly until: string } | undefined;
}

interface Acceptance {
  readonly what: string;
  readonly on: string;
  readonly why: string;
  readonly by: string;
  readonly until: string;
}

/**
 * Compares a stack with its limits. What has no price is never zero: a sum with it can be found to be over, never to be
 * within. A list of another currency judges nothing.
 *
 * @param change against what stands now; without it the limits of a change are not judged
 * @param today yyyy-mm-dd
 */
export function judgeBudget(
  budget: Budget,
  cost: Estimate,
  change: CostChange | undefined,
  accept: readonly Acceptance[],
  today: string,
): readonly BudgetFinding[] {
  if (budget === undefined) return [];
  const { currency } = budget;
  if (cost.currency !== currency || cost.sizeOnly) {
    const text = `the budget is in ${currency}, the prices are ${cost.currency} of the ${cost.list}: nothing is converted`;
    return [{ what: "budget-month", verdict: "cannot-judge", text }];
  }
  const over = (what: BudgetLimit, limit: number | undefined, value: string, text: string): BudgetFinding[] =>
    limit !== undefined && new Decimal(value).greaterThan(limit)
      ? [
          withAcceptance(
            { what, verdict: "over", text: `${text} ${value} ${currency}, the limit is ${limit}` },
            accept,
            today,
          ),
        ]
      : [];
  return [
    ...over("budget-month", budget.month, cost.sum.perMonth, "a month costs at least"),
    ...over("budget-pay-now", budget.payNow, change?.payNow ?? cost.payNow.amount, "to pay at once:"),
    // What is paid on to the end of a term saves nothing now, and hides no increase.
    ...(change === undefined
      ? []
      : over("budget-increase", budget.increase, addTexts(change.delta, change.paidOn), "this change adds a month")),
    ...noPrice(budget, cost, accept, today),
  ];
}

function addTexts(a: string, b: string): string {
  return new Decimal(a).plus(b).toFixed(2);
}

function noPrice(
  budget: NonNullable<Budget>,
  { unpricedLines, lines }: Estimate,
  accept: readonly Acceptance[],
  today: string,
): BudgetFinding[] {
  if (unpricedLines === 0 || budget.noPrice === "ignore") return [];
  const text = `${unpricedLines} of ${lines.length} items have no price: the budget holds for the others only`;
  if (budget.noPrice === "warn") return [{ what: "budget-no-price", verdict: "cannot-judge", text }];
  return [withAcceptance({ what: "budget-no-price", verdict: "over", text }, accept, today)];
}

function withAcceptance(finding: BudgetFinding, accept: readonly Acceptance[], today: string): BudgetFinding {
  const entry = accept.find(({ what, on, until }) => what === finding.what && on === budgetIsOn && today <= until);
  if (entry === undefined) return finding;
  const { why, by, until } = entry;
  return { ...finding, accepted: { why, by, until } };
}

/** Entries for a budget that accept nothing: not needed, ended, or on something else than the stack. */
export function idleAcceptances<A extends Acceptance>(
  accept: readonly A[],
  findings: readonly BudgetFinding[],
): readonly A[] {
  const used = findings.flatMap(({ what, accepted }) => (accepted === undefined ? [] : [what]));
  return accept.filter(
    (entry) =>
      entry.what.startsWith("budget-") && !(entry.on === budgetIsOn && used.some((what) => what === entry.what)),
  );
}

/** Those that fail a check. */
export function overBudget<F extends { readonly verdict: string; readonly accepted?: unknown }>(
  findings: readonly F[],
): readonly F[] {
  return findings.filter(({ verdict, accepted }) => verdict === "over" && accepted === undefined);
}
