import type { ChangeReview } from "../pull-request/pull-request.ts";
import { escapesInJson } from "./text.ts";

/** The value itself. What a terminal would obey or not show is an escape in it; a parser reads the same value. */
export function changeJson(review: ChangeReview): string {
  const stacks = review.stacks.map(({ review: own, ...stack }) => {
    if (own === undefined) return stack;
    // A printed review holds its plan, which is large and in the changes as far as it matters.
    const { plan: _, ...rest }: typeof own & { readonly plan?: unknown } = own;
    return { ...stack, review: rest };
  });
  return `${escapesInJson(JSON.stringify({ ...review, stacks }, null, 2))}\n`;
}
