import type { PolicySettings } from "../components/config/schema-policies.ts";
import type { Props, ValueMap } from "./reading.ts";

/** How a violation counts: mandatory stops, advisory tells, disabled does not look. */
export type Level = "mandatory" | "advisory" | "disabled";
export type Severity = "low" | "medium" | "high" | "critical";
export type Profile = "baseline" | "mlps-3";

/** A resource as a rule sees it: plain data, the same from a recorded plan, the engine, or an exported state. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly values: ValueMap;
  /** The resource option `protect`. */
  readonly protect: boolean;
  /** URN of the component or stack that it belongs to. */
  readonly parent?: string;
  /** The provider that makes it, explicit or default. */
  readonly provider?: { readonly urn: string; readonly values: ValueMap };
  /** URNs that it depends on. */
  readonly dependencies: readonly string[];
}

/** A resource with readers that know what the rule at hand may read. */
export interface Judged extends Resource {
  readonly props: Props;
  /** Absent for a provider itself and where the engine names none. */
  readonly providerProps?: Props;
}

export interface Context {
  readonly settings: PolicySettings;
  readonly profile: Profile;
}

/** What a rule says about one property. Words name classes of values, never a value that a user wrote. */
export type Finding =
  | {
      readonly verdict: "violation";
      readonly path: string;
      /** What was found, as a class: "absent", "a public range", "a region outside the mainland". */
      readonly found: string;
      readonly wanted: string;
      /** The resource it is about, where a rule judges the whole stack. */
      readonly urn?: string;
      /** Another level than the rule's own, for a part of it that is only advice. */
      readonly level?: "advisory";
    }
  /** Not known before the deployment; decided then. */
  | { readonly verdict: "undecided"; readonly path: string; readonly urn?: string }
  /** Only a person can say so: shown as attested or to attest, never as a violation. */
  | { readonly verdict: "attest"; readonly attestation: Attestation; readonly path: string; readonly urn?: string };

/** What only a person can say: keys of `attested` in the settings. */
export type Attestation = keyof PolicySettings["attested"] & string;

/** The clause that a rule answers; the SDK's `framework` wants all four. */
export interface Clause {
  readonly name: string;
  readonly version: string;
  /** Number of the clause. */
  readonly reference: string;
  readonly specification: string;
}

export interface Source {
  readonly source: string;
  /** yyyy-mm or yyyy-mm-dd */
  readonly observedAt: string;
  readonly confidence?: "inferred" | "unverified" | "low";
}

/** Resource type -> properties that the rule reads of it, nested ones as "dataDisks[].encrypted". */
export type Reads = Readonly<Record<string, readonly string[]>>;

/** A change that the engine can make to the inputs of a live resource without replacing it. */
export interface Remedy {
  /** For people: "httpTokens -> required". */
  readonly inWords: string;
  /** What to set; undefined when there is nothing to mend. Only literals, never a secret. */
  readonly changes: (resource: Judged, context: Context) => ValueMap | undefined;
}

/** Everything about a rule but its judgement: for messages, documents and the SDK's metadata. */
export interface RuleFacts {
  /** cn-..., part of `accept` entries: a rename needs a note in the changelog. */
  readonly id: `cn-${string}`;
  /** A few words, as a heading. */
  readonly title: string;
  /** What is demanded and why, one or two sentences. */
  readonly description: string;
  readonly severity: Severity;
  readonly clause: Clause;
  /** The same check elsewhere: checkov:CKV_ALI_7, cis:4.1, kics:39750e32, cloud-config:ecs-disk-encrypted. */
  readonly tags: readonly string[];
  readonly source: Source;
  /** What to do: in the stack file first, then for another program. */
  readonly fix: string;
  readonly levels: Readonly<Record<Profile, Level>>;
  /** Types that it looks at, twins included. "*": every resource of the Alibaba Cloud provider. */
  readonly reads: Reads;
  readonly remedy?: Remedy;
  /** Hazards of the stack file's accept list that say the same: who gives a disk up need not say so twice. */
  readonly acceptedAlsoBy?: readonly string[];
}

/** Judges each resource by itself, before it is made. */
export interface ResourceRule extends RuleFacts {
  readonly check: (resource: Judged, context: Context) => Iterable<Finding>;
}

/** Judges what stands together, after everything is declared: in `up` it fails but cannot prevent. */
export interface StackRule extends RuleFacts {
  readonly checkStack: (stack: Stack, context: Context) => Iterable<Finding>;
}

export type Rule = ResourceRule | StackRule;

/** Everything of a stack, for rules about what belongs together. */
export interface Stack {
  /** Resources of the rule's types. */
  readonly resources: readonly Judged[];
  ofType(...types: readonly string[]): readonly Judged[];
  /** Whether one resource was made from another: it names it in its dependencies. */
  dependsOn(resource: Resource, on: Resource): boolean;
}

export function isStackRule(rule: Rule): rule is StackRule {
  return "checkStack" in rule;
}
