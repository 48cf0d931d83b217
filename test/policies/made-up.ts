import { type ResourceValidationArgs, unknownCheckingProxy } from "@pulumi/policy";
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

/** What the SDK hands to a policy (server.js, makeAnalyzeRpcFun): properties behind a proxy that throws on what is unknown. */
export function argsOf(
  type: string,
  props: Readonly<Record<string, unknown>>,
  given: {
    readonly urn?: string;
    readonly config?: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly provider?: Readonly<Record<string, unknown>>;
    readonly protect?: boolean;
  } = {},
): ResourceValidationArgs {
  const urn = given.urn ?? `urn:pulumi:shanghai::china::${type}::it`;
  return {
    type,
    props: unknownCheckingProxy({ ...props }),
    urn,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    opts: {
      protect: given.protect ?? false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
      ...(given.parent === undefined ? {} : { parent: given.parent }),
    },
    ...(given.provider === undefined
      ? {}
      : {
          provider: {
            type: "pulumi:providers:alicloud",
            props: unknownCheckingProxy({ ...given.provider }),
            urn: "urn:pulumi:shanghai::china::pulumi:providers:alicloud::mainland",
            name: "mainland",
          },
        }),
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => ({ ...given.config }) as T,
    notApplicable: (): never => {
      throw new Error("no policy of this pack says so");
    },
  };
}
