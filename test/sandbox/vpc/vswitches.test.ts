import { describe, expect, test } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { type Lindorm, lindorms, type Tsdb, tsdbs } from "../../../sandbox/hitsdb/rows.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { bindAddress, makeGateway, makeVpc, makeVSwitch, minute, putHost } from "./network.ts";

test("a new vSwitch is Pending first, then Available", async () => {
  const client = newCloud();
  const VpcId = await makeVpc(client);
  const where = { VpcId, CidrBlock: "10.0.1.0/24", ZoneId: "cn-shanghai-l" };
  const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", { ...where, VSwitchName: "one", Description: "two" });
  expect(VSwitchId).toMatch(/^vsw-uf6[0-9a-z]{17}$/);
  const read = () => client.ok("vpc", "DescribeVSwitchAttributes", { VSwitchId });
  expect(await read()).toMatchObject({
    ...where,
    VSwitchId,
    Status: "Pending",
    VSwitchName: "one",
    Description: "two",
    IsDefault: false,
    Ipv6CidrBlock: "",
    AvailableIpAddressCount: 252,
    RouteTable: { RouteTableType: "System", RouteTableId: expect.stringMatching(/^vtb-/) },
    Tags: { Tag: [] },
  });
  client.cloud.clock.skip(minute);
  expect((await read())["Status"]).toBe("Available");
});

describe("CreateVSwitch refuses", () => {
  test.each([
    [{ CidrBlock: "10.1.0.0/24" }, 400, "InvalidParameter"],
    [{ CidrBlock: "10.0.0.0/15" }, 400, "InvalidCirdrBlock.MaskLength"],
    [{ CidrBlock: "10.0.0.0/30" }, 400, "InvalidCirdrBlock.MaskLength"],
    [{ CidrBlock: "10.0.0.1/24" }, 400, "InvalidCidrBlock.Malformed"],
    [{ CidrBlock: "10.0.1.128/25" }, 400, "InvalidCidrBlock.Overlapped"],
    [{ CidrBlock: "10.0.0.0/16" }, 400, "InvalidCidrBlock.Overlapped"],
    [{ ZoneId: "cn-shanghai-z" }, 404, "InvalidZoneId.NotFound"],
    [{ ZoneId: "cn-beijing-h" }, 404, "InvalidZoneId.NotFound"],
    [{ ZoneId: "" }, 400, "MissingParameter.ZoneId"],
    [{ CidrBlock: "" }, 400, "MissingParameter.CidrBlock"],
    [{ VpcId: "vpc-nothing" }, 404, "InvalidVpcId.NotFound"],
    [{ VSwitchName: "https://one" }, 400, "InvalidVSwitchName.Malformed"],
  ])("%o", async (parameters, status, code) => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    await makeVSwitch(client, VpcId, { CidrBlock: "10.0.1.0/24" });
    const all = { VpcId, CidrBlock: "10.0.2.0/24", ZoneId: "cn-shanghai-l", ...parameters };
    expect(await client.call("vpc", "CreateVSwitch", all)).toMatchObject({ status, code });
  });

  test("a VPC that is not ready", async () => {
    const client = newCloud();
    const { VpcId } = await client.ok("vpc", "CreateVpc");
    const where = { VpcId, CidrBlock: "172.16.0.0/24", ZoneId: "cn-shanghai-l" };
    expect(await client.call("vpc", "CreateVSwitch", where)).toMatchObject({ code: "IncorrectVpcStatus" });
  });

  test("more vSwitches than the quota of the VPC allows", async () => {
    const client = newCloud();
    const account = client.cloud.account(testAccount);
    client.cloud.store.put(accounts, { ...account, quotas: { ...account.quotas, vSwitchesPerVpc: 1 } });
    const VpcId = await makeVpc(client);
    await makeVSwitch(client, VpcId);
    const second = { VpcId, CidrBlock: "10.0.2.0/24", ZoneId: "cn-shanghai-l" };
    expect(await client.call("vpc", "CreateVSwitch", second)).toMatchObject({ code: "QuotaExceeded.VSwitch" });
  });
});

test("the same range may be used in two VPCs", async () => {
  const client = newCloud();
  for (const name of ["one", "two"]) await makeVSwitch(client, await makeVpc(client, { VpcName: name }));
  expect((await client.ok("vpc", "DescribeVSwitches"))["TotalCount"]).toBe(2);
});

test("name and description are changed, each alone", async () => {
  const client = newCloud();
  const VSwitchId = await makeVSwitch(client, await makeVpc(client), { Description: "two" });
  await client.ok("vpc", "ModifyVSwitchAttribute", { VSwitchId, VSwitchName: "one" });
  const read = () => client.ok("vpc", "DescribeVSwitchAttributes", { VSwitchId });
  expect(await read()).toMatchObject({ VSwitchName: "one", Description: "two" });
  await client.ok("vpc", "ModifyVSwitchAttribute", { VSwitchId, Description: "three" });
  expect(await read()).toMatchObject({ VSwitchName: "one", Description: "three" });
});

describe("DescribeVSwitches", () => {
  test("finds by id, VPC, zone, name, owner, route table, group and tag", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const tag = [{ Key: "a", Value: "1" }];
    const one = await makeVSwitch(client, VpcId, { VSwitchName: "one", Tag: tag });
    const two = await makeVSwitch(client, VpcId, { CidrBlock: "10.0.2.0/24", ZoneId: "cn-shanghai-m" });
    const vpc = await client.ok("vpc", "DescribeVpcAttribute", { VpcId });
    const { RouterTableList } = await client.ok("vpc", "DescribeRouteTableList", { VpcId });
    const table = RouterTableList?.["RouterTableListType"]?.[0]?.["RouteTableId"];
    const find = async (filter: object) => {
      const { VSwitches } = await client.ok("vpc", "DescribeVSwitches", filter);
      return [...(VSwitches?.["VSwitch"] ?? [])].map((vSwitch) => vSwitch["VSwitchId"]);
    };
    expect(await find({ VpcId })).toEqual([one, two]);
    expect(await find({ VpcId: "vpc-nothing" })).toEqual([]);
    expect(await find({ VSwitchId: two })).toEqual([two]);
    expect(await find({ ZoneId: "cn-shanghai-m" })).toEqual([two]);
    expect(await find({ VSwitchName: "one" })).toEqual([one]);
    expect(await find({ VSwitchOwnerId: 1 })).toEqual([]);
    expect(await find({ RouteTableId: table })).toEqual([one, two]);
    expect(await find({ ResourceGroupId: vpc["ResourceGroupId"] })).toEqual([one, two]);
    expect(await find({ ResourceGroupId: "rg-fake" })).toEqual([]);
    expect(await find({ IsDefault: true })).toEqual([]);
    expect(await find({ Tag: tag })).toEqual([one]);
    expect(await find({ PageSize: 1, PageNumber: 2 })).toEqual([two]);
  });

  test("counts the addresses that are left: hosts and NAT gateways have one each", async () => {
    const client = newCloud();
    const { vSwitchId } = await makeGateway(client);
    putHost(client, { id: "i-1", vSwitchId, privateIp: "10.0.1.20" });
    const { VSwitches } = await client.ok("vpc", "DescribeVSwitches", { VSwitchId: vSwitchId });
    expect(VSwitches?.["VSwitch"]?.[0]?.["AvailableIpAddressCount"]).toBe(250);
  });
});

describe("DeleteVSwitch", () => {
  const remove = (client: Client, VSwitchId: string) => client.call("vpc", "DeleteVSwitch", { VSwitchId });

  test("takes an empty one away", async () => {
    const client = newCloud();
    const VSwitchId = await makeVSwitch(client, await makeVpc(client));
    expect(await remove(client, VSwitchId)).toMatchObject({ code: undefined });
    const gone = { status: 404, code: "InvalidVswitchID.NotFound" };
    expect(await client.call("vpc", "DescribeVSwitchAttributes", { VSwitchId })).toMatchObject(gone);
    expect(await remove(client, VSwitchId)).toMatchObject(gone);
  });

  test("waits for the hosts in it", async () => {
    const client = newCloud();
    const vSwitchId = await makeVSwitch(client, await makeVpc(client));
    const host = putHost(client, { id: "i-1", vSwitchId });
    expect(await remove(client, vSwitchId)).toMatchObject({ status: 400, code: "DependencyViolation" });
    putHost(client, { ...host, vSwitchId: "vsw-other" });
    expect(await remove(client, vSwitchId)).toMatchObject({ code: undefined });
  });

  test.each(["lindorm", "tsdb"] as const)("waits for a %s, some minutes after its release too", async (kind) => {
    const client = newCloud();
    const { cloud } = client;
    const vSwitchId = await makeVSwitch(client, await makeVpc(client));
    const row = {
      id: "ld-1",
      account: testAccount,
      region: "cn-shanghai",
      createdAt: 0,
      vSwitchId,
      goneAt: cloud.clock.now() + 5 * minute,
    };
    if (kind === "lindorm") cloud.store.put(lindorms, row as unknown as Lindorm);
    else cloud.store.put(tsdbs, row as unknown as Tsdb);
    expect(await remove(client, vSwitchId)).toMatchObject({ status: 400, code: "DependencyViolation" });
    cloud.clock.skip(6 * minute);
    expect(await remove(client, vSwitchId)).toMatchObject({ code: undefined });
  });

  test("waits for a NAT gateway, and until it is gone", async () => {
    const client = newCloud();
    const { id, vSwitchId } = await makeGateway(client);
    expect(await remove(client, vSwitchId)).toMatchObject({ code: "DependencyViolation.EnhancedNatgw" });
    await client.ok("vpc", "DeleteNatGateway", { NatGatewayId: id });
    expect(await remove(client, vSwitchId)).toMatchObject({ code: "DependencyViolation.EnhancedNatgw" });
    client.cloud.clock.skip(minute);
    expect(await remove(client, vSwitchId)).toMatchObject({ code: undefined });
  });

  test("waits for an SNAT entry", async () => {
    const client = newCloud();
    const { id, vpcId, snatTableId } = await makeGateway(client);
    const { ip } = await bindAddress(client, id);
    const other = await makeVSwitch(client, vpcId, { CidrBlock: "10.0.2.0/24" });
    await client.ok("vpc", "CreateSnatEntry", { SnatTableId: snatTableId, SourceVSwitchId: other, SnatIp: ip });
    expect(await remove(client, other)).toMatchObject({ code: "DependencyViolation.SnatEntry" });
  });

  test("waits until it is Available", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const where = { VpcId, CidrBlock: "10.0.1.0/24", ZoneId: "cn-shanghai-l" };
    const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", where);
    expect(await remove(client, String(VSwitchId))).toMatchObject({ code: "IncorrectVSwitchStatus" });
  });
});

describe("the default VPC", () => {
  test("is there once, with a vSwitch for each zone", async () => {
    const client = newCloud();
    const make = (ZoneId: string) => client.call("vpc", "CreateDefaultVSwitch", { ZoneId });
    expect(await make("cn-shanghai-l")).toMatchObject({ status: 404, code: "InvalidVpcId.NotFound" });
    const { VpcId } = await client.ok("vpc", "CreateDefaultVpc");
    client.cloud.clock.skip(minute);
    expect(await client.call("vpc", "CreateDefaultVpc")).toMatchObject({ code: "OperationDenied.DefaultVpcExist" });
    expect(await make("cn-shanghai-l")).toMatchObject({ code: undefined });
    expect(await make("cn-shanghai-l")).toMatchObject({ code: "OperationDenied.DefaultVSwitchExist" });
    expect(await make("cn-shanghai-m")).toMatchObject({ code: undefined });
    const { VSwitches } = await client.ok("vpc", "DescribeVSwitches", { IsDefault: true });
    expect([...(VSwitches?.["VSwitch"] ?? [])].map((row) => [row["VpcId"], row["CidrBlock"]])).toEqual([
      [VpcId, "172.31.0.0/20"],
      [VpcId, "172.31.16.0/20"],
    ]);
  });

  // Upstream's tests plan again after making one without a description, and want no difference.
  test("has no description of its own, nor has its vSwitch", async () => {
    const client = newCloud();
    await client.ok("vpc", "CreateDefaultVpc");
    client.cloud.clock.skip(minute);
    await client.ok("vpc", "CreateDefaultVSwitch", { ZoneId: "cn-shanghai-l" });
    const { Vpcs } = await client.ok("vpc", "DescribeVpcs", { IsDefault: true });
    const { VSwitches } = await client.ok("vpc", "DescribeVSwitches", { IsDefault: true });
    expect([Vpcs?.["Vpc"]?.[0], VSwitches?.["VSwitch"]?.[0]]).toMatchObject([{ Description: "" }, { Description: "" }]);
  });
});
