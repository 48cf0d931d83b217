import { describe, expect, test } from "vitest";
import { type Client, newCloud } from "../client.ts";
import { makeVpc, makeVSwitch } from "./network.ts";

async function secondary(client: Client, VpcId: string): Promise<unknown> {
  const { SecondaryCidrBlocks } = await client.ok("vpc", "DescribeVpcAttribute", { VpcId });
  return SecondaryCidrBlocks?.["SecondaryCidrBlock"];
}

describe("secondary ranges", () => {
  const associate = (client: Client, VpcId: string, SecondaryCidrBlock: string) =>
    client.call("vpc", "AssociateVpcCidrBlock", { VpcId, SecondaryCidrBlock, IpVersion: "IPV4" });

  test("come and go, and vSwitches may lie in them", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    await associate(client, VpcId, "192.168.0.0/16");
    await associate(client, VpcId, "10.1.0.0/16");
    expect(await secondary(client, VpcId)).toEqual(["192.168.0.0/16", "10.1.0.0/16"]);
    const VSwitchId = await makeVSwitch(client, VpcId, { CidrBlock: "192.168.3.0/24" });
    const drop = () => client.call("vpc", "UnassociateVpcCidrBlock", { VpcId, SecondaryCidrBlock: "192.168.0.0/16" });
    expect(await drop()).toMatchObject({ code: "DependencyViolation.VSwitch" });
    await client.ok("vpc", "DeleteVSwitch", { VSwitchId });
    expect(await drop()).toMatchObject({ code: undefined });
    expect(await secondary(client, VpcId)).toEqual(["10.1.0.0/16"]);
    expect(await drop()).toMatchObject({ code: "InvalidParameter" });
  });

  test.each([
    ["10.0.128.0/17", "InvalidCidrBlock.Overlapped"],
    ["100.64.0.0/16", "OperationDenied.CidrInExcludeCidrs"],
    ["10.1.0.1/16", "InvalidCidrBlock.Malformed"],
    ["10.2.0.0/29", "IllegalParam.CidrBlockMask"],
  ])("refuse %s: %s", async (cidr, code) => {
    const client = newCloud();
    expect(await associate(client, await makeVpc(client), cidr)).toMatchObject({ status: 400, code });
  });

  test("stay free of the first one when that is changed", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    await associate(client, VpcId, "10.1.0.0/16");
    const refused = await client.call("vpc", "ModifyVpcAttribute", { VpcId, CidrBlock: "10.0.0.0/8" });
    expect(refused).toMatchObject({ code: "InvalidCidrBlock.Overlapped" });
  });

  test("are five at most", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    for (const n of [1, 2, 3, 4, 5]) await associate(client, VpcId, `10.${n}.0.0/16`);
    expect(await associate(client, VpcId, "10.6.0.0/16")).toMatchObject({ code: "QuotaExceeded.SecondaryCidrBlock" });
  });
});

describe("IPv6 of a VPC", () => {
  test("is a /56, taken away and given anew by ModifyVpcAttribute", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client, { EnableIpv6: true });
    const read = () => client.ok("vpc", "DescribeVpcAttribute", { VpcId });
    const first = await read();
    expect(first).toMatchObject({ EnabledIpv6: true, Ipv6CidrBlock: expect.stringMatching(/::\/56$/) });
    expect(first["Ipv6CidrBlocks"]).toEqual({
      Ipv6CidrBlock: [{ Ipv6CidrBlock: first["Ipv6CidrBlock"], Ipv6Isp: "BGP" }],
    });
    await client.ok("vpc", "ModifyVpcAttribute", { VpcId, EnableIPv6: false });
    expect(await read()).toMatchObject({
      EnabledIpv6: false,
      Ipv6CidrBlock: "",
      Ipv6CidrBlocks: { Ipv6CidrBlock: [] },
    });
    await client.ok("vpc", "ModifyVpcAttribute", { VpcId, EnableIPv6: true });
    expect((await read())["EnabledIpv6"]).toBe(true);
  });

  test("stays when it is asked for again", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client, { EnableIpv6: true });
    const read = async () => (await client.ok("vpc", "DescribeVpcAttribute", { VpcId }))["Ipv6CidrBlock"];
    const before = await read();
    await client.ok("vpc", "ModifyVpcAttribute", { VpcId, EnableIPv6: true, Description: "x" });
    expect(await read()).toBe(before);
  });

  test("cannot go while a vSwitch has some of it", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client, { EnableIpv6: true });
    await makeVSwitch(client, VpcId, { Ipv6CidrBlock: 1 });
    const refused = await client.call("vpc", "ModifyVpcAttribute", { VpcId, EnableIPv6: false });
    expect(refused).toMatchObject({ code: "DependencyViolation.VSwitch" });
  });

  test("comes and goes as a range of its own too", async () => {
    const client = newCloud();
    const VpcId = await makeVpc(client);
    const enabled = async () => (await client.ok("vpc", "DescribeVpcAttribute", { VpcId }))["EnabledIpv6"];
    await client.ok("vpc", "AssociateVpcCidrBlock", { VpcId, IpVersion: "ipv6" });
    expect(await enabled()).toBe(true);
    await client.ok("vpc", "UnassociateVpcCidrBlock", { VpcId, IPv6CidrBlock: "2001:db8::/56" });
    expect(await enabled()).toBe(false);
  });
});

describe("IPv6 of a vSwitch", () => {
  async function withVpc(parameters: object = {}) {
    const client = newCloud();
    const VpcId = await makeVpc(client, { EnableIpv6: true });
    const VSwitchId = await makeVSwitch(client, VpcId, parameters);
    const range = async () => {
      const { Ipv6CidrBlock } = await client.ok("vpc", "DescribeVSwitchAttributes", { VSwitchId });
      return String(Ipv6CidrBlock);
    };
    const modify = (change: object) => client.call("vpc", "ModifyVSwitchAttribute", { VSwitchId, ...change });
    return { client, VpcId, VSwitchId, range, modify };
  }

  test.each([
    [0, /00::\/64$/],
    [8, /08::\/64$/],
    [255, /ff::\/64$/],
  ])("number %i of the VPC's ranges", async (n, form) => {
    const { client, VpcId, range } = await withVpc({ Ipv6CidrBlock: n });
    const { Ipv6CidrBlock } = await client.ok("vpc", "DescribeVpcAttribute", { VpcId });
    expect(await range()).toMatch(form);
    expect((await range()).slice(0, -"00::/64".length)).toBe(String(Ipv6CidrBlock).slice(0, -"00::/56".length));
  });

  test("is enabled, given up, and only then another", async () => {
    const { modify, range } = await withVpc();
    expect(await range()).toBe("");
    await modify({ EnableIPv6: true, Ipv6CidrBlock: 8 });
    expect(await range()).toMatch(/08::\/64$/);
    expect(await modify({ EnableIPv6: true, Ipv6CidrBlock: 10 })).toMatchObject({ code: "IllegalParam.Ipv6CidrBlock" });
    await modify({ EnableIPv6: false });
    expect(await range()).toBe("");
    await modify({ EnableIPv6: true, Ipv6CidrBlock: 10 });
    expect(await range()).toMatch(/0a::\/64$/);
  });

  test.each([
    [{ EnableIPv6: true }, "MissingParam.Ipv6CidrBlock"],
    [{ EnableIPv6: false, Ipv6CidrBlock: 1 }, "IllegalParam.Ipv6CidrBlock"],
    [{ EnableIPv6: true, Ipv6CidrBlock: 256 }, "IllegalParam.Ipv6CidrBlock"],
    [{ EnableIPv6: true, Ipv6CidrBlock: 1, VpcIpv6CidrBlock: "2001:db8::/56" }, "IllegalParam.Ipv6CidrBlock"],
  ])("refuses %o: %s", async (change, code) => {
    const { modify } = await withVpc();
    expect(await modify(change)).toMatchObject({ status: 400, code });
  });

  test("changes nothing when only the VPC's range is named", async () => {
    const { client, VpcId, modify, range } = await withVpc();
    const { Ipv6CidrBlock } = await client.ok("vpc", "DescribeVpcAttribute", { VpcId });
    expect(await modify({ VpcIpv6CidrBlock: Ipv6CidrBlock })).toMatchObject({ code: undefined });
    expect(await range()).toBe("");
  });

  test("is nobody else's, and needs IPv6 of the VPC", async () => {
    const { client, VpcId } = await withVpc({ Ipv6CidrBlock: 4 });
    const more = { ZoneId: "cn-shanghai-l", Ipv6CidrBlock: 4 };
    const second = await client.call("vpc", "CreateVSwitch", { VpcId, CidrBlock: "10.0.2.0/24", ...more });
    expect(second).toMatchObject({ code: "InvalidIpv6CidrBlock.Overlapped" });
    const plain = await makeVpc(client, { CidrBlock: "10.9.0.0/16" });
    const refused = await client.call("vpc", "CreateVSwitch", { VpcId: plain, CidrBlock: "10.9.0.0/24", ...more });
    expect(refused).toMatchObject({ code: "OperationUnsupported.Ipv6Feature" });
  });
});
