import { describe, expect, it } from "vitest";
import { hourlyPrice } from "../../../catalog/prices.ts";
import { type Client, newCloud } from "../client.ts";
import { changeAccount } from "../hitsdb/place.ts";
import { giveList } from "../price-list.ts";
import { allow, document, userWith } from "../ram/cast.ts";

const module = (ModuleCode: string, Config: string, PriceType = "Hour") => ({ ModuleCode, Config, PriceType });
const host = (type: string) => module("InstanceType", `InstanceType:${type},IoOptimized:IoOptimized,ImageOs:linux`);
const systemDisk = module("SystemDisk", "SystemDisk.Category:cloud_efficiency,SystemDisk.Size:40");
const dataDisk = (rest: string) => module("DataDisk", `DataDisk.Size:150,DataDisk.Category:${rest}`);
const line = (kbps: number, flow: number) =>
  module(
    "InternetMaxBandwidthOut",
    `InternetMaxBandwidthOut:${kbps},InternetMaxBandwidthOut.IsFlowType:${flow},NetworkType:1`,
  );
const traffic = (config: string) => module("internet_traffic", config, "Usage");
const shenzhen = (GB: number | string, more = "charge_type:PayByTraffic,isp:BGP") =>
  traffic(`Region:cn-shenzhen,internet_traffic:${GB},${more}`);
const peak = (kbps: number) => module("Bandwidth", `Bandwidth:${kbps}`, "Day");
const chargedBy = (by: number) => module("InternetChargeType", `InternetChargeType:${by}`, "Usage");
const isp = module("ISP", "ISP:BGP");

const ecs = { ProductCode: "ecs", ProductType: "ecs", SubscriptionType: "PayAsYouGo", Region: "cn-beijing" };
const ahead = { ...ecs, SubscriptionType: "Subscription", OrderType: "NewOrder" };
const eip = { ...ecs, ProductCode: "eip", ProductType: "", Region: "cn-hangzhou" };
const cdt = { ...ecs, ProductCode: "cdt", ProductType: "cdt_DataTransfer_public_cn" };

const noPlan = { Success: false, Code: "InvalidParameter", Message: "PRICE.PRICING_PLAN_RESULT_NOT_FOUND" };

async function costs(asked: object, ModuleList: object[], client = newCloud()): Promise<readonly number[]> {
  const { Data } = await client.ok("bss", "GetPayAsYouGoPrice", { ...asked, ModuleList });
  return [...(Data?.["ModuleDetails"]?.["ModuleDetail"] ?? [])].map((row) => Number(row["OriginalCost"]));
}

async function paidAhead(asked: object, ModuleList: object[], client = newCloud()) {
  return (await client.ok("bss", "GetSubscriptionPrice", { ...ahead, ...asked, ModuleList }))["Data"];
}

describe("a price by use", () => {
  it("is the catalogue's; the unit price is 0 and says nothing", async () => {
    const answer = await newCloud().ok("bss", "GetPayAsYouGoPrice", { ...ecs, ModuleList: [host("ecs.g6.large")] });
    const listed = Number(hourlyPrice("cn-beijing", "ecs.g6.large")?.amount);
    expect(answer["Data"]).toMatchObject({
      Currency: "CNY",
      ModuleDetails: {
        ModuleDetail: [
          {
            ModuleCode: "InstanceType",
            OriginalCost: listed,
            CostAfterDiscount: listed,
            InvoiceDiscount: 0,
            UnitPrice: 0,
          },
        ],
      },
    });
  });

  it.each<[string, object, object[], number[]]>([
    // 40 GiB at 0.35 a month, a 480th of it by the hour.
    ["a system disk of a host", ecs, [systemDisk], [0.029167]],
    ["a disk by itself", { ...ecs, ProductCode: "yundisk" }, [dataDisk("cloud_essd")], [0.3125]],
    [
      "its level",
      { ...ecs, ProductCode: "yundisk" },
      [dataDisk("cloud_essd,DataDisk.PerformanceLevel:PL0")],
      [0.15625],
    ],
    ["a fixed bandwidth, kbit/s", { ...ecs, Region: "cn-hangzhou" }, [line(3_072, 5)], [0.189]],
    ["an address by bandwidth, a day", eip, [peak(5_120), chargedBy(0), isp], [4.8, 0, 0.02]],
    // 4.80 and twice 3.36.
    ["more than 5 Mbit/s of it", eip, [peak(7_168), chargedBy(0)], [11.52, 0]],
    [
      "an address by traffic: the GB is paid for, the peak is not",
      eip,
      [peak(5_120), chargedBy(1), isp],
      [0, 0.8, 0.02],
    ],
    // 20 GB free, 10,240 x 0.80 and 39,740 x 0.75: as it was quoted on 2026-10-09.
    ["traffic out: the total of all steps", cdt, [shenzhen(50_000)], [37_997]],
    ["traffic that is free", cdt, [shenzhen(20)], [0]],
  ])("of %s", async (_what, asked, modules, wanted) => {
    expect(await costs(asked, modules)).toEqual(wanted);
  });

  it.each<[string, object, object]>([
    ["a type that is in no list", ecs, host("ecs.none.large")],
    ["a disk without a figure", ecs, dataDisk("cloud_ssd")],
    ["a disk by itself without a figure", { ...ecs, ProductCode: "yundisk" }, dataDisk("cloud_ssd")],
    ["a disk of no size", ecs, module("DataDisk", "DataDisk.Category:cloud_essd")],
    ["a system disk by itself", { ...ecs, ProductCode: "yundisk" }, systemDisk],
    ["a product without modules", { ...ecs, ProductCode: "nat_gw" }, host("x")],
    ["Lindorm", { ...ecs, ProductCode: "hitsdb" }, host("x")],
    ["a module of another product", eip, host("ecs.g6.large")],
    ["a peak that is no multiple of 1,024", eip, peak(1_000)],
    ["a peak in Mbit/s, which is how it is told with a subscription", eip, peak(5)],
    ["a peak above 200 Mbit/s", eip, peak(201 * 1_024)],
    ["the peak of an address by the hour", eip, { ...peak(1_024), PriceType: "Hour" }],
    ["a host by the month", ecs, { ...host("ecs.g6.large"), PriceType: "Month" }],
    ["a bandwidth of a host by traffic", ecs, line(1_024, 1)],
    ["a bandwidth where no list is", { ...eip, Region: "ap-southeast-1" }, peak(1_024)],
    ["traffic abroad", cdt, traffic("Region:us-east-1,internet_traffic:1,charge_type:PayByTraffic,isp:BGP")],
    ["traffic of no amount", cdt, shenzhen("")],
    ["traffic on another line", cdt, shenzhen(1, "charge_type:PayByTraffic,isp:BGP_PRO")],
  ])("is none of %s, with HTTP 200 and without data", async (_what, asked, one) => {
    const { status, body } = await newCloud().call("bss", "GetPayAsYouGoPrice", { ...asked, ModuleList: [one] });
    const { RequestId, ...rest } = body;
    expect({ status, rest }).toEqual({ status: 200, rest: noPlan });
    expect(RequestId).toMatch(/^[0-9A-F-]{36}$/);
  });

  it("is none of a whole batch with one bad module in it", async () => {
    const client = newCloud();
    const good = [host("ecs.g6.large"), systemDisk];
    const asked = (ModuleList: object[]) => client.call("bss", "GetPayAsYouGoPrice", { ...ecs, ModuleList });
    expect((await asked([...good, host("ecs.none.large")])).body).toMatchObject(noPlan);
    expect((await asked(good)).body).toMatchObject({ Success: true });
    // The log of calls says so too, although the status does not.
    expect(client.cloud.log.recent(2).map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(["InvalidParameter", "ok"]),
    );
  });

  it.each([
    ["a unit", { ModuleList: [{ ...host("ecs.g6.large"), PriceType: "" }] }, "MissingParameter.ModuleList.1.PriceType"],
    ["a unit that there is", { ModuleList: [{ ...host("ecs.g6.large"), PriceType: "Moon" }] }, /^InvalidParameter/],
    ["modules", { ModuleList: [] }, "InvalidParameter.ModuleList"],
    ["a product", { ProductCode: "", ModuleList: [systemDisk] }, "MissingParameter.ProductCode"],
    ["no more than 50 modules", { ModuleList: Array(51).fill(systemDisk) }, "InvalidParameter.ModuleList"],
  ])("needs %s", async (_what, change, code) => {
    const refused = await newCloud().call("bss", "GetPayAsYouGoPrice", { ...ecs, ...change });
    expect(refused).toMatchObject({ status: 400, code: expect.stringMatching(code) });
  });

  it("takes 50 modules at once", async () => {
    expect(await costs(ecs, Array(50).fill(systemDisk))).toHaveLength(50);
  });
});

describe("a price ahead", () => {
  it("is the catalogue's month", async () => {
    const data = await paidAhead({ Quantity: 2 }, [host("ecs.g6.xlarge"), systemDisk]);
    // Two of: 480 as quoted, and 40 GiB at 0.35.
    expect(data).toMatchObject({ Currency: "CNY", Quantity: 2, TradePrice: 988, OriginalPrice: 988, DiscountPrice: 0 });
  });

  it.each([
    ["an address, Mbit/s here", { ProductCode: "eip" }, module("Bandwidth", "Bandwidth:5"), 125],
    ["three months of it", { ProductCode: "eip", ServicePeriodQuantity: 3 }, module("Bandwidth", "Bandwidth:5"), 375],
    ["a host's own fixed bandwidth", {}, line(2_048, 5), 46],
  ])("of %s", async (_what, asked, one, wanted) => {
    expect(await paidAhead({ ServicePeriodUnit: "Month", ...asked }, [one])).toMatchObject({ TradePrice: wanted });
  });

  it.each<[string, object, object]>([
    ["a type of the seventh generation", {}, host("ecs.g7.xlarge")],
    ["a year of a family without a factor", { ServicePeriodUnit: "Year" }, host("ecs.g6.xlarge")],
    ["a week", { ServicePeriodUnit: "Week" }, host("ecs.g6.xlarge")],
    ["two months of a disk", { ServicePeriodQuantity: 2 }, systemDisk],
    ["a disk by itself", { ProductCode: "yundisk" }, dataDisk("cloud_essd")],
    ["a year of an address", { ProductCode: "eip", ServicePeriodUnit: "Year" }, module("Bandwidth", "Bandwidth:5")],
    ["an address of more than 200 Mbit/s", { ProductCode: "eip" }, module("Bandwidth", "Bandwidth:1024")],
    ["traffic", { ProductCode: "cdt" }, shenzhen(1)],
  ])("is none of %s", async (_what, asked, one) => {
    const month = { ...ahead, ServicePeriodUnit: "Month", ServicePeriodQuantity: 1 };
    const answer = await newCloud().call("bss", "GetSubscriptionPrice", { ...month, ...asked, ModuleList: [one] });
    expect(answer).toMatchObject({ status: 200, body: noPlan });
    expect(answer.body["Data"]).toBeUndefined();
  });
});

describe("an account", () => {
  it("may have a discount: the list price stays beside what is paid", async () => {
    const client = newCloud();
    changeAccount(client, { discountPercent: 15 });
    const answer = await client.ok("bss", "GetPayAsYouGoPrice", { ...ecs, ModuleList: [systemDisk] });
    const row = { OriginalCost: 0.029167, InvoiceDiscount: 0.004375, CostAfterDiscount: 0.024792 };
    expect(answer["Data"]?.["ModuleDetails"]?.["ModuleDetail"]?.[0]).toMatchObject(row);
    expect(await paidAhead({}, [host("ecs.g6.xlarge")], client)).toMatchObject({
      OriginalPrice: 480,
      DiscountPrice: 72,
      TradePrice: 408,
    });
  });

  it("of the international site has no list, unless a test makes one up", async () => {
    const client = newCloud();
    changeAccount(client, { site: "international" });
    const ask = (product: object, one: object) =>
      client.call("bss", "GetPayAsYouGoPrice", { ...product, ModuleList: [one] });
    expect((await ask(ecs, host("ecs.g6.large"))).body).toMatchObject(noPlan);
    giveList(client, "USD", [{ region: "cn-beijing", what: "ecs.g6.large", hour: "0.07" }]);
    expect((await ask(ecs, host("ecs.g6.large"))).body["Data"]).toMatchObject({
      Currency: "USD",
      ModuleDetails: { ModuleDetail: [{ OriginalCost: 0.07 }] },
    });
    // Figures in CNY do not get in beside them.
    for (const [product, one] of [
      [ecs, systemDisk],
      [eip, isp],
      [eip, peak(1_024)],
      [cdt, shenzhen(1)],
    ] as const) {
      expect((await ask(product, one)).body).toMatchObject(noPlan);
    }
  });
});

describe("what can be priced", () => {
  const codes = async (asked: object): Promise<string[]> => {
    const { Data } = await newCloud().ok("bss", "DescribePricingModule", asked);
    return [...(Data?.["ModuleList"]?.["Module"] ?? [])].map((row) => `${row["ModuleCode"]} ${row["PriceType"]}`);
  };

  it.each([
    [
      "ecs",
      "Subscription",
      ["InstanceType Month", "SystemDisk Month", "DataDisk Month", "InternetMaxBandwidthOut Month"],
    ],
    ["yundisk", "PayAsYouGo", ["DataDisk Hour"]],
    ["eip", "PayAsYouGo", ["Bandwidth Day", "InternetChargeType Usage", "ISP Hour"]],
    ["eip", "Subscription", ["Bandwidth Month"]],
    ["cdt", "PayAsYouGo", ["internet_traffic Usage"]],
  ])("%s, %s", async (ProductCode, SubscriptionType, wanted) => {
    expect(await codes({ ProductCode, SubscriptionType })).toEqual(wanted);
  });

  it("nothing of another product", async () => {
    const asked = { ProductCode: "hitsdb", SubscriptionType: "PayAsYouGo" };
    expect((await newCloud().call("bss", "DescribePricingModule", asked)).code).toBe("ProductNotFind");
  });
});

describe("savings plans", () => {
  const example = { CommodityCode: "ecs", SpnType: "universal", PayMode: "total", Cycle: "3:Year", Spec: "ecs.g6" };
  const rates = async (change: object, client: Client = newCloud()) => {
    const { Data } = await client.ok("bss", "QuerySavingsPlansDiscount", { ...example, ...change });
    return [...(Data?.["Items"] ?? [])].map((row) => [
      row["RegionCode"],
      row["DiscountRate"],
      row["ContractDiscountRate"],
    ]);
  };

  it("have the discount of the documents' example, as text", async () => {
    expect(await rates({ Region: "cn-shanghai" })).toEqual([["cn-shanghai", "0.455", "0.455"]]);
    expect(await rates({ Spec: "" })).toEqual([
      ["cn-shanghai", "0.455", "0.455"],
      ["cn-beijing", "0.273", "0.273"],
    ]);
  });

  it.each([
    ["another region", { Region: "cn-hangzhou" }],
    ["a year", { Cycle: "1:Year" }],
    ["nothing upfront", { PayMode: "zero" }],
    ["a plan of one family", { SpnType: "ecs" }],
    ["another family", { Spec: "ecs.g7" }],
    ["another module", { ModuleCode: "systemdisk" }],
  ])("have none for %s", async (_what, change) => {
    expect(await rates(change)).toEqual([]);
  });

  it("need their terms", async () => {
    const { code } = await newCloud().call("bss", "QuerySavingsPlansDiscount", { ...example, Cycle: "" });
    expect(code).toBe("MissingParameter.Cycle");
  });
});

describe("without its permission", () => {
  const modules = { ModuleList: [host("ecs.g6.large")] };
  const plan = { CommodityCode: "ecs", SpnType: "universal", PayMode: "total", Cycle: "1:Year" };
  it.each<[string, object, string[]]>([
    ["GetPayAsYouGoPrice", { ...ecs, ...modules }, ["bssapi:GetPayAsYouGoPrice", "bss:DescribePrice"]],
    ["GetSubscriptionPrice", { ...ahead, ...modules }, ["bssapi:GetSubscriptionPrice", "bss:DescribePrice"]],
    ["DescribePricingModule", ecs, ["bssapi:DescribePricingModule", "bss:DescribeProduct"]],
    ["QuerySavingsPlansDiscount", plan, ["bssapi:QuerySavingsPlansDiscount"]],
  ])("%s is refused", async (action, asked, permissions) => {
    const cloud = newCloud();
    expect(await (await userWith(cloud, "ann")).call("bss", action, asked)).toMatchObject({ status: 403 });
    for (const [n, permission] of permissions.entries()) {
      const user = await userWith(cloud, `eve${n}`, document(allow(permission)));
      expect((await user.ok("bss", action, asked))["Success"]).toBe(true);
    }
  });
});
