/** alicloud:vpc/switch:Switch -> vSwitch; a type that is not in the table is its own name. */
export function kindOf(type: string): string {
  return words[type] ?? type;
}

const words: Readonly<Record<string, string>> = {
  "alicloud:vpc/network:Network": "VPC",
  "alicloud:vpc/switch:Switch": "vSwitch",
  "alicloud:vpc/natGateway:NatGateway": "NAT gateway",
  "alicloud:vpc/snatEntry:SnatEntry": "SNAT entry",
  "alicloud:ecs/eipAddress:EipAddress": "address",
  "alicloud:ecs/eipAssociation:EipAssociation": "address on gateway",
  "alicloud:ecs/securityGroup:SecurityGroup": "security group",
  "alicloud:ecs/instance:Instance": "host",
  "alicloud:ecs/ecsDisk:EcsDisk": "disk",
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": "disk on host",
  "alicloud:ecs/ecsKeyPair:EcsKeyPair": "key pair",
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": "snapshot policy",
  "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment": "policy on disk",
  "alicloud:ecs/securityGroupRule:SecurityGroupRule": "rule",
  "alicloud:ecs/ramRoleAttachment:RamRoleAttachment": "role on host",
  "alicloud:ram/role:Role": "role",
  "alicloud:ram/policy:Policy": "policy",
  "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment": "policy on role",
  "alicloud:lindorm/instance:Instance": "Lindorm",
  "alicloud:lindorm/instanceV2:InstanceV2": "Lindorm V2",
  "alicloud:tsdb/instance:Instance": "TSDB",
};
