import { describe, expect, test } from "vitest";
import { failing, type HazardInput, hazardsOf } from "../../../review/hazards/judge.ts";
import { hazardRules } from "../../../review/hazards/rules.ts";
import { allCases } from "./cases/all.ts";
import { type Case, kinds } from "./cases.ts";
import { accepting, changesOf, today } from "./made.ts";

function inputOf({ changes, more = {} }: Case): HazardInput {
  return { changes: changesOf(changes), accept: [], today, ...more };
}

describe.each(allCases)("$rule", ({ rule, cases }) => {
  const of = (input: HazardInput) => hazardsOf(input).filter(({ id }) => id === rule);

  test.each(cases)("$kind: $name", (one) => {
    const found = of(inputOf(one));
    expect(found.map(({ severity }) => severity)).toEqual(one.finds);
    if (one.says !== undefined) expect(found[0]?.text).toContain(one.says);
    for (const hazard of found) {
      expect(hazard.resources.length).toBeGreaterThan(0);
      expect(hazard.evidence.length, `evidence of ${hazard.text}`).toBeGreaterThan(0);
      expect(hazard.evidence.join("\n")).not.toMatch(/__pulumi|undefined|\[object/);
      expect(hazard.text).toMatch(/^[a-z][\w-]*(, [\w-]+)*: \S[^\n]+$/);
      expect(hazard.accept).toMatch(new RegExp(`^- \\{ what: ${rule}, on: "${hazard.on}", why:`));
    }
  });

  const firing = cases.filter(({ kind, finds }) => kind === "fires" && finds.length === 1);
  test("accepted: told all the same, and fails nothing", () => {
    expect(firing.length).toBeGreaterThan(0);
    for (const one of firing) {
      const input = inputOf(one);
      const [hazard] = of(input);
      const accept = [accepting(rule, hazard?.on ?? "", today)];
      const [accepted, ...more] = of({ ...input, accept });
      expect(more).toEqual([]);
      expect(accepted).toMatchObject({ text: hazard?.text, accepted: { why: "agreed", by: "team", until: today } });
      expect(accepted).not.toHaveProperty("accept");
      expect(failing([accepted].filter((it) => it !== undefined))).toEqual([]);
    }
  });

  test("ended, on something else, or for something else: accepts nothing", () => {
    for (const one of firing) {
      const input = inputOf(one);
      const on = of(input)[0]?.on ?? "";
      for (const entry of [accepting(rule, on, "2026-11-24"), accepting(rule, "batch"), accepting("something", on)]) {
        const found = of({ ...input, accept: [entry] });
        expect(found).toEqual(of(input));
        expect(failing(found).length).toBe(found.filter(({ severity }) => severity === "high").length);
      }
    }
  });
});

test("every rule is tried with every kind, or says why not", () => {
  expect(allCases.map(({ rule }) => rule).sort()).toEqual(hazardRules.map(({ id }) => id));
  for (const { rule, cases, without = {} } of allCases) {
    const tried = new Set(cases.map(({ kind }) => kind));
    expect(
      kinds.filter((kind) => !tried.has(kind) && without[kind] === undefined),
      rule,
    ).toEqual([]);
    expect(
      kinds.filter((kind) => tried.has(kind) && without[kind] !== undefined),
      rule,
    ).toEqual([]);
  }
});

test("a case that fires is a hazard, one of the opposite is none", () => {
  for (const { rule, cases } of allCases) {
    for (const { kind, name, finds } of cases) {
      if (kind === "fires") expect(finds.length, `${rule}: ${name}`).toBe(1);
      if (kind === "opposite") expect(finds, `${rule}: ${name}`).toEqual([]);
    }
  }
});

test("a rule says what, when, what to do, and who says so when", () => {
  expect(new Set(hazardRules.map(({ id }) => id)).size).toBe(hazardRules.length);
  for (const { id, title, what, when, advice, source } of hazardRules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(id).not.toMatch(/^(cn|budget)-/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(what).toMatch(/^[A-Z].*\.$/);
    for (const text of [when, advice]) expect(text).toMatch(/^\S.*[^.]$/);
    expect(source.source).not.toBe("");
    expect(source.observedAt).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
    expect(source.observedAt <= today, id).toBe(true);
  }
});
