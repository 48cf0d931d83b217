import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { State, StateResource } from "../../deploy/state.ts";
import { probeOf } from "../../deploy/status/probe.ts";
import { databaseStatus, diskStatus, wayStatus } from "../../deploy/status/thing-facts.ts";
import { type Listening, listening, standingHosts } from "../preflight/cloud.ts";

const region = "cn-shanghai";
const month = 31 * 86_400_000;

function state(...things: readonly (readonly [type: string, name: string, id: string, protect?: boolean])[]): State {
  const resources = things.map(([type, name, id, protect = false]): StateResource => {
    return { urn: `urn:pulumi:test::china::${type}::${name}`, type, custom: true, id, protect };
  });
  return { resources, pending: [] };
}

async function network(cloud: Listening) {
  await standingHosts(cloud, ["china-test-workers-01"]);
  const { Instances } = (await cloud.client.call("ecs", "DescribeInstances", { RegionId: region })) as {
    readonly Instances: {
      readonly Instance: readonly {
        readonly InstanceId: string;
        readonly VpcAttributes: { readonly VpcId: string; readonly VSwitchId: string };
      }[];
    };
  };
  const [host] = Instances.Instance;
  if (host === undefined) throw new Error("no host");
  return { host: host.InstanceId, VPCId: host.VpcAttributes.VpcId, VSwitchId: host.VpcAttributes.VSwitchId };
}

test("disks: size, whom they hang on, what keeps them; one that the cloud has not is gone", async () => {
  const cloud = await listening();
  const { host } = await network(cloud);
  const spec = { ZoneId: "cn-shanghai-l", DiskCategory: "cloud_essd", PerformanceLevel: "PL1" };
  const { DiskId: on = "" } = await cloud.made("ecs", "CreateDisk", { ...spec, Size: 200 });
  const { DiskId: off = "" } = await cloud.made("ecs", "CreateDisk", { ...spec, Size: 100 });
  await cloud.made("ecs", "AttachDisk", { DiskId: on, InstanceId: host });
  const type = "alicloud:ecs/ecsDisk:EcsDisk";
  const known = state(
    ["alicloud:ecs/instance:Instance", "workers-01", host],
    [type, "workers-01-data", on, true],
    [type, "workers-02-data", off],
    [type, "workers-03-data", "d-gone"],
  );
  const byTheHour = { kind: "pay-as-you-go" };
  expect(await diskStatus(cloud.client, region, known)).toMatchObject([
    {
      name: "workers-01-data",
      GiB: 200,
      level: "PL1",
      on: "workers-01",
      protected: true,
      snapshots: false,
      pay: byTheHour,
    },
    { name: "workers-02-data", GiB: 100, on: "", power: "Available", protected: false },
    { name: "workers-03-data", power: "gone" },
  ]);
});

test("the way out: address and gateway, when made, and what is gone", async () => {
  const cloud = await listening();
  const { VPCId, VSwitchId } = await network(cloud);
  const { AllocationId = "", EipAddress } = await cloud.made("vpc", "AllocateEipAddress", {
    Bandwidth: "100",
    InternetChargeType: "PayByTraffic",
  });
  const nat = { VpcId: VPCId, VSwitchId, NatType: "Enhanced", InternetChargeType: "PayByLcu" };
  const { NatGatewayId = "" } = await cloud.made("vpc", "CreateNatGateway", nat);
  const eip = "alicloud:ecs/eipAddress:EipAddress";
  const known = state(
    [eip, "address", AllocationId],
    [eip, "old", "eip-uf6gonegonegonegone00"],
    ["alicloud:vpc/natGateway:NatGateway", "nat", NatGatewayId],
  );
  const [address, old, gateway] = await wayStatus(cloud.client, region, known);
  expect(address).toMatchObject({
    kind: "address",
    address: EipAddress,
    power: "Available",
    createdAt: expect.stringMatching(/^20/),
  });
  expect(old).toMatchObject({ name: "old", power: "gone" });
  expect(gateway).toMatchObject({ kind: "NAT gateway", power: "Available", createdAt: expect.stringMatching(/^20/) });
});

describe("databases", () => {
  test("Lindorm that is paid ahead: until when, and whether it renews itself", async () => {
    const cloud = await listening();
    const { VPCId, VSwitchId } = await network(cloud);
    const { InstanceId = "" } = await cloud.made("hitsdb", "CreateLindormInstance", {
      ...{
        ZoneId: "cn-shanghai-l",
        VPCId,
        VSwitchId,
        InstanceAlias: "china-test-time-series",
        DiskCategory: "cloud_efficiency",
      },
      ...{
        InstanceStorage: "160",
        TsdbSpec: "lindorm.g.xlarge",
        TsdbNum: 2,
        PayType: "PREPAY",
        PricingCycle: "Month",
        Duration: "1",
      },
    });
    const type = "alicloud:lindorm/instance:Instance";
    const known = state([type, "time-series-lindorm", InstanceId], [type, "z", "ld-uf6gonegonegonegone00"]);
    const [there, gone] = await databaseStatus(cloud.client, region, known, "db:8242");
    expect(there).toMatchObject({
      engine: "Lindorm",
      power: "ACTIVATION",
      address: "db:8242",
      pay: { kind: "subscription", renews: false },
    });
    const until = Date.parse(there?.pay.until ?? "") - Date.parse(there?.createdAt ?? "");
    expect(until).toBeGreaterThan(month - 4 * 86_400_000);
    expect(until).toBeLessThan(month + 2 * 86_400_000);
    expect(gone).toMatchObject({ power: "gone" });
  });

  test("TSDB by the hour", async () => {
    const cloud = await listening({ account: { tsdbSold: true } });
    const { VPCId, VSwitchId } = await network(cloud);
    const { InstanceId = "" } = await cloud.made("tsdb", "CreateHiTSDBInstance", {
      ...{ InstanceClass: "tsdb.1x.basic", InstanceStorage: "50", EngineType: "tsdb_tsdb", PayType: "POSTPAY" },
      ...{ ZoneId: "cn-shanghai-l", VPCId, VSwitchId },
    });
    const known = state(["alicloud:tsdb/instance:Instance", "time-series-tsdb", InstanceId]);
    expect(await databaseStatus(cloud.client, region, known, "")).toMatchObject([
      { engine: "TSDB", power: "ACTIVATION", pay: { kind: "pay-as-you-go" } },
    ]);
  });
});

describe("what the probe left", () => {
  test.each([
    ["nothing", ""],
    ["no gzip", "aGFsbG8="],
    ["another file", gzipSync('{"a":1}').toString("base64")],
  ])("%s is no result", (_, text) => {
    expect(probeOf(text)).toBeUndefined();
  });
});
