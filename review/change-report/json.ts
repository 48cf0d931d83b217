import type { ChangeReview } from "../pull-request/pull-request.ts";
import { escapesInJson } from "./text.ts";

/** The value itself. What a terminal would obey or not show is an escape in it; a parser reads the same value. */
export function changeJson(review: ChangeReview): string {
  return `${escapesInJson(JSON.stringify(review, null, 2))}\n`;
}
