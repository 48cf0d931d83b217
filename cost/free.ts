/**
 * Types of the provider that cost nothing by themselves, by their token without version. What is neither here nor an item of
 * this model may cost money: it is counted, and never taken for free.
 *
 * Source: judged by this project, 2026-11-25, from what Alibaba Cloud's price lists do not sell by itself. What such a resource
 * makes another one do (traffic, logs, snapshots) is that one's cost.
 */
const free = [
  "ecs/autoSnapshotPolicy",
  "ecs/command",
  "ecs/diskAttachment",
  "ecs/diskDefaultKmsKey",
  "ecs/diskEncryptionByDefault",
  "ecs/ecsAutoSnapshotPolicyAttachment",
  "ecs/ecsDeploymentSet",
  "ecs/ecsDiskAttachment",
  "ecs/ecsKeyPair",
  "ecs/ecsKeyPairAttachment",
  "ecs/ecsLaunchTemplate",
  "ecs/ecsNetworkInterface",
  "ecs/ecsNetworkInterfaceAttachment",
  "ecs/ecsPrefixList",
  "ecs/eipAssociation",
  "ecs/keyPair",
  "ecs/keyPairAttachment",
  "ecs/launchTemplate",
  "ecs/ramRoleAttachment",
  "ecs/securityGroup",
  "ecs/securityGroupRule",
  "ram/",
  "resourcemanager/",
  "vpc/commonBandwithPackageAttachment",
  "vpc/dhcpOptionsSet",
  "vpc/dhcpOptionsSetAttachment",
  "vpc/forwardEntry",
  "vpc/ipv4CidrBlock",
  "vpc/network",
  "vpc/networkAcl",
  "vpc/networkAclAttachment",
  "vpc/networkAclEntries",
  "vpc/prefixList",
  "vpc/routeEntry",
  "vpc/routeTable",
  "vpc/routeTableAttachment",
  "vpc/snatEntry",
  "vpc/subnet",
  "vpc/switch",
  "vpc/vpcNetworkAclAttachment",
  "vpc/vswitchCidrReservation",
] as const;

/** Whether a resource costs nothing by itself: free at Alibaba Cloud, or none of its resources. */
export function isFree(type: string): boolean {
  const [provider, path = ""] = type.split(":");
  if (provider !== "alicloud") return true;
  return free.some((known) => (known.endsWith("/") ? path.startsWith(known) : path === known));
}
