import { describe, expect, test } from "vitest";
import { type Client, newCloud } from "../client.ts";
import { bindAddress, makeAddress, makeGateway, makeVpc, makeVSwitch, minute } from "./network.ts";

async function prepared() {
  const client = newCloud();
  const gateway = await makeGateway(client);
  const address = await bindAddress(client, gateway.id);
  const table = { SnatTableId: gateway.snatTableId };
  const create = (parameters: object) => client.call("vpc", "CreateSnatEntry", { ...table, ...parameters });
  return { client, gateway, address, table, create };
}

async function read(client: Client, filter: object) {
  const { SnatTableEntries } = await client.ok("vpc", "DescribeSnatTableEntries", filter);
  return SnatTableEntries?.["SnatTableEntry"] ?? [];
}

test("an entry for a vSwitch is Pending, then Available, changed, and deleted", async () => {
  const { client, gateway, address, table } = await prepared();
  const source = { SourceVSwitchId: gateway.vSwitchId, SnatIp: address.ip };
  const made = await client.ok("vpc", "CreateSnatEntry", { ...table, ...source, SnatEntryName: "one" });
  const named = { ...table, SnatEntryId: made["SnatEntryId"] };
  const entry = { ...named, ...source, SourceCIDR: "10.0.1.0/24", SnatEntryName: "one", EipAffinity: "0" };
  expect(await read(client, named)).toMatchObject([{ ...entry, NatGatewayId: gateway.id, Status: "Pending" }]);
  expect(await client.call("vpc", "DeleteSnatEntry", named)).toMatchObject({ code: "IncorretSnatEntryStatus" });
  client.cloud.clock.skip(minute);
  expect(await read(client, named)).toMatchObject([{ Status: "Available" }]);
  const second = await bindAddress(client, gateway.id);
  const ips = `${address.ip},${second.ip}`;
  await client.ok("vpc", "ModifySnatEntry", { ...named, SnatIp: ips, SnatEntryName: "two", EipAffinity: 1 });
  client.cloud.clock.skip(minute);
  expect(await read(client, named)).toMatchObject([{ SnatIp: ips, SnatEntryName: "two", EipAffinity: "1" }]);
  await client.ok("vpc", "DeleteSnatEntry", named);
  expect(await read(client, named)).toMatchObject([{ Status: "Deleting" }]);
  client.cloud.clock.skip(minute);
  const gone = await client.call("vpc", "DescribeSnatTableEntries", named);
  expect(gone).toMatchObject({ status: 404, code: "InvalidSnatEntryId.NotFound" });
  expect(await read(client, table)).toEqual([]);
});

test("an entry may be for a range of the VPC instead", async () => {
  const { client, address, table, create } = await prepared();
  await create({ SourceCIDR: "10.0.0.0/20", SnatIp: address.ip });
  expect(await read(client, table)).toMatchObject([{ SourceCIDR: "10.0.0.0/20", SourceVSwitchId: "" }]);
  const twice = await create({ SourceCIDR: "10.0.0.0/20", SnatIp: address.ip });
  expect(twice).toMatchObject({ code: "OperationUnsupported.CidrConflict" });
});

describe("CreateSnatEntry refuses", () => {
  test("addresses that are not bound to the gateway", async () => {
    const { client, gateway, create } = await prepared();
    const loose = await makeAddress(client);
    const source = { SourceVSwitchId: gateway.vSwitchId };
    const refused = await create({ ...source, SnatIp: loose.ip });
    expect(refused).toMatchObject({ status: 404, code: "InvalidSnatIp.NotFound" });
    expect(await create({ ...source, SnatIp: "ten" })).toMatchObject({ code: "InvalidSnatIp.Malformed" });
  });

  test("an address whose binding is not done yet", async () => {
    const { client, gateway, create } = await prepared();
    const fresh = await makeAddress(client);
    const binding = { AllocationId: fresh.id, InstanceId: gateway.id, InstanceType: "Nat" };
    await client.ok("vpc", "AssociateEipAddress", binding);
    const entry = { SourceVSwitchId: gateway.vSwitchId, SnatIp: fresh.ip };
    expect(await create(entry)).toMatchObject({ status: 400, code: "OperationUnsupported.EipInBinding" });
    client.cloud.clock.skip(minute);
    expect(await create(entry)).toMatchObject({ code: undefined });
  });

  test("a second entry for a vSwitch", async () => {
    const { gateway, address, create } = await prepared();
    const entry = { SourceVSwitchId: gateway.vSwitchId, SnatIp: address.ip };
    await create(entry);
    expect(await create(entry)).toMatchObject({ code: "Forbidden.SourceVSwitchId.Duplicated" });
  });

  test("sources that are unknown, of another VPC, double, missing or outside", async () => {
    const { client, gateway, address, create } = await prepared();
    const foreign = await makeVSwitch(client, await makeVpc(client));
    const SnatIp = address.ip;
    const both = { SourceVSwitchId: gateway.vSwitchId, SourceCIDR: "10.0.1.0/24" };
    expect(await create({ SnatIp, SourceVSwitchId: "vsw-x" })).toMatchObject({ code: "InvalidVSwitchId.NotFound" });
    expect(await create({ SnatIp, SourceVSwitchId: foreign })).toMatchObject({ code: "INVALID_PARAMETER" });
    expect(await create({ SnatIp, ...both })).toMatchObject({ code: "INVALID_PARAMETER" });
    expect(await create({ SnatIp })).toMatchObject({ code: "MissingParameter.SourceVSwitchId" });
    expect(await create({ SnatIp, SourceCIDR: "11.0.0.0/24" })).toMatchObject({ code: "NOT_ALLOW_USE_SOURCECIDR" });
    const unknown = { SnatIp, SnatTableId: "stb-nothing", SourceVSwitchId: gateway.vSwitchId };
    expect(await create(unknown)).toMatchObject({ status: 404, code: "InvalidSnatTableId.NotFound" });
  });
});

test("an address that an entry uses stays bound, unless unbinding is forced", async () => {
  const { client, gateway, address, table, create } = await prepared();
  await create({ SourceVSwitchId: gateway.vSwitchId, SnatIp: address.ip });
  const unbind = (parameters: object) =>
    client.call("vpc", "UnassociateEipAddress", {
      AllocationId: address.id,
      InstanceId: gateway.id,
      InstanceType: "Nat",
      ...parameters,
    });
  expect(await unbind({})).toMatchObject({ status: 400, code: "InvalidIpStatus.HasBeenUsedBySnatTable" });
  expect(await unbind({ Force: true })).toMatchObject({ code: undefined });
  expect(await read(client, table)).toEqual([]);
});
