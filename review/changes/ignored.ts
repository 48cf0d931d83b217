import type { PlanValue } from "../../plan/plan.ts";
import { type Path, parsePath } from "./paths.ts";
import { isPlainObject } from "./properties.ts";

type Inputs = Readonly<Record<string, PlanValue>>;

/** Inputs in which everything under ignoreChanges is as it was: that is what the engine hands to the provider. */
export function withIgnored(before: Inputs, after: Inputs, ignoreChanges: readonly string[] = []): Inputs {
  let result: PlanValue | undefined = after;
  for (const text of ignoreChanges) result = reset(before, result, parsePath(text));
  return isPlainObject(result) ? result : after;
}

/** The value with the old one put back at a path; undefined where there was none. */
function reset(before: PlanValue | undefined, after: PlanValue | undefined, path: Path): PlanValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return before;
  if (Array.isArray(after) && Array.isArray(before)) {
    const places = step === "*" ? after.keys() : typeof step === "number" ? [step] : [];
    const result: PlanValue[] = [...after];
    for (const place of places) {
      const value =
        place < result.length && place < before.length ? reset(before[place], result[place], rest) : undefined;
      if (value !== undefined) result[place] = value;
    }
    return result;
  }
  // A path that leads into nothing on one side puts nothing back there.
  if (!isPlainObject(after) || !isPlainObject(before)) return after;
  const result: Record<string, PlanValue> = { ...after };
  for (const key of step === "*" ? new Set([...Object.keys(before), ...Object.keys(after)]) : [String(step)]) {
    const value = reset(before[key], result[key], rest);
    if (value === undefined) delete result[key];
    else result[key] = value;
  }
  return result;
}
