import { accounts } from "../../../sandbox/core/accounts.ts";
import { type SoldOut, soldOut } from "../../../sandbox/stock.ts";
import { type Client, type Json, newCloud, testAccount } from "../client.ts";

export const image = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";

/** A network to put hosts into, and the client that made it. */
export interface Place {
  readonly client: Client;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly groupId: string;
  readonly zone: string;
}

export async function newPlace(client = newCloud(), options: { zone?: string; mask?: number } = {}): Promise<Place> {
  const zone = options.zone ?? `${client.region}-${client.region === "cn-shanghai" ? "l" : "h"}`;
  const { VpcId } = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16", VpcName: "hosts" });
  client.cloud.clock.skip(60_000);
  const vpcId = String(VpcId);
  const vSwitchId = await newVSwitch(client, vpcId, zone, `10.0.0.0/${options.mask ?? 20}`);
  return { client, vpcId, vSwitchId, groupId: await newGroup(client, vpcId), zone };
}

export async function newVSwitch(client: Client, vpcId: string, zone: string, cidr: string): Promise<string> {
  const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", { VpcId: vpcId, ZoneId: zone, CidrBlock: cidr });
  client.cloud.clock.skip(60_000);
  return String(VSwitchId);
}

export async function newGroup(client: Client, vpcId: string): Promise<string> {
  const { SecurityGroupId } = await client.ok("ecs", "CreateSecurityGroup", { VpcId: vpcId });
  return String(SecurityGroupId);
}

/** A good request for a host in a place. */
export function hostIn(place: Place, more: object = {}): object {
  return {
    InstanceType: "ecs.g7.xlarge",
    ImageId: image,
    VSwitchId: place.vSwitchId,
    SecurityGroupIds: [place.groupId],
    SystemDisk: { Category: "cloud_essd", Size: 40, PerformanceLevel: "PL0" },
    ...more,
  };
}

/** Hosts that run. */
export async function newHosts(place: Place, more: object = {}): Promise<string[]> {
  const { InstanceIdSets } = await place.client.ok("ecs", "RunInstances", hostIn(place, more));
  place.client.cloud.clock.skip(120_000);
  return [...(InstanceIdSets?.["InstanceIdSet"] ?? [])].map(String);
}

export async function newHost(place: Place, more: object = {}): Promise<string> {
  const [id = ""] = await newHosts(place, more);
  return id;
}

/** A host that is off. */
export async function stoppedHost(place: Place, more: object = {}): Promise<string> {
  const id = await newHost(place, more);
  await place.client.ok("ecs", "StopInstance", { InstanceId: id });
  place.client.cloud.clock.skip(60_000);
  return id;
}

export async function hostById(client: Client, id: string): Promise<Json | undefined> {
  const { Instances } = await client.ok("ecs", "DescribeInstances", { InstanceIds: JSON.stringify([id]) });
  return Instances?.["Instance"]?.[0];
}

export async function disksOf(client: Client, id: string): Promise<readonly Json[]> {
  const { Disks } = await client.ok("ecs", "DescribeDisks", { InstanceId: id });
  return Disks?.["Disk"] ?? [];
}

/** Changes something about the account: no real name, no balance, fewer vCPUs ... */
export function account(client: Client, change: object): void {
  const row = client.cloud.store.find(accounts, testAccount, testAccount);
  if (row === undefined) throw new Error("no account");
  client.cloud.store.put(accounts, { ...row, ...change });
}

export function sellOut(client: Client, rule: Pick<SoldOut, "zone" | "what" | "how">): void {
  const id = `${rule.zone} ${rule.what}`;
  client.cloud.store.put(soldOut, { id, account: "", region: "", createdAt: 0, ...rule });
}

/** A RAM role that ECS hosts may take on. */
export async function newRole(client: Client, name: string, service = "ecs.aliyuncs.com"): Promise<string> {
  await client.ok("ram", "CreateRole", {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "1",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: [service] } }],
    }),
  });
  return name;
}
