import { describe, expect, test } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { bindAddress, makeGateway, makeVpc, makeVSwitch, minute } from "./network.ts";

async function read(client: Client, NatGatewayId: string) {
  const { NatGateways } = await client.ok("vpc", "DescribeNatGateways", { NatGatewayId });
  return NatGateways?.["NatGateway"]?.[0];
}

describe("CreateNatGateway", () => {
  test("makes one that is Creating first, with tables and an address in its vSwitch", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const VSwitchId = await makeVSwitch(client, VpcId);
    const made = await client.ok("vpc", "CreateNatGateway", { VpcId, VSwitchId, NatType: "Enhanced", Name: "one" });
    const id = String(made["NatGatewayId"]);
    expect(id).toMatch(/^ngw-uf6/);
    expect(await read(client, id)).toMatchObject({
      NatGatewayId: id,
      Status: "Creating",
      Name: "one",
      VpcId,
      NatType: "Enhanced",
      NetworkType: "internet",
      InstanceChargeType: "PostPaid",
      InternetChargeType: "PayByLcu",
      Spec: "",
      EipBindMode: "MULTI_BINDED",
      IcmpReplyEnabled: true,
      PrivateLinkEnabled: false,
      DeletionProtection: false,
      SnatTableIds: made["SnatTableIds"],
      ForwardTableIds: made["ForwardTableIds"],
      NatGatewayPrivateInfo: { VswitchId: VSwitchId, PrivateIpAddress: "10.0.1.1", IzNo: "cn-shanghai-l" },
      IpLists: { IpList: [] },
    });
    expect(await read(client, id)).not.toHaveProperty("AccessMode");
    client.cloud.clock.skip(minute);
    expect((await read(client, id))?.["Status"]).toBe("Available");
  });

  test.each([
    [{ NatType: "" }, 400, "MissingParameter.NatType"],
    [{ NatType: "Normal" }, 400, "OperationFailed.NormalInventoryNotEnough"],
    [{ VpcId: "vpc-nothing" }, 404, "InvalidVpcId.NotFound"],
    [{ VSwitchId: "vsw-nothing" }, 404, "InvalidVSwitchId.NotFound"],
    [{ VSwitchId: "" }, 400, "MissingParameter.VSwitchId"],
    [{ Spec: "Huge", InternetChargeType: "PayBySpec" }, 400, "InvalidParameter.Spec.ValueNotSupported"],
    [{ InstanceChargeType: "PrePaid", InternetChargeType: "PayByLcu" }, 400, "OperationUnsupported.PrePaidPyByLcu"],
    [{ Name: "http://one" }, 400, "InvalidParameter.Name.Malformed"],
    [{ DryRun: true }, 400, "DryRunOperation"],
  ])("refuses %o: %i %s", async (parameters, status, code) => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const VSwitchId = await makeVSwitch(client, VpcId);
    const all = { VpcId, VSwitchId, NatType: "Enhanced", ...parameters };
    expect(await client.call("vpc", "CreateNatGateway", all)).toMatchObject({ status, code });
  });

  test("refuses a vSwitch of another VPC, and one that is being made", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const VSwitchId = await makeVSwitch(client, await makeVpc(client));
    const make = (parameters: object) =>
      client.call("vpc", "CreateNatGateway", { VpcId, NatType: "Enhanced", ...parameters });
    expect(await make({ VSwitchId })).toMatchObject({ code: "OperationFailed.VswNotBelongToVpc" });
    const fresh = await client.ok("vpc", "CreateVSwitch", {
      VpcId,
      CidrBlock: "10.0.5.0/24",
      ZoneId: "cn-shanghai-l",
    });
    expect(await make({ VSwitchId: fresh["VSwitchId"] })).toMatchObject({ code: "VswitchStatusError" });
  });

  test("stops at the quota", async () => {
    const client = newCloud();
    const account = client.cloud.account(testAccount);
    client.cloud.store.put(accounts, { ...account, quotas: { ...account.quotas, natGatewaysPerVpc: 1 } });
    const { vpcId, vSwitchId } = await makeGateway(client);
    const second = { VpcId: vpcId, VSwitchId: vSwitchId, NatType: "Enhanced" };
    expect(await client.call("vpc", "CreateNatGateway", second)).toMatchObject({ code: "QuotaExceeded.NatGateway" });
  });

  test("keeps an access mode that came as JSON", async () => {
    const client = newCloud();
    const AccessMode = '{"ModeValue":"tunnel","TunnelType":"geneve"}';
    const { id } = await makeGateway(client, { NetworkType: "intranet", AccessMode });
    expect((await read(client, id))?.["AccessMode"]).toEqual({ ModeValue: "tunnel", TunnelType: "geneve" });
  });
});

describe("a NAT gateway is changed", () => {
  test("in name, description, way of binding and answers to ping", async () => {
    const client = newCloud();
    const { id } = await makeGateway(client);
    const change = { Name: "new", Description: "words", EipBindMode: "NAT", IcmpReplyEnabled: false };
    await client.ok("vpc", "ModifyNatGatewayAttribute", { NatGatewayId: id, ...change });
    expect(await read(client, id)).toMatchObject(change);
  });

  test("in size, when it is paid by size", async () => {
    const client = newCloud();
    const bySize = await makeGateway(client, { InternetChargeType: "PayBySpec" });
    expect((await read(client, bySize.id))?.["Spec"]).toBe("Small");
    await client.ok("vpc", "ModifyNatGatewaySpec", { NatGatewayId: bySize.id, Spec: "Large" });
    expect((await read(client, bySize.id))?.["Spec"]).toBe("Large");
    const byUse = await makeGateway(client);
    const refused = await client.call("vpc", "ModifyNatGatewaySpec", { NatGatewayId: byUse.id, Spec: "Large" });
    expect(refused).toMatchObject({ code: "OperationUnsupported.PayByLcu" });
  });

  test("not in its vSwitch", async () => {
    const client = newCloud();
    const { id, vpcId, vSwitchId } = await makeGateway(client);
    const other = await makeVSwitch(client, vpcId, { CidrBlock: "10.0.2.0/24" });
    const update = (VSwitchId: string) =>
      client.call("vpc", "UpdateNatGatewayNatType", { NatGatewayId: id, NatType: "Enhanced", VSwitchId });
    expect(await update(vSwitchId)).toMatchObject({ code: undefined });
    expect(await update(other)).toMatchObject({ code: "OperationUnsupported.VSwitch" });
  });

  test("not while it is being made", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const VSwitchId = await makeVSwitch(client, VpcId);
    const { NatGatewayId } = await client.ok("vpc", "CreateNatGateway", { VpcId, VSwitchId, NatType: "Enhanced" });
    const rename = await client.call("vpc", "ModifyNatGatewayAttribute", { NatGatewayId, Name: "new" });
    expect(rename).toMatchObject({ code: "IncorrectStatus.NATGW" });
    const remove = await client.call("vpc", "DeleteNatGateway", { NatGatewayId });
    expect(remove).toMatchObject({ status: 400, code: "OperationConflict" });
  });
});

describe("DeleteNatGateway", () => {
  const remove = (client: Client, NatGatewayId: string, parameters: object = {}) =>
    client.call("vpc", "DeleteNatGateway", { NatGatewayId, ...parameters });

  test("takes a while: Deleting first, then gone", async () => {
    const client = newCloud();
    const { id, vpcId, vSwitchId } = await makeGateway(client);
    expect(await remove(client, id)).toMatchObject({ code: undefined });
    expect((await read(client, id))?.["Status"]).toBe("Deleting");
    expect(await remove(client, id)).toMatchObject({ status: 404, code: "IncorrectStatus.NatGateway" });
    client.cloud.clock.skip(minute);
    expect(await read(client, id)).toBeUndefined();
    expect(await remove(client, id)).toMatchObject({ status: 404, code: "InvalidNatGatewayId.NotFound" });
    await client.ok("vpc", "DeleteVSwitch", { VSwitchId: vSwitchId });
    await client.ok("vpc", "DeleteVpc", { VpcId: vpcId });
  });

  test("refuses one with addresses or SNAT entries, unless it is forced", async () => {
    const client = newCloud();
    const { id, vSwitchId, snatTableId } = await makeGateway(client);
    const address = await bindAddress(client, id);
    expect(await remove(client, id)).toMatchObject({ status: 400, code: "DependencyViolation.EIPS" });
    const entry = { SnatTableId: snatTableId, SourceVSwitchId: vSwitchId, SnatIp: address.ip };
    await client.ok("vpc", "CreateSnatEntry", entry);
    expect(await remove(client, id)).toMatchObject({ status: 400, code: "DependencyViolation.SnatEntry" });
    expect(await remove(client, id, { Force: true })).toMatchObject({ code: undefined });
    const { EipAddresses } = await client.ok("vpc", "DescribeEipAddresses", { AllocationId: address.id });
    expect(EipAddresses?.["EipAddress"]?.[0]).toMatchObject({ Status: "Available", InstanceId: "" });
  });

  test("refuses one that is protected", async () => {
    const client = newCloud();
    const { id } = await makeGateway(client);
    const protect = (ProtectionEnable: boolean) =>
      client.ok("vpc", "DeletionProtection", { InstanceId: id, Type: "NATGW", ProtectionEnable });
    await protect(true);
    expect((await read(client, id))?.["DeletionProtection"]).toBe(true);
    expect(await remove(client, id, { Force: true })).toMatchObject({ code: "InvalidOperation.DeletionProtection" });
    await protect(false);
    expect(await remove(client, id)).toMatchObject({ code: undefined });
  });

  test("refuses a subscription until it ends", async () => {
    const client = newCloud();
    const { id } = await makeGateway(client, { InstanceChargeType: "PrePaid", Duration: 1, PricingCycle: "Year" });
    expect(await read(client, id)).toMatchObject({ InstanceChargeType: "PrePaid", InternetChargeType: "PayBySpec" });
    expect(await remove(client, id)).toMatchObject({ code: "Forbidden.PrePaidNatGateway" });
    client.cloud.clock.skip(367 * 24 * 60 * minute);
    expect(await remove(client, id)).toMatchObject({ code: undefined });
  });
});

test("GetNatGatewayAttribute tells of its tables, way of paying and addresses", async () => {
  const client = newCloud();
  const { id, vSwitchId, snatTableId } = await makeGateway(client);
  const { ip } = await bindAddress(client, id);
  await client.ok("vpc", "CreateSnatEntry", { SnatTableId: snatTableId, SourceVSwitchId: vSwitchId, SnatIp: ip });
  expect(await client.ok("vpc", "GetNatGatewayAttribute", { NatGatewayId: id })).toMatchObject({
    NatGatewayId: id,
    Status: "Available",
    SnatTable: { SnatTableId: snatTableId, SnatEntryCount: 1 },
    BillingConfig: { InstanceChargeType: "PostPaid", InternetChargeType: "PayByLcu" },
    PrivateInfo: { VswitchId: vSwitchId },
    DeletionProtectionInfo: { Enabled: false },
    IpList: [{ IpAddress: ip, UsingStatus: "UsedBySnatTable" }],
  });
});
