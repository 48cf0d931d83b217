import { type PolicySettingsInput, policies } from "../../components/config/schema-policies.ts";
import { check, checkStack } from "../../policies/check.ts";
import type { Value, ValueMap } from "../../policies/reading.ts";
import { type Context, isStackRule, type Profile, type Resource, type Rule } from "../../policies/rule.ts";

/** What each rule is tried with at least. */
export const kinds = ["passes", "fails", "absent", "unknown", "secret", "wrong", "twin"] as const;

/** One situation, and everything that the rule says about it. */
export interface Case {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly settings?: PolicySettingsInput;
  readonly profile?: Profile;
  /** Each finding as "violation path: found", "advice path: found", "undecided path" or "attest what"; [] passes. */
  readonly says: readonly string[];
}

export interface RuleCases {
  readonly rule: string;
  readonly cases: readonly Case[];
  /** Why a kind cannot be had for this rule: no twin type, nothing that can be absent. */
  readonly without?: Partial<Record<Case["kind"], string>>;
}

export const unknown: Value = { __pulumiUnknown: true };
export const secret: Value = { __pulumiSecret: true };

export interface ResourceOptions {
  readonly name?: string;
  readonly protect?: boolean;
  readonly parent?: string;
  /** Inputs of its provider; cn-shanghai unless told otherwise, null for none. */
  readonly provider?: ValueMap | null;
  /** Names of resources it was made from. */
  readonly dependsOn?: readonly Resource[];
}

/** A resource for a case. */
export function resource(type: string, values: ValueMap, options: ResourceOptions = {}): Resource {
  const { name = "it", protect = false, parent, provider = { region: "cn-shanghai" }, dependsOn = [] } = options;
  const isProvider = type.startsWith("pulumi:");
  return {
    urn: `urn:pulumi:test::china::${type}::${name}`,
    type,
    name,
    values,
    protect,
    ...(parent === undefined ? {} : { parent }),
    ...(provider === null || isProvider
      ? {}
      : { provider: { urn: "urn:pulumi:test::china::pulumi:providers:alicloud::provider", values: provider } }),
    dependencies: dependsOn.map(({ urn }) => urn),
  };
}

export function contextOf(settings: PolicySettingsInput = {}, profile?: Profile): Context {
  const parsed = policies.parse({ ...settings, ...(profile === undefined ? {} : { profile }) });
  return { settings: parsed, profile: parsed.profile };
}

/** What a rule says, as a case writes it. */
export function says(rule: Rule, { resources, settings, profile }: Omit<Case, "kind" | "name" | "says">): string[] {
  const context = contextOf(settings, profile);
  const findings = isStackRule(rule)
    ? checkStack(rule, resources, context)
    : resources.flatMap((one) => check(rule, one, context));
  return findings.map((finding) => {
    switch (finding.verdict) {
      case "violation":
        return `${finding.level === "advisory" ? "advice" : "violation"} ${finding.path}: ${finding.found}`;
      case "attest":
        return `attest ${finding.attestation}`;
      default:
        return `${finding.verdict} ${finding.path}`.trim();
    }
  });
}
