import { describe, expect, test } from "vitest";
import { hourlyPrice } from "../../../catalog/prices.ts";
import { newCloud } from "../client.ts";
import { account, newHost, newPlace } from "./place.ts";

const g7 = { ResourceType: "instance", InstanceType: "ecs.g7.xlarge" };

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

  test("of a disk alone", async () => {
    const disk = { ResourceType: "disk", InstanceType: "", DataDisk: [{ Category: "cloud_essd", Size: 480 }] };
    expect((await price(disk))?.["TradePrice"]).toBe(1);
  });
});

describe("no price is made up", () => {
  test.each([
    ["a year of a family without a factor", { PriceUnit: "Year" }],
    ["two months", { PriceUnit: "Month", Period: 2 }],
    ["a week", { PriceUnit: "Week" }],
    ["spot", { SpotStrategy: "SpotAsPriceGo" }],
    ["a fixed bandwidth", { InternetChargeType: "PayByBandwidth", InternetMaxBandwidthOut: 5 }],
    ["a disk without a list price", { SystemDisk: { Category: "cloud_ssd", Size: 40 } }],
    ["bandwidth alone", { ResourceType: "bandwidth" }],
  ])("%s", async (_what, more) => {
    const { code, status } = await newCloud().call("ecs", "DescribePrice", { ...g7, ...more });
    expect({ code, status }).toEqual({ code: "PriceNotFound", status: 400 });
  });

  test("for an account of the international site", async () => {
    const client = newCloud();
    account(client, { site: "international" });
    expect((await client.call("ecs", "DescribePrice", g7)).code).toBe("PriceNotFound");
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
  ])("%s", async (code, more) => {
    expect((await newCloud().call("ecs", "DescribePrice", { ...g7, ...more })).code).toBe(code);
  });

  test("one that cannot buy may still ask", async () => {
    const client = newCloud();
    account(client, { realName: false, balance: 0 });
    await client.ok("ecs", "DescribePrice", g7);
  });
});

describe("a renewal", () => {
  test("costs what the host and its disks cost for a month", async () => {
    const place = await newPlace();
    const ResourceId = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    const { PriceInfo } = await place.client.ok("ecs", "DescribeRenewalPrice", { ResourceId });
    expect(PriceInfo?.["Price"]?.["TradePrice"]).toBe(522.32);
  });

  test("is not for hosts by the hour", async () => {
    const place = await newPlace();
    const { code } = await place.client.call("ecs", "DescribeRenewalPrice", { ResourceId: await newHost(place) });
    expect(code).toBe("ChargeTypeViolation");
  });
});
