import type { Site } from "../../catalog/term-prices.ts";
import { hoursPerMonth } from "../../cost/amount.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import { costChange } from "../../cost/change.ts";
import { comparisons } from "../../cost/compare.ts";
import { estimateOf } from "../../cost/estimate.ts";
import { type PricedItem, priceItems } from "../../cost/price.ts";
import type { PriceBook } from "../../cost/quote.ts";
import { trapsOf } from "../../cost/traps.ts";
import type { Month } from "../../cost/use.ts";
import { managed, type Plan } from "../../plan/plan.ts";
import type { StackReview } from "../review.ts";
import type { EnginePreview } from "./read.ts";
import { regionsOf } from "./region.ts";

/** Nobody says otherwise: everything runs all the time. */
const month: Month = { hours: hoursPerMonth, useOf: () => ({ hours: hoursPerMonth, whenIdle: "run" }) };

/** What a program costs of which there are no settings: each resource by the prices of its own region, no budget. */
export function previewCost(
  preview: Pick<EnginePreview, "config">,
  before: Plan,
  after: Plan,
  site: Site,
  book: PriceBook = catalogueBook(site),
): StackReview["cost"] {
  const priced = (plan: Plan): readonly PricedItem[] => {
    const regions = Map.groupBy(managed(plan), regionsOf(preview, plan));
    return [...regions].flatMap(([region, resources]) => priceItems({ ...plan, resources }, region, book, month));
  };
  const items = priced(after);
  return {
    ...estimateOf(items, after, book, month),
    comparisons: comparisons(items, book, month),
    traps: trapsOf(items, month),
    change: costChange(priced(before), items),
    budget: [],
  };
}
