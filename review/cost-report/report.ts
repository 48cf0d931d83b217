import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { signed } from "../terminal/money.ts";
import { answerOf } from "./answer.ts";
import { changeParts } from "./change.ts";
import { type Report, type Section, table } from "./document.ts";
import { lineParts } from "./lines.ts";
import { noteParts } from "./notes.ts";
import { termParts } from "./terms.ts";

/** What a cost report is made from. */
export type CostedStack = Pick<StackReview, "stack" | "file" | "region" | "city" | "cost">;

/**
 * The whole cost review of stacks, answer first; every figure stands in the review already.
 *
 * @param asOf day that it was made, yyyy-mm-dd
 */
export function reportOf(stacks: readonly CostedStack[], asOf: string): Report {
  const names = stacks.map(({ stack }) => stack).join(", ");
  const together = stacks.length > 1 ? [overviewOf(stacks)] : [];
  return { title: `Cost of ${names}, ${asOf}`, sections: [...together, ...stacks.flatMap(sectionsOf)] };
}

/** Several stacks side by side; never added, since their lists may be of two currencies. */
function overviewOf(stacks: readonly CostedStack[]): Section {
  const rows = stacks.map(({ stack, cost }) => {
    const { sum, currency, unpricedLines, lines, payNow, commitments, change } = cost;
    return [
      stack,
      `${unpricedLines > 0 ? "at least " : ""}${grouped(sum.perMonth)} ${currency}`,
      change === undefined ? "-" : signed(change.delta),
      `${payNow.unpriced > 0 ? "at least " : ""}${grouped(payNow.amount)}`,
      commitments.length === 0 ? "nothing" : [...new Set(commitments.map(({ term }) => term))].join(", "),
      `${unpricedLines} of ${lines.length}`,
    ];
  });
  return {
    title: "Stacks",
    level: 2,
    folded: false,
    blocks: table({
      caption: "Each stack: a month as it is used, what is paid at once, what it binds to",
      head: ["stack", "a month", "change", "pay now", "locked in", "without a price"],
      align: ["left", "right", "right", "right", "left", "right"],
      rows,
    }),
  };
}

function sectionsOf(stack: CostedStack): Section[] {
  const { cost } = stack;
  const answer = answerOf(stack);
  if (cost.lines.length === 0) return [answer];
  return [answer, ...changeParts(cost), ...lineParts(cost), ...termParts(cost), ...noteParts(cost)];
}
