import { fact } from "../fact.ts";
import { many, type RamAction, rowsOf } from "./row.ts";

/** Action and resource of 70 actions; the copy that was read is of about 2019. */
const list = fact("ECS documents, authentication rules (25497), undated copy of about 2019", "2019-07");
/** The page of 2026 says that ECS answers to the RAM codes ecs and vpc; names that it lists are those of the actions. */
const rule = fact(
  "ECS documents, RAM authorization: actions are named after the API, RAM code ecs",
  "2026-06-12",
  "inferred",
);
const page = fact("ECS documents, authentication rules, Chinese page, stored copy", "2026-11");
const attach = fact("ECS documents, AttachInstanceRamRole (54244), stored copy", "2026-11");
const firewall = fact("RAM documents, system policy AliyunServiceRolePolicyForCloudFW", "2025-11-25");

const own = (rest: string) => `acs:ecs:{region}:{account}:${rest}`;
const instance = own("instance/{InstanceId}");
const instances = own("instance/{InstanceIds}");
const disk = own("disk/{DiskId}");
const group = own("securitygroup/{SecurityGroupId}");
const keyPair = own("keypair/{KeyPairName}");
/** Snapshot policies are asked for in no region. */
const snapshots = "acs:ecs:*:{account}:snapshot/*";
const role = "acs:ram:*:{account}:role/{RamRoleName}";
const passesRole = { parameter: "RamRoleName", service: "ecs.aliyuncs.com" };
const newHost = [own("instance/*"), own("image/{ImageId}"), own("securitygroup/{SecurityGroupId|SecurityGroupIds}")];

/** Elastic Compute Service. */
export const ecsRows: readonly RamAction[] = rowsOf(
  {
    product: "ecs",
    version: "2014-05-26",
    code: "ecs",
    conditions: ["acs:RequestTag/*", "acs:ResourceTag/*"],
  },
  [
    // Catalogue, stock and prices.
    ...many(
      rule,
      "read",
      ["*"],
      "DescribeRegions",
      "DescribeZones",
      "DescribeInstanceTypes",
      "DescribeInstanceTypeFamilies",
      "DescribeAvailableResource",
      "DescribeAccountAttributes",
      "DescribeImageSupportInstanceTypes",
      "DescribeSpotPriceHistory",
    ),
    ...many(list, "read", ["acs:ecs:*:{account}:*"], "DescribePrice"),
    ...many(list, "read", [own("instance/{ResourceId}")], "DescribeRenewalPrice"),
    ...many(list, "list", [own("image/{ImageId}")], "DescribeImages"),
    ...many(rule, "read", [own("image/*")], "DescribeImageFromFamily"),

    // Hosts.
    { ...list, apiAction: "RunInstances", access: "write", resources: newHost, optional: [keyPair], passesRole },
    {
      ...list,
      apiAction: "CreateInstance",
      access: "write",
      resources: [...newHost, "acs:vpc:{region}:{account}:vswitch/{VSwitchId}"],
      optional: [keyPair],
      passesRole,
    },
    ...many(list, "list", [instances], "DescribeInstances"),
    ...many(list, "list", [own("instance/*")], "DescribeInstanceStatus"),
    ...many(
      list,
      "write",
      [instance],
      "StartInstance",
      "StopInstance",
      "RebootInstance",
      "DeleteInstance",
      "ModifyInstanceAttribute",
      "ModifyInstanceAutoReleaseTime",
      "ModifyInstanceNetworkSpec",
      "RenewInstance",
      "AllocatePublicIpAddress",
    ),
    ...many(list, "write", [instances], "ModifyInstanceChargeType"),
    ...many(list, "write", [instance, own("image/{ImageId}")], "ReplaceSystemDisk"),
    ...many(list, "write", [instance, "acs:vpc:{region}:{account}:vswitch/{VSwitchId}"], "ModifyInstanceVpcAttribute"),
    ...many(list, "write", [instance, group], "JoinSecurityGroup", "LeaveSecurityGroup"),
    ...many(list, "write", [own("instance/{InstanceId}")], "ModifyPrepayInstanceSpec"),
    ...many(rule, "write", [instance], "StartInstances", "StopInstances", "RebootInstances", "DeleteInstances"),
    ...many(
      rule,
      "write",
      [instance],
      "ModifyInstanceSpec",
      "ModifyInstanceMetadataOptions",
      "ModifyInstanceAutoRenewAttribute",
      "ModifyInstanceMaintenanceAttributes",
      "ModifyInstanceAttachmentAttributes",
      "ModifyInstanceDeployment",
    ),
    ...many(
      rule,
      "read",
      [instance],
      "DescribeInstanceAttribute",
      "DescribeUserData",
      "DescribeInstanceAutoRenewAttribute",
      "DescribeInstanceMaintenanceAttributes",
      "DescribeInstanceAttachmentAttributes",
    ),

    // Roles of hosts.
    { ...attach, apiAction: "AttachInstanceRamRole", access: "write", resources: [instances, role], passesRole },
    { ...rule, apiAction: "DetachInstanceRamRole", access: "write", resources: [instances] },
    { ...rule, apiAction: "DescribeInstanceRamRole", access: "read", resources: [instances] },

    // Network interfaces and resource groups.
    ...many(firewall, "list", ["*"], "DescribeNetworkInterfaces"),
    ...many(rule, "write", ["*"], "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"),
    ...many(rule, "write", ["*"], "JoinResourceGroup"),

    // Disks and snapshot policies.
    ...many(list, "write", [own("disk/*")], "CreateDisk"),
    ...many(list, "list", [own("disk/{DiskIds}")], "DescribeDisks"),
    ...many(list, "write", [disk], "DeleteDisk", "ResizeDisk", "ReInitDisk"),
    ...many(list, "write", [own("disk/{DiskIds|DiskId}")], "ModifyDiskAttribute"),
    // The list says instance/$diskId for the disk; taken for a slip of its author.
    ...many(list, "write", [instance, disk], "AttachDisk", "DetachDisk"),
    ...many(rule, "write", [disk], "ModifyDiskSpec"),
    ...many(page, "write", ["*"], "ModifyDiskChargeType"),
    ...many(
      list,
      "write",
      [snapshots],
      "CreateAutoSnapshotPolicy",
      "DeleteAutoSnapshotPolicy",
      "ApplyAutoSnapshotPolicy",
      "CancelAutoSnapshotPolicy",
    ),
    ...many(list, "list", [own("snapshot/{SnapshotIds}")], "DescribeSnapshots"),
    ...many(list, "write", [own("snapshot/*"), disk], "CreateSnapshot"),
    ...many(list, "write", [own("snapshot/{SnapshotId}")], "DeleteSnapshot", "ModifySnapshotAttribute"),
    ...many(rule, "write", [snapshots], "ModifyAutoSnapshotPolicyEx", "ModifyAutoSnapshotPolicy"),
    ...many(rule, "list", [snapshots], "DescribeAutoSnapshotPolicyEx"),

    // Key pairs.
    ...many(list, "write", [own("keypair/*")], "CreateKeyPair", "ImportKeyPair"),
    ...many(list, "write", [own("keypair/{KeyPairNames}")], "DeleteKeyPairs"),
    ...many(list, "list", [keyPair], "DescribeKeyPairs"),
    ...many(list, "write", [instances, keyPair], "AttachKeyPair", "DetachKeyPair"),

    // Security groups.
    ...many(list, "write", [own("securitygroup/*")], "CreateSecurityGroup"),
    ...many(list, "list", [own("securitygroup/{SecurityGroupIds|SecurityGroupId}")], "DescribeSecurityGroups"),
    ...many(list, "read", [group], "DescribeSecurityGroupAttribute"),
    ...many(
      list,
      "write",
      [group],
      "DeleteSecurityGroup",
      "AuthorizeSecurityGroup",
      "AuthorizeSecurityGroupEgress",
      "RevokeSecurityGroup",
      "RevokeSecurityGroupEgress",
      "ModifySecurityGroupAttribute",
      "ModifySecurityGroupRule",
      "ModifySecurityGroupEgressRule",
    ),
    ...many(firewall, "write", [group], "ModifySecurityGroupPolicy"),
    ...many(firewall, "read", [group], "DescribeSecurityGroupReferences"),

    // Tags.
    ...many(rule, "write", [own("{ResourceType}/{ResourceId}")], "TagResources", "UntagResources"),
    ...many(list, "write", [own("{ResourceType}/{ResourceId}")], "AddTags", "RemoveTags"),
    ...many(list, "list", [own("{ResourceType}/{ResourceId}")], "DescribeTags"),
    ...many(rule, "list", [own("{ResourceType}/{ResourceId}")], "ListTagResources"),

    // Cloud Assistant.
    ...many(rule, "write", [own("instance/{InstanceId}"), own("command/*")], "RunCommand"),
    ...many(rule, "write", [own("instance/{InstanceId}"), own("command/{CommandId}")], "InvokeCommand"),
    ...many(rule, "write", [own("command/*")], "CreateCommand"),
    ...many(rule, "write", [own("command/{CommandId}")], "DeleteCommand"),
    ...many(rule, "list", [own("command/{CommandId}")], "DescribeCommands"),
    ...many(rule, "write", [own("instance/{InstanceId}")], "StopInvocation", "SendFile"),
    ...many(
      rule,
      "list",
      [own("instance/{InstanceId}")],
      "DescribeCloudAssistantStatus",
      "DescribeInvocations",
      "DescribeInvocationResults",
      "DescribeSendFileResults",
    ),
  ],
);
