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

/** What upstream's tests want beside their resource and the local cloud does not have: what they say, and what it means. */
const missing: readonly (readonly [RegExp, string])[] = [
  [/alicloud_vpc_ipam_ipam/, "takes its range from an IPAM pool; the local cloud has no IPAM"],
  [/alicloud_ecs_prefix_list/, "names a prefix list; the local cloud has none"],
  [/alicloud_kms_key/, "encrypts with a key of KMS; the local cloud has no KMS"],
  [/alicloud_vpc_nat_ip/, "translates to a private NAT address (CreateNatIp); the local cloud has public ones alone"],
  [/alicloud_vpc_public_ip_address_pool/, "takes its address from a pool of its own; the local cloud has none"],
  [/alicloud_instance_types\.default\.instance_types is empty/, "asks for host types that the catalogue does not have"],
];

/** A reason in the words of this project, where the test's own are of something that is not there. */
export function explained(reason: string): string {
  return missing.find(([said]) => said.test(reason))?.[1] ?? reason;
}
