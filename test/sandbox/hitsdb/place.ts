import { accounts } from "../../../sandbox/core/accounts.ts";
import { type Client, newCloud, testAccount } from "../client.ts";

export const minute = 60_000;
export const hour = 60 * minute;

/** A network with a vSwitch in a zone of Shanghai, ready for a database. */
export async function newPlace(zone = "cn-shanghai-l"): Promise<Client & { vpcId: string; vSwitchId: string }> {
  const client = newCloud();
  const { VpcId } = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16" });
  client.cloud.clock.skip(minute);
  const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", { VpcId, ZoneId: zone, CidrBlock: "10.0.1.0/24" });
  client.cloud.clock.skip(minute);
  return Object.assign(client, { vpcId: String(VpcId), vSwitchId: String(VSwitchId) });
}

/** Another vSwitch of the same network. */
export async function addVSwitch(place: { vpcId: string } & Client, zone: string, cidr: string): Promise<string> {
  const { VSwitchId } = await place.ok("vpc", "CreateVSwitch", { VpcId: place.vpcId, ZoneId: zone, CidrBlock: cidr });
  place.cloud.clock.skip(minute);
  return String(VSwitchId);
}

/** What the provider sends for the smallest time series database of the first generation. */
export function smallV1(place: { vpcId: string; vSwitchId: string }): Record<string, string> {
  return {
    InstanceAlias: "series",
    PayType: "POSTPAY",
    DiskCategory: "cloud_efficiency",
    InstanceStorage: "160",
    TsdbNum: "2",
    TsdbSpec: "lindorm.g.xlarge",
    ZoneId: "cn-shanghai-l",
    VPCId: place.vpcId,
    VSwitchId: place.vSwitchId,
  };
}

/** The same for the second generation. */
export function smallV2(place: { vpcId: string; vSwitchId: string }): Record<string, unknown> {
  return {
    InstanceAlias: "series",
    PayType: "POSTPAY",
    ArchVersion: "1.0",
    CloudStorageType: "StandardStorage",
    CloudStorageSize: 160,
    ZoneId: "cn-shanghai-l",
    VPCId: place.vpcId,
    VSwitchId: place.vSwitchId,
    EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2)],
  };
}

/** One engine with one group of nodes. */
export function engine(type: string, spec: string, nodes: number, more: object = {}): object {
  return {
    EngineType: type,
    NodeGroupList: [{ NodeSpec: spec, NodeCount: nodes, ResourceGroupName: "default", NodeDiskSize: 0, ...more }],
  };
}

/** Creates and waits until it is active. */
export async function created(place: Client, action: string, parameters: object): Promise<string> {
  const { InstanceId } = await place.ok("lindorm", action, parameters);
  place.cloud.clock.skip(11 * minute);
  return String(InstanceId);
}

/** Changes the account that the tests use. */
export function changeAccount(client: Client, change: object): void {
  const { store } = client.cloud;
  const account = store.find(accounts, testAccount, testAccount);
  if (account === undefined) throw new Error("no account");
  store.put(accounts, { ...account, ...change });
}
