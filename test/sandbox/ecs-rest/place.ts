import { accounts } from "../../../sandbox/core/accounts.ts";
import type { Client, Json } from "../client.ts";

/** What most of these tests stand on. */
export interface Place {
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly groupId: string;
  readonly zone: string;
}

/** A VPC with a vSwitch in a zone and a security group, ready for use. */
export async function newPlace(client: Client, zone = `${client.region}-l`): Promise<Place> {
  const vpc = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16" });
  const vpcId = text(vpc["VpcId"]);
  client.cloud.clock.skip(60_000);
  const vSwitch = await client.ok("vpc", "CreateVSwitch", { VpcId: vpcId, ZoneId: zone, CidrBlock: "10.0.1.0/24" });
  client.cloud.clock.skip(60_000);
  const groupId = await newGroup(client, vpcId);
  return { vpcId, vSwitchId: text(vSwitch["VSwitchId"]), groupId, zone };
}

export async function newGroup(client: Client, vpcId: string, more: object = {}): Promise<string> {
  const group = await client.ok("ecs", "CreateSecurityGroup", { VpcId: vpcId, ...more });
  return text(group["SecurityGroupId"]);
}

/** A host that runs. */
export async function newHost(client: Client, place: Place, more: object = {}): Promise<string> {
  const { InstanceIdSets } = await client.ok("ecs", "RunInstances", {
    InstanceType: "ecs.g6.xlarge",
    ImageFamily: "acs:ubuntu_24_04_x64",
    VSwitchId: place.vSwitchId,
    SecurityGroupId: place.groupId,
    SystemDisk: { Category: "cloud_essd", Size: 40 },
    InstanceChargeType: "PostPaid",
    ...more,
  });
  client.cloud.clock.skip(5 * 60_000);
  return text(InstanceIdSets?.["InstanceIdSet"]?.[0]);
}

/** A disk that is there. */
export async function newDisk(client: Client, more: object = {}): Promise<string> {
  const disk = await client.ok("ecs", "CreateDisk", {
    ZoneId: `${client.region}-l`,
    DiskCategory: "cloud_essd",
    Size: 100,
    ...more,
  });
  client.cloud.clock.skip(60_000);
  return text(disk["DiskId"]);
}

export async function disk(client: Client, id: string): Promise<Json> {
  const { Disks } = await client.ok("ecs", "DescribeDisks", { DiskIds: JSON.stringify([id]) });
  const [found] = Disks?.["Disk"] ?? [];
  if (found === undefined) throw new Error(`no disk ${id}`);
  return found;
}

/** Changes what the account may do. */
export function changeAccount(client: Client, change: object): void {
  const { store } = client.cloud;
  const [account] = store.everywhere(accounts);
  if (account === undefined) throw new Error("no account");
  store.put(accounts, { ...account, ...change });
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new Error(`not a text: ${JSON.stringify(value)}`);
  return value;
}
