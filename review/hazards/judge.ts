import { type Acceptance, acceptanceToPaste, isInForce, speaksOf } from "../../policies/accept.ts";
import type { Hazard, Severity } from "./hazard.ts";
import { componentOf, parentOf, placeOf } from "./place.ts";
import type { Found, HazardRule } from "./rule.ts";
import { hazardRules } from "./rules.ts";
import { type ScopeInput, scopeOf } from "./scope.ts";

export interface HazardInput extends ScopeInput {
  /** The stack file's china:accept; entries for rules and budgets are no concern here. */
  readonly accept: readonly Acceptance[];
  /** yyyy-mm-dd */
  readonly today: string;
}

/** The hazards of changes: worst first, then by id and place. Pure, and the same for the same input. */
export function hazardsOf(input: HazardInput): readonly Hazard[] {
  return judgedHazards(input).hazards;
}

/** The same, with the entries of `accept` that spoke of one of them, in force or not. */
export function judgedHazards({ accept, today, ...given }: HazardInput): {
  readonly hazards: readonly Hazard[];
  readonly used: ReadonlySet<Acceptance>;
} {
  const scope = scopeOf(given);
  const used = new Set<Acceptance>();
  const all = hazardRules.flatMap((rule) =>
    [...rule.find(scope)].map((found) => {
      const meant = accept.filter((entry) => accepts(entry, rule, found));
      for (const entry of meant) used.add(entry);
      return { rule, found, entry: meant.find((one) => isInForce(one, today)) };
    }),
  );
  const hazards = [...Map.groupBy(all, keyOf).values()].map((alike) => together(alike, today));
  return { hazards: hazards.toSorted(worstFirst), used };
}

/** Those that fail a check: high ones that nobody accepted. */
export function failing(hazards: readonly Hazard[]): readonly Hazard[] {
  return hazards.filter(({ severity, accepted }) => severity === "high" && accepted === undefined);
}

function accepts({ what, on }: Acceptance, rule: HazardRule, { change }: Found): boolean {
  if (what !== rule.id && !(rule.acceptedAlsoBy ?? []).includes(what)) return false;
  const parent = parentOf(change);
  return speaksOf(on, { name: change.name, ...(parent === undefined ? {} : { parent }) });
}

interface One {
  readonly rule: HazardRule;
  readonly found: Found;
  readonly entry: Acceptance | undefined;
}

/** What is told in one breath: the same thing to the parts of one component, accepted or not alike. */
function keyOf({ rule, found, entry }: One): string {
  const { change, says, advice, severity } = found;
  const place = componentOf(change) ?? change.name;
  return JSON.stringify([rule.id, place, says, advice ?? "", severity ?? "", entry ?? null]);
}

function together(alike: readonly One[], today: string): Hazard {
  const [first] = alike;
  if (first === undefined) throw new Error("a group without members");
  const { rule, found, entry } = first;
  const changes = alike.map((one) => one.found.change);
  const places = [...new Set(changes.map(placeOf))];
  const on = places.length === 1 ? (places[0] ?? "") : (componentOf(found.change) ?? found.change.name);
  const { id, title } = rule;
  return {
    id,
    title,
    severity: found.severity ?? rule.severity,
    on,
    resources: [...new Set(changes.map(({ urn }) => urn))].sort(),
    text: `${[...new Set(changes.map(({ name }) => name))].sort().join(", ")}: ${found.says}`,
    evidence: [...new Set(alike.flatMap((one) => one.found.evidence))],
    advice: found.advice ?? rule.advice,
    source: found.source ?? rule.source,
    ...(entry === undefined
      ? { accept: acceptanceToPaste(id, on, today) }
      : { accepted: { why: entry.why, by: entry.by, until: entry.until } }),
  };
}

const order: readonly Severity[] = ["high", "medium", "low"];

function worstFirst(a: Hazard, b: Hazard): number {
  const of = ({ severity, id, on, text }: Hazard) => `${order.indexOf(severity)} ${id} ${on} ${text}`;
  return of(a) < of(b) ? -1 : 1;
}
