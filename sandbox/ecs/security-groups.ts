import { names } from "../../catalog/limits.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import { tokenPage } from "../core/paging.ts";
import { statusOf } from "../core/phase.ts";
import { matchesTags, tagsOf } from "../core/tags.ts";
import { type Vpc, vpcs } from "../vpc/rows.ts";
import { checkDescription } from "./disk-checks.ts";
import { asked, jsonIds, nextToken, pageOf } from "./lists.ts";
import { checkResourceGroup } from "./resource-groups.ts";
import { instances, type SecurityGroup, securityGroups } from "./rows.ts";
import { groupAnswer, ruleAnswer } from "./security-group-answers.ts";
import { needGroup, referencing } from "./security-group-find.ts";
import { securityGroupRuleActions } from "./security-group-rules.ts";

export const securityGroupActions: Actions = {
  CreateSecurityGroup: createGroup,
  DescribeSecurityGroups: describeGroups,
  DescribeSecurityGroupAttribute: describeAttribute,
  DescribeSecurityGroupReferences: describeReferences,
  ModifySecurityGroupAttribute: modifyAttribute,
  ModifySecurityGroupPolicy: modifyPolicy,
  DeleteSecurityGroup: deleteGroup,
  ...securityGroupRuleActions,
};

/** Most ids in DescribeSecurityGroupReferences, and rules on a page. Source: @alicloud/ecs20140526 7.11.6. */
const mostReferences = 10;
const mostRules = 1_000;

/** @throws InvalidVpcId.NotFound (403, 404), IncorrectVpcStatus, QuotaExceed.SecurityGroup (403) and what the checks throw */
function createGroup(call: Call): Answer {
  const { params } = call;
  const name = params.text("SecurityGroupName") ?? "";
  const description = params.text("Description") ?? "";
  checkTexts(name, description);
  const type = params.choice("SecurityGroupType", ["normal", "enterprise"]) ?? "normal";
  const resourceGroupId = params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  const vpc = vpcOf(call);
  if (statusOf(vpc.phase, call.now()) !== "Available") {
    throw new CloudError("IncorrectVpcStatus", 403, "Current VPC status does not support this operation.");
  }
  if (call.list(securityGroups).length >= call.account.quotas.securityGroups) {
    throw new CloudError("QuotaExceed.SecurityGroup", 403, "The maximum number of security groups is reached.");
  }
  const group = call.put(securityGroups, {
    ...call.newRow("sg"),
    vpcId: vpc.id,
    name,
    description,
    type,
    innerAccess: type === "enterprise" ? "Drop" : "Accept",
    rules: [],
    resourceGroupId,
    tags: tagsOf(params),
  });
  return { SecurityGroupId: group.id };
}

/** The VPC that is named, else the default one. */
function vpcOf(call: Call): Vpc {
  const id = call.params.text("VpcId");
  if (id === undefined) {
    const byDefault = call.list(vpcs).find((vpc) => vpc.isDefault);
    if (byDefault !== undefined) return byDefault;
    throw new CloudError("InvalidVpcId.NotFound", 403, "The VpcId must not empty when only support vpc vm.");
  }
  const vpc = call.find(vpcs, id);
  if (vpc === undefined) throw new CloudError("InvalidVpcId.NotFound", 404, "Specified VPC does not exist.");
  return vpc;
}

function checkTexts(name: string, description: string): void {
  if (name !== "" && (!names.securityGroup.form.test(name) || /^https?:\/\//.test(name))) {
    throw new CloudError("InvalidSecurityGroupName.Malformed", 400, "Specified security group name is not valid.");
  }
  checkDescription(description);
}

function describeGroups(call: Call): Answer {
  const { params } = call;
  const one = params.text("SecurityGroupId");
  const ids = one === undefined ? jsonIds(call, "SecurityGroupIds") : [one];
  const all = ids === undefined ? call.list(securityGroups) : ids.flatMap((id) => call.find(securityGroups, id) ?? []);
  const { rows, fields } = pageOf(
    call,
    all.filter((group) => wanted(call, group)),
  );
  const hosts = (params.flag("IsQueryEcsCount") ?? false) ? hostCounts(call) : undefined;
  const answers = rows.map((group) => groupAnswer(group, hosts && (hosts.get(group.id) ?? 0)));
  return { ...fields, RegionId: call.region, SecurityGroups: { SecurityGroup: answers } };
}

function wanted(call: Call, group: SecurityGroup): boolean {
  return (
    asked(call, "SecurityGroupName", group.name) &&
    asked(call, "VpcId", group.vpcId) &&
    asked(call, "NetworkType", "vpc") &&
    asked(call, "SecurityGroupType", group.type) &&
    asked(call, "ResourceGroupId", group.resourceGroupId) &&
    matchesTags(call, group.tags)
  );
}

function hostCounts(call: Call): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of call.list(instances).flatMap((instance) => instance.securityGroupIds)) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** The rules; NicType is accepted and makes no difference in a VPC (SDK comment). */
function describeAttribute(call: Call): Answer {
  const group = needGroup(call);
  const rules = group.rules.filter((rule) => asked(call, "Direction", rule.direction));
  const { rows, fields } = tokenPage(rules, call.params, mostRules);
  return {
    ...nextToken(fields.NextToken),
    RegionId: group.region,
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    InnerAccessPolicy: group.innerAccess,
    Permissions: { Permission: rows.map((rule) => ruleAnswer(call, rule)) },
  };
}

/** Which other groups' rules name the groups in question; those that nobody names are left out. */
function describeReferences(call: Call): Answer {
  const ids = call.params.list("SecurityGroupId");
  if (ids.length === 0) throw missing("SecurityGroupId");
  if (ids.length > mostReferences) {
    throw new CloudError("InvalidSecurityGroupId.Malformed", 400, `At most ${mostReferences} security groups.`);
  }
  const references = ids.flatMap((id) => {
    const groups = referencing(call, id);
    if (groups.length === 0) return [];
    const ReferencingSecurityGroup = groups.map((group) => ({ AliUid: group.account, SecurityGroupId: group.id }));
    return [{ SecurityGroupId: id, ReferencingSecurityGroups: { ReferencingSecurityGroup } }];
  });
  return { SecurityGroupReferences: { SecurityGroupReference: references } };
}

function modifyAttribute(call: Call): Answer {
  const { params } = call;
  const group = needGroup(call);
  const name = params.text("SecurityGroupName") ?? group.name;
  const description = params.has("Description") ? (params.text("Description") ?? "") : group.description;
  checkTexts(name, description);
  call.put(securityGroups, { ...group, name, description });
  return {};
}

/** @throws InvalidPolicy.Malformed, InvalidGroupParameter.OperationDenied (400) for an enterprise group */
function modifyPolicy(call: Call): Answer {
  const group = needGroup(call);
  const policy = call.params.text("InnerAccessPolicy")?.toLowerCase();
  if (policy !== "accept" && policy !== "drop") {
    throw new CloudError("InvalidPolicy.Malformed", 400, "The specified parameter InnerAccessPolicy is not valid.");
  }
  if (group.type === "enterprise") {
    throw new CloudError(
      "InvalidGroupParameter.OperationDenied",
      400,
      "The inner access policy of enterprise level security groups is not allowed to be modified.",
    );
  }
  call.put(securityGroups, { ...group, innerAccess: policy === "accept" ? "Accept" : "Drop" });
  return {};
}

/** @throws DependencyViolation (403) while a host is in it or another group's rule names it */
function deleteGroup(call: Call): Answer {
  const group = needGroup(call);
  if (call.list(instances).some((instance) => instance.securityGroupIds.includes(group.id))) {
    throw new CloudError("DependencyViolation", 403, "There is still instance(s) in the specified security group.");
  }
  if (referencing(call, group.id).length > 0) {
    throw new CloudError(
      "DependencyViolation",
      403,
      "The specified security group has been authorized in another one.",
    );
  }
  call.remove(securityGroups, group);
  return {};
}
