import { describe, expect, test } from "vitest";
import { planOfState, stopsText } from "../../cli/destroy-cost.ts";
import { inventoryText, paidAheadText, paidHostsText } from "../../cli/destroy-text.ts";
import { diskFacts, paidAhead } from "../../deploy/destroy-facts.ts";
import { foreignThings } from "../../deploy/destroy-foreign.ts";
import { holds, liftCloudProtection } from "../../deploy/destroy-holds.ts";
import { unordered } from "../../deploy/destroy-order.ts";
import { managedIn, readState } from "../../deploy/state.ts";
import { managed } from "../../plan/plan.ts";
import { plainStyle } from "../../review/terminal/layout.ts";
import { addresses } from "../../sandbox/vpc/rows.ts";
import { answering, listening, situation } from "../preflight/cloud.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";

const region = "cn-shanghai";
const types = {
  host: "alicloud:ecs/instance:Instance",
  disk: "alicloud:ecs/ecsDisk:EcsDisk",
  vpc: "alicloud:vpc/network:Network",
  vSwitch: "alicloud:vpc/switch:Switch",
  address: "alicloud:ecs/eipAddress:EipAddress",
  lindorm: "alicloud:lindorm/instance:Instance",
  lindormV2: "alicloud:lindorm/instanceV2:InstanceV2",
  tsdb: "alicloud:tsdb/instance:Instance",
} as const;
const row = (type: keyof typeof types, name: string, more: object = {}) => ({
  ...{ urn: `urn:pulumi:s::china::china:index:X$${types[type]}::${name}`, type: types[type], custom: true },
  ...{ id: `id-of-${name}`, ...more },
});
const stateOf = (...resources: readonly object[]) => readState({ deployment: { resources } });

describe("what holds a stack", () => {
  test.each<[keyof typeof types, object, string | undefined]>([
    ["disk", { protect: true }, "protected by Pulumi"],
    ["disk", {}, undefined],
    ["host", { outputs: { deletionProtection: true } }, "protected against deletion in the cloud"],
    ["address", { outputs: { deletionProtection: true } }, "protected against deletion in the cloud"],
    ["lindorm", { outputs: { deletionProection: true } }, "protected against deletion in the cloud"],
    ["lindormV2", { outputs: { deletionProtection: "true" } }, "protected against deletion in the cloud"],
    ["host", { outputs: { instanceChargeType: "PrePaid" } }, "paid ahead"],
    ["lindorm", { outputs: { paymentType: "Subscription" } }, "paid ahead"],
    ["lindormV2", { outputs: { paymentType: "PREPAY" } }, "paid ahead"],
    ["host", { outputs: { instanceChargeType: "PostPaid", deletionProtection: false } }, undefined],
  ])("%s with %j: %s", (type, more, what) => {
    expect(holds(stateOf(row(type, "x", more))).map((hold) => hold.what)).toEqual(what === undefined ? [] : [what]);
  });
});

describe("order", () => {
  const vSwitch = row("vSwitch", "network-a", { id: "vsw-1" });
  const database = (more: object) => row("lindorm", "time-series-lindorm", { inputs: { vswitchId: "vsw-1" }, ...more });

  test("what was imported goes first: the state does not say what it stands in", () => {
    expect(unordered(stateOf(vSwitch, database({})))).toEqual([database({}).urn]);
  });

  test("what the engine has made is in order", () => {
    expect(unordered(stateOf(vSwitch, database({ dependencies: [vSwitch.urn] })))).toEqual([]);
    expect(unordered(stateOf(row("vpc", "network-vpc", { inputs: { id: "id-of-network-vpc" } })))).toEqual([]);
  });
});

describe("words", () => {
  const snapshots = { count: 0, automatic: 0, automaticGo: false };
  const disks = [
    { name: "workers-01-data", id: "d-1", GiB: 200, on: "i-1", snapshots },
    {
      ...{ name: "workers-02-data", id: "d-2", GiB: 200, on: "i-2" },
      snapshots: { count: 5, automatic: 3, automaticGo: true, last: "2026-11-24T19:00:00Z" },
    },
  ];
  const resources = managedIn(
    stateOf(
      row("host", "workers-01", { outputs: { instanceType: "ecs.g7.xlarge", primaryIpAddress: "10.20.0.4" } }),
      row("address", "network-address", { outputs: { ipAddress: "47.1.2.3", deletionProtection: true } }),
      row("lindorm", "time-series-lindorm", { id: "ld-1" }),
      row("vSwitch", "network-a"),
      row("vSwitch", "network-b"),
    ),
  );
  const found = holds({ resources, pending: [] });
  const inventory = { stack: "shanghai", region, resources, disks, holds: found, perMonth: "2354.01 CNY a month" };
  const text = inventoryText(inventory, plainStyle(140));

  test.each([
    /^shanghai in cn-shanghai: all of it is deleted$/m,
    /host +workers-01 +ecs.g7.xlarge, 10.20.0.4 +with its system disk/,
    /data disk +workers-01-data +200 GiB +NO SNAPSHOT: all its data is lost/,
    /data disk +workers-02-data +200 GiB +5 snapshots, the last of 2026-11-24 19:00 UTC; 2 stay/,
    /database +time-series-lindorm +Lindorm ld-1 +all its data is lost/,
    /address +network-address +47.1.2.3/,
    /and +vSwitch \(2\)/,
    /stays +2 snapshots, billed by size/,
    /stops +2354.01 CNY a month/,
    /protected +network-address: lifted when you have agreed/,
  ])("%s", (words) => expect(text).toMatch(words));

  test("a subscription is not destroyed: when it ends, and what to do first", () => {
    const ahead = [{ urn: "u", name: "workers-01", id: "i-1", type: types.host, until: "2026-12-25T16:00:00Z" }];
    const said = paidAheadText("shanghai", ahead, "2026-11-25", false);
    expect(said).toMatch(/workers-01 +i-1 +host +until 2026-12-25, 30 days left/);
    expect(said).toMatch(/nothing was touched/);
    expect(said).toMatch(/Unsubscribe/);
    expect(said).not.toMatch(/sandbox/);
    expect(paidHostsText(ahead, "2026-11-25")).toMatch(/30 days left[\s\S]*bought then, as the stack file says/);
    expect(paidAheadText("s", ahead, "2027-01-01", true)).toMatch(/0 days left[\s\S]*sandbox -- destroy s --with-data/);
  });
});

test("what stops being billed is counted from the state, whatever the stack file says by now", async () => {
  const { plan, settings } = await situation(stackFile(smallSettings()));
  const resources = managed(plan).map(({ urn, type, inputs }) => ({ urn, type, inputs, custom: true, id: "x" }));
  const text = stopsText(planOfState("china", "test", stateOf(...resources)), settings, "2026-11-25");
  expect(text).toMatch(/^1,5\d\d\.\d\d CNY a month \(China site list/);
  const [one] = resources.filter(({ type }) => type === types.host);
  expect(stopsText(planOfState("china", "test", stateOf(one ?? {})), settings, "2026-11-25")).toMatch(/^79\d\./);
});

describe("asked of the cloud", () => {
  async function furnished() {
    const { cloud, client, ok } = await place();
    const VpcId = String((await ok("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" }))["VpcId"]);
    cloud.clock.skip(60_000);
    const at = { VpcId, ZoneId: "cn-shanghai-l" };
    const VSwitchId = String((await ok("vpc", "CreateVSwitch", { ...at, CidrBlock: "10.20.0.0/20" }))["VSwitchId"]);
    cloud.clock.skip(60_000);
    const ours = [row("vpc", "network-vpc", { id: VpcId }), row("vSwitch", "network-a", { id: VSwitchId })];
    return { cloud, client, ok, at, ours };
  }

  test("what others have put into the network, and nothing of one's own", async () => {
    const { cloud, client, ok, at, ours } = await furnished();
    expect(await foreignThings(client, region, stateOf(...ours), [])).toEqual([]);
    const theirs = { ...at, CidrBlock: "10.20.16.0/20", VSwitchName: "theirs" };
    const { VSwitchId } = await ok("vpc", "CreateVSwitch", theirs);
    cloud.clock.skip(60_000);
    const away = { name: "workers-01-data", id: "d-1", GiB: 20, on: "i-theirs", snapshots: none };
    expect(await foreignThings(client, region, stateOf(...ours), [away])).toEqual([
      { kind: "vSwitch", id: VSwitchId, name: "theirs", within: "network-vpc" },
      { kind: "host", id: "i-theirs", name: "", within: "it has the disk workers-01-data" },
    ]);
  });

  test("a disk's size; an address is unprotected, and one that is gone needs nothing", async () => {
    const { cloud, client, ok } = await furnished();
    const made = { ZoneId: "cn-shanghai-l", DiskCategory: "cloud_essd", Size: 40 };
    const { DiskId } = await ok("ecs", "CreateDisk", made);
    cloud.clock.skip(60_000);
    const state = stateOf(row("disk", "workers-01-data", { id: DiskId }));
    expect(await diskFacts(client, region, state)).toMatchObject([
      { name: "workers-01-data", GiB: 40, on: "", snapshots: { count: 0 } },
    ]);
    const taken = (type: string, at: string) => ({ SnapshotType: type, CreationTime: at, Status: "accomplished" });
    const snapshots = [taken("auto", "2026-11-23T19:00:00Z"), taken("user", "2026-11-24T19:00:00Z")];
    const making = { ...taken("auto", "2026-11-25T19:00:00Z"), Status: "progressing" };
    const told = answering(client, "DescribeSnapshots", () => ({ Snapshots: { Snapshot: [making, ...snapshots] } }));
    expect((await diskFacts(told, region, state))[0]?.snapshots).toMatchObject({
      ...{ count: 3, automatic: 2, last: "2026-11-24T19:00:00Z" },
    });
    const { AllocationId } = await ok("vpc", "AllocateEipAddress", {});
    await ok("vpc", "DeletionProtection", { InstanceId: AllocationId ?? "", Type: "EIP", ProtectionEnable: "true" });
    const { urn } = row("address", "network-address");
    await liftCloudProtection(client, region, { urn, id: String(AllocationId) });
    expect(cloud.store.everywhere(addresses).map(({ deletionProtection }) => deletionProtection)).toEqual([false]);
    await liftCloudProtection(client, region, { urn, id: "eip-gone" });
    expect(await paidAhead(client, region, state)).toEqual([]);
  });

  const none = { count: 0, automatic: 0, automaticGo: false };
  async function place() {
    const { cloud, client } = await listening();
    const ok = async (api: "ecs" | "vpc", action: string, parameters: Record<string, string | number>) =>
      (await client.call(api, action, { RegionId: region, ...parameters })) as Record<string, string>;
    return { cloud, client, ok };
  }
});
