import { defaultGroupId, resourceGroups, secondGroupId } from "../account/rows.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { needTagged } from "./tag-kinds.ts";

export const joinActions: Actions = { JoinResourceGroup: joinResourceGroup };

/** Moves a resource of ECS to another resource group. */
function joinResourceGroup(call: Call): Answer {
  const resourceGroupId = call.params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  const found = needTagged(call, call.params.need("ResourceType"), call.params.need("ResourceId"));
  found.join(resourceGroupId);
  return {};
}

/** "" is no group. @throws InvalidResourceGroup.NotFound (404) */
export function checkResourceGroup(call: Call, id: string): void {
  const { id: account } = call.account;
  if (id === "" || id === defaultGroupId(account) || id === secondGroupId(account)) return;
  if (call.store.find(resourceGroups, account, id) !== undefined) return;
  throw new CloudError(
    "InvalidResourceGroup.NotFound",
    404,
    "The ResourceGroup provided does not exist in our records.",
  );
}
