import type { Marker } from "./markerParse.ts";
import { normalizeName } from "./names.ts";
import { failure, type Outcome, success } from "./types.ts";
import { compareVersion } from "./versions.ts";

/** What a marker is evaluated against. */
export interface MarkerEnvironment {
  /** Variable -> value; a variable that is missing is unknown, and a marker that asks for it is a problem. */
  readonly values: Readonly<Record<string, string>>;
  /** Normalized names of the extras that are wanted (`extra` and PEP 751's `extras`). */
  readonly extras: ReadonlySet<string>;
  /** Normalized names of the dependency groups that are wanted (PEP 751's `dependency_groups`). */
  readonly groups: ReadonlySet<string>;
}

/** Compared as versions; everything else is compared as text, as `packaging` does since 26. */
const VERSION_VARIABLES: ReadonlySet<string> = new Set([
  "implementation_version",
  "python_full_version",
  "python_version",
]);

type Comparison = Extract<Marker, { readonly kind: "compare" }>;

/** Whether the marker holds. Every part is evaluated, so an error is found wherever it is. */
export function evaluateMarker(marker: Marker, environment: MarkerEnvironment): Outcome<boolean> {
  if (marker.kind === "compare") return compare(marker, environment);
  const results: boolean[] = [];
  for (const part of marker.parts) {
    const result = evaluateMarker(part, environment);
    if (!result.ok) return result;
    results.push(result.value);
  }
  return success(marker.kind === "and" ? results.every(Boolean) : results.some(Boolean));
}

function compare(marker: Comparison, environment: MarkerEnvironment): Outcome<boolean> {
  const { left, operator, right } = marker;
  const name = left.kind === "variable" ? left.text : right.text;
  if (name === "extras" || name === "dependency_groups") return compareSet(marker, environment);
  if (name === "extra") return compareExtra(marker, environment);
  const value = environment.values[name];
  if (value === undefined) return failure(`the marker variable ${name} is not known before the host runs`);
  const [leftText, rightText] = left.kind === "variable" ? [value, right.text] : [left.text, value];
  if (operator === "in") return success(rightText.includes(leftText));
  if (operator === "not in") return success(!rightText.includes(leftText));
  return VERSION_VARIABLES.has(name)
    ? compareVersions(leftText, operator, rightText)
    : compareTexts(leftText, operator, rightText);
}

function compareVersions(left: string, operator: string, right: string): Outcome<boolean> {
  const result = compareVersion(left, operator, right);
  return result === undefined
    ? failure(`the marker comparison '${left}' ${operator} '${right}' is not one of versions`)
    : success(result);
}

function compareTexts(left: string, operator: string, right: string): Outcome<boolean> {
  switch (operator) {
    // Texts have no order: the specification leaves <= and >= true only for equal ones.
    case "==":
    case "<=":
    case ">=":
      return success(left === right);
    case "===":
      return success(left.toLowerCase() === right.toLowerCase());
    case "!=":
      return success(left !== right);
    case "<":
    case ">":
      return success(false);
    default:
      return failure(`the marker comparison '${left}' ${operator} '${right}' needs versions`);
  }
}

/** `extra == "x"`: true when x is among the wanted extras; without any, `extra` is the empty text. */
function compareExtra(marker: Comparison, environment: MarkerEnvironment): Outcome<boolean> {
  const name = normalizeName(marker.left.kind === "value" ? marker.left.text : marker.right.text);
  const wanted = environment.extras.size === 0 ? name === "" : environment.extras.has(name);
  if (marker.operator === "==" || marker.operator === "===") return success(wanted);
  if (marker.operator === "!=") return success(!wanted);
  return failure(`the marker variable extra can only be compared with == and !=, not with ${marker.operator}`);
}

/** PEP 751: `"x" in extras`, `"x" not in dependency_groups`; no other form has a meaning. */
function compareSet(marker: Comparison, environment: MarkerEnvironment): Outcome<boolean> {
  const { left, operator, right } = marker;
  if (left.kind !== "value" || (operator !== "in" && operator !== "not in")) {
    const name = left.kind === "variable" ? left.text : right.text;
    return failure(`the marker variable ${name} can only be used as "name" in ${name} or "name" not in ${name}`);
  }
  const set = right.text === "extras" ? environment.extras : environment.groups;
  return success(set.has(normalizeName(left.text)) === (operator === "in"));
}
