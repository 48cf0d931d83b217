import { describe, expect, test } from "vitest";
import { ownRules } from "../../policies/own-rules.ts";
import { rules } from "../../policies/rules.ts";

/** What documents, messages and the SDK's metadata are made of; what it says stands in docs/policies.md. */
describe.each([...rules, ...ownRules])("the facts of $id", (rule) => {
  test("are complete", () => {
    const { id, title, description, clause, fix, source } = rule;
    expect(id).toMatch(/^cn-[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [title, description, fix, source.source, ...Object.values(clause)]) expect(text).toMatch(/\S/);
    expect(Object.keys(clause).sort()).toEqual(["name", "reference", "specification", "version"]);
    expect(source.observedAt).toMatch(/^20\d\d-(0[1-9]|1[0-2])(-[0-3]\d)?$/);
  });

  test("name a severity and a level of each profile; no profile asks for less than the baseline", () => {
    const levels = ["disabled", "advisory", "mandatory"];
    expect(["low", "medium", "high", "critical"]).toContain(rule.severity);
    expect(Object.keys(rule.levels).sort()).toEqual(["baseline", "mlps-3"]);
    expect(levels).toContain(rule.levels.baseline);
    expect(levels.indexOf(rule.levels["mlps-3"])).toBeGreaterThanOrEqual(levels.indexOf(rule.levels.baseline));
  });

  test("name the same check elsewhere by its tool", () => {
    for (const tag of rule.tags) {
      expect(tag).toMatch(/^(checkov:CKV_ALI_\d+|cis:\d+\.\d+|kics:[0-9a-f]{8}|[a-z-]+:[a-z0-9_.-]+)$/i);
    }
    expect(new Set(rule.tags).size).toBe(rule.tags.length);
  });
});
