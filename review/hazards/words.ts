import type { PlanValue } from "../../plan/plan.ts";
import { isUndecided } from "../../policies/reading.ts";
import type { PropertyChange, ResourceChange } from "../changes/change.ts";
import { rootOf } from "./change.ts";

/** Properties whose text is nobody's to read in a review, or too long for it. */
const hidden = /userdata|password|secret|key$|keybody|privatekey|content|certificate|document|policy$/i;
const longest = 60;

/** `imageId: "a" -> "b"`; texts that may hold a secret are named only. */
export function inWords({ path, before, after }: PropertyChange): string {
  if (hidden.test(rootOf(path))) return `${path} changes`;
  return `${path}: ${valueInWords(before)} -> ${valueInWords(after)}`;
}

export function valueInWords(value: PlanValue | undefined): string {
  if (value === undefined || value === null) return "none";
  if (isUndecided(value)) return "not known here";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length <= longest ? text : `a text of ${String(value).length} characters`;
}

/** Why a resource is replaced, each property once. */
export function reasons({ replaceBecause, properties }: ResourceChange): string[] {
  const words = replaceBecause.map(({ path, why, of }) => {
    const found = properties.find((property) => property.path === path);
    const property = found === undefined ? path : inWords(found);
    if (why === "dependency") return `${path || "what it uses"}: ${nameOf(of)} is replaced`;
    return property === "" ? "replaced as a whole" : `${property}${why === "option" ? " (replaceOnChanges)" : ""}`;
  });
  return words.length === 0 ? ["replaced"] : [...new Set(words)];
}

function nameOf(urn: string | undefined): string {
  return urn?.slice(urn.lastIndexOf("::") + 2) ?? "it";
}

/** What happens to a resource that goes, as evidence. */
export function fate(change: ResourceChange): string[] {
  return change.operation === "replace" ? reasons(change) : ["no longer declared"];
}
