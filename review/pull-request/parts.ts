import type { StackReview } from "../review.ts";
import type { ReviewedChange } from "./pull-request.ts";

/** Parts that a stack has with or without settings of its own. */
export interface Parts {
  readonly cost?: StackReview["cost"];
  readonly policies?: StackReview["policies"];
}

/** Cost and rules of a stack: from its review, or beside it where there are no settings to review by. */
export function partsOf({ review, cost, policies }: Pick<ReviewedChange, "review" | "cost" | "policies">): Parts {
  const found = { cost: review?.cost ?? cost, policies: review?.policies ?? policies };
  return {
    ...(found.cost === undefined ? {} : { cost: found.cost }),
    ...(found.policies === undefined ? {} : { policies: found.policies }),
  };
}
