import { distance } from "fastest-levenshtein";

/** The candidate that a misspelt word was most likely meant to be; undefined when none is near, or several are equally. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(word.length / 3));
  // No word is nearer than its length is: one of a megabyte is compared with nothing.
  const near = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= most)
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ steps }) => steps <= most)
    .toSorted((a, b) => a.steps - b.steps);
  const [first, second] = near;
  return first !== undefined && first.steps !== second?.steps ? first.candidate : undefined;
}
