import { practice } from "../../policies/clauses.ts";
import { violation } from "../../policies/demand.ts";
import type { Finding, ResourceRule, RuleFacts, StackRule } from "../../policies/rule.ts";

/** A type that no rule of the catalogue looks at. */
export const madeUpType = "alicloud:made/up:Thing";

export function facts(given: Partial<RuleFacts> = {}): RuleFacts {
  return {
    id: "cn-made-up",
    title: "A made-up rule",
    description: "Demands what a test says.",
    severity: "medium",
    clause: practice("made-up", "a rule of a test"),
    tags: [],
    source: { source: "a test", observedAt: "2026-11" },
    fix: "nothing to mend",
    levels: { baseline: "mandatory", "mlps-3": "mandatory" },
    reads: { [madeUpType]: ["a", "b"] },
    ...given,
  };
}

/** A rule that says the same of every resource that it looks at. */
export function ruleThatSays(findings: readonly Finding[], given: Partial<RuleFacts> = {}): ResourceRule {
  return { ...facts(given), check: () => findings };
}

export function stackRuleThatSays(findings: readonly Finding[], given: Partial<RuleFacts> = {}): StackRule {
  return { ...facts(given), checkStack: () => findings };
}

export const broken = violation("a", "a text", "a number");
