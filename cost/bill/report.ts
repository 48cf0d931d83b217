import { Decimal } from "decimal.js";
import { z } from "zod";
import { type Amount, rounded } from "../amount.ts";
import type { BudgetFinding } from "../budget.ts";
import { termText } from "../pay.ts";
import type { BillComparison, BillTotal } from "./compare.ts";
import type { BillLine } from "./lines.ts";
import type { BillingMonth } from "./month.ts";
import { type Part, type Reason, reasons } from "./parts.ts";
import type { Renewal } from "./renewals.ts";

const money = z
  .string()
  .regex(/^-?\d+\.\d\d$/)
  .describe("Decimal text in the bill's currency");
const reason = z.enum(reasons);
const part = z.strictObject({ reason, amount: money });
const parts = z.array(part).readonly();
const nature = z.enum(["run", "purchase", "refund"]);

const line = z.strictObject({
  nature: nature.describe("By the hour or by use, bought for a term, or paid back: never added together"),
  kind: z.string(),
  component: z.string(),
  name: z.string().describe("Physical name"),
  what: z.string(),
  ids: z.array(z.string()).readonly(),
  expected: money.optional().describe("By the review, for the same time; absent without a price"),
  billed: money.optional().describe("Absent where the bill has no amount"),
  difference: money.optional(),
  parts: parts.describe("They add up to the difference"),
  note: z.string().optional(),
});

const total = z.strictObject({
  expected: money,
  billed: money,
  difference: money,
  parts,
  notComparable: z
    .strictObject({ lines: z.number(), billed: money })
    .describe("Lines without a price or without an amount, and what is billed for them: in no other sum"),
});

const renewal = z.strictObject({
  id: z.string(),
  name: z.string(),
  product: z.string(),
  region: z.string(),
  does: z.enum(["renews", "ends"]),
  on: z.string().describe("yyyy-mm-dd, China's clock"),
  term: z.string().optional().describe("Length of the renewal"),
  amount: money.optional().describe("At the review's price of that term; absent without one"),
  cancelBy: z.string().optional().describe("Last day before the first attempt"),
  tooLate: z.boolean().optional(),
  how: z.string(),
});

/** A bill against the review as one JSON value; terminal and CSV are renderings of it. */
export const billReport = z.strictObject({
  version: z.literal(1),
  stack: z.string(),
  month: z.string(),
  hours: z.number().describe("Hours of the month"),
  elapsed: z
    .number()
    .describe("Whole hours of it that are over; fewer than hours: partial, and compared with that part"),
  partial: z.boolean(),
  currency: z.string(),
  prices: z.string().describe("List of prices of the review"),
  lines: z.array(line).readonly(),
  totals: z.strictObject({ run: total, purchase: total, refund: total }),
  ofNoStack: z
    .array(
      z.strictObject({
        product: z.string(),
        region: z.string(),
        kind: z.string(),
        rows: z.number(),
        billed: money.optional(),
      }),
    )
    .readonly()
    .describe("Rows of the account without tags or name of a stack; in no sum"),
  otherRows: z.number().describe("Rows of other stacks"),
  renewals: z.array(renewal).readonly().describe("Subscriptions that end or renew themselves in 60 days"),
  budget: z
    .array(
      z.strictObject({
        what: z.string(),
        verdict: z.enum(["over", "cannot-judge"]),
        text: z.string(),
        accepted: z.strictObject({ why: z.string(), by: z.string(), until: z.string() }).optional(),
      }),
    )
    .readonly(),
  notes: z.array(z.string()).readonly(),
});
export type BillReport = z.output<typeof billReport>;

export interface ReportInput {
  readonly stack: string;
  readonly month: Omit<BillingMonth, "begins">;
  readonly currency: string;
  readonly prices: string;
  readonly comparison: BillComparison;
  readonly renewals: readonly (Renewal & { readonly amount?: Amount })[];
  readonly budget: readonly BudgetFinding[];
  readonly notes: readonly string[];
}

/** Rounds to the cent, at this edge only: what a reader adds up in a line adds up. */
export function reportOf(input: ReportInput): BillReport {
  const { comparison, month } = input;
  const { lines, run, purchase, refund, ofNoStack, otherRows } = comparison;
  return {
    version: 1,
    stack: input.stack,
    month: month.name,
    hours: month.hours,
    elapsed: month.elapsed,
    partial: month.elapsed < month.hours,
    currency: input.currency,
    prices: input.prices,
    lines: lines.map(shownLine),
    totals: { run: shownTotal(run), purchase: shownTotal(purchase), refund: shownTotal(refund) },
    ofNoStack: ofNoStack.map(({ billed, ...row }) => ({ ...row, ...(billed ? { billed: cents(billed) } : {}) })),
    otherRows,
    renewals: input.renewals.map(({ renewal: length, amount, ...one }) => ({
      ...one,
      ...(length === undefined ? {} : { term: termText(length) }),
      ...(amount === undefined ? {} : { amount: cents(amount) }),
    })),
    budget: input.budget,
    notes: input.notes,
  };
}

function shownLine({ expected, billed, difference, parts: of, ...line }: BillLine): BillReport["lines"][number] {
  return {
    ...line,
    ...(expected === undefined ? {} : { expected: cents(expected) }),
    ...(billed === undefined ? {} : { billed: cents(billed) }),
    ...(expected && billed && difference ? shownParts(expected, billed, of) : { parts: [] }),
  };
}

function shownTotal({ expected, billed, parts: of, notComparable }: BillTotal): BillReport["totals"]["run"] {
  return {
    expected: cents(expected),
    billed: cents(billed),
    ...shownParts(expected, billed, of),
    notComparable: { lines: notComparable.lines, billed: cents(notComparable.billed) },
  };
}

/** Cents that rounding each part loses or adds are a part of their own. */
function shownParts(
  expected: Amount,
  billed: Amount,
  of: readonly Part[],
): { difference: string; parts: BillReport["totals"]["run"]["parts"] } {
  const difference = new Decimal(cents(billed)).minus(cents(expected));
  const shown = new Map<Reason, Decimal>(
    of.filter((one) => one.reason !== "rounding").map((one) => [one.reason, new Decimal(cents(one.amount))]),
  );
  const left = [...shown.values()].reduce((rest, one) => rest.minus(one), difference);
  if (!left.isZero()) shown.set("rounding", left);
  return {
    difference: difference.toFixed(2),
    parts: reasons.flatMap((name) => {
      const value = shown.get(name);
      return value === undefined || value.isZero() ? [] : [{ reason: name, amount: value.toFixed(2) }];
    }),
  };
}

function cents(amount: Amount): string {
  const text = rounded(amount, 2);
  return text === "-0.00" ? "0.00" : text;
}
