/**
 * The provider's classes that the stack uses, one file each: the packages' index files load every resource of a
 * service (45 ms at start, and three times the type-checking).
 */
export { AutoSnapshotPolicy } from "@pulumi/alicloud/ecs/autoSnapshotPolicy.js";
export { EcsAutoSnapshotPolicyAttachment } from "@pulumi/alicloud/ecs/ecsAutoSnapshotPolicyAttachment.js";
export { EcsDisk } from "@pulumi/alicloud/ecs/ecsDisk.js";
export { EcsDiskAttachment } from "@pulumi/alicloud/ecs/ecsDiskAttachment.js";
export { EcsKeyPair } from "@pulumi/alicloud/ecs/ecsKeyPair.js";
export { EipAddress } from "@pulumi/alicloud/ecs/eipAddress.js";
export { EipAssociation } from "@pulumi/alicloud/ecs/eipAssociation.js";
export { Instance, type InstanceArgs } from "@pulumi/alicloud/ecs/instance.js";
export { RamRoleAttachment } from "@pulumi/alicloud/ecs/ramRoleAttachment.js";
export { SecurityGroup } from "@pulumi/alicloud/ecs/securityGroup.js";
export { SecurityGroupRule } from "@pulumi/alicloud/ecs/securityGroupRule.js";
export { Instance as LindormV1 } from "@pulumi/alicloud/lindorm/instance.js";
export { InstanceV2 as LindormV2 } from "@pulumi/alicloud/lindorm/instanceV2.js";
export { Provider } from "@pulumi/alicloud/provider.js";
export { Policy } from "@pulumi/alicloud/ram/policy.js";
export { Role } from "@pulumi/alicloud/ram/role.js";
export { RolePolicyAttachment } from "@pulumi/alicloud/ram/rolePolicyAttachment.js";
export { Instance as Tsdb } from "@pulumi/alicloud/tsdb/instance.js";
export { NatGateway } from "@pulumi/alicloud/vpc/natGateway.js";
export { Network as Vpc } from "@pulumi/alicloud/vpc/network.js";
export { SnatEntry } from "@pulumi/alicloud/vpc/snatEntry.js";
export { Switch as VSwitch } from "@pulumi/alicloud/vpc/switch.js";
