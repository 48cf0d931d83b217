/**
 * The provider's classes that the stack uses, one file each: the packages' index files load every resource of a
 * service (45 ms at start, and three times the type-checking).
 */
export { AutoSnapshotPolicy, type AutoSnapshotPolicyArgs } from "@pulumi/alicloud/ecs/autoSnapshotPolicy.js";
export { EcsAutoSnapshotPolicyAttachment } from "@pulumi/alicloud/ecs/ecsAutoSnapshotPolicyAttachment.js";
export { EcsDisk, type EcsDiskArgs } from "@pulumi/alicloud/ecs/ecsDisk.js";
export { EcsDiskAttachment, type EcsDiskAttachmentArgs } from "@pulumi/alicloud/ecs/ecsDiskAttachment.js";
export { EcsKeyPair } from "@pulumi/alicloud/ecs/ecsKeyPair.js";
export { EipAddress, type EipAddressArgs } from "@pulumi/alicloud/ecs/eipAddress.js";
export { EipAssociation } from "@pulumi/alicloud/ecs/eipAssociation.js";
export { Instance, type InstanceArgs } from "@pulumi/alicloud/ecs/instance.js";
export { RamRoleAttachment } from "@pulumi/alicloud/ecs/ramRoleAttachment.js";
export { SecurityGroup, type SecurityGroupArgs } from "@pulumi/alicloud/ecs/securityGroup.js";
export { SecurityGroupRule, type SecurityGroupRuleArgs } from "@pulumi/alicloud/ecs/securityGroupRule.js";
export { Instance as LindormV1, type InstanceArgs as LindormV1Args } from "@pulumi/alicloud/lindorm/instance.js";
export { InstanceV2 as LindormV2, type InstanceV2Args as LindormV2Args } from "@pulumi/alicloud/lindorm/instanceV2.js";
export { Provider } from "@pulumi/alicloud/provider.js";
export { Policy } from "@pulumi/alicloud/ram/policy.js";
export { Role } from "@pulumi/alicloud/ram/role.js";
export { RolePolicyAttachment } from "@pulumi/alicloud/ram/rolePolicyAttachment.js";
export { Instance as Tsdb, type InstanceArgs as TsdbArgs } from "@pulumi/alicloud/tsdb/instance.js";
export { NatGateway, type NatGatewayArgs } from "@pulumi/alicloud/vpc/natGateway.js";
export { Network as Vpc, type NetworkArgs as VpcArgs } from "@pulumi/alicloud/vpc/network.js";
export { SnatEntry } from "@pulumi/alicloud/vpc/snatEntry.js";
export { Switch as VSwitch, type SwitchArgs as VSwitchArgs } from "@pulumi/alicloud/vpc/switch.js";
