import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Combination, named } from "./matrix.ts";
import { expectAsPromised } from "./promised.ts";
import { Rehearsal, type Run } from "./rehearsal.ts";

/** A step of a stack's life, and what its calls are answered in it. */
export interface Step {
  readonly title: string;
  readonly operation: "up" | "destroy";
  readonly settings: object;
  readonly combinations: readonly Combination[];
  readonly more?: readonly string[];
}

/**
 * Takes one stack through its steps while every combination is met once: those that clear are never read of, the others
 * end a run, are explained, and the next run goes on from there.
 */
export function rehearsed(title: string, steps: readonly Step[]): void {
  describe.concurrent(title, () => {
    const runs = new Map<Step, readonly Run[]>();
    let rehearsal: Rehearsal;

    beforeAll(async () => {
      rehearsal = await Rehearsal.open();
      for (const step of steps) {
        await rehearsal.rehearse(step.combinations);
        runs.set(step, await rehearsal.untilThrough(step.operation, step.settings, step.more));
        if (step.operation === "up") await rehearsal.expectOneOfEach();
        await rehearsal.clear();
      }
    }, 600_000);
    afterAll(() => rehearsal.close());

    for (const step of steps) {
      test.each(step.combinations.map((one) => [named(one), one] as const))(`${step.title}: %s`, (_, one) =>
        expectAsPromised(one, runs.get(step) ?? []));
    }

    if (steps.at(-1)?.operation !== "destroy") return;
    test("nothing is left in the end", async () => {
      expect((await rehearsal.things()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
    });
  });
}
