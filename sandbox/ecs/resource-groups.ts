import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { needTagged } from "./tag-kinds.ts";

export const joinActions: Actions = { JoinResourceGroup: joinResourceGroup };

/** Moves a resource of ECS to another resource group. */
function joinResourceGroup(call: Call): Answer {
  const resourceGroupId = call.params.text("ResourceGroupId") ?? "";
  checkResourceGroup(resourceGroupId);
  const found = needTagged(call, call.params.need("ResourceType"), call.params.need("ResourceId"));
  found.join(resourceGroupId);
  return {};
}

/** Only the form is looked at: groups belong to another API. "" is no group. @throws InvalidResourceGroup.NotFound (404) */
export function checkResourceGroup(id: string): void {
  if (id === "" || /^rg-[0-9a-z]+$/.test(id)) return;
  throw new CloudError(
    "InvalidResourceGroup.NotFound",
    404,
    "The ResourceGroup provided does not exist in our records.",
  );
}
