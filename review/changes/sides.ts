import type { PlannedResource } from "../../plan/plan.ts";
import type { ResourceChange, Side } from "./change.ts";
import { equal } from "./properties.ts";

/** What a change says of its resource, whatever becomes of it. */
export function described({
  urn,
  type,
  name,
  parent,
}: PlannedResource): Pick<ResourceChange, "urn" | "type" | "name" | "component"> {
  return { urn, type, name, component: parent?.split("::").slice(3).join("::") ?? "" };
}

export function sideOf({ inputs, options, parent }: PlannedResource): Side {
  return { inputs, options, ...(parent === undefined ? {} : { parent }) };
}

/** Aliases say what a resource was called, and change nothing once it is found. */
export function sameOptions(before: PlannedResource, after: PlannedResource): boolean {
  const { aliases: _, ...was } = before.options;
  const { aliases: __, ...is } = after.options;
  return equal(was, is);
}
