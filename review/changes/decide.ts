import type { Plan, PlannedResource, PlanValue } from "../../plan/plan.ts";
import { isUnknown, managed, unknown } from "../../plan/plan.ts";
import type { ReplaceReason } from "./change.ts";
import { effectOf, leavesOf } from "./effect.ts";
import { withIgnored } from "./ignored.ts";
import type { Pairs } from "./pairs.ts";
import { contains, type Path, parsePath, pathText } from "./paths.ts";
import { type Difference, differences, isPlainObject } from "./properties.ts";
import { factsOf } from "./provider-schema.ts";

/** What becomes of a resource that is there afterwards. */
export interface Decision {
  readonly operation: "create" | "update" | "replace" | "same";
  /** What the provider gets to see as changed. */
  readonly differences: readonly Difference[];
  readonly replaceBecause: readonly ReplaceReason[];
}

/** A difference that comes from what an input is made of: its text is unknown on both sides. */
interface Inherited extends Difference {
  /** URN of the resource that gets another id. */
  readonly of: string;
}

/**
 * Decides resource by resource, and what it uses first: what uses the outputs of something that is replaced sees an unknown.
 */
export class Decisions {
  readonly #pairs: Pairs;
  readonly #news: ReadonlyMap<string, PlannedResource>;
  readonly #olds: ReadonlyMap<string, PlannedResource>;
  readonly #made = new Map<string, Decision>();
  /** URN -> the resource because of which it must go first, see {@link #condemn}. */
  readonly #condemned = new Map<string, string>();

  constructor(before: Plan, after: Plan, pairs: Pairs) {
    this.#pairs = pairs;
    this.#news = new Map(managed(after).map((resource) => [resource.urn, resource]));
    this.#olds = new Map(managed(before).map((resource) => [resource.urn, resource]));
    while (this.#condemn()) this.#made.clear();
  }

  of(resource: PlannedResource): Decision {
    const made = this.#made.get(resource.urn);
    if (made !== undefined) return made;
    const decision = this.#decide(resource);
    this.#made.set(resource.urn, decision);
    return decision;
  }

  #decide(resource: PlannedResource): Decision {
    const old = this.#old(resource);
    if (old === undefined) return { operation: "create", differences: [], replaceBecause: [] };
    const { type, options } = resource;
    const inputs = withIgnored(old.inputs, resource.inputs, options.ignoreChanges);
    const isSet = (path: Path) => {
      const found = factsOf(type, path);
      return found?.exact === true && found.facts.set === true;
    };
    const own = differences(old.inputs, inputs, isSet);
    const all: (Difference | Inherited)[] = [...own, ...this.#inherited(old, resource, inputs, own)];

    const replacing = (options.replaceOnChanges ?? []).map(parsePath);
    const kept: Difference[] = [];
    const replaceBecause: ReplaceReason[] = [];
    for (const difference of all) {
      const effect = effectOf(type, difference, old.inputs, inputs);
      if (effect === "none") continue;
      kept.push(difference);
      const path = pathText(difference.path);
      if (effect === "replace") {
        const of = "of" in difference ? difference.of : undefined;
        const replaced = of !== undefined && this.#operationOf(of) === "replace";
        replaceBecause.push(replaced ? { path, why: "dependency", of } : { path, why: "provider" });
      } else if (replacing.some((outer) => contains(outer, difference.path))) {
        replaceBecause.push({ path, why: "option" });
      }
    }
    const condemnedBy = this.#condemned.get(resource.urn);
    if (condemnedBy !== undefined && replaceBecause.length === 0) {
      replaceBecause.push({ path: "", why: "dependency", of: condemnedBy });
    }
    const operation = replaceBecause.length > 0 ? "replace" : kept.length > 0 ? "update" : "same";
    return { operation, differences: kept, replaceBecause };
  }

  /**
   * What is unknown before and afterwards, and not the same: it is made from something that is replaced or new, or from
   * another resource than before.
   */
  #inherited(
    old: PlannedResource,
    resource: PlannedResource,
    inputs: Readonly<Record<string, PlanValue>>,
    own: readonly Difference[],
  ): Inherited[] {
    const ignored = (resource.options.ignoreChanges ?? []).map(parsePath);
    return Object.entries(resource.uses ?? {}).flatMap(([property, urns]) => {
      const value = inputs[property];
      if (value === undefined) return [];
      const of = this.#anotherId(urns, madeFrom(old, property, urns));
      if (of === undefined) return [];
      return leavesOf([property], value)
        .filter((path) => isUnknown(valueAt(inputs, path)))
        .filter((path) => !ignored.some((outer) => contains(outer, path)))
        .filter((path) => !own.some((difference) => contains(difference.path, path)))
        .map((path) => ({ path, before: valueAt(old.inputs, path) ?? unknown, after: unknown, of }));
    });
  }

  /** The first resource of a property's that has another id than what it was made from before. */
  #anotherId(urns: readonly string[], before: readonly string[]): string | undefined {
    const changed = urns.find((urn) => ["create", "replace"].includes(this.#operationOf(urn)));
    if (changed !== undefined) return changed;
    const former = new Set(before.map((urn) => this.#pairs.now.get(urn) ?? urn));
    return urns.find((urn) => !former.has(urn));
  }

  #operationOf(urn: string): Decision["operation"] {
    const resource = this.#news.get(urn);
    return resource === undefined ? "same" : this.of(resource).operation;
  }

  #old(resource: PlannedResource): PlannedResource | undefined {
    const former = this.#pairs.former.get(resource.urn);
    return former === undefined ? undefined : this.#olds.get(former.urn);
  }

  /**
   * What is deleted before it is replaced takes with it whatever could not stand without it: the engine asks the provider
   * with everything that was made from it unknown, also where the text would stay the same
   * (pkg/resource/deploy/step_generator.go, calculateDependentReplacements).
   *
   * @returns whether something was condemned that was not before
   */
  #condemn(): boolean {
    const going = new Map<string, string>();
    for (const resource of this.#news.values()) {
      if (this.of(resource).operation !== "replace") continue;
      const first = resource.options.deleteBeforeReplace === true || this.#condemned.has(resource.urn);
      const former = this.#old(resource)?.urn;
      if (first && former !== undefined) going.set(former, resource.urn);
    }
    if (going.size === 0) return false;
    let more = false;
    for (const resource of this.#news.values()) {
      const old = this.#old(resource);
      if (old === undefined || this.#condemned.has(resource.urn)) continue;
      const by = Object.entries(old.uses ?? {}).find(
        ([property, urns]) =>
          urns.some((urn) => going.has(urn)) &&
          // What no longer uses it may have been dealt with before it goes.
          resource.uses?.[property] !== undefined &&
          mustGo(old, property),
      );
      if (by === undefined) continue;
      const cause = by[1].map((urn) => going.get(urn)).find((urn) => urn !== undefined);
      if (cause === undefined) continue;
      this.#condemned.set(resource.urn, cause);
      more = true;
    }
    return more;
  }
}

/** Whether a resource would be replaced if an input of it became unknown. */
function mustGo(old: PlannedResource, property: string): boolean {
  const path = [property];
  if ((old.options.ignoreChanges ?? []).some((text) => contains(parsePath(text), path))) return false;
  if ((old.options.replaceOnChanges ?? []).some((text) => contains(parsePath(text), path))) return true;
  const before = old.inputs[property];
  const difference = { path, ...(before === undefined ? {} : { before }), after: unknown };
  return effectOf(old.type, difference, old.inputs, { ...old.inputs, [property]: unknown }) === "replace";
}

function valueAt(value: PlanValue | undefined, path: Path): PlanValue | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found) && typeof step === "number") found = found[step];
    else if (isPlainObject(found) && typeof step === "string") found = found[step];
    else return undefined;
  }
  return found;
}

/** What an input was made from. A plan of an older recorder does not say it of an unknown: then it is taken for the same. */
function madeFrom({ uses, inputs }: PlannedResource, property: string, now: readonly string[]): readonly string[] {
  const before = inputs[property];
  const unsaid = before !== undefined && leavesOf([property], before).some((path) => isUnknown(valueAt(inputs, path)));
  return uses?.[property] ?? (unsaid ? now : []);
}
