import type { PlannedOptions, PlanValue } from "../../../plan/plan.ts";
import type { Acceptance } from "../../../policies/accept.ts";
import type { Changes, PropertyChange, ReplaceReason, ResourceChange } from "../../../review/changes/change.ts";
import type { Hazard } from "../../../review/hazards/hazard.ts";
import { type HazardInput, hazardsOf } from "../../../review/hazards/judge.ts";

export const unknown: PlanValue = { __pulumiUnknown: true };
export const secret: PlanValue = { __pulumiSecret: true };
export const today = "2026-11-25";

type Inputs = Readonly<Record<string, PlanValue>>;

export interface Extra {
  readonly name?: string;
  /** Name of the component; null for a resource of the stack itself. */
  readonly component?: string | null;
  readonly options?: PlannedOptions;
  readonly optionsAfter?: PlannedOptions;
  readonly deleteBeforeReplace?: boolean;
  readonly because?: readonly ReplaceReason[];
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:s::china::${type}::${name}`;
}

export const stackUrn = "urn:pulumi:s::china::pulumi:pulumi:Stack::china-s";

function made(
  operation: ResourceChange["operation"],
  type: string,
  old: Inputs | undefined,
  next: Inputs | undefined,
  extra: Extra,
): ResourceChange {
  const { name = "workers-01", component = "workers", options = {}, optionsAfter = options } = extra;
  const parent = component === null ? stackUrn : `urn:pulumi:s::china::china:index:Group::${component}`;
  return {
    operation,
    urn: urnOf(type, name),
    type,
    name,
    component: component ?? "china-s",
    ...(old === undefined ? {} : { before: { inputs: old, options, parent } }),
    ...(next === undefined ? {} : { after: { inputs: next, options: optionsAfter, parent } }),
    properties: old === undefined || next === undefined ? [] : differences(old, next),
    replaceBecause: extra.because ?? [],
    deleteBeforeReplace: extra.deleteBeforeReplace ?? false,
  };
}

export const created = (type: string, inputs: Inputs, extra: Extra = {}) =>
  made("create", type, undefined, inputs, extra);
export const deleted = (type: string, inputs: Inputs, extra: Extra = {}) =>
  made("delete", type, inputs, undefined, extra);
export const updated = (type: string, old: Inputs, next: Inputs, extra: Extra = {}) =>
  made("update", type, old, next, extra);
export const replaced = (type: string, old: Inputs, next: Inputs, extra: Extra = {}) =>
  made("replace", type, old, next, extra);

/** As a preview lists them; markers that are equal are listed too, since a secret may differ all the same. */
export function differences(old: PlanValue | undefined, next: PlanValue | undefined, path = ""): PropertyChange[] {
  if (isPlain(old) && isPlain(next)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
    return keys.flatMap((key) => differences(old[key], next[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(old) && Array.isArray(next)) {
    const most = Math.max(old.length, next.length);
    return Array.from({ length: most }, (_, i) => differences(old[i], next[i], `${path}[${i}]`)).flat();
  }
  const isSecret = JSON.stringify(old) === JSON.stringify(secret);
  if (JSON.stringify(old) === JSON.stringify(next) && !isSecret) return [];
  const kind = old === undefined ? "added" : next === undefined ? "removed" : "changed";
  return [
    { path, kind, ...(old === undefined ? {} : { before: old }), ...(next === undefined ? {} : { after: next }) },
  ];
}

function isPlain(value: PlanValue | undefined): value is Inputs {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !Object.keys(value).some((key) => key.startsWith("__pulumi"))
  );
}

/** A stack that stands, and in which these change. */
export function changesOf(resources: readonly ResourceChange[], more: Partial<Changes> = {}): Changes {
  return { source: "files", resources, unchanged: 7, unknownTypes: {}, ...more };
}

export function hazards(resources: readonly ResourceChange[], more: Partial<HazardInput> = {}): readonly Hazard[] {
  return hazardsOf({ changes: changesOf(resources), accept: [], today, ...more });
}

/** "severity id on" of each. */
export function short(found: readonly Hazard[]): string[] {
  return found.map(({ severity, id, on }) => `${severity} ${id} ${on}`);
}

export function accepting(what: string, on: string, until = "2027-01-31"): Acceptance {
  return { what, on, why: "agreed", by: "team", until };
}
