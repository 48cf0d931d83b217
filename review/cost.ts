import type { Settings } from "../components/config.ts";
import { budgetIsOn, judgeBudget } from "../cost/budget.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import { type CostChange, costChange } from "../cost/change.ts";
import { comparisons } from "../cost/compare.ts";
import { estimateOf, statedUse } from "../cost/estimate.ts";
import { monthOf } from "../cost/month.ts";
import { type PricedItem, priceItems } from "../cost/price.ts";
import type { PriceBook } from "../cost/quote.ts";
import { trapsOf } from "../cost/traps.ts";
import type { Plan } from "../plan/plan.ts";
import { acceptanceToPaste } from "../policies/accept.ts";
import type { StackReview } from "./review.ts";

/** What the cost part of a review starts from. */
export interface CostInput {
  readonly plan: Plan;
  readonly settings: Settings;
  /** yyyy-mm-dd */
  readonly today: string;
  /** Another list than the catalogue's. */
  readonly book?: PriceBook;
  /** The stack as it was: its plan and its own settings. */
  readonly before?: { readonly plan: Plan; readonly settings: Settings };
}

/** What a stack costs, in which way of paying it would cost less, what a change adds, and whether it is within its budget. */
export function reviewCost(input: CostInput): StackReview["cost"] {
  const { plan, settings, today, before, book = catalogueBook(settings.account.site) } = input;
  const month = monthOf(settings);
  const items = priceItems(plan, settings.region, book, month);
  const cost = estimateOf(items, plan, book, month);
  const change = before === undefined ? undefined : changeFrom(before, input, items, book);
  return {
    ...cost,
    comparisons: comparisons(items, book, month),
    traps: trapsOf(items, month),
    ...(change === undefined ? {} : { change }),
    budget: judgeBudget(settings.budget, cost, change, settings.accept, today).map((finding) =>
      finding.verdict === "over" && finding.accepted === undefined
        ? { ...finding, accept: acceptanceToPaste(finding.what, budgetIsOn, today) }
        : finding,
    ),
  };
}

/** By the same prices, and as the stack was used then. */
function changeFrom(
  before: NonNullable<CostInput["before"]>,
  { plan, settings }: CostInput,
  items: readonly PricedItem[],
  book: PriceBook,
): CostChange {
  const [then, now] = [monthOf(before.settings), monthOf(settings)];
  const were = priceItems(before.plan, before.settings.region, book, then);
  return costChange(were, items, {
    before: statedUse(were, before.plan, then, book),
    after: statedUse(items, plan, now, book),
  });
}
