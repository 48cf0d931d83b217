import type { ChangeReview } from "../pull-request/pull-request.ts";
import { comparedSection, isQuietReview, judgeSection, overview, titleOf } from "./answer.ts";
import { acceptedSections, costSections, ruleSections } from "./details.ts";
import type { ChangeDocument } from "./document.ts";
import { goingSection } from "./going.ts";
import type { Lines } from "./lines.ts";
import { moneySection } from "./money.ts";
import { changedStacks } from "./names.ts";
import { propertySections } from "./properties.ts";
import { hazardDetails, hazardSection, stopSections } from "./stops.ts";
import { userDataSections } from "./user-data.ts";

/**
 * The whole review of a change, answer first; every figure and finding stands in the review already.
 *
 * @param lines where settings stand in the stack files, for what must be mended
 */
export function documentOf(review: ChangeReview, lines: Lines = () => undefined): ChangeDocument {
  const title = titleOf(review);
  if (isQuietReview(review)) return { title, verdict: "quiet", sections: [] };
  const changed = changedStacks(review);
  return {
    title,
    verdict: review.stops.length > 0 ? "stop" : "pass",
    sections: [
      ...judgeSection(review),
      ...overview(review),
      ...stopSections(review, lines),
      ...goingSection(review),
      ...hazardSection(review),
      ...moneySection(review),
      ...comparedSection(review),
      // Of all stacks first what is most worth reading: details are dropped from the end.
      ...changed.flatMap(propertySections),
      ...changed.flatMap(userDataSections),
      ...changed.flatMap(ruleSections),
      ...changed.flatMap(acceptedSections),
      ...changed.flatMap(hazardDetails),
      ...changed.flatMap((stack) => costSections(stack, review.asOf)),
    ],
  };
}
