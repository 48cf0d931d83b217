import { isUnknown, type PlanValue } from "../../plan/plan.ts";
import { cloudDefaults } from "./cloud-defaults.ts";
import { overlooked } from "./overlooked.ts";
import type { Path } from "./paths.ts";
import { type Difference, equal, isPlainObject } from "./properties.ts";
import { factsOf, type InputFacts, isKnownType, schemaPath } from "./provider-schema.ts";

/** What the provider makes of a difference. */
export type Effect = "none" | "update" | "replace";

type Inputs = Readonly<Record<string, PlanValue>>;

/**
 * What the provider makes of one difference between two sets of inputs: as Terraform's SDK would decide, which the bridge
 * asks (terraform-plugin-sdk v1.17.2, helper/schema/schema.go, diffString and finalizeDiff).
 * Of a type whose schema is not known every difference is an update.
 */
export function effectOf(type: string, difference: Difference, before: Inputs, after: Inputs): Effect {
  if (!isKnownType(type)) return "update";
  const found = factsOf(type, difference.path);
  if (found === undefined) return "update";
  const { facts, exact } = found;
  const old = difference.before ?? (exact ? unset(type, difference.path, facts) : undefined);
  const will = difference.after ?? (exact ? facts.default : undefined);
  if (exact && facts.computed === true && difference.after === undefined) return "none";
  // What the cloud decided while nothing was set may be unknown here: set now, it counts as a change. An unknown is handed
  // to the provider where it may be another text than before, also where it was one.
  const comparable = !isUnknown(will) && (old !== undefined || facts.computed !== true || !exact);
  if (comparable && sameToProvider(old, will)) return "none";
  if (isOverlooked(type, difference, old, will, before, after)) return "none";
  const replaces = facts.replace || leaves(difference).some((path) => factsOf(type, path)?.facts.replace === true);
  return replaces ? "replace" : "update";
}

/** What counts where an input is not set. */
function unset(type: string, path: Path, { default: constant }: InputFacts): PlanValue | undefined {
  return constant ?? cloudDefaults[type]?.[schemaPath(path)];
}

function isOverlooked(
  type: string,
  { path }: Difference,
  was: PlanValue | undefined,
  will: PlanValue | undefined,
  before: Inputs,
  after: Inputs,
): boolean {
  const input = (name: string) => {
    if (after[name] !== undefined) return after[name];
    const facts: InputFacts | undefined = factsOf(type, [name])?.facts;
    return facts?.computed === true ? (before[name] ?? cloudDefaults[type]?.[name]) : facts?.default;
  };
  const overlooks = overlooked[type]?.[schemaPath(path.slice(0, 1))];
  return overlooks?.({ before: was, after: will, input }) ?? false;
}

/** The provider keeps everything as text, and has no difference between nothing and an empty value. */
function sameToProvider(a: PlanValue | undefined, b: PlanValue | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (isScalar(a) && isScalar(b)) return String(a) === String(b);
  return equal(a, b);
}

function isEmpty(value: PlanValue | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isPlainObject(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === false || value === 0;
}

function isScalar(value: PlanValue | undefined): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Places of everything that stands in what came or went. */
function leaves({ path, before, after }: Difference): readonly Path[] {
  return [before, after].flatMap((value) => (value === undefined ? [] : leavesOf(path, value)));
}

export function leavesOf(path: Path, value: PlanValue): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item: PlanValue, i) => leavesOf([...path, i], item));
  if (!isPlainObject(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf([...path, key], inner));
}
