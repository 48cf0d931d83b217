import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { type SecurityGroup, type SecurityRule, securityGroups } from "./rows.ts";
import type { RuleInput } from "./security-group-rule.ts";

/** Rules that name another group, in one group (error table of AuthorizeSecurityGroupEgress). */
const mostGroupRules = 20;

/** @throws AuthorizationLimitExceed (403), AuthorizedGroupRule.LimitExceed (400) */
export function checkRuleCounts(call: Call, rules: readonly SecurityRule[]): void {
  if (rules.length > call.account.quotas.rulesPerGroup) {
    throw new CloudError(
      "AuthorizationLimitExceed",
      403,
      "The limit of authorization records in the security group reaches.",
    );
  }
  if (rules.filter((rule) => rule.groupId !== "").length > mostGroupRules) {
    throw new CloudError(
      "AuthorizedGroupRule.LimitExceed",
      400,
      `You have reached the limit on the number of group authorization rules that you can add to a security group.When authorization object of rule is security group, the limit is ${mostGroupRules}.`,
    );
  }
}

/**
 * Whether the group or prefix list that a rule names may be named. Groups of another account are not looked at.
 *
 * @throws InvalidSourceGroupId.NotFound, InvalidDestGroupId.NotFound, InvalidPrefixListId.NotFound (404),
 *   InvalidParamter.Conflict, InvalidSecurityGroup.IsSame (403), Invalid...GroupId.Mismatch,
 *   InvalidGroupParameter.OperationDenied, InvalidGroupAuthParameter.OperationDenied (400)
 */
export function checkTarget(call: Call, group: SecurityGroup, rule: RuleInput): void {
  if (rule.prefixListId !== "") {
    throw new CloudError("InvalidPrefixListId.NotFound", 404, "The specified prefix list was not found.");
  }
  if (rule.groupId === "") return;
  if (group.type === "enterprise") {
    throw new CloudError(
      "InvalidGroupParameter.OperationDenied",
      400,
      "The attributes Policy, SourceGroupId, DestGroupId of enterprise level security groups are not allowed to be set or modified.",
    );
  }
  const ingress = rule.direction === "ingress";
  if (rule.groupId === group.id) {
    throw ingress
      ? new CloudError(
          "InvalidParamter.Conflict",
          403,
          "The specified SecurityGroupId should be different from the SourceGroupId.",
        )
      : new CloudError(
          "InvalidSecurityGroup.IsSame",
          403,
          "The authorized SecurityGroupId should be different from the DestGroupId.",
        );
  }
  if (rule.groupOwner !== "" && rule.groupOwner !== call.account.id) return;
  const side = ingress ? "Source" : "Dest";
  const other = call.find(securityGroups, rule.groupId);
  if (other === undefined) {
    throw new CloudError(
      `Invalid${side}GroupId.NotFound`,
      404,
      `The ${side}GroupId provided does not exist in our records.`,
    );
  }
  if (other.type === "enterprise") {
    throw new CloudError(
      "InvalidGroupAuthParameter.OperationDenied",
      400,
      "The security group can not authorize to enterprise level security group.",
    );
  }
  if (other.vpcId !== group.vpcId) {
    throw new CloudError(
      `Invalid${side}GroupId.Mismatch`,
      400,
      "Specified security group and source group are not in the same VPC.",
    );
  }
}
