import type { Call } from "../core/call.ts";
import { refused } from "./errors.ts";

/** The group that everything belongs to for which none was named. */
export function defaultGroup(call: Call): string {
  return `rg-acfm${call.account.id}`;
}

/**
 * The group that a new resource goes to.
 * @throws InvalidResourceGroupId
 */
export function resourceGroupOf(call: Call, parameter = "ResourceGroupId"): string {
  const id = call.params.text(parameter);
  if (id === undefined) return defaultGroup(call);
  if (!/^rg-[0-9a-z]+$/.test(id)) {
    throw refused("InvalidResourceGroupId", "The specified ResourceGroupId does not exist.");
  }
  return id;
}
