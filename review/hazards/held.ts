import type { ResourceChange } from "../changes/change.ts";
import { before } from "./change.ts";
import * as types from "./types.ts";
import { flag, text } from "./values.ts";

/** What keeps a resource from being deleted. */

/** Property -> the words that turn it on; each service spells its own. */
const flags: Readonly<Record<string, { readonly property: string; readonly on?: string }>> = {
  [types.instance]: { property: "deletionProtection" },
  [types.instanceSet]: { property: "deletionProtection" },
  // Upstream's spelling.
  [types.lindormV1]: { property: "deletionProection" },
  [types.lindormV2]: { property: "deletionProtection" },
  [types.rds]: { property: "deletionProtection" },
  [types.redis]: { property: "instanceReleaseProtection" },
  [types.mongo]: { property: "dbInstanceReleaseProtection" },
  [types.polar]: { property: "deletionLock", on: "1" },
  [types.natGateway]: { property: "deletionProtection" },
  [types.key]: { property: "deletionProtection", on: "Enabled" },
  ...Object.fromEntries(types.addresses.map((type) => [type, { property: "deletionProtection" }])),
};

/** Name of the service's own deletion protection, where the type has one. */
export function protectionOf(type: string): string | undefined {
  return flags[type]?.property;
}

/** Whether the service's own protection is on; undefined where nobody can tell. */
export function isProtected(type: string, inputs: ReturnType<typeof before>): boolean | undefined {
  const own = flags[type];
  if (own === undefined) return false;
  const value = inputs[own.property];
  if (value === undefined || value === null) return false;
  if (own.on === undefined) return flag(value);
  const given = typeof value === "number" ? String(value) : text(value);
  return given === undefined ? undefined : given === own.on;
}

/** The engine refuses to delete it. */
export function isProtectedByPulumi({ before: side }: Pick<ResourceChange, "before">): boolean {
  return side?.options.protect === true;
}

/** What will not be deleted although it should: told by destroy-refused, so that no other rule says that it is lost. */
export function isHeld(change: ResourceChange): boolean {
  return isProtectedByPulumi(change) || isProtected(change.type, before(change)) === true;
}
