import type { Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { tagList } from "../core/tags.ts";
import { type SecurityGroup, type SecurityRule, securityGroups } from "./rows.ts";

/** A group as DescribeSecurityGroups tells it. @param hosts number of hosts in it, when that was asked for */
export function groupAnswer(group: SecurityGroup, hosts: number | undefined): Readonly<Record<string, unknown>> {
  return {
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    SecurityGroupType: group.type,
    VpcId: group.vpcId,
    CreationTime: secondText(group.createdAt),
    ResourceGroupId: group.resourceGroupId,
    ServiceManaged: false,
    RuleCount: group.rules.length,
    GroupToGroupRuleCount: group.rules.filter((rule) => rule.groupId !== "").length,
    ...(hosts === undefined ? {} : { EcsCount: hosts }),
    Tags: { Tag: tagList(group.tags, "TagKey") },
  };
}

/** A rule as DescribeSecurityGroupAttribute tells it: numbers are texts there. */
export function ruleAnswer(call: Call, rule: SecurityRule): Readonly<Record<string, unknown>> {
  const ingress = rule.direction === "ingress";
  const groupName = call.find(securityGroups, rule.groupId)?.name ?? "";
  const on = (side: boolean, value: string) => (side ? value : "");
  return {
    SecurityGroupRuleId: rule.id,
    Direction: rule.direction,
    IpProtocol: rule.protocol,
    PortRange: rule.portRange,
    SourcePortRange: "",
    Policy: rule.policy,
    Priority: String(rule.priority),
    NicType: rule.nicType,
    SourceCidrIp: on(ingress, rule.cidr),
    DestCidrIp: on(!ingress, rule.cidr),
    Ipv6SourceCidrIp: on(ingress, rule.ipv6Cidr),
    Ipv6DestCidrIp: on(!ingress, rule.ipv6Cidr),
    SourceGroupId: on(ingress, rule.groupId),
    DestGroupId: on(!ingress, rule.groupId),
    SourceGroupName: on(ingress, groupName),
    DestGroupName: on(!ingress, groupName),
    SourceGroupOwnerAccount: on(ingress, rule.groupOwner),
    DestGroupOwnerAccount: on(!ingress, rule.groupOwner),
    SourcePrefixListId: on(ingress, rule.prefixListId),
    DestPrefixListId: on(!ingress, rule.prefixListId),
    SourcePrefixListName: "",
    DestPrefixListName: "",
    Description: rule.description,
    CreateTime: secondText(rule.createdAt),
  };
}
