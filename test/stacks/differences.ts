import { isDeepStrictEqual } from "node:util";
import type { Plan, PlannedResource } from "../../plan/plan.ts";

/** What a second plan does to the resources of a first one; every resource as "Instance workers-01". */
export interface Differences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /**
   * Inputs and options that differ. An input is marked (ignored) or (replaces) where its resource's options say so. A
   * dependency that went away is one too: an id is unknown in both plans, and only its dependency tells whose it is.
   * One that came only orders the deployment.
   */
  readonly changed: Readonly<Record<string, readonly string[]>>;
}

export const nothing: Differences = { added: [], removed: [], changed: {} };

export function differences(a: Plan, b: Plan): Differences {
  const before = new Map(a.resources.map((r) => [r.urn, r]));
  const after = new Map(b.resources.map((r) => [r.urn, r]));
  const changed = [...after.values()].flatMap((now): [string, string[]][] => {
    const was = before.get(now.urn);
    const what = was === undefined ? [] : [...changedInputs(was, now), ...changedOptions(was, now)];
    return what.length === 0 ? [] : [[label(now), what]];
  });
  return {
    added: [...after.values()].filter((r) => !before.has(r.urn)).map(label),
    removed: [...before.values()].filter((r) => !after.has(r.urn)).map(label),
    changed: Object.fromEntries(changed),
  };
}

/** The class and the logical name. */
function label({ type, name }: PlannedResource): string {
  return `${type.split(":").at(-1)} ${name}`;
}

function changedInputs(was: PlannedResource, now: PlannedResource): string[] {
  const keys = new Set([...Object.keys(was.inputs), ...Object.keys(now.inputs)]);
  return [...keys]
    .filter((key) => !isDeepStrictEqual(was.inputs[key], now.inputs[key]))
    .map((key) => {
      if (now.options.ignoreChanges?.includes(key)) return `${key} (ignored)`;
      return now.options.replaceOnChanges?.includes(key) ? `${key} (replaces)` : key;
    })
    .sort();
}

function changedOptions(was: PlannedResource, now: PlannedResource): string[] {
  const options = ["protect", "deleteBeforeReplace", "ignoreChanges", "replaceOnChanges", "retainOnDelete"] as const;
  const lost = (was.options.dependsOn ?? []).filter((urn) => !now.options.dependsOn?.includes(urn));
  return [
    ...options.filter((key) => !isDeepStrictEqual(was.options[key], now.options[key])),
    ...lost.map((urn) => `no longer depends on ${urn.split("::").at(-1)}`),
    ...(was.provider === now.provider ? [] : ["provider"]),
  ];
}
