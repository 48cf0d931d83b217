import { compareText } from "./names.ts";
import { type WheelName, wheelTags } from "./wheel.ts";

/** A wheel whose name could be read. */
export interface Candidate {
  readonly filename: string;
  readonly sha256: string | undefined;
  readonly wheel: WheelName;
}

/** Tag -> its place in the target's list, 0 for the best. */
export type TagRanks = ReadonlyMap<string, number>;

export function tagRanks(tags: readonly string[]): TagRanks {
  return new Map(tags.map((tag, rank) => [tag, rank]));
}

/**
 * The wheel that pip would install: best tag first, then the highest build tag, a wheel without one being lowest.
 * The file name decides at last, so that the order of the lock does not matter.
 */
export function bestCandidate(candidates: readonly Candidate[], ranks: TagRanks): Candidate | undefined {
  const ranked = candidates.flatMap((candidate) => {
    const rank = bestRank(candidate.wheel, ranks);
    return rank === undefined ? [] : [{ candidate, rank }];
  });
  ranked.sort(
    (left, right) =>
      left.rank - right.rank ||
      compareBuild(right.candidate.wheel, left.candidate.wheel) ||
      compareText(left.candidate.filename, right.candidate.filename) ||
      compareText(left.candidate.sha256 ?? "", right.candidate.sha256 ?? ""),
  );
  return ranked[0]?.candidate;
}

function bestRank(wheel: WheelName, ranks: TagRanks): number | undefined {
  let best: number | undefined;
  for (const tag of wheelTags(wheel)) {
    const rank = ranks.get(tag);
    if (rank !== undefined && (best === undefined || rank < best)) best = rank;
  }
  return best;
}

function compareBuild(left: WheelName, right: WheelName): number {
  const [leftNumber, leftRest] = left.build ?? [-1, ""];
  const [rightNumber, rightRest] = right.build ?? [-1, ""];
  return leftNumber - rightNumber || compareText(leftRest, rightRest);
}
