import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addressDeleted, dataDiskDeleted } from "../../../components/stack.ts";
import { rules as policyRules } from "../../../policies/rules.ts";
import { failing, type HazardInput, hazardsOf } from "../../../review/hazards/judge.ts";
import { hazardRules } from "../../../review/hazards/rules.ts";
import * as types from "../../../review/hazards/types.ts";
import { projectFolder } from "../../support/stacks.ts";
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

test("ids that others name exist here, and those that are named here exist there", () => {
  const ids: readonly string[] = hazardRules.map(({ id }) => id);
  const also = policyRules.flatMap(({ acceptedAlsoBy = [] }) => acceptedAlsoBy);
  expect(also).toContain(dataDiskDeleted);
  expect([dataDiskDeleted, addressDeleted, ...also].filter((id) => !ids.includes(id))).toEqual([]);
  const known = [...ids, ...policyRules.map(({ id }) => id)];
  expect(hazardRules.flatMap(({ acceptedAlsoBy = [] }) => acceptedAlsoBy).filter((id) => !known.includes(id))).toEqual(
    [],
  );
});

test("every type that a rule names is one of the SDK", () => {
  const tokens = Object.values(types)
    .flat()
    .filter((type) => !type.startsWith("pulumi:"));
  expect(tokens.length).toBeGreaterThan(30);
  const missing = tokens.filter((token) => {
    const [, path = "", name = ""] = /^alicloud:([^:]+):(.+)$/.exec(token) ?? [];
    const file = join(projectFolder, "node_modules/@pulumi/alicloud", `${path}.js`);
    return !existsSync(file) || !readFileSync(file, "utf8").includes(`'${token}'`) || name === "";
  });
  expect(missing).toEqual([]);
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
