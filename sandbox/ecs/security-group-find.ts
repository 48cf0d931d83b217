import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { type SecurityGroup, securityGroups } from "./rows.ts";

/** @throws InvalidSecurityGroupId.NotFound (404) */
export function needGroup(call: Call): SecurityGroup {
  const group = call.find(securityGroups, call.params.need("SecurityGroupId"));
  if (group !== undefined) return group;
  throw new CloudError("InvalidSecurityGroupId.NotFound", 404, "The specified SecurityGroupId does not exist.");
}

/** Groups whose rules name a group. */
export function referencing(call: Call, id: string): readonly SecurityGroup[] {
  return call.list(securityGroups).filter((group) => group.rules.some((rule) => rule.groupId === id));
}
