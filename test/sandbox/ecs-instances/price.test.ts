import { describe, expect, test } from "vitest";
import { hourlyPrice } from "../../../catalog/prices.ts";
import { newCloud } from "../client.ts";
import { giveList } from "../price-list.ts";
import { allow, document, userWith } from "../ram/cast.ts";
import { account, newHost, newPlace } from "./place.ts";

const g7 = { ResourceType: "instance", InstanceType: "ecs.g7.xlarge" };
const fixed = { InternetChargeType: "PayByBandwidth", InternetMaxBandwidthOut: 5 };
/** The one family with a factor for years, where its price is known. */
const g9iYear = { RegionId: "cn-beijing", InstanceType: "ecs.g9i.xlarge", PriceUnit: "Year" };
const essd = { SystemDisk: { Category: "cloud_essd", Size: 40, PerformanceLevel: "PL0" } };

async function price(more: object, region = "cn-shanghai") {
  const { PriceInfo } = await newCloud()
    .in(region)
    .ok("ecs", "DescribePrice", { ...g7, ...more });
  return PriceInfo?.["Price"];
}

describe("a price is the catalogue's", () => {
  test("by the hour", async () => {
    const listed = Number(hourlyPrice("cn-shanghai", "ecs.g7.xlarge")?.amount);
    expect(await price({})).toMatchObject({
      Currency: "CNY",
      TradePrice: listed,
      OriginalPrice: listed,
      DiscountPrice: 0,
    });
  });

  test("with disks, exactly: a third of a cent is not lost on the way", async () => {
    // 1.0465 and 40 x 0.50 / 480 and 200 x 1.00 / 480, ten times.
    const answer = await price({
      SystemDisk: { Category: "cloud_essd", Size: 40, PerformanceLevel: "PL0" },
      DataDisk: [{ Category: "cloud_essd", Size: 200, PerformanceLevel: "PL1" }],
      Amount: 10,
    });
    expect(answer?.["TradePrice"]).toBe(15.048333);
    expect([...(answer?.["DetailInfos"]?.["DetailInfo"] ?? [])].map((row) => row["Resource"])).toEqual([
      "instanceType",
      "systemDisk",
      "dataDisk",
    ]);
  });

  test("for a month, from the hours or as it was quoted", async () => {
    expect((await price({ PriceUnit: "Month" }))?.["TradePrice"]).toBe(502.32);
    expect((await price({ PriceUnit: "Month" }, "cn-beijing"))?.["TradePrice"]).toBe(502.32);
    expect((await price({ PriceUnit: "Month", InstanceType: "ecs.g9i.xlarge" }, "cn-beijing"))?.["TradePrice"]).toBe(
      477.2,
    );
  });

  test("for a year, where the family's factor is known", async () => {
    const year = await price({ PriceUnit: "Year", InstanceType: "ecs.g9i.xlarge" }, "cn-beijing");
    expect(year).toMatchObject({ OriginalPrice: 5_726.4, TradePrice: 3_775.99, DiscountPrice: 1_950.41 });
  });

  test.each(["Hour", "Month"])("of a disk alone for an hour, also where a %s is asked for", async (PriceUnit) => {
    const DataDisk = [{ Category: "cloud_essd", Size: 480 }];
    const disk = await price({ ResourceType: "disk", InstanceType: "", DataDisk, PriceUnit });
    expect(disk?.["TradePrice"]).toBe(1);
    expect(disk?.["DetailInfos"]).toBeUndefined();
  });

  test("of a fixed bandwidth within the host's: by the hour, and by a month's own list", async () => {
    const bandwidth = async (more: object, region: string) =>
      [...((await price({ ...fixed, ...more }, region))?.["DetailInfos"]?.["DetailInfo"] ?? [])].at(-1);
    expect(await bandwidth({}, "cn-hangzhou")).toMatchObject({ Resource: "bandwidth", TradePrice: 0.315 });
    expect(await bandwidth({ PriceUnit: "Month" }, "cn-shanghai")).toMatchObject({ TradePrice: 125 });
    // 125 and 15 times 80.
    const large = { InternetMaxBandwidthOut: 20, PriceUnit: "Month" };
    expect(await bandwidth(large, "cn-shanghai")).toMatchObject({ TradePrice: 1_325 });
  });

  test("of bandwidth alone for the first GB that goes out", async () => {
    expect(await price({ ResourceType: "bandwidth", InstanceType: "" })).toMatchObject({ TradePrice: 0.8 });
  });

  test("less what the account has taken off: DiscountPrice is the part that is not paid", async () => {
    const client = newCloud().in("cn-beijing");
    account(client, { discountPercent: 15 });
    const asked = { ...g7, InstanceType: "ecs.g9i.xlarge" };
    const answer = async (more: object) =>
      (await client.ok("ecs", "DescribePrice", { ...asked, ...more }))["PriceInfo"]?.["Price"];
    // 477.20, and 85 % of it.
    const month = { OriginalPrice: 477.2, DiscountPrice: 71.58, TradePrice: 405.62 };
    expect(await answer({ PriceUnit: "Month" })).toMatchObject({
      ...month,
      DetailInfos: { DetailInfo: [{ Resource: "instanceType", ...month }] },
    });
    // The term's factor first, 5,726.40 x 0.6594, and 85 % of that.
    expect(await answer({ PriceUnit: "Year" })).toMatchObject({
      OriginalPrice: 5_726.4,
      DiscountPrice: 2_516.81,
      TradePrice: 3_209.59,
    });
  });
});

describe("no price is made up", () => {
  test.each([
    ["a year of a family without a factor", { PriceUnit: "Year" }],
    ["two months", { PriceUnit: "Month", Period: 2 }],
    ["a week", { PriceUnit: "Week" }],
    ["spot", { SpotStrategy: "SpotAsPriceGo" }],
    ["a fixed bandwidth for a year", { ...g9iYear, ...fixed }],
    ["a disk for a year", { ...g9iYear, ...essd }],
    ["a disk without a list price", { SystemDisk: { Category: "cloud_essd", PerformanceLevel: "PL2", Size: 500 } }],
    ["a fixed bandwidth alone", { ResourceType: "bandwidth", InternetChargeType: "PayByBandwidth" }],
    ["IOPS of a disk", { ResourceType: "diskperformance" }],
  ])("%s", async (_what, more) => {
    const { code, status } = await newCloud().call("ecs", "DescribePrice", { ...g7, ...more });
    expect({ code, status }).toEqual({ code: "PriceNotFound", status: 400 });
  });

  test("for an account of the international site", async () => {
    const client = newCloud();
    account(client, { site: "international" });
    expect((await client.call("ecs", "DescribePrice", { ...g7, ...essd })).code).toBe("PriceNotFound");
  });

  test("of the past of spot hosts", async () => {
    const asked = { NetworkType: "vpc", InstanceType: "ecs.g7.xlarge" };
    const { SpotPrices } = await newCloud().ok("ecs", "DescribeSpotPriceHistory", asked);
    expect(SpotPrices).toEqual({ SpotPriceType: [] });
  });
});

describe("a question is refused", () => {
  test.each([
    ["InvalidInstanceType.Missing", { InstanceType: "" }],
    ["InvalidInstanceType.ValueNotSupported", { InstanceType: "ecs.none.large" }],
    ["InvalidImageId.NotFound", { ImageId: "m-own" }],
    ["InvalidPriceUnit.ValueNotSupported", { PriceUnit: "Day" }],
    ["InvalidPeriod", { PriceUnit: "Month", Period: 12 }],
    ["InvalidPeriod", { Period: 2 }],
    ["InvalidAmount.Malformed", { Amount: 0 }],
    ["InvalidResourceType.ValueNotSupported", { ResourceType: "moon" }],
    ["InvalidDiskCategory.Missing", { ResourceType: "disk" }],
    ["InvalidSystemDiskCategory.ValueNotSupported", { SystemDisk: { Category: "floppy" } }],
    ["InvalidDataDiskSize.ValueNotSupported", { DataDisk: [{ Category: "cloud_essd", Size: 1 }] }],
    ["InvalidSystemDiskCategory.ValueNotSupported", { SystemDisk: { Category: "cloud_efficiency" } }],
    ["InvalidDataDiskCategory.ValueNotSupported", { DataDisk: [{ Category: "cloud_ssd", Size: 40 }] }],
    ["InvalidInternetMaxBandwidthOut.ValueNotSupported", { ...fixed, InternetMaxBandwidthOut: 101 }],
    ["InvalidPeriod", { PriceUnit: "Week", Period: 5 }],
  ])("%s", async (code, more) => {
    expect((await newCloud().call("ecs", "DescribePrice", { ...g7, ...more })).code).toBe(code);
  });

  test("a type for ESSD alone needs its disk named, but for the China site", async () => {
    const client = newCloud();
    account(client, { site: "international" });
    const code = async (more: object) => (await client.call("ecs", "DescribePrice", { ...g7, ...more })).code;
    expect(await code({})).toBe("InvalidSystemDiskCategory.ValueNotSupported");
    expect(await code(essd)).toBe("PriceNotFound");
  });

  test("weeks are on the China site alone", async () => {
    const client = newCloud();
    const week = { ...g7, ...essd, PriceUnit: "Week", Period: 4 };
    expect((await client.call("ecs", "DescribePrice", week)).code).toBe("PriceNotFound");
    account(client, { site: "international" });
    expect((await client.call("ecs", "DescribePrice", week)).code).toBe("InvalidPriceUnit.ValueNotSupported");
  });

  test.each([
    ["DescribePrice", "ecs:DescribePrice", g7],
    ["DescribeRenewalPrice", "ecs:DescribeRenewalPrice", { ResourceId: "i-none" }],
    ["DescribeSpotPriceHistory", "ecs:DescribeSpotPriceHistory", { NetworkType: "vpc", InstanceType: "ecs.g7.xlarge" }],
  ])("%s without its permission", async (action, permission, asked) => {
    const cloud = newCloud();
    const refused = await (await userWith(cloud, "ann")).call("ecs", action, asked);
    expect(refused).toMatchObject({ status: 403, code: "Forbidden.RAM" });
    expect(refused.body["Message"]).toContain(permission);
    const user = await userWith(cloud, "eve", document(allow(permission)));
    expect((await user.call("ecs", action, asked)).code).not.toBe("Forbidden.RAM");
  });

  test("too many of them in a minute", async () => {
    const client = newCloud();
    account(client, { callsPerMinute: 1 });
    const codes = await Promise.all([1, 2, 3].map(async () => (await client.call("ecs", "DescribePrice", g7)).code));
    expect(codes).toContain("Throttling.User");
  });

  test("one that cannot buy may still ask", async () => {
    const client = newCloud();
    account(client, { realName: false, balance: 0 });
    await client.ok("ecs", "DescribePrice", g7);
  });
});

describe("a list that a test makes up", () => {
  const asked = {
    ...g7,
    ...essd,
    DataDisk: [{ Category: "cloud_efficiency", Size: 20 }],
    InstanceType: "ecs.g6.large",
  };
  const prices = [
    { region: "cn-shanghai", what: "ecs.g6.large", hour: "0.07", month: "30.5" },
    { region: "cn-shanghai", what: "cloud_essd PL0", hour: "0.0001", month: "0.08" },
    { region: "cn-shanghai", what: "cloud_efficiency", hour: "0.00005" },
    { region: "cn-shanghai", what: "bandwidth", hour: "0.01" },
  ];

  test.each([
    ["USD for the international site", "international", "USD"],
    ["a currency that nobody expects there", "china", "USD"],
    ["the other way round", "international", "CNY"],
  ] as const)("%s", async (_what, site, currency) => {
    const client = newCloud();
    account(client, { site });
    giveList(client, currency, prices);
    const answer = await client.ok("ecs", "DescribePrice", { ...asked, ...fixed });
    // 0.07, 40 x 0.0001, 20 x 0.00005 and 5 x 0.01.
    expect(answer["PriceInfo"]?.["Price"]).toMatchObject({ Currency: currency, TradePrice: 0.125 });
  });

  test("stands in for nothing that is not in it", async () => {
    const client = newCloud();
    giveList(client, "USD", prices);
    const code = async (more: object) =>
      (await client.call("ecs", "DescribePrice", { ...asked, DataDisk: [], ...more })).code;
    expect(await code({ PriceUnit: "Month" })).toBeUndefined();
    expect(await code({ PriceUnit: "Month", ...fixed })).toBe("PriceNotFound");
    expect(await code({ InstanceType: "ecs.g7.xlarge" })).toBe("PriceNotFound");
    expect(await code({ ResourceType: "bandwidth" })).toBe("PriceNotFound");
    expect((await client.in("cn-beijing").call("ecs", "DescribePrice", asked)).code).toBe("PriceNotFound");
  });
});

describe("a renewal", () => {
  test("costs what the host and its disks cost for a month", async () => {
    const place = await newPlace();
    const ResourceId = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    const { PriceInfo } = await place.client.ok("ecs", "DescribeRenewalPrice", { ResourceId });
    expect(PriceInfo?.["Price"]?.["TradePrice"]).toBe(522.32);
  });

  test("has the fixed bandwidth in it", async () => {
    const place = await newPlace();
    const ResourceId = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1, ...fixed });
    const { PriceInfo } = await place.client.ok("ecs", "DescribeRenewalPrice", { ResourceId });
    expect(PriceInfo?.["Price"]?.["TradePrice"]).toBe(647.32);
  });

  test("is not for hosts by the hour", async () => {
    const place = await newPlace();
    const { code } = await place.client.call("ecs", "DescribeRenewalPrice", { ResourceId: await newHost(place) });
    expect(code).toBe("ChargeTypeViolation");
  });
});
