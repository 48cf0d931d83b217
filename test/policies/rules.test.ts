import { describe, expect, test } from "vitest";
import { isStackRule } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { allCases } from "./cases/all.ts";
import { kinds, says } from "./cases.ts";

const byId = new Map(rules.map((rule) => [rule.id, rule]));

describe.each(allCases)("$rule", ({ rule: id, cases, without = {} }) => {
  const rule = rules.find((one) => one.id === id);

  test.each(cases)("$kind: $name", (one) => {
    expect(rule, "no such rule").toBeDefined();
    if (rule !== undefined) expect(says(rule, one)).toEqual(one.says);
  });

  test("no stack has two resources of one name", () => {
    // Other rules are asked resource by resource: there several are as many cases.
    if (rule === undefined || !isStackRule(rule)) return;
    for (const { name, resources } of cases) {
      expect(new Set(resources.map(({ urn }) => urn)).size, name).toBe(resources.length);
    }
  });

  test("is tried with every kind of input", () => {
    const tried = new Set(cases.map(({ kind }) => kind));
    expect(kinds.filter((kind) => !tried.has(kind) && without[kind] === undefined)).toEqual([]);
    // An excuse for a kind that is there after all is out of date.
    expect(kinds.filter((kind) => tried.has(kind) && without[kind] !== undefined)).toEqual([]);
  });
});

test("every rule has its cases, and no id stands there twice", () => {
  expect(byId.size).toBe(rules.length);
  expect(allCases.map(({ rule }) => rule).sort()).toEqual([...byId.keys()].sort());
});
