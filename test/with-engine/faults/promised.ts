import { expect } from "vitest";
import { type Combination, wordsOf } from "./matrix.ts";
import type { Run } from "./rehearsal.ts";

/**
 * What the catalogue promises of a combination came true: the provider asked again and nobody read of it, or the run
 * ended with an explanation that has cause, next step, the cloud's code and what it stopped.
 */
export function expectAsPromised({ code, action, clears, kind }: Combination, runs: readonly Run[]): void {
  const run = runs.find(({ met }) => met.some((one) => one.code === code && one.action === action));
  if (run === undefined) throw new Error("the provider never met it");
  const found = run.explained.filter((one) => one.code === code && one.action === action);
  if (clears) {
    expect(found, "the provider does not ask again").toEqual([]);
    return;
  }
  expect(run.status).toBe(1);
  expect(found, `explained in\n${run.text}`).toHaveLength(1);
  for (const { what, next, stopped } of found) {
    expect(what).toMatch(wordsOf[kind]);
    expect(next).not.toBe("");
    expect(stopped).not.toBe("");
  }
}
