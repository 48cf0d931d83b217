import { z } from "zod";
import type { Settings } from "../components/config.ts";
import type { Plan } from "../plan/plan.ts";
import { acceptanceToPaste } from "../policies/accept.ts";
import { resourcesOf } from "../policies/from-plan.ts";
import { type Judgement, judge, stopping, type Violation } from "../policies/judge.ts";
import { sourceOf } from "../policies/message.ts";
import { ownRules } from "../policies/own-rules.ts";
import type { Profile } from "../policies/rule.ts";

const accepted = z.strictObject({
  why: z.string(),
  by: z.string(),
  until: z.string(),
});

/** What the mainland rules say of a stack, in the review's JSON. */
export const rulesReview = z.strictObject({
  profile: z.enum(["baseline", "mlps-3"]),
  verdict: z
    .enum(["pass", "stop"])
    .describe("stop: a mandatory rule is broken and nothing accepts it. Not a statement of compliance"),
  rules: z.number().describe("Number of rules that looked"),
  violations: z.array(
    z.strictObject({
      rule: z.string(),
      title: z.string(),
      severity: z.enum(["low", "medium", "high", "critical"]),
      level: z.enum(["mandatory", "advisory"]),
      urn: z.string(),
      name: z.string(),
      path: z.string().describe("Property; empty for the resource as a whole"),
      found: z.string().describe("A class of value, never the value"),
      wanted: z.string(),
      fix: z.string(),
      source: z.string(),
      accept: z.string().optional().describe("Entry for china:accept, to be filled in"),
      accepted: accepted.optional().describe("The entry that accepts it"),
      mendedInPlace: z
        .string()
        .optional()
        .describe("What the engine's pack would set without replacing anything, at level remediate"),
    }),
  ),
  undecided: z
    .array(
      z.strictObject({ rule: z.string(), title: z.string(), name: z.string(), path: z.string(), places: z.number() }),
    )
    .describe("Decided in the deployment"),
  attested: z
    .array(
      z.strictObject({
        what: z.string(),
        by: z.string().optional(),
        on: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .describe("What only a person can say; without by: to attest"),
  mended: z
    .array(z.strictObject({ rule: z.string(), name: z.string(), change: z.string() }))
    .describe("What the engine's pack sets in place, since the level is remediate"),
});

export type RulesReview = z.output<typeof rulesReview>;

/**
 * Judges a stack's plan by the same rules as the engine's pack, in this process.
 *
 * @param profile another profile than the stack file's
 */
export function reviewRules(plan: Plan, settings: Settings, today: string, profile?: Profile): RulesReview {
  const context = { settings: settings.policies, profile: profile ?? settings.policies.profile };
  const judgement = judge({ resources: resourcesOf(plan), context, accept: settings.accept, today });
  return rulesReviewOf(judgement, today);
}

export function rulesReviewOf(judgement: Judgement, today: string): RulesReview {
  return {
    profile: judgement.profile,
    verdict: stopping(judgement).length > 0 ? "stop" : "pass",
    rules: judgement.rules,
    violations: judgement.violations.map((violation) => violationOf(violation, today)),
    undecided: judgement.undecided.map(({ rule, name, path, places }) => ({
      rule: rule.id,
      title: rule.title,
      name,
      path,
      places,
    })),
    attested: [...judgement.attested],
    mended: judgement.mended.map(({ rule, name, inWords }) => ({ rule: rule.id, name, change: inWords })),
  };
}

function violationOf(violation: Violation, today: string): RulesReview["violations"][number] {
  const { rule, resource, path, found, wanted, level } = violation;
  const mendable = rule.remedy !== undefined && violation.accepted === undefined;
  return {
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    level,
    urn: resource.urn,
    name: resource.name,
    path,
    found,
    wanted,
    fix: rule.fix,
    source: sourceOf(rule),
    ...(ownRules.includes(rule) ? {} : { accept: acceptanceToPaste(rule.id, resource.name, today) }),
    ...(violation.accepted === undefined
      ? {}
      : { accepted: { why: violation.accepted.why, by: violation.accepted.by, until: violation.accepted.until } }),
    ...(mendable && rule.remedy !== undefined ? { mendedInPlace: rule.remedy.inWords } : {}),
  };
}
