/** API calls that the provider makes for one type of resource, "<product>.<action>". */
export interface DeploymentCalls {
  /** Type in Pulumi, alicloud: left out. */
  readonly resource: string;
  readonly create: readonly string[];
  /** Also when it refreshes, imports, and waits for a create or an update. */
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
}

const ecs = (...actions: readonly string[]) => actions.map((action) => `ecs.${action}`);
const vpc = (...actions: readonly string[]) => actions.map((action) => `vpc.${action}`);
const hitsdb = (...actions: readonly string[]) => actions.map((action) => `hitsdb.${action}`);
const ram = (...actions: readonly string[]) => actions.map((action) => `ram.${action}`);

const ecsTags = ecs("TagResources", "UntagResources");
const vpcTags = vpc("TagResources", "UnTagResources");

/** Source: terraform-provider-alicloud 1.285.0, resource_alicloud_*.go and service_alicloud_*.go. */
export const deploymentCalls: readonly DeploymentCalls[] = [
  {
    resource: "vpc/network:Network",
    create: vpc("CreateVpc", "TagResources"),
    read: vpc("DescribeVpcAttribute", "DescribeRouteTableList"),
    update: [
      ...vpc("ModifyVpcAttribute", "ModifyRouteTableAttributes", "MoveResourceGroup"),
      ...vpc("AssociateVpcCidrBlock", "UnassociateVpcCidrBlock"),
      ...vpcTags,
    ],
    delete: vpc("DeleteVpc"),
  },
  {
    resource: "vpc/switch:Switch",
    create: vpc("CreateVSwitch", "TagResources"),
    read: vpc("DescribeVSwitchAttributes"),
    update: [...vpc("ModifyVSwitchAttribute"), ...vpcTags],
    delete: vpc("DeleteVSwitch"),
  },
  {
    resource: "ecs/securityGroup:SecurityGroup",
    create: ecs("CreateSecurityGroup", "ModifySecurityGroupPolicy"),
    read: ecs("DescribeSecurityGroups", "DescribeSecurityGroupAttribute"),
    update: [...ecs("ModifySecurityGroupAttribute", "ModifySecurityGroupPolicy", "JoinResourceGroup"), ...ecsTags],
    delete: ecs("DeleteSecurityGroup"),
  },
  {
    resource: "ecs/securityGroupRule:SecurityGroupRule",
    create: ecs("AuthorizeSecurityGroup", "AuthorizeSecurityGroupEgress"),
    read: ecs("DescribeSecurityGroupAttribute"),
    update: ecs("ModifySecurityGroupRule", "ModifySecurityGroupEgressRule"),
    delete: ecs("RevokeSecurityGroup", "RevokeSecurityGroupEgress"),
  },
  {
    resource: "vpc/natGateway:NatGateway",
    create: vpc("CreateNatGateway", "TagResources"),
    read: vpc("DescribeNatGateways", "ListTagResources"),
    update: [
      ...vpc("ModifyNatGatewayAttribute", "ModifyNatGatewaySpec", "UpdateNatGatewayNatType", "DeletionProtection"),
      ...vpcTags,
    ],
    delete: vpc("DeleteNatGateway"),
  },
  {
    resource: "ecs/eipAddress:EipAddress",
    create: vpc("AllocateEipAddress", "TagResources"),
    read: vpc("DescribeEipAddresses", "DescribeHighDefinitionMonitorLogAttribute"),
    update: [
      ...vpc("ModifyEipAddressAttribute", "ModifyEipForwardMode", "MoveResourceGroup", "DeletionProtection"),
      ...vpcTags,
    ],
    delete: vpc("ReleaseEipAddress"),
  },
  {
    resource: "ecs/eipAssociation:EipAssociation",
    create: vpc("AssociateEipAddress"),
    read: vpc("DescribeEipAddresses"),
    update: vpc("ModifyEipForwardMode"),
    delete: vpc("UnassociateEipAddress"),
  },
  {
    resource: "vpc/snatEntry:SnatEntry",
    create: vpc("CreateSnatEntry"),
    read: vpc("DescribeSnatTableEntries"),
    update: vpc("ModifySnatEntry"),
    delete: vpc("DeleteSnatEntry"),
  },
  {
    resource: "ecs/instance:Instance",
    create: ecs("RunInstances"),
    read: ecs(
      "DescribeInstances",
      "DescribeInstanceAttribute",
      "DescribeUserData",
      "DescribeDisks",
      "DescribeNetworkInterfaces",
      "DescribeInstanceRamRole",
      "DescribeInstanceAutoRenewAttribute",
      "DescribeInstanceMaintenanceAttributes",
      "DescribeInstanceAttachmentAttributes",
    ),
    update: [
      ...ecs("ModifyInstanceAttribute", "ModifyInstanceSpec", "ModifyPrepayInstanceSpec", "ModifyInstanceNetworkSpec"),
      ...ecs("ModifyInstanceVpcAttribute", "ModifyInstanceChargeType", "ModifyInstanceAutoRenewAttribute"),
      ...ecs("ModifyInstanceAutoReleaseTime", "ModifyInstanceMetadataOptions", "ModifyInstanceMaintenanceAttributes"),
      ...ecs("ModifyDiskAttribute", "ModifyDiskSpec", "ResizeDisk", "ReplaceSystemDisk"),
      ...ecs("StartInstance", "StopInstance", "RebootInstance", "JoinSecurityGroup", "LeaveSecurityGroup"),
      ...ecs("AttachKeyPair", "DetachKeyPair", "AllocatePublicIpAddress", "JoinResourceGroup"),
      ...ecsTags,
    ],
    delete: ecs("DeleteInstance", "ModifyInstanceChargeType"),
  },
  {
    resource: "ecs/ecsDisk:EcsDisk",
    create: ecs("CreateDisk"),
    read: ecs("DescribeDisks"),
    update: [
      ...ecs("ModifyDiskAttribute", "ResizeDisk", "ModifyDiskSpec", "ModifyDiskChargeType", "JoinResourceGroup"),
      ...ecsTags,
    ],
    delete: ecs("DeleteDisk"),
  },
  {
    resource: "ecs/ecsDiskAttachment:EcsDiskAttachment",
    create: ecs("AttachDisk"),
    read: ecs("DescribeDisks"),
    update: ecs("ModifyDiskAttribute"),
    delete: ecs("DetachDisk"),
  },
  {
    resource: "ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
    create: ecs("CreateAutoSnapshotPolicy"),
    read: ecs("DescribeAutoSnapshotPolicyEx"),
    update: [...ecs("ModifyAutoSnapshotPolicyEx", "JoinResourceGroup"), ...ecsTags],
    delete: ecs("DeleteAutoSnapshotPolicy"),
  },
  {
    resource: "ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment",
    create: ecs("ApplyAutoSnapshotPolicy"),
    read: ecs("DescribeDisks"),
    update: [],
    delete: ecs("CancelAutoSnapshotPolicy"),
  },
  {
    resource: "ecs/ecsKeyPair:EcsKeyPair",
    create: ecs("ImportKeyPair", "CreateKeyPair"),
    read: ecs("DescribeKeyPairs"),
    update: [...ecs("JoinResourceGroup"), ...ecsTags],
    delete: ecs("DeleteKeyPairs"),
  },
  {
    resource: "ram/role:Role",
    create: ram("CreateRole"),
    read: ram("GetRole", "ListTagResources"),
    update: ram("UpdateRole", "TagResources", "UntagResources"),
    delete: ram("DeleteRole", "ListPoliciesForRole", "DetachPolicyFromRole"),
  },
  {
    resource: "ram/policy:Policy",
    create: ram("CreatePolicy"),
    read: ram("GetPolicy", "ListTagResources"),
    update: ram("CreatePolicyVersion", "UpdatePolicyDescription", "TagResources", "UntagResources"),
    delete: ram("DeletePolicy", "ListEntitiesForPolicy", "ListPolicyVersions", "DeletePolicyVersion"),
  },
  {
    resource: "ram/rolePolicyAttachment:RolePolicyAttachment",
    create: ram("AttachPolicyToRole"),
    read: ram("ListPoliciesForRole"),
    update: [],
    delete: ram("DetachPolicyFromRole"),
  },
  {
    resource: "ecs/ramRoleAttachment:RamRoleAttachment",
    create: ecs("AttachInstanceRamRole"),
    read: ecs("DescribeInstanceRamRole"),
    update: [],
    delete: ecs("DetachInstanceRamRole"),
  },
  {
    resource: "lindorm/instance:Instance",
    create: [...hitsdb("CreateLindormInstance"), ...vpc("DescribeVSwitchAttributes")],
    read: hitsdb("GetLindormInstance", "GetInstanceIpWhiteList", "GetLindormInstanceEngineInfo", "ListTagResources"),
    update: hitsdb(
      "UpgradeLindormInstance",
      "UpdateLindormInstanceAttribute",
      "UpdateInstanceIpWhiteList",
      "TagResources",
      "UnTagResources",
    ),
    delete: hitsdb("ReleaseLindormInstance"),
  },
  {
    resource: "lindorm/instanceV2:InstanceV2",
    create: hitsdb("CreateLindormV2Instance", "UpdateLindormV2WhiteIpList"),
    read: hitsdb("GetLindormV2InstanceDetails"),
    update: hitsdb(
      "UpdateLindormInstanceAttribute",
      "UpdateLindormV2Instance",
      "ModifyInstancePayType",
      "UpdateLindormV2WhiteIpList",
    ),
    delete: hitsdb("ReleaseLindormV2Instance"),
  },
  {
    resource: "tsdb/instance:Instance",
    create: [...hitsdb("CreateHiTSDBInstance"), ...vpc("DescribeVSwitchAttributes")],
    read: hitsdb("DescribeHiTSDBInstance"),
    update: hitsdb("RenameHiTSDBInstanceAlias", "ModifyHiTSDBInstanceClass"),
    delete: hitsdb("DeleteHiTSDBInstance"),
  },
];

/**
 * Calls of checks before a deployment: prices, stock, the state of the account. QueryAvailableInstances is the provider's
 * own, to find out the kind of account; the stacks tell it, so a deployment does without.
 */
export const reviewCalls: readonly string[] = [
  ...ecs("DescribeRegions", "DescribeZones", "DescribeAvailableResource"),
  ...ecs(
    "DescribeInstanceTypes",
    "DescribeInstanceTypeFamilies",
    "DescribeImages",
    "DescribeImageSupportInstanceTypes",
  ),
  ...ecs("DescribePrice", "DescribeRenewalPrice", "DescribeSpotPriceHistory", "DescribeAccountAttributes"),
  ...vpc("DescribeVpcs", "DescribeVSwitches", "DescribeRouteTables"),
  ...hitsdb("DescribeRegions", "GetLindormInstanceList", "GetLindormInstanceEngineList", "DescribeHiTSDBInstanceList"),
  ...hitsdb("DescribeZones"),
  "bss.QueryAccountBalance",
  "bss.QueryAvailableInstances",
  "bss.GetPayAsYouGoPrice",
  "bss.GetSubscriptionPrice",
  "bss.DescribePricingModule",
  "bss.QuerySavingsPlansDiscount",
  "resourcemanager.ListResourceGroups",
  "sts.GetCallerIdentity",
  "quotas.ListProductQuotas",
  // What is attached to whoever asks.
  ...ram("ListPoliciesForUser", "ListGroupsForUser", "ListPoliciesForGroup", "ListPoliciesForRole", "GetPolicyVersion"),
];

/** Lists that are read after an interrupted deployment, for what the state does not know (deploy/leftovers.ts). */
export const leftoverCalls: readonly string[] = [
  ...vpc(
    "DescribeVpcs",
    "DescribeVSwitches",
    "DescribeNatGateways",
    "DescribeEipAddresses",
    "DescribeSnatTableEntries",
  ),
  ...ecs("DescribeSecurityGroups", "DescribeInstances", "DescribeDisks", "DescribeKeyPairs"),
  ...ecs("DescribeAutoSnapshotPolicyEx", "DescribeInstanceRamRole"),
  ...hitsdb("GetLindormInstanceList", "DescribeHiTSDBInstanceList"),
  ...ram("ListRoles", "ListPolicies", "ListPoliciesForRole"),
];

/** What asks hosts for their markers and runs changed software again on them (deploy/cloud-assistant.ts). */
export const softwareCalls: readonly string[] = ecs(
  "DescribeInstances",
  "DescribeCloudAssistantStatus",
  "RunCommand",
  "DescribeInvocationResults",
);

/** What is asked before a stack is destroyed, beside what the provider reads and the lists of leftovers (deploy/destroy-facts.ts). */
export const destroyCalls: readonly string[] = ecs("DescribeSnapshots");

/**
 * Every call of all stacks, of what hosts are asked after it, of a stack's end, and of looking for what an interrupted one has left behind; each
 * once, in order.
 */
export function everyDeploymentCall(): readonly string[] {
  const made = deploymentCalls.flatMap((row) => [...row.create, ...row.read, ...row.update, ...row.delete]);
  const all = [...made, ...softwareCalls, ...destroyCalls, ...leftoverCalls];
  return [...new Set(all)].sort();
}
