import { describe, expect, test } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { steady } from "../../../sandbox/core/phase.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { bindAddress, makeAddress, makeGateway, minute, putHost } from "./network.ts";

async function read(client: Client, AllocationId: string) {
  const { EipAddresses } = await client.ok("vpc", "DescribeEipAddresses", { AllocationId });
  return EipAddresses?.["EipAddress"]?.[0];
}

describe("AllocateEipAddress", () => {
  test("makes a pay-as-you-go address with the defaults of the API", async () => {
    const client = newCloud();
    const { id, ip } = await makeAddress(client);
    expect(id).toMatch(/^eip-uf6[0-9a-z]{17}$/);
    expect(await read(client, id)).toMatchObject({
      AllocationId: id,
      IpAddress: ip,
      Status: "Available",
      Bandwidth: "5",
      EipBandwidth: "5",
      InternetChargeType: "PayByBandwidth",
      ChargeType: "PostPaid",
      ISP: "BGP",
      Netmode: "public",
      Mode: "NAT",
      HDMonitorStatus: "OFF",
      InstanceId: "",
      VpcId: "",
      DeletionProtection: false,
      ExpiredTime: "",
      SecurityProtectionTypes: { SecurityProtectionType: [] },
      Tags: { Tag: [] },
    });
  });

  test("never gives one address twice", async () => {
    const client = newCloud();
    const made = [await makeAddress(client), await makeAddress(client), await makeAddress(client)];
    expect(new Set(made.map(({ ip }) => ip)).size).toBe(3);
    const taken = await client.call("vpc", "AllocateEipAddress", { IpAddress: made[0]?.ip });
    expect(taken).toMatchObject({ code: "ReserveIpFail" });
  });

  test.each([
    [{ Bandwidth: 0 }, "InvalidParameter"],
    [{ Bandwidth: 201, InternetChargeType: "PayByTraffic" }, "InvalidParameter"],
    [{ Bandwidth: 501 }, "InvalidParameter"],
    [{ Bandwidth: 1_001, InstanceChargeType: "PrePaid" }, "InvalidParameter"],
    [{ InstanceChargeType: "PrePaid", InternetChargeType: "PayByTraffic" }, "InvalidParameter"],
    [{ InstanceChargeType: "PrePaid", Period: 10, PricingCycle: "Month" }, "InvalidParameter"],
    [{ InternetChargeType: "PayByMood" }, "InvalidParameter.InternetChargeType"],
    [{ ResourceGroupId: "rg-nowhere" }, "InvalidResourceGroupId"],
    [{ IpAddress: "8.8.8.8" }, "ReserveIpFail"],
  ])("refuses %o: %s", async (parameters, code) => {
    expect(await newCloud().call("vpc", "AllocateEipAddress", parameters)).toMatchObject({ status: 400, code });
  });

  test.each([
    [{ Bandwidth: 200, InternetChargeType: "PayByTraffic" }],
    [{ Bandwidth: 500 }],
    [{ Bandwidth: 1_000, InstanceChargeType: "PrePaid" }],
  ])("takes %o", async (parameters) => {
    expect(await newCloud().call("vpc", "AllocateEipAddress", parameters)).toMatchObject({ code: undefined });
  });

  test("stops at the quota", async () => {
    const client = newCloud();
    const account = client.cloud.account(testAccount);
    client.cloud.store.put(accounts, { ...account, quotas: { ...account.quotas, addresses: 1 } });
    await makeAddress(client);
    expect(await client.call("vpc", "AllocateEipAddress")).toMatchObject({ code: "QuotaExceeded.Eip" });
  });
});

describe("an account that cannot pay", () => {
  test.each([
    [{ balance: 0 }, "PAY.INSUFFICIENT_BALANCE"],
    [{ arrears: true }, "ORDER.ARREARAGE"],
    [{ payMethod: false }, "PAY.INVALID_CREDIT_CARD"],
    [{ riskControl: true }, "Forbidden.RiskControl"],
    [{ realName: false }, "RealNameAuthenticationError"],
  ])("%o gets neither an address nor a NAT gateway: %s", async (trouble, code) => {
    const client = newCloud();
    const { vpcId, vSwitchId } = await makeGateway(client);
    client.cloud.store.put(accounts, { ...client.cloud.account(testAccount), ...trouble });
    expect(await client.call("vpc", "AllocateEipAddress")).toMatchObject({ code });
    const gateway = { VpcId: vpcId, VSwitchId: vSwitchId, NatType: "Enhanced" };
    expect(await client.call("vpc", "CreateNatGateway", gateway)).toMatchObject({ code });
    expect(await client.call("vpc", "CreateVpc")).toMatchObject({ code: undefined });
  });
});

describe("a subscription address", () => {
  test("has an order and an end, and is not released before", async () => {
    const client = newCloud();
    const parameters = { InstanceChargeType: "PrePaid", Period: 1, PricingCycle: "Month", AutoPay: true };
    const { AllocationId, OrderId } = await client.ok("vpc", "AllocateEipAddress", parameters);
    expect(OrderId).toEqual(expect.any(Number));
    const shown = await read(client, String(AllocationId));
    expect(shown?.["ChargeType"]).toBe("PrePaid");
    const left = Date.parse(String(shown?.["ExpiredTime"])) - client.cloud.clock.now();
    expect(Math.round(left / 86_400_000)).toBeGreaterThanOrEqual(28);
    const release = () => client.call("vpc", "ReleaseEipAddress", { AllocationId });
    expect(await release()).toMatchObject({ code: "Forbidden.PrePaidEip" });
    client.cloud.clock.skip(32 * 86_400_000);
    expect(await release()).toMatchObject({ code: undefined });
  });
});

describe("an address is changed", () => {
  test("in name, description and bandwidth", async () => {
    const client = newCloud();
    const { id } = await makeAddress(client, { Description: "old" });
    const change = { AllocationId: id, Name: "new", Description: "", Bandwidth: 10 };
    await client.ok("vpc", "ModifyEipAddressAttribute", change);
    expect(await read(client, id)).toMatchObject({ Name: "new", Description: "", Bandwidth: "10" });
    const tooMuch = await client.call("vpc", "ModifyEipAddressAttribute", { AllocationId: id, Bandwidth: 501 });
    expect(tooMuch).toMatchObject({ code: "InvalidParameter" });
  });

  test("in mode, monitoring and resource group", async () => {
    const client = newCloud();
    const { id } = await makeAddress(client);
    await client.ok("vpc", "ModifyEipForwardMode", { InstanceId: id, Mode: "BINDED" });
    const log = { LogProject: "project", LogStore: "store" };
    await client.ok("vpc", "SetHighDefinitionMonitorLogStatus", { InstanceId: id, Status: "ON", ...log });
    const { ResourceGroups } = await client.ok("resourcemanager", "ListResourceGroups");
    const group = ResourceGroups?.["ResourceGroup"]?.[1]?.["Id"];
    const move = { ResourceId: id, ResourceType: "EIP", NewResourceGroupId: group };
    await client.ok("vpc", "MoveResourceGroup", move);
    expect(await read(client, id)).toMatchObject({ Mode: "BINDED", HDMonitorStatus: "ON", ResourceGroupId: group });
    const shown = await client.ok("vpc", "DescribeHighDefinitionMonitorLogAttribute", { InstanceId: id });
    expect(shown).toMatchObject({ InstanceId: id, ...log });
  });
});

describe("ReleaseEipAddress", () => {
  test("takes a free address away", async () => {
    const client = newCloud();
    const { id } = await makeAddress(client);
    await client.ok("vpc", "ReleaseEipAddress", { AllocationId: id });
    expect(await read(client, id)).toBeUndefined();
    const again = await client.call("vpc", "ReleaseEipAddress", { AllocationId: id });
    expect(again).toMatchObject({ status: 404, code: "InvalidAllocationId.NotFound" });
  });

  test("refuses one that is in use or protected", async () => {
    const client = newCloud();
    const { id: gatewayId } = await makeGateway(client);
    const { id } = await bindAddress(client, gatewayId);
    const release = () => client.call("vpc", "ReleaseEipAddress", { AllocationId: id });
    expect(await release()).toMatchObject({ status: 400, code: "IncorrectEipStatus" });
    await client.ok("vpc", "UnassociateEipAddress", { AllocationId: id, InstanceId: gatewayId, InstanceType: "Nat" });
    expect(await release()).toMatchObject({ code: "IncorrectEipStatus" });
    client.cloud.clock.skip(minute);
    const protect = (ProtectionEnable: boolean) =>
      client.ok("vpc", "DeletionProtection", { InstanceId: id, Type: "EIP", ProtectionEnable });
    await protect(true);
    expect(await release()).toMatchObject({ code: "InvalidOperation.DeletionProtection" });
    await protect(false);
    expect(await release()).toMatchObject({ code: undefined });
  });
});

describe("an address and a host", () => {
  const bind = (client: Client, AllocationId: string, InstanceId: string) =>
    client.call("vpc", "AssociateEipAddress", { AllocationId, InstanceId, InstanceType: "EcsInstance" });

  test("are bound at once to look at, and for good a while later", async () => {
    const client = newCloud();
    putHost(client, { id: "i-1" });
    const { id } = await makeAddress(client);
    await bind(client, id, "i-1");
    const bound = { InstanceId: "i-1", InstanceType: "EcsInstance", PrivateIpAddress: "", VpcId: "" };
    expect(await read(client, id)).toMatchObject({ Status: "Associating", ...bound });
    client.cloud.clock.skip(minute);
    expect(await read(client, id)).toMatchObject({ Status: "InUse", ...bound });
    await client.ok("vpc", "UnassociateEipAddress", { AllocationId: id, InstanceId: "i-1" });
    expect(await read(client, id)).toMatchObject({ Status: "Unassociating", InstanceId: "" });
    client.cloud.clock.skip(minute);
    expect(await read(client, id)).toMatchObject({ Status: "Available" });
  });

  test.each([
    ["i-nothing", 404, "InvalidInstanId.NotFound"],
    ["i-pending", 400, "IncorrectInstanceStatus"],
    ["i-public", 400, "BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP"],
    ["i-bound", 400, "BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP"],
  ])("%s is refused: %i %s", async (host, status, code) => {
    const client = newCloud();
    putHost(client, { id: "i-pending", phase: steady("Pending") });
    putHost(client, { id: "i-public", publicIp: "198.18.0.1" });
    putHost(client, { id: "i-bound" });
    await bind(client, (await makeAddress(client)).id, "i-bound");
    expect(await bind(client, (await makeAddress(client)).id, host)).toMatchObject({ status, code });
  });

  test("an address that is bound is not bound again, and is freed from its own host alone", async () => {
    const client = newCloud();
    putHost(client, { id: "i-1" });
    putHost(client, { id: "i-2" });
    const { id } = await makeAddress(client);
    await bind(client, id, "i-1");
    expect(await bind(client, id, "i-2")).toMatchObject({ code: "IncorrectEipStatus" });
    client.cloud.clock.skip(minute);
    const wrong = await client.call("vpc", "UnassociateEipAddress", { AllocationId: id, InstanceId: "i-2" });
    expect(wrong).toMatchObject({ code: "InvalidBindingStatus" });
  });

  test("nothing is bound to what is no host and no NAT gateway", async () => {
    const client = newCloud();
    const { id } = await makeAddress(client);
    const parameters = { AllocationId: id, InstanceId: "lb-1", InstanceType: "SlbInstance" };
    const refused = await client.call("vpc", "AssociateEipAddress", parameters);
    expect(refused).toMatchObject({ code: "InvalidInstanceType.ValueNotSupported" });
  });
});

test("DescribeEipAddresses finds by id, address, status, host, way of paying and tag", async () => {
  const client = newCloud();
  putHost(client, { id: "i-1" });
  const one = await makeAddress(client, { Name: "one" });
  const two = await makeAddress(client, { InstanceChargeType: "PrePaid" });
  await client.ok("vpc", "AssociateEipAddress", { AllocationId: one.id, InstanceId: "i-1" });
  const tag = [{ Key: "a", Value: "1" }];
  await client.ok("vpc", "TagResources", { ResourceType: "EIP", ResourceId: [two.id], Tag: tag });
  const find = async (filter: object) => {
    const { EipAddresses } = await client.ok("vpc", "DescribeEipAddresses", filter);
    return [...(EipAddresses?.["EipAddress"] ?? [])].map((row) => row["AllocationId"]);
  };
  expect(await find({})).toEqual([one.id, two.id]);
  expect(await find({ AllocationId: "eip-nothing" })).toEqual([]);
  expect(await find({ EipAddress: two.ip })).toEqual([two.id]);
  expect(await find({ EipName: "one" })).toEqual([one.id]);
  expect(await find({ Status: "Available" })).toEqual([two.id]);
  expect(await find({ AssociatedInstanceId: "i-1", AssociatedInstanceType: "EcsInstance" })).toEqual([one.id]);
  expect(await find({ ChargeType: "PrePaid" })).toEqual([two.id]);
  expect(await find({ Tag: tag })).toEqual([two.id]);
});
