import type { ResourceChange } from "../../../review/changes/change.ts";
import type { Severity } from "../../../review/hazards/hazard.ts";
import type { HazardInput } from "../../../review/hazards/judge.ts";

/** What each rule is tried with at least. */
export const kinds = ["fires", "opposite", "unknown", "secret", "twin", "create-only"] as const;

export interface Case {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly changes: readonly ResourceChange[];
  readonly more?: Partial<HazardInput>;
  /** Severity of each hazard that the rule finds; [] for none. */
  readonly finds: readonly Severity[];
  /** Part of the text of the first. */
  readonly says?: string;
}

export interface RuleCases {
  readonly rule: string;
  readonly cases: readonly Case[];
  /** Why a kind cannot be had for this rule. */
  readonly without?: Partial<Record<Case["kind"], string>>;
}

type Short = readonly [
  name: string,
  changes: ResourceChange | readonly ResourceChange[],
  finds: readonly Severity[],
  says?: string,
  more?: Partial<HazardInput>,
];

/** A case in one line. */
export function of(kind: Case["kind"], ...[name, changes, finds, says, more]: Short): Case {
  return {
    kind,
    name,
    changes: Array.isArray(changes) ? (changes as readonly ResourceChange[]) : [changes as ResourceChange],
    finds,
    ...(says === undefined ? {} : { says }),
    ...(more === undefined ? {} : { more }),
  };
}
