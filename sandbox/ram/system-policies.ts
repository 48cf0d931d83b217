import type { Policy } from "./rows.ts";

/** 2015-12-24: about when the oldest of them were made. */
const since = Date.UTC(2015, 11, 24);

function system(name: string, description: string, actions: readonly string[]): Policy {
  const document = JSON.stringify({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: actions.length === 1 ? actions[0] : actions, Resource: "*" }],
  });
  return {
    id: name,
    account: "",
    region: "",
    createdAt: since,
    description,
    versions: [{ id: "v1", document, isDefault: true, createdAt: since }],
    tags: {},
  };
}

const reading = ["Describe*", "List*", "Get*", "Query*", "Check*"];
const readingOf = (...products: readonly string[]) =>
  products.flatMap((product) => reading.map((a) => `${product}:${a}`));

/**
 * Some of the cloud's own policies, by name. Sources: RAM reference of system policies; ReadOnlyAccess and the
 * read-only ones of ECS, RAM, EIP and BSS are shortened to the products that are here.
 */
export const systemPolicies: readonly Policy[] = [
  system("AdministratorAccess", "Provides full access to all cloud services and resources.", ["*"]),
  system("ReadOnlyAccess", "Provides read-only access to all cloud services.", [
    ...readingOf("ecs", "vpc", "lindorm", "hitsdb", "ram", "bss", "bssapi", "resourcemanager", "oss", "location"),
  ]),
  system("AliyunECSFullAccess", "Provides full access to Elastic Compute Service.", [
    "ecs:*",
    "vpc:DescribeVpcs",
    "vpc:DescribeVSwitches",
  ]),
  system("AliyunECSReadOnlyAccess", "Provides read-only access to Elastic Compute Service.", [
    "ecs:Describe*",
    "ecs:List*",
    "vpc:DescribeVpcs",
    "vpc:DescribeVSwitches",
  ]),
  system("AliyunVPCFullAccess", "Provides full access to Virtual Private Cloud.", [
    "vpc:*RouteTable*",
    "vpc:*VRouter*",
    "vpc:*RouteEntry*",
    "vpc:*VSwitch*",
    "vpc:*Vpc*",
    "vpc:*Tag*",
    "vpc:DeletionProtection",
    "vpc:MoveResourceGroup",
  ]),
  system("AliyunVPCReadOnlyAccess", "Provides read-only access to Virtual Private Cloud.", [
    "vpc:DescribeRouteTable*",
    "vpc:DescribeRouteEntry*",
    "vpc:DescribeVSwitch*",
    "vpc:DescribeVRouter*",
    "vpc:DescribeVpc*",
    "vpc:ListTag*",
    "vpc:DescribeTag*",
  ]),
  system("AliyunEIPFullAccess", "Provides full access to Elastic IP Address.", ["vpc:*Eip*"]),
  system("AliyunNATGatewayFullAccess", "Provides full access to NAT Gateway.", [
    "vpc:*NatGateway*",
    "vpc:*Forward*",
    "vpc:*Snat*",
    "vpc:DescribeVpcs",
    "vpc:DescribeVSwitches",
  ]),
  system("AliyunLindormFullAccess", "Provides full access to Lindorm.", ["lindorm:*"]),
  system("AliyunHiTSDBFullAccess", "Provides full access to HiTSDB.", ["hitsdb:*"]),
  system("AliyunHiTSDBReadOnlyAccess", "Provides read-only access to HiTSDB.", [
    "hitsdb:Describe*",
    "hitsdb:Explore*",
    "hitsdb:List*",
    "hitsdb:Get*",
  ]),
  system("AliyunRAMFullAccess", "Provides full access to Resource Access Management.", ["ram:*"]),
  system("AliyunRAMReadOnlyAccess", "Provides read-only access to Resource Access Management.", [
    "ram:Get*",
    "ram:List*",
  ]),
  system("AliyunSTSAssumeRoleAccess", "Provides access to AssumeRole of the Security Token Service.", [
    "sts:AssumeRole",
  ]),
  system("AliyunBSSFullAccess", "Provides full access to billing.", ["bss:*", "bssapi:*"]),
  system("AliyunBSSReadOnlyAccess", "Provides read-only access to billing.", readingOf("bss", "bssapi")),
  system("AliyunOSSFullAccess", "Provides full access to Object Storage Service.", ["oss:*"]),
  system("AliyunOSSReadOnlyAccess", "Provides read-only access to Object Storage Service.", ["oss:Get*", "oss:List*"]),
];

const byName = new Map(systemPolicies.map((policy) => [policy.id, policy]));

export function systemPolicy(name: string): Policy | undefined {
  return byName.get(name);
}
