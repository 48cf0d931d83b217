import { describe, expect, it } from "vitest";
import { hourlyPrice } from "../../../catalog/prices.ts";
import { newCloud } from "../client.ts";
import { changeAccount, created, newPlace, smallV1 } from "../hitsdb/place.ts";

const host = (type: string) => ({
  ModuleCode: "InstanceType",
  Config: `InstanceType:${type},ImageOs:linux`,
  PriceType: "Hour",
});
const systemDisk = { ModuleCode: "SystemDisk", Config: "SystemDisk.Category:cloud_efficiency,SystemDisk.Size:40" };
const asked = { ProductCode: "ecs", ProductType: "ecs", Region: "cn-beijing", OrderType: "NewOrder" };

describe("BSS", () => {
  it("tells the balance", async () => {
    const client = newCloud();
    changeAccount(client, { balance: 12.5 });
    expect(await client.ok("bss", "QueryAccountBalance")).toMatchObject({
      Code: "Success",
      Success: true,
      Data: { AvailableAmount: "12.50", Currency: "CNY" },
    });
  });

  it("prices a host by the hour as the catalogue does", async () => {
    const list = hourlyPrice("cn-beijing", "ecs.g6.large")?.amount;
    const answer = await newCloud().ok("bss", "GetPayAsYouGoPrice", {
      ...asked,
      ModuleList: [host("ecs.g6.large"), systemDisk],
    });
    const details = answer["Data"]?.["ModuleDetails"]?.["ModuleDetail"];
    expect(details?.[0]).toMatchObject({ ModuleCode: "InstanceType", OriginalCost: Number(list) });
    // 40 GiB at 0.35 a month, a 480th of it by the hour.
    expect(details?.[1]).toMatchObject({ ModuleCode: "SystemDisk", OriginalCost: 0.029167 });
  });

  it("prices a month paid ahead", async () => {
    const month = { ...asked, ServicePeriodUnit: "Month", ServicePeriodQuantity: 1, Quantity: 2 };
    const answer = await newCloud().ok("bss", "GetSubscriptionPrice", {
      ...month,
      ModuleList: [host("ecs.g6.xlarge"), systemDisk],
    });
    // Two of: 480 as quoted, and 40 GiB at 0.35.
    expect(answer["Data"]).toMatchObject({ Currency: "CNY", Quantity: 2, TradePrice: 988, OriginalPrice: 988 });
  });

  it.each([
    ["a type of the seventh generation paid ahead", "GetSubscriptionPrice", { ModuleList: [host("ecs.g7.xlarge")] }],
    [
      "a year of a family without a factor",
      "GetSubscriptionPrice",
      { ServicePeriodUnit: "Year", ModuleList: [host("ecs.g6.xlarge")] },
    ],
    ["a type that is in no list", "GetPayAsYouGoPrice", { ModuleList: [host("ecs.none.large")] }],
    [
      "a disk without a figure",
      "GetPayAsYouGoPrice",
      { ModuleList: [{ ModuleCode: "DataDisk", Config: "DataDisk.Category:cloud_ssd,DataDisk.Size:40" }] },
    ],
    ["another product", "GetPayAsYouGoPrice", { ProductCode: "hitsdb", ModuleList: [host("x")] }],
  ])("makes up no price of %s", async (_, action, change) => {
    const answer = await newCloud().call("bss", action, { ...asked, ...change });
    expect(answer).toMatchObject({ code: "PRICING_PLAN_RESULT_NOT_FOUND", status: 400 });
  });

  it("says what can be priced", async () => {
    const answer = await newCloud().ok("bss", "DescribePricingModule", {
      ProductCode: "ecs",
      SubscriptionType: "Subscription",
    });
    const codes = [...(answer["Data"]?.["ModuleList"]?.["Module"] ?? [])].map((row) => row["ModuleCode"]);
    expect(codes).toEqual(["InstanceType", "SystemDisk", "DataDisk"]);
  });

  it("lists what is paid for, and nothing of an empty account", async () => {
    const place = await newPlace();
    const instances = async (filter: object) =>
      (await place.ok("bss", "QueryAvailableInstances", filter))["Data"]?.["InstanceList"];
    expect(await instances({ ProductCode: "vipcloudfw", ProductType: "vipcloudfw" })).toEqual([]);
    const id = await created(place, "CreateLindormInstance", smallV1(place));
    expect(await instances({ ProductCode: "hitsdb" })).toMatchObject([
      { InstanceID: id, Region: "cn-shanghai", SubscriptionType: "PayAsYouGo" },
    ]);
    expect(await instances({ SubscriptionType: "Subscription" })).toEqual([]);
  });

  it("tells the two sites apart, which is how the provider learns of the account's", async () => {
    const client = newCloud();
    const firewall = { ProductCode: "vipcloudfw", ProductType: "vipcloudfw" };
    expect((await client.call("bss", "QueryAvailableInstances", firewall)).code).toBeUndefined();
    changeAccount(client, { site: "international" });
    expect((await client.call("bss", "QueryAvailableInstances", firewall)).code).toBe("NotApplicable");
  });
});
