import { describe, expect, test } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { type SecurityGroup, securityGroups } from "../../../sandbox/ecs/rows.ts";
import { newCloud, testAccount } from "../client.ts";
import { makeGateway, makeVpc, makeVSwitch, minute } from "./network.ts";

test("a new VPC is Pending first, then Available, and has a route table of the system", async () => {
  const client = newCloud();
  const made = await client.ok("vpc", "CreateVpc", { VpcName: "one", UserCidr: "106.11.62.0/24" });
  expect(made["VpcId"]).toMatch(/^vpc-uf6[0-9a-z]{17}$/);
  const read = () => client.ok("vpc", "DescribeVpcAttribute", { VpcId: made["VpcId"] });
  expect(await read()).toMatchObject({
    Status: "Pending",
    CidrBlock: "172.16.0.0/12",
    VpcName: "one",
    IsDefault: false,
    EnabledIpv6: false,
    Ipv6CidrBlock: "",
    DnsHostnameStatus: "DISABLED",
    ClassicLinkEnabled: false,
    OwnerId: Number(testAccount),
    VRouterId: made["VRouterId"],
    UserCidrs: { UserCidr: ["106.11.62.0/24"] },
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    VSwitchIds: { VSwitchId: [] },
    Tags: { Tag: [] },
  });
  client.cloud.clock.skip(minute);
  expect((await read())["Status"]).toBe("Available");
  const tables = await client.ok("vpc", "DescribeRouteTableList", { VpcId: made["VpcId"] });
  expect(tables["RouterTableList"]?.["RouterTableListType"]).toMatchObject([
    {
      RouteTableType: "System",
      RouteTableId: made["RouteTableId"],
      RouterId: made["VRouterId"],
      VpcId: made["VpcId"],
      RoutePropagationEnable: true,
      ResourceGroupId: made["ResourceGroupId"],
    },
  ]);
});

describe("CreateVpc refuses", () => {
  test.each([
    { CidrBlock: "10.0.0.0/7", code: "IllegalParam.CidrBlockMask" },
    { CidrBlock: "10.0.0.0/29", code: "IllegalParam.CidrBlockMask" },
    { CidrBlock: "10.0.0.1/16", code: "InvalidParameter" },
    { CidrBlock: "10.0.0.0", code: "InvalidParameter" },
    { CidrBlock: "100.64.0.0/16", code: "OperationDenied.CidrInExcludeCidrs" },
    { CidrBlock: "127.0.0.0/8", code: "OperationDenied.CidrInExcludeCidrs" },
    { CidrBlock: "224.0.0.0/8", code: "OperationDenied.CidrInExcludeCidrs" },
    { CidrBlock: "169.254.0.0/16", code: "OperationDenied.CidrInExcludeCidrs" },
    { UserCidr: "1.0.0.0/8,2.0.0.0/8,3.0.0.0/8,4.0.0.0/8", code: "InvalidUserCidr.Quota" },
    { UserCidr: "100.64.1.0/24", code: "InvalidUserCidr.Malformed" },
    { VpcName: "http://one", code: "InvalidVpcName.Malformed" },
    { Description: "x".repeat(257), code: "InvalidVpcDiscription.Malformed" },
    { ResourceGroupId: "rg-nowhere", code: "InvalidResourceGroupId" },
    { Ipv4IpamPoolId: "ipam-pool-1", code: "UnsupportedFeature.Ipam" },
    { DryRun: true, code: "DryRunOperation" },
  ])("$code for %o", async ({ code, ...parameters }) => {
    const client = newCloud();
    expect(await client.call("vpc", "CreateVpc", parameters)).toMatchObject({ status: 400, code });
    expect((await client.ok("vpc", "DescribeVpcs"))["TotalCount"]).toBe(0);
  });

  test("a region that it does not know", async () => {
    const refused = await newCloud().in("cn-atlantis").call("vpc", "CreateVpc");
    expect(refused).toMatchObject({ status: 404, code: "InvalidRegionId.NotFound" });
  });

  test("more VPCs than the quota of the region allows", async () => {
    const client = newCloud();
    const account = client.cloud.account(testAccount);
    client.cloud.store.put(accounts, { ...account, quotas: { ...account.quotas, vpcs: 1 } });
    await makeVpc(client);
    expect(await client.call("vpc", "CreateVpc")).toMatchObject({ status: 400, code: "QuotaExceeded.Vpc" });
    await client.in("cn-beijing").ok("vpc", "CreateVpc");
  });
});

test("the same ClientToken makes one VPC", async () => {
  const client = newCloud();
  const first = await client.ok("vpc", "CreateVpc", { ClientToken: "t" });
  const second = await client.ok("vpc", "CreateVpc", { ClientToken: "t" });
  expect(second["VpcId"]).toBe(first["VpcId"]);
  expect((await client.ok("vpc", "DescribeVpcs"))["TotalCount"]).toBe(1);
});

describe("ModifyVpcAttribute", () => {
  test("changes name, description, range and host names", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client, { Description: "old" });
    await client.ok("vpc", "ModifyVpcAttribute", {
      VpcId,
      VpcName: "new",
      Description: "",
      CidrBlock: "172.16.0.0/12",
      EnableDnsHostname: "true",
    });
    expect(await client.ok("vpc", "DescribeVpcAttribute", { VpcId })).toMatchObject({
      VpcName: "new",
      Description: "",
      CidrBlock: "172.16.0.0/12",
      DnsHostnameStatus: "ENABLED",
    });
  });

  test("keeps what was not sent", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client, { VpcName: "one", Description: "two", EnableDnsHostname: true });
    await client.ok("vpc", "ModifyVpcAttribute", { VpcId, VpcName: "three" });
    expect(await client.ok("vpc", "DescribeVpcAttribute", { VpcId })).toMatchObject({
      VpcName: "three",
      Description: "two",
      CidrBlock: "10.0.0.0/16",
      DnsHostnameStatus: "ENABLED",
    });
  });

  test("keeps every vSwitch inside", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    await makeVSwitch(client, VpcId, { CidrBlock: "10.0.200.0/24" });
    const change = (CidrBlock: string) => client.call("vpc", "ModifyVpcAttribute", { VpcId, CidrBlock });
    expect(await change("10.0.0.0/17")).toMatchObject({ code: "DependencyViolation.VSwitch" });
    expect(await change("10.0.0.0/8")).toMatchObject({ code: undefined });
  });

  test("waits until the VPC is Available", async () => {
    const client = newCloud();
    const { VpcId } = await client.ok("vpc", "CreateVpc");
    const refused = await client.call("vpc", "ModifyVpcAttribute", { VpcId, VpcName: "new" });
    expect(refused).toMatchObject({ status: 400, code: "IncorrectVpcStatus" });
  });
});

describe("DeleteVpc", () => {
  test("takes an empty VPC away", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    await client.ok("vpc", "DeleteVpc", { VpcId });
    const gone = { status: 404, code: "InvalidVpcId.NotFound" };
    expect(await client.call("vpc", "DescribeVpcAttribute", { VpcId })).toMatchObject(gone);
    expect(await client.call("vpc", "DeleteVpc", { VpcId })).toMatchObject(gone);
  });

  test("refuses one with a vSwitch, with ForceDelete too", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    await makeVSwitch(client, VpcId);
    const refused = await client.call("vpc", "DeleteVpc", { VpcId, ForceDelete: true });
    expect(refused).toMatchObject({ status: 400, code: "DependencyViolation.VSwitch" });
  });

  test("refuses one with a security group", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const row = { account: testAccount, region: "cn-shanghai", createdAt: 0, vpcId: VpcId, rules: [], tags: {} };
    client.cloud.store.put(securityGroups, { id: "sg-1", ...row } as unknown as SecurityGroup);
    const refused = await client.call("vpc", "DeleteVpc", { VpcId });
    expect(refused).toMatchObject({ status: 400, code: "DependencyViolation.SecurityGroup" });
  });

  test("of a dry run deletes nothing", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    expect(await client.call("vpc", "DeleteVpc", { VpcId, DryRun: true })).toMatchObject({ code: "DryRunOperation" });
    await client.ok("vpc", "DescribeVpcAttribute", { VpcId });
  });
});

describe("DescribeVpcs", () => {
  test("finds by id, name, tag, group, and whether it is the default", async () => {
    const client = newCloud();
    const one = await makeVpc(client, { VpcName: "one", Tag: [{ Key: "a", Value: "1" }] });
    const two = await makeVpc(client, { VpcName: "two", CidrBlock: "10.1.0.0/16" });
    const find = async (filter: object) => {
      const { Vpcs } = await client.ok("vpc", "DescribeVpcs", filter);
      return [...(Vpcs?.["Vpc"] ?? [])].map((vpc) => vpc["VpcId"]);
    };
    expect(await find({})).toEqual([one, two]);
    expect(await find({ VpcId: two })).toEqual([two]);
    expect(await find({ VpcId: `${one},${two}` })).toEqual([one, two]);
    expect(await find({ VpcId: "vpc-nothing" })).toEqual([]);
    expect(await find({ VpcName: "one" })).toEqual([one]);
    expect(await find({ IsDefault: true })).toEqual([]);
    expect(await find({ Tag: [{ Key: "a", Value: "1" }] })).toEqual([one]);
    expect(await find({ Tag: [{ Key: "a", Value: "2" }] })).toEqual([]);
    expect(await find({ ResourceGroupId: "rg-other" })).toEqual([]);
    expect(await find({ PageSize: 1, PageNumber: 2 })).toEqual([two]);
  });

  test("lists the vSwitches and NAT gateways of each", async () => {
    const client = newCloud();
    const gateway = await makeGateway(client);
    const { Vpcs } = await client.ok("vpc", "DescribeVpcs");
    expect(Vpcs?.["Vpc"]?.[0]).toMatchObject({
      VSwitchIds: { VSwitchId: [gateway.vSwitchId] },
      NatGatewayIds: { NatGatewayIds: [gateway.id] },
    });
  });

  test("shows nothing of another region", async () => {
    const client = newCloud();
    await makeVpc(client);
    expect((await client.in("cn-beijing").ok("vpc", "DescribeVpcs"))["TotalCount"]).toBe(0);
  });
});

test("a VPC moves to another resource group, and its route table with it", async () => {
  const client = newCloud();
  const VpcId = await makeVpc(client);
  const { ResourceGroups } = await client.ok("resourcemanager", "ListResourceGroups");
  const group = ResourceGroups?.["ResourceGroup"]?.[1]?.["Id"];
  const move = { ResourceId: VpcId, ResourceType: "VPC", NewResourceGroupId: group };
  await client.ok("vpc", "MoveResourceGroup", move);
  const { RouterTableList } = await client.ok("vpc", "DescribeRouteTableList", { VpcId });
  expect(RouterTableList?.["RouterTableListType"]?.[0]?.["ResourceGroupId"]).toBe(group);
  expect((await client.ok("vpc", "DescribeVpcAttribute", { VpcId }))["ResourceGroupId"]).toBe(group);
});

test("the system's route table takes a name, a description and whether it propagates", async () => {
  const client = newCloud();
  const VpcId = await makeVpc(client);
  const table = async () => {
    const { RouterTableList } = await client.ok("vpc", "DescribeRouteTableList", { VpcId });
    return RouterTableList?.["RouterTableListType"]?.[0];
  };
  const RouteTableId = (await table())?.["RouteTableId"];
  const change = { RouteTableId, RouteTableName: "main", Description: "ours", RoutePropagationEnable: false };
  await client.ok("vpc", "ModifyRouteTableAttributes", change);
  expect(await table()).toMatchObject({ ...change });
  const refused = await client.call("vpc", "ModifyRouteTableAttributes", { RouteTableId: "vtb-nothing" });
  expect(refused).toMatchObject({ status: 404, code: "InvalidRouteTableId.NotFound" });
});

test("the cloud routes the vSwitches, its services, and the internet through a NAT gateway", async () => {
  const client = newCloud();
  const gateway = await makeGateway(client);
  const { RouteTables } = await client.ok("vpc", "DescribeRouteTables", { VpcId: gateway.vpcId });
  const routes = RouteTables?.["RouteTable"]?.[0]?.["RouteEntrys"]?.["RouteEntry"] ?? [];
  expect([...routes].map((route) => [route["DestinationCidrBlock"], route["InstanceId"]])).toEqual([
    ["10.0.1.0/24", ""],
    ["100.64.0.0/10", ""],
    ["0.0.0.0/0", gateway.id],
  ]);
});

test("regions and zones come from the catalogue", async () => {
  const client = newCloud();
  const { Regions } = await client.ok("vpc", "DescribeRegions");
  expect([...(Regions?.["Region"] ?? [])].map((region) => region["RegionId"])).toContain("cn-shanghai");
  const { Zones } = await client.ok("vpc", "DescribeZones");
  expect([...(Zones?.["Zone"] ?? [])].map((zone) => zone["ZoneId"])).toContain("cn-shanghai-l");
});
