import { amount, nothing } from "../../../cost/amount.ts";
import { type BillComparison, compareBill } from "../../../cost/bill/compare.ts";
import type { BillRow } from "../../../cost/bill/rows.ts";
import { catalogueBook } from "../../../cost/catalogue.ts";
import { priceItems } from "../../../cost/price.ts";
import type { PriceBook } from "../../../cost/quote.ts";
import { alwaysOn, type Month } from "../../../cost/use.ts";
import type { PlannedResource } from "../../../plan/plan.ts";
import { planWith } from "../plans.ts";

export const tags = (component = "workers", stack = "test") => ({ project: "china", stack, component });

/** A row of a host that ran all of 730 hours at the list price; `change` says what is different. */
export function hostRow(change: Partial<BillRow> = {}): BillRow {
  return {
    ...{
      id: "i-1",
      name: "workers-01",
      product: "ecs",
      region: "cn-shanghai",
      tags: tags(),
      kind: "host",
      nature: "run",
    },
    ...{ what: "ecs.g7.xlarge", currency: "CNY", seconds: 730 * 3600, usage: amount(730), listPrice: amount("1.0465") },
    ...{ gross: amount("763.945"), net: amount("763.945"), discount: nothing, tax: nothing },
    ...change,
  };
}

/** The disk of 40 GiB PL0 of that host: 0.50/480 each hour. */
export function diskRow(change: Partial<BillRow> = {}): BillRow {
  return hostRow({
    ...{ kind: "system-disk", what: "cloud_essd", usage: amount(730 * 40) },
    ...{ listPrice: amount("0.0010416667"), listPriceStep: amount("0.0000000001") },
    ...{ gross: amount("30.416667"), net: amount("30.416667") },
    ...change,
  });
}

export function compared(
  resources: readonly PlannedResource[],
  rows: readonly BillRow[],
  month: Month = alwaysOn,
  book: PriceBook = catalogueBook("china"),
): BillComparison {
  const plan = planWith(resources);
  const names = new Map(resources.map(({ urn, name }) => [urn, name]));
  return compareBill({
    ...{ project: "china", stack: "test", otherStacks: ["test-2", "other"], rows, book, month },
    items: priceItems(plan, "cn-shanghai", book, month),
    nameOf: (urn) => names.get(urn),
  });
}
