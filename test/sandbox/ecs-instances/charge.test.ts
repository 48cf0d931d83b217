import { describe, expect, test } from "vitest";
import { account, disksOf, hostById, newHost, newPlace } from "./place.ts";

const ahead = { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month" };
const charge = (id: string, more: object = {}) => ({ InstanceIds: JSON.stringify([id]), ...more });

describe("how a host is paid", () => {
  test("turns around, with its disks, and it can go then", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { ...ahead, DataDisk: [{ Category: "cloud_essd", Size: 40 }] });
    const types = async () => (await disksOf(client, id)).map((disk) => disk["DiskChargeType"]);
    expect(await types()).toEqual(["PrePaid", "PrePaid"]);
    const { OrderId } = await client.ok(
      "ecs",
      "ModifyInstanceChargeType",
      charge(id, { InstanceChargeType: "PostPaid" }),
    );
    expect(OrderId).toMatch(/^\d+$/);
    expect(await hostById(client, id)).toMatchObject({
      InstanceChargeType: "PostPaid",
      ExpiredTime: "2099-12-31T15:59Z",
    });
    expect(await types()).toEqual(["PostPaid", "PostPaid"]);
    await client.ok("ecs", "DeleteInstance", { InstanceId: id, Force: true });
  });

  test("data disks stay as they are where that is asked for", async () => {
    const place = await newPlace();
    const id = await newHost(place, { DataDisk: [{ Category: "cloud_essd", Size: 40 }] });
    await place.client.ok("ecs", "ModifyInstanceChargeType", charge(id, { ...ahead, IncludeDataDisks: false }));
    const types = (await disksOf(place.client, id)).map((disk) => disk["DiskChargeType"]);
    expect(types).toEqual(["PrePaid", "PostPaid"]);
  });

  test.each([
    ["InvalidInstanceChargeType.ValueNotSupported", {}, { InstanceChargeType: "PostPaid" }],
    ["InvalidInstanceChargeType.ValueNotSupported", {}, { InstanceChargeType: "Later" }],
    ["InvalidInstanceChargeType.ValueNotSupported", { SpotStrategy: "SpotAsPriceGo" }, ahead],
    ["ReleaseTimeHaveBeenSet", { AutoReleaseTime: "2030-01-01T00:00:00Z" }, ahead],
    ["InvalidPeriod", {}, { ...ahead, Period: 11 }],
    ["DryRunOperation", {}, { ...ahead, DryRun: true }],
  ])("%s", async (code, host, change) => {
    const place = await newPlace();
    const id = await newHost(place, host);
    const answer = await place.client.call("ecs", "ModifyInstanceChargeType", charge(id, change));
    expect(answer.code).toBe(code);
    expect((await hostById(place.client, id))?.["InstanceChargeType"]).toBe("PostPaid");
  });

  test("an account without money buys nothing ahead", async () => {
    const place = await newPlace();
    const id = await newHost(place);
    account(place.client, { balance: 0 });
    const { code } = await place.client.call("ecs", "ModifyInstanceChargeType", charge(id, ahead));
    expect(code).toBe("InvalidAccountStatus.NotEnoughBalance");
  });
});

describe("renewal", () => {
  test("by hand adds to what is left", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, ahead);
    const until = async () => Date.parse(String((await hostById(client, id))?.["ExpiredTime"]));
    const before = new Date(await until());
    await client.ok("ecs", "RenewInstance", { InstanceId: id, Period: 2, PeriodUnit: "Month" });
    before.setUTCMonth(before.getUTCMonth() + 2);
    expect(await until()).toBe(before.getTime());
  });

  test("by itself is asked for at the purchase or later, and read", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { ...ahead, AutoRenew: true, AutoRenewPeriod: 3 });
    const read = async () => {
      const answer = await client.ok("ecs", "DescribeInstanceAutoRenewAttribute", { InstanceId: id });
      return answer["InstanceRenewAttributes"]?.["InstanceRenewAttribute"]?.[0];
    };
    expect(await read()).toMatchObject({ RenewalStatus: "AutoRenewal", Duration: 3, PeriodUnit: "Month" });
    await client.ok("ecs", "ModifyInstanceAutoRenewAttribute", { InstanceId: id, RenewalStatus: "NotRenewal" });
    expect(await read()).toMatchObject({ RenewalStatus: "NotRenewal", AutoRenewEnabled: false });
    await client.ok("ecs", "ModifyInstanceAutoRenewAttribute", {
      InstanceId: id,
      RenewalStatus: "AutoRenewal",
      Duration: 1,
      PeriodUnit: "Year",
    });
    expect(await read()).toMatchObject({ RenewalStatus: "AutoRenewal", Duration: 1, PeriodUnit: "Year" });
  });

  test.each([
    [{}, "Normal", 0],
    [{ AutoRenew: true }, "AutoRenewal", 1],
    [{ AutoRenew: true, Period: 24 }, "AutoRenewal", 12],
  ])("%j is %s, %i", async (more, RenewalStatus, Duration) => {
    const place = await newPlace();
    const id = await newHost(place, { ...ahead, ...more });
    const answer = await place.client.ok("ecs", "DescribeInstanceAutoRenewAttribute", { InstanceId: id });
    const [renewal] = answer["InstanceRenewAttributes"]?.["InstanceRenewAttribute"] ?? [];
    expect(renewal).toMatchObject({ RenewalStatus, Duration });
  });

  test("moves the end when it comes", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { ...ahead, AutoRenew: true });
    client.cloud.clock.skip(100 * 24 * 3_600_000);
    const until = Date.parse(String((await hostById(client, id))?.["ExpiredTime"]));
    expect(until).toBeGreaterThan(client.cloud.clock.now());
  });

  test.each([
    "RenewInstance",
    "ModifyInstanceAutoRenewAttribute",
    "DescribeInstanceAutoRenewAttribute",
  ])("%s is not for hosts by the hour", async (action) => {
    const place = await newPlace();
    const { code } = await place.client.call("ecs", action, { InstanceId: await newHost(place), Period: 1 });
    expect(code).toBe("ChargeTypeViolation");
  });
});
