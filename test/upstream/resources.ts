/** One resource of the provider, and which of upstream's tests are its acceptance tests. */
export interface Resource {
  readonly name: string;
  /** Of the tests' names, as `-test.list` takes it. */
  readonly pattern: string;
  /** Whether its tests count in the percentage that the command asks for. */
  readonly counts: boolean;
}

/** Names are those of terraform-provider-alicloud 1.285.0. */
export const resources: readonly Resource[] = [
  { name: "alicloud_vpc", pattern: "^TestAccAliCloudVPC(VPC)?_", counts: true },
  { name: "alicloud_vswitch", pattern: "^TestAccAliCloudVPCVSwitch_", counts: true },
  { name: "alicloud_security_group", pattern: "^TestAccAliCloudECSSecurityGroup_", counts: true },
  { name: "alicloud_security_group_rule", pattern: "^TestAccAliCloudECSSecurityGroupRule", counts: false },
];

/** What else the stacks are made of, as far as its tests need little beside it. */
export const furtherResources: readonly Resource[] = [
  { name: "alicloud_ecs_disk", pattern: "^TestAccAliCloudECSDisk_", counts: false },
  { name: "alicloud_ecs_disk_attachment", pattern: "^TestAccAliCloudECSDiskAttachment", counts: false },
  { name: "alicloud_ecs_auto_snapshot_policy", pattern: "^TestAccAliCloudECSAutoSnapshotPolicy_", counts: false },
  { name: "alicloud_ecs_key_pair", pattern: "^TestAccAliCloudECSKeyPair_", counts: false },
  { name: "alicloud_eip_address", pattern: "^TestAccAliCloudEIPAddress_", counts: false },
  { name: "alicloud_nat_gateway", pattern: "^TestAccAliCloudNatGateway_", counts: false },
  { name: "alicloud_snat_entry", pattern: "^TestAccAliCloudNATGatewaySnatEntry_", counts: false },
  { name: "alicloud_ram_role", pattern: "^TestAccAliCloudRamRole_", counts: false },
  { name: "alicloud_ram_policy", pattern: "^TestAccAliCloudRamPolicy_", counts: false },
  { name: "alicloud_ram_role_policy_attachment", pattern: "^TestAccAliCloudRamRolePolicyAttachment_", counts: false },
];

/** Percentage of the counted tests below which the command fails. */
export const wanted = 80;

/** Why a test cannot pass, where its own output does not say it in the words of this project. It is counted as failed. */
export const knownReasons: Readonly<Record<string, string>> = {
  TestAccAliCloudVPCVPC_basic9656: "takes its range from an IPAM pool; the local cloud has no IPAM",
  TestAccAliCloudECSSecurityGroupRulePrefixList: "names a prefix list; the local cloud has none",
};
