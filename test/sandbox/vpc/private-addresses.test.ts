import { describe, expect, test } from "vitest";
import { Call } from "../../../sandbox/core/call.ts";
import { Params } from "../../../sandbox/core/params.ts";
import { freeAddress } from "../../../sandbox/vpc/private-addresses.ts";
import { type VSwitch, vSwitches } from "../../../sandbox/vpc/rows.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { makeVpc, makeVSwitch, putHost } from "./network.ts";

function callOf({ cloud }: Client): Call {
  const { store, clock } = cloud;
  return new Call({
    product: "ecs",
    version: "2014-05-26",
    action: "RunInstances",
    params: new Params(new Map()),
    caller: { kind: "account", arn: "", name: "root", principalId: "", accessKeyId: "" },
    account: cloud.account(testAccount),
    store,
    clock,
    host: "",
    region: "cn-shanghai",
  });
}

async function withVSwitch(CidrBlock: string): Promise<{ client: Client; vSwitch: VSwitch }> {
  const client = newCloud();
  const id = await makeVSwitch(client, await makeVpc(client), { CidrBlock });
  const vSwitch = client.cloud.store.find(vSwitches, testAccount, id);
  if (vSwitch === undefined) throw new Error("no vSwitch");
  return { client, vSwitch };
}

describe("freeAddress", () => {
  test("leaves out the first and the last three, what hosts have, and what it gave in the same call", async () => {
    const { client, vSwitch } = await withVSwitch("10.0.1.0/29");
    putHost(client, { id: "i-1", vSwitchId: vSwitch.id, privateIp: "10.0.1.2", secondaryIps: ["10.0.1.1"] });
    putHost(client, { id: "i-2", vSwitchId: "vsw-other", privateIp: "10.0.1.3" });
    const call = callOf(client);
    expect([1, 2].map(() => freeAddress(call, vSwitch))).toEqual(["10.0.1.3", "10.0.1.4"]);
    expect(() => freeAddress(call, vSwitch)).toThrow(
      expect.objectContaining({ code: "InvalidVSwitchId.IpNotEnough", http: 403 }),
    );
  });

  test("gives an address that was asked for, once", async () => {
    const { client, vSwitch } = await withVSwitch("10.0.1.0/24");
    const call = callOf(client);
    expect(freeAddress(call, vSwitch, "10.0.1.9")).toBe("10.0.1.9");
    expect(() => freeAddress(call, vSwitch, "10.0.1.9")).toThrow(
      expect.objectContaining({ code: "InvalidIPAddress.AlreadyUsed" }),
    );
  });

  test("names a host's address a duplicate", async () => {
    const { client, vSwitch } = await withVSwitch("10.0.1.0/24");
    putHost(client, { id: "i-1", vSwitchId: vSwitch.id, privateIp: "10.0.1.9" });
    expect(() => freeAddress(callOf(client), vSwitch, "10.0.1.9")).toThrow(
      expect.objectContaining({ code: "InvalidPrivateIpAddress.Duplicated" }),
    );
  });

  test.each(["10.0.1.0", "10.0.1.253", "10.0.1.255", "10.0.2.9", "ten", "10.0.1.09"])("refuses %s", async (wanted) => {
    const { client, vSwitch } = await withVSwitch("10.0.1.0/24");
    expect(() => freeAddress(callOf(client), vSwitch, wanted)).toThrow(
      expect.objectContaining({ code: "InvalidPrivateIpAddress.Malformed" }),
    );
  });

  test("gives thousands in one call without looking at every host for each", async () => {
    const { client, vSwitch } = await withVSwitch("10.0.0.0/16");
    const call = callOf(client);
    const given = new Set(Array.from({ length: 10_000 }, () => freeAddress(call, vSwitch)));
    expect(given.size).toBe(10_000);
  }, 2_000);
});
