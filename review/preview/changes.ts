import type { PlannedResource, PlanValue } from "../../plan/plan.ts";
import type {
  Changes,
  Operation,
  OptionChange,
  PropertyChange,
  ReplaceReason,
  ResourceChange,
} from "../changes/change.ts";
import { contains, type Path, parsePath } from "../changes/paths.ts";
import { type Difference, differences, equal, isObject, propertyChange } from "../changes/properties.ts";
import { isKnownType } from "../changes/provider-schema.ts";
import { described, sameOptions, sideOf } from "../changes/sides.ts";
import { plainValues } from "./plain-value.ts";
import type { EngineStep } from "./read.ts";
import type { Sides, Told } from "./sides.ts";

/** The engine's own steps as changes: it decides what becomes of a resource and because of what. */
export function changesOf({ told }: Pick<Sides, "told">): Changes {
  const managed = told.filter(isManaged);
  const resources: ResourceChange[] = [];
  const optionChanges: OptionChange[] = [];
  const unknownTypes = new Map<string, number>();
  let unchanged = 0;
  for (const one of managed) {
    const resource = one.after ?? one.before;
    if (resource === undefined) continue;
    const { type } = resource;
    if (!isKnownType(type)) unknownTypes.set(type, (unknownTypes.get(type) ?? 0) + 1);
    const operation = operationOf(one);
    if (operation !== undefined) {
      resources.push(changeOf(one, resource, operation));
      continue;
    }
    if (one.fate !== "same") continue;
    unchanged += 1;
    const { before, after } = one;
    if (before !== undefined && after !== undefined && !sameOptions(before, after)) {
      optionChanges.push({ ...described(after), before: sideOf(before), after: sideOf(after) });
    }
  }
  return {
    source: "preview",
    resources,
    unchanged,
    optionChanges,
    unknownTypes: Object.fromEntries(unknownTypes),
  };
}

/** A resource that a provider makes: neither the stack, a component nor a provider, nor what is only read. */
function isManaged({ before, after, fate }: Told): boolean {
  const resource = after ?? before;
  return (
    resource?.custom === true && resource.read === undefined && fate !== "read" && !resource.type.startsWith("pulumi:")
  );
}

function operationOf({ fate }: Told): Operation | undefined {
  return fate === "same" || fate === "read" || fate === "unknown" ? undefined : fate;
}

function changeOf(one: Told, resource: PlannedResource, operation: Operation): ResourceChange {
  const { before, after } = one;
  const both = operation === "update" || operation === "replace";
  return {
    operation,
    ...described(resource),
    ...(before === undefined || before.urn === resource.urn ? {} : { formerUrn: before.urn }),
    ...(before === undefined ? {} : { before: sideOf(before) }),
    ...(after === undefined ? {} : { after: sideOf(after) }),
    properties: both ? propertiesOf(one) : [],
    replaceBecause: operation === "replace" ? reasonsOf(one.step) : [],
    deleteBeforeReplace: operation === "replace" && one.deletedFirst,
  };
}

/**
 * What differs: the inputs that the engine names, as they differ between the two sides; and what it names beside that, such
 * as a secret or a value that only the cloud had.
 */
function propertiesOf({ step, before, after, outputs }: Told): PropertyChange[] {
  const [was, is] = [before?.inputs ?? {}, after?.inputs ?? {}];
  const named: Path[] = [...step.detailed.keys(), ...step.changed].map(parsePath);
  const roots = new Set(named.map(([root]) => root));
  const own = differences(was, is).filter(({ path }) => roots.size === 0 || roots.has(path[0]));
  const covered = (path: Path) => own.some((one) => contains(one.path, path) || contains(path, one.path));
  const more: Difference[] = [];
  for (const [text, { kind, inputDiff }] of step.detailed) {
    const path = parsePath(text);
    if (covered(path) || more.some((one) => equal([...one.path], [...path]))) continue;
    const old = valueAt(was, path) ?? (inputDiff ? undefined : valueAt(plainValues(outputs), path));
    const now = valueAt(is, path);
    more.push({
      path,
      ...(old === undefined || kind.startsWith("add") ? {} : { before: old }),
      ...(now === undefined || kind.startsWith("delete") ? {} : { after: now }),
    });
  }
  for (const name of step.changed) {
    const path = parsePath(name);
    if (covered(path) || more.some((one) => contains(path, one.path))) continue;
    const [old, now] = [valueAt(was, path), valueAt(is, path)];
    more.push({ path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) });
  }
  return [...own, ...more].map(propertyChange).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function valueAt(inputs: Readonly<Record<string, PlanValue>>, path: Path): PlanValue | undefined {
  let value: PlanValue | undefined = inputs;
  for (const step of path) {
    if (Array.isArray(value)) value = typeof step === "number" ? (value as readonly PlanValue[])[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
  }
  return value ?? undefined;
}

/** The engine names whole paths in the detailed difference, and first parts of paths else. */
function reasonsOf(step: EngineStep): ReplaceReason[] {
  const paths = [...step.detailed].filter(([, { kind }]) => kind.endsWith("-replace")).map(([path]) => path);
  const roots = new Set(paths.map((path) => parsePath(path)[0]));
  const others = step.replacing.filter((name) => !roots.has(parsePath(name)[0]));
  const all = [...new Set([...paths, ...others])].sort();
  return (all.length > 0 ? all : [""]).map((path) => ({ path, why: "engine" }));
}
