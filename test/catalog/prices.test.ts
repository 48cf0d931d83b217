import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bandwidthPrice, bandwidthPrices } from "../../catalog/bandwidth-prices.ts";
import { compactPrices, isKeptType } from "../../catalog/compact-prices.ts";
import { diskPrice } from "../../catalog/disk-prices.ts";
import { ageInDays, isOld, oldAfterDays } from "../../catalog/fact.ts";
import { instanceType } from "../../catalog/instance-types.ts";
import { natCapacityUnit, networkPrice, networkPrices } from "../../catalog/network-prices.ts";
import { lindormReferences, noPrices, whyNoPrice } from "../../catalog/no-prices.ts";
import { hourlyPrice, pricedTypes, referencePrices } from "../../catalog/prices.ts";
import { isMainlandRegion, regions } from "../../catalog/regions.ts";
import { savingsPlanFactor, savingsPlanFactors } from "../../catalog/savings-plans.ts";
import { monthPrice, monthRatio, termFactor } from "../../catalog/term-prices.ts";
import { freeTrafficOut, snapshotPrice, trafficOut } from "../../catalog/usage-prices.ts";
import { usdBandwidth, usdPrices } from "../../catalog/usd-prices.ts";
import golden from "./golden-prices.json" with { type: "json" };

const decimal = /^(0|[1-9]\d*)(\.\d+)?$/;
const rows = golden.rows.map(([region = "", type = "", amount = ""]) => [region, type, amount] as const);
const files = readdirSync(new URL("../../catalog/prices/", import.meta.url)).map((file) => file.replace(/\.json$/, ""));

describe("hourly prices", () => {
  it("has at least forty golden rows, over every region with prices", () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(new Set(rows.map(([region]) => region))).toEqual(new Set(files));
  });

  it.each(rows)("%s %s costs %s as in the original list", (region, type, amount) => {
    const price = hourlyPrice(region, type);
    expect(price).toMatchObject({
      amount,
      currency: "CNY",
      unit: "hour",
      observedAt: golden.observedAt,
      source: golden.source,
    });
  });

  it.each(files)("%s is in the region list, its prices are decimals of known types, and none is zero", (region) => {
    expect(isMainlandRegion(region)).toBe(true);
    const types = pricedTypes(region);
    expect(types.length).toBeGreaterThan(20);
    for (const type of types) {
      const amount = hourlyPrice(region, type)?.amount ?? "";
      expect(amount, type).toMatch(decimal);
      expect(amount, type).not.toMatch(/^0(\.0*)?$/);
      expect(instanceType(type), type).toBeDefined();
      expect(isKeptType(type), type).toBe(true);
    }
  });

  it.each([
    ["cn-shanghai", "ecs.g7.nosuch"],
    ["cn-shanghai", "constructor"],
    ["cn-zhongwei", "ecs.g7.xlarge"],
    ["cn-hongkong", "ecs.g7.xlarge"],
    ["../prices/cn-shanghai", "ecs.g7.xlarge"],
  ])("knows no price for %s %s", (region, type) => {
    expect(hourlyPrice(region, type)).toBeUndefined();
  });

  it("keeps what a third party says apart from the list", () => {
    expect(hourlyPrice("cn-shanghai", "ecs.g9i.2xlarge")).toBeUndefined();
    expect(referencePrices.every((row) => row.confidence === "low" && decimal.test(row.amount))).toBe(true);
  });
});

describe("a newer list", () => {
  const text =
    '{"regions":{"cn-x":{"ecs.g7.xlarge":1.0460,"ecs.g7.large":0.10,"ecs.g8i.large":0,"ecs.gn6i-c4g1.xlarge":9,"ecs.c7.large":1e0}}}';

  it("keeps amounts as written, drops zeros and other types, sorts by family and size", () => {
    expect(Object.entries(compactPrices(text)["cn-x"] ?? {})).toEqual([
      ["ecs.c7.large", "1e0"],
      ["ecs.g7.large", "0.10"],
      ["ecs.g7.xlarge", "1.0460"],
    ]);
  });
});

describe("disks", () => {
  it.each([
    ["cn-hangzhou", "cloud_essd", "PL0", "0.50", undefined, "cn-hangzhou"],
    ["cn-hangzhou", "cloud_essd", "PL1", "1.00", undefined, "cn-hangzhou"],
    ["cn-shanghai", "cloud_essd", "PL0", "0.50", "inferred", "cn-shanghai"],
    ["cn-shanghai", "cloud_essd", "PL1", "1.00", "inferred", "cn-beijing"],
    ["cn-beijing", "cloud_efficiency", undefined, "0.35", "inferred", "cn-beijing"],
    ["cn-guangzhou", "cloud_efficiency", undefined, "0.35", "inferred", "cn-beijing"],
    ["cn-zhangjiakou", "cloud_essd", "PL1", "1.00", "unverified", "cn-beijing"],
    ["cn-hangzhou", "cloud_auto", undefined, "1.00", "unverified", "cn-hangzhou"],
    ["cn-shanghai", "cloud_auto", undefined, "1.00", "unverified", "cn-hangzhou"],
  ] as const)("%s %s %s costs %s per GiB and month (%s, read in %s)", (region, category, level, amount, confidence, readIn) => {
    const price = diskPrice(region, category, level);
    expect(price).toMatchObject({ amount, readIn, unit: "GiB month", hoursInMonth: "480" });
    expect(price?.confidence).toBe(confidence);
  });

  it.each([
    ["cn-shanghai", "cloud_essd", "PL2"],
    ["cn-shanghai", "cloud_essd", undefined],
    ["cn-shanghai", "cloud_essd_entry", undefined],
    ["cn-shanghai", "cloud_ssd", undefined],
    ["cn-hongkong", "cloud_essd", "PL1"],
  ] as const)("knows no price for %s %s %s", (region, category, level) => {
    expect(diskPrice(region, category, level)).toBeUndefined();
  });
});

describe("terms", () => {
  it("has factors for g9i on the China site only, and averages under their own name", () => {
    expect(termFactor("china", "ecs.g9i", 12)?.factor).toBe("0.6594");
    expect(termFactor("china", "average", 36)?.factor).toBe("0.44");
    expect(termFactor("international", "average", 12)?.factor).toBe("0.85");
    expect(termFactor("china", "ecs.g7", 12)).toBeUndefined();
    expect(termFactor("international", "ecs.g9i", 12)).toBeUndefined();
    expect(termFactor("china", "ecs.g9i", 60)).toBeUndefined();
  });

  it.each([
    ["ecs.g7", "480", undefined],
    ["ecs.r8y", "480", undefined],
    ["ecs.g5", "288", undefined],
    ["ecs.g8i", "480", "inferred"],
    ["ecs.g9i", "480", "inferred"],
    ["ecs.u1-c1m2", "480", "inferred"],
  ])("a month of %s is %s hours", (family, hours, confidence) => {
    expect(monthRatio(family)?.hours).toBe(hours);
    expect(monthRatio(family)?.confidence).toBe(confidence);
  });

  it.each(["ecs.u1", "ecs.e-c1m2", "ecs.i3", "ecs.hfg7", "ecs.g4"])("says nothing about months of %s", (family) => {
    expect(monthRatio(family)).toBeUndefined();
  });

  it("agrees with the quoted months within a third of a percent", () => {
    for (const type of [
      "ecs.g6.xlarge",
      "ecs.c6.2xlarge",
      "ecs.g7.xlarge",
      "ecs.c7.2xlarge",
      "ecs.r7.xlarge",
      "ecs.g8y.xlarge",
      "ecs.g5.xlarge",
      "ecs.u1-c1m2.xlarge",
    ]) {
      const hour = Number(hourlyPrice("cn-beijing", type)?.amount);
      const hours = Number(monthRatio(type.replace(/\.[^.]+$/, ""))?.hours);
      const quoted = Number(monthPrice("cn-beijing", type)?.amount);
      expect(Math.abs((hour * hours) / quoted - 1), type).toBeLessThan(0.0034);
    }
    expect(monthPrice("cn-shanghai", "ecs.g7.xlarge")).toBeUndefined();
  });
});

describe("by use and without a price", () => {
  it("reproduces the quote for 50,000 GB of traffic: 37,997.00", () => {
    const [first, second] = trafficOut;
    const cents = (amount: string | undefined) => Math.round(Number(amount) * 100);
    const beyond = 50_000 - freeTrafficOut.GB - 10_240;
    expect(10_240 * cents(first?.amount) + beyond * cents(second?.amount)).toBe(3_799_700);
    expect(snapshotPrice.amount).toBe("0.12");
  });

  it("gives a reason for everything it has no price for", () => {
    expect(noPrices.map((row) => row.what).sort()).toEqual(["disk", "eip", "lindorm", "nat-gateway", "tsdb"]);
    expect(whyNoPrice("lindorm").why).toMatch(/factor of five/);
  });

  it("spans Lindorm with two contradicting figures: 824 and 4,256 for two g.xlarge and 160 GB", () => {
    const totals = lindormReferences.map((row) => {
      const nodes = row.perVcpuMonth
        ? 8 * Number(row.perVcpuMonth)
        : 2 * Number(row.perNodeMonth?.["lindorm.g.xlarge"]);
      return nodes + (160 * Math.round(Number(row.storagePerGBMonth) * 100)) / 100;
    });
    expect(totals.sort((a, b) => a - b)).toEqual([824, 4256]);
    expect(lindormReferences.every((row) => row.confidence === "low")).toBe(true);
  });
});

describe("what a network costs", () => {
  it.each([
    ["cn-hangzhou", "nat-gateway", "0.195", undefined],
    ["cn-shanghai", "nat-gateway", "0.195", "inferred"],
    ["cn-hangzhou", "address", "0.02", undefined],
    ["cn-qingdao", "address", "0.02", undefined],
  ] as const)("%s, %s: %s an hour", (region, what, amount, confidence) => {
    const price = networkPrice(region, what);
    expect(price).toMatchObject({ amount, unit: "hour", currency: "CNY" });
    expect(price?.confidence).toBe(confidence);
  });

  it("is unknown in a region that no list names", () => {
    for (const region of ["cn-nanjing", "cn-fuzhou", "cn-zhongwei", "cn-hongkong"]) {
      expect([networkPrice(region, "nat-gateway"), networkPrice(region, "address")]).toEqual([undefined, undefined]);
    }
    expect(networkPrices.flatMap(({ regions: ids }) => ids).every(isMainlandRegion)).toBe(true);
  });

  it("a gateway and a unit of its capacity cost the same", () => {
    expect(natCapacityUnit.amount).toBe(networkPrice("cn-hangzhou", "nat-gateway")?.amount);
  });

  it.each([
    ["cn-hangzhou", "host", "pay-as-you-go", "0.315", undefined],
    ["cn-shanghai", "host", "pay-as-you-go", "0.315", "inferred"],
    ["cn-chengdu", "host", "pay-as-you-go", "0.315", "inferred"],
    ["cn-hangzhou", "host", "subscription", "125", "inferred"],
    ["cn-hangzhou", "address", "subscription", "125", undefined],
    ["cn-qingdao", "address", "subscription", "112.5", undefined],
    ["cn-guangzhou", "address", "pay-as-you-go", "4.80", undefined],
  ] as const)("%s, 5 Mbit/s of a %s, %s: %s", (region, of, charge, five, confidence) => {
    const price = bandwidthPrice(region, of, charge);
    expect([price?.sizes[4], price?.confidence]).toEqual([five, confidence]);
  });

  it("has a price of a bandwidth only where a list names the region", () => {
    expect(bandwidthPrice("cn-qingdao", "host", "pay-as-you-go")).toBeUndefined();
    expect(bandwidthPrice("cn-guangzhou", "address", "subscription")).toBeUndefined();
    expect(bandwidthPrice("cn-hongkong", "host", "subscription")).toBeUndefined();
  });

  it("sizes grow, and every figure is a decimal", () => {
    for (const { sizes, above } of [...bandwidthPrices, ...usdBandwidth]) {
      expect([...sizes, above].every((text) => decimal.test(text))).toBe(true);
      expect(sizes.map(Number)).toEqual(sizes.map(Number).toSorted((a, b) => a - b));
    }
  });
});

describe("savings plans and the other site's list", () => {
  it("a factor belongs to one plan, region and family, and says that it is an example", () => {
    const wanted = { years: 3, upfront: "all", covers: "host", region: "cn-shanghai", of: "ecs.g6" } as const;
    expect(savingsPlanFactor(wanted)?.factor).toBe("0.455");
    for (const other of [
      { years: 1 },
      { upfront: "none" },
      { region: "cn-hangzhou" },
      { of: "ecs.g7" },
      { covers: "bandwidth" },
    ] as const) {
      expect(savingsPlanFactor({ ...wanted, ...other }), JSON.stringify(other)).toBeUndefined();
    }
    expect(
      savingsPlanFactors.every(({ confidence, plan }) => confidence === "unverified" && plan === "general-purpose"),
    ).toBe(true);
  });

  it("USD figures are of 2021 and no multiple of the CNY ones", () => {
    expect(usdPrices.every(({ currency, observedAt }) => currency === "USD" && observedAt < "2022")).toBe(true);
    // 1.00 and 0.155, 0.62 and 0.1: 6.45 and 6.2 to one.
    const of = (what: string) => Number(usdPrices.find((row) => row.what === what)?.amount);
    expect(Number(hourlyPrice("cn-shanghai", "ecs.g6.xlarge")?.amount) / of("ecs.g6.xlarge")).toBeCloseTo(6.45, 2);
    expect(Number(hourlyPrice("cn-beijing", "ecs.c5.large")?.amount) / of("ecs.c5.large")).toBeCloseTo(6.2, 2);
  });
});

describe("age", () => {
  it.each([
    ["2024-12-30", "2026-11-23", 693],
    ["2024-12-30", "2024-12-30", 0],
    ["2024-03", "2024-03-02", 1],
    ["2026-11-23", "2026-01-01", 0],
  ])("%s on %s is %i days old", (observedAt, today, days) => {
    expect(ageInDays(observedAt, today)).toBe(days);
    expect(ageInDays(observedAt, new Date(today))).toBe(days);
  });

  it("calls a row old after 180 days, not on the day", () => {
    const row = { source: "a document", observedAt: "2026-01-01" };
    expect(oldAfterDays).toBe(180);
    expect(isOld(row, "2026-06-30")).toBe(false);
    expect(isOld(row, "2026-07-01")).toBe(true);
    expect(() => ageInDays("soon", "2026-01-01")).toThrow(RangeError);
  });

  it("covers every region with zones", () => {
    expect(regions.filter((row) => row.zones.length > 0).every((row) => files.includes(row.id))).toBe(true);
  });
});
