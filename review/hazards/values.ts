import type { PlanValue } from "../../plan/plan.ts";
import { isMap, isUndecided } from "../../policies/reading.ts";

/** Values as hazards read them: what is unknown or secret is undefined, and so is what has another type. */

export type Inputs = Readonly<Record<string, PlanValue>>;

export function text(value: PlanValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The provider takes the texts "true" and "false" as well. */
export function flag(value: PlanValue | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/** A number, also as text: the provider takes both. */
export function number(value: PlanValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : undefined;
}

/** The elements of a list; a single value counts as a list of one, as it does for the provider. */
export function list(value: PlanValue | undefined): readonly PlanValue[] {
  if (value === undefined || value === null || isUndecided(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** The maps in a list. */
export function maps(value: PlanValue | undefined): readonly Inputs[] {
  return list(value).filter((one) => isMap(one) && !isUndecided(one)) as readonly Inputs[];
}

/** Whether nothing in it is unknown or secret; what is absent is known to be absent. */
export function isDecided(value: PlanValue | undefined): boolean {
  if (value === undefined || value === null || typeof value !== "object") return true;
  if (isUndecided(value)) return false;
  return Object.values(value).every(isDecided);
}

/** Whether the provider would see the same: absent and empty are one, 40 and "40" are one. */
export function isSame(a: PlanValue | undefined, b: PlanValue | undefined): boolean {
  return plain(a) === plain(b);
}

function plain(value: PlanValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
