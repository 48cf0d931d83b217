import { defaultGroupId, resourceGroups, secondGroupId } from "../account/rows.ts";
import type { Call } from "../core/call.ts";
import { refused } from "./errors.ts";

/**
 * The group that a resource goes to: the account's default one when none was named.
 * @throws InvalidResourceGroupId
 */
export function resourceGroupOf(call: Call, parameter = "ResourceGroupId"): string {
  const { id: account } = call.account;
  const id = call.params.text(parameter) ?? defaultGroupId(account);
  const given = id === defaultGroupId(account) || id === secondGroupId(account);
  if (!given && call.store.find(resourceGroups, account, id) === undefined) {
    throw refused("InvalidResourceGroupId", "The specified ResourceGroupId does not exist.");
  }
  return id;
}
