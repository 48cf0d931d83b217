import { distance } from "fastest-levenshtein";

/** The candidate that a misspelt word was most likely meant to be; undefined when none is near, or several are equally. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(word.length / 3));
  const steps = candidates.map((candidate) => distance(word.toLowerCase(), candidate.toLowerCase()));
  const least = Math.min(...steps);
  const at = steps.indexOf(least);
  return least <= most && steps.lastIndexOf(least) === at ? candidates[at] : undefined;
}
