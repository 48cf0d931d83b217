import { describe, expect, test } from "vitest";
import { looksAt } from "../../policies/check.ts";
import type { Judgement } from "../../policies/judge.ts";
import { rules } from "../../policies/rules.ts";
import { processorTime } from "../support/processor-time.ts";
import { facts } from "./made-up.ts";
import { hugeStack, marker, Random, randomStack } from "./random-inputs.ts";
import { judged, tryRandom, wrongs } from "./robust.ts";

describe("whatever stands in a resource", () => {
  // A hundred thousand: test/with-engine/policies/robust.test.ts.
  test("no rule fails, and no message holds a value", { timeout: 120_000 }, () => {
    expect(tryRandom(10_000, 1)).toEqual([]);
  });

  test("huge texts are read as quickly as they are long", () => {
    const began = processorTime();
    expect(wrongs(judged(hugeStack()))).toEqual([]);
    // Some hundred resources of a megabyte each; a pattern that goes back and forth takes minutes.
    expect(processorTime() - began).toBeLessThan(10_000);
  });
});

describe("the inputs are worth something", () => {
  const stacks = Array.from({ length: 100 }, (_, seed) => randomStack(new Random(seed), 100));
  const judgements = stacks.map((stack) => judged(stack));

  // Not to be had by chance: an attestation is no violation, and resources must be tied and agree.
  const rare: readonly string[] = ["cn-audit-trail", "cn-icp-needed", "cn-sg-prefix-lists"];
  const on = rules.filter(({ id, levels }) => levels.baseline !== "disabled" && !rare.includes(id));

  test.each(on)("$id is asked, and finds something", (rule) => {
    expect(stacks.flat().filter(({ type }) => looksAt(rule, type)).length).toBeGreaterThan(0);
    expect(judgements.some(({ violations }) => violations.some((one) => one.rule === rule))).toBe(true);
  });

  test("the same seed makes the same stack", () => {
    expect(JSON.stringify(randomStack(new Random(7), 50))).toBe(JSON.stringify(randomStack(new Random(7), 50)));
  });

  test("a rule that fails, and one that repeats a value, would be noticed", () => {
    const [judgement] = judgements;
    const one = judgement?.violations[0];
    if (judgement === undefined || one === undefined) throw new Error("no violation");
    const fault = { ...one, rule: facts(), found: "a defect of the rule itself: it judged nothing here" };
    const leak = { ...one, rule: facts(), found: `the value ${marker}` };
    const noticed = (violation: Judgement["violations"][number]) => wrongs({ ...judgement, violations: [violation] });
    expect(noticed(fault)).toEqual([expect.stringMatching(/^cn-made-up fails on /)]);
    expect(noticed(leak)).toEqual(["cn-made-up repeats a value in a message", "the review repeats a value"]);
  });
});
