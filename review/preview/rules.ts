import { type Plan, type PlannedResource, type PlanValue, unknown } from "../../plan/plan.ts";
import { providerType } from "../../policies/check.ts";
import { resourcesOf } from "../../policies/from-plan.ts";
import { isStackRule, type Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import type { RulesReview } from "../rules.ts";
import type { Missing } from "./not-compared.ts";
import type { EnginePreview } from "./read.ts";
import type { Sides } from "./sides.ts";

type Judge = (resources: readonly Resource[]) => RulesReview;

/**
 * The rules on what a preview says of the stack as it will be. What depends on something that the preview leaves out is not
 * decided: what stays as it is and is not listed, and, in the event log, which new resource is made from which.
 */
export function previewRules({ form }: EnginePreview, sides: Sides, { sames }: Missing, judge: Judge): RulesReview {
  const resources = resourcesOf(withProviders(sides.after));
  const wide = new Set(rules.filter(isStackRule).map(({ id }): string => id));
  if (form === "digest") return undecided(judge(resources), ({ rule }) => sames > 0 && wide.has(rule));
  const { certain, possible } = linksOf(sides);
  const linked = (links: ReadonlyMap<string, readonly string[]>) =>
    resources.map((resource) => ({ ...resource, dependencies: links.get(resource.urn) ?? [] }));
  const stands = new Set(judge(linked(possible)).violations.map(keyOf));
  return undecided(judge(linked(certain)), (one) => wide.has(one.rule) && !stands.has(keyOf(one)));
}

type Violation = RulesReview["violations"][number];

function keyOf({ rule, urn, path }: Violation): string {
  return JSON.stringify([rule, urn, path]);
}

/** The same with some violations among what nobody can decide yet. */
function undecided(judged: RulesReview, is: (violation: Violation) => boolean): RulesReview {
  const open = Map.groupBy(judged.violations.filter(is), ({ rule }) => rule);
  if (open.size === 0) return judged;
  const violations = judged.violations.filter((one) => !is(one));
  const stops = violations.some(({ level, accepted }) => level === "mandatory" && accepted === undefined);
  return {
    ...judged,
    violations,
    verdict: stops ? "stop" : "pass",
    undecided: [
      ...judged.undecided,
      ...[...open].flatMap(([rule, found]) =>
        found.slice(0, 1).map(({ title, name, path }) => ({ rule, title, name, path, places: found.length })),
      ),
    ],
  };
}

/**
 * What is made from what, by ids: certain where an input is the id of another resource, possible where an input is unknown,
 * and then of anything that has no id yet.
 */
function linksOf({ told }: Pick<Sides, "told">) {
  const byId = new Map(told.flatMap(({ id, urn }) => (id === undefined ? [] : [[id, urn] as const])));
  const made = told.flatMap(({ id, urn, after }) => (id === undefined && after?.custom === true ? [urn] : []));
  const certain = new Map<string, readonly string[]>();
  const possible = new Map<string, readonly string[]>();
  for (const { urn, after } of told) {
    if (after === undefined) continue;
    const found = partsIn(after);
    const links = [...found.texts].flatMap((text) => byId.get(text) ?? []);
    certain.set(urn, links);
    possible.set(urn, found.unknown ? [...links, ...made] : links);
  }
  return { certain, possible };
}

function partsIn({ inputs }: PlannedResource): { readonly texts: ReadonlySet<string>; readonly unknown: boolean } {
  const texts = new Set<string>();
  let some = false;
  const look = (value: PlanValue): void => {
    if (typeof value === "string") texts.add(value);
    else if (Array.isArray(value)) for (const item of value) look(item);
    else if (typeof value === "object" && value !== null) {
      if (Object.hasOwn(value, "__pulumiUnknown")) some = true;
      else for (const item of Object.values(value)) look(item);
    }
  };
  look(inputs);
  return { texts, unknown: some };
}

/** A provider that stays as it is may not be listed: where it is then, nobody here can say. */
function withProviders(plan: Plan): Plan {
  const listed = new Set(plan.resources.map(({ urn }) => urn));
  const named = new Set(plan.resources.flatMap(({ provider }) => provider ?? []));
  const unlisted = [...named].filter((urn) => !listed.has(urn) && urn.includes(`::${providerType}::`));
  const providers = unlisted.map((urn) => ({
    urn,
    type: providerType,
    name: urn.split("::").slice(3).join("::"),
    custom: true,
    inputs: { region: unknown },
    options: {},
  }));
  return providers.length === 0 ? plan : { ...plan, resources: [...plan.resources, ...providers] };
}
