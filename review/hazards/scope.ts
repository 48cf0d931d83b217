import type { Settings } from "../../components/config/schema.ts";
import { policies } from "../../components/config/schema-policies.ts";
import type { Plan, PlannedOptions } from "../../plan/plan.ts";
import type { Changes, ResourceChange, Side } from "../changes/change.ts";
import { after } from "./change.ts";
import type { Inputs } from "./values.ts";

/** A resource on one side of the changes. */
export interface Sided {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  readonly options: PlannedOptions;
  readonly parent?: string;
  /** Input -> URNs of the resources whose outputs it is made from; only where a plan says so. */
  readonly uses?: Readonly<Record<string, readonly string[]>>;
  /** Absent for what stays as it is. */
  readonly change?: ResourceChange;
}

export interface ScopeInput {
  readonly changes: Changes;
  /** Whole plans, where both are known: what stays as it is counts too. */
  readonly before?: Plan | undefined;
  readonly after?: Plan | undefined;
  /** Only refine; everything is concluded from the changes alone. */
  readonly settings?: Settings | undefined;
}

/** What rules look at. */
export interface Scope {
  readonly source: Changes["source"];
  readonly resources: readonly ResourceChange[];
  /** What stays as it is but for its options, as updates without a property. */
  readonly optionChanges: readonly ResourceChange[];
  /** Nothing of the stack existed before. */
  readonly isNew: boolean;
  /** Everything that is known to stand before, and after: what does not change only where there are plans. */
  readonly standing: { readonly before: readonly Sided[]; readonly after: readonly Sided[] };
  readonly settings: Settings | undefined;
  /** Bits: public ranges of a shorter prefix count as wide. */
  readonly widestSource: number;
  /** Ports that may be open to the internet. */
  readonly publicPorts: readonly number[];
  ofType(...types: readonly string[]): readonly ResourceChange[];
  /** Changes of what was made from a resource: it names it in its dependencies. */
  dependentsOf(urn: string, side: "before" | "after"): readonly Sided[];
}

export function scopeOf({ changes, settings, ...plans }: ScopeInput): Scope {
  const byType = Map.groupBy(changes.resources, ({ type }) => type);
  const standing = {
    before: standingOn(changes, "before", plans.before),
    after: standingOn(changes, "after", plans.after),
  };
  const dependents = { before: byDependency(standing.before), after: byDependency(standing.after) };
  const { ports } = settings?.policies ?? policies.parse({});
  return {
    source: changes.source,
    resources: changes.resources,
    optionChanges: (changes.optionChanges ?? []).map((one) => ({ ...one, ...onlyOptions })),
    isNew: changes.unchanged === 0 && changes.resources.every(({ operation }) => operation === "create"),
    standing,
    settings,
    widestSource: ports.widestSource,
    publicPorts: ports.public,
    ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    dependentsOf: (urn, side) => dependents[side].get(urn) ?? [],
  };
}

const onlyOptions = { operation: "update", properties: [], replaceBecause: [], deleteBeforeReplace: false } as const;

/** What a plan says, and what only the changes say where there is none. */
function standingOn(changes: Changes, side: "before" | "after", plan: Plan | undefined): readonly Sided[] {
  const planned = new Map(plan?.resources.map((one) => [one.urn, one]));
  const changed = changes.resources.flatMap((change): Sided[] => {
    const it: Side | undefined = change[side];
    const urn = side === "before" ? (change.formerUrn ?? change.urn) : change.urn;
    const uses = planned.get(urn)?.uses;
    const { type, name } = change;
    if (it === undefined) return [];
    const inputs = side === "before" ? it.inputs : after(change);
    return [{ ...it, inputs, urn, type, name, change, ...(uses === undefined ? {} : { uses }) }];
  });
  const known = new Set(changed.map(({ urn }) => urn));
  const others = (plan?.resources ?? []).filter(({ urn, read }) => read === undefined && !known.has(urn));
  return [...changed, ...others];
}

function byDependency(all: readonly Sided[]): ReadonlyMap<string, readonly Sided[]> {
  const found = new Map<string, Sided[]>();
  for (const one of all) {
    for (const urn of one.options.dependsOn ?? []) {
      const others = found.get(urn);
      if (others === undefined) found.set(urn, [one]);
      else others.push(one);
    }
  }
  return found;
}
