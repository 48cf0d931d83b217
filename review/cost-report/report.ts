import type { StackReview } from "../review.ts";
import { answerOf } from "./answer.ts";
import { changeParts } from "./change.ts";
import type { Report, Section } from "./document.ts";
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
  return { title: `Cost of ${names}, ${asOf}`, sections: stacks.flatMap(sectionsOf) };
}

function sectionsOf(stack: CostedStack): Section[] {
  const { cost } = stack;
  const answer = answerOf(stack);
  if (cost.lines.length === 0) return [answer];
  return [answer, ...changeParts(cost), ...lineParts(cost), ...termParts(cost), ...noteParts(cost)];
}
