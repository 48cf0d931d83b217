import { describe, expect, test } from "vitest";
import { catalogueBook } from "../../cost/catalogue.ts";
import { type CostLine, estimate, hoursPerMonth } from "../../cost/estimate.ts";
import { alwaysOn } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { planOf, shippedText } from "../support/stacks.ts";
import { disk, host, planWith, resource } from "./plans.ts";

const shanghai = (resources: readonly PlannedResource[]) =>
  estimate(planWith(resources), "cn-shanghai", catalogueBook("china"), alwaysOn);

function line(lines: readonly CostLine[], kind: CostLine["kind"]): CostLine {
  const found = lines.filter((l) => l.kind === kind);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} lines of kind ${kind}`);
  return found[0];
}

describe("the shipped stack of Shanghai, by hand", () => {
  // By the hour: 2 hosts x 1.0465 = 2.0930; 2 disks x 40 GiB x 0.50 / 480 = 0.08333...; 2 x 200 x 1.00 / 480 = 0.83333...
  // Together 3.00966..., and in 730 hours 1527.89 + 60.8333... + 608.3333... = 2197.0566...; the way out is a NAT gateway at
  // 0.195 and its address at 0.02: 3.22466..., and 142.35 + 14.60 = 156.95 more, 2354.0066...
  test("host by host, and together", async () => {
    const { lines, sum, currency, list } = estimate(
      await planOf(shippedText("shanghai"), "shanghai"),
      "cn-shanghai",
      catalogueBook("china"),
      alwaysOn,
    );
    expect(line(lines, "host")).toMatchObject({
      count: 2,
      perHour: "2.0930",
      perMonth: "1527.89",
      whileStopped: false,
    });
    expect(line(lines, "system-disk")).toMatchObject({ count: 2, quantity: 40, perHour: "0.0833", perMonth: "60.83" });
    expect(line(lines, "data-disk")).toMatchObject({ count: 2, quantity: 200, perHour: "0.8333", perMonth: "608.33" });
    // A year is twelve such months, rounded once.
    expect(sum).toEqual({ perHour: "3.2247", perMonth: "2354.01", perYear: "28248.08" });
    expect([currency, list, hoursPerMonth]).toEqual(["CNY", "China site", 730]);
  });

  test("what has no price is named with a reason, and counted", async () => {
    const found = estimate(
      await planOf(shippedText("shanghai"), "shanghai"),
      "cn-shanghai",
      catalogueBook("china"),
      alwaysOn,
    );
    const unpriced = found.lines.filter((l) => l.perHour === undefined);
    expect(unpriced.map((l) => l.kind).sort()).toEqual(["lindorm-node", "lindorm-storage"]);
    for (const l of unpriced) expect(l.unpriced).toMatch(/\w{3,}/);
    expect(found.unpricedLines).toBe(2);
    // 2 x 2100 per node, or 2 x 4 vCPU x 100; storage 160 x 0.15 or x 0.35.
    expect(line(found.lines, "lindorm-node").spanPerMonth).toEqual(["800.00", "4200.00"]);
    expect(line(found.lines, "lindorm-storage").spanPerMonth).toEqual(["24.00", "56.00"]);
    expect(found.byUse.map((use) => use.what)).toEqual(["traffic out", "NAT gateway capacity", "snapshots"]);
  });

  test("every price names its source and date", async () => {
    const { lines } = estimate(
      await planOf(shippedText("shanghai"), "shanghai"),
      "cn-shanghai",
      catalogueBook("china"),
      alwaysOn,
    );
    for (const l of lines.filter((priced) => priced.perHour !== undefined)) {
      expect([l.what, l.source, l.observedAt]).toEqual([l.what, expect.any(String), expect.stringMatching(/^20\d\d-/)]);
    }
  });
});

describe("a missing price is never zero", () => {
  test.each([
    [
      "a type that no list has",
      host("workers-01", "ecs.x9.mega", 40),
      "host",
      /^no list price of ecs.x9.mega in cn-shanghai$/,
    ],
    ["a disk level without a figure", disk("workers-01-data", 500, "PL2"), "data-disk", /PL2 and PL3/],
    [
      "a disk whose size is not known yet",
      disk("workers-01-data", { __pulumiUnknown: true }),
      "data-disk",
      /size.*not known/,
    ],
    [
      "a system disk without a size",
      host("w", "ecs.g7.xlarge", 0, { systemDiskSize: null }),
      "system-disk",
      /size.*not known/,
    ],
    [
      "a TSDB",
      resource("alicloud:tsdb/instance:Instance", "t", { instanceClass: "tsdb.1x.basic" }),
      "tsdb",
      /no longer sold/,
    ],
  ] as const)("%s", (_, planned, kind, why) => {
    const { lines } = shanghai([planned]);
    const found = line(lines, kind);
    expect(found.unpriced).toMatch(why);
    expect([found.perHour, found.perMonth, found.atMostPerHour, found.spanPerMonth]).toEqual(Array(4).fill(undefined));
  });

  test.each([
    ["cn-fuzhou", "alicloud:vpc/natGateway:NatGateway", "nat-gateway", /no list price of a NAT gateway/],
    ["cn-nanjing", "alicloud:ecs/eipAddress:EipAddress", "address", /no holding fee/],
  ] as const)("in %s, which no list names: %s", (region, type, kind, why) => {
    const { lines } = estimate(planWith([resource(type, "n", {})]), region, catalogueBook("china"), alwaysOn);
    expect(line(lines, kind)).toMatchObject({ unpriced: expect.stringMatching(why) });
    expect(line(lines, kind).perMonth).toBeUndefined();
  });

  test("a region without a list has no price of hosts", () => {
    const { lines } = estimate(
      planWith([host("w", "ecs.g7.xlarge", 40)]),
      "cn-zhongwei",
      catalogueBook("china"),
      alwaysOn,
    );
    expect(line(lines, "host").unpriced).toBe("no list price of ecs.g7.xlarge in cn-zhongwei");
  });
});

describe("what is paid otherwise is in no sum and has an upper bound", () => {
  test("a subscription: host and system disk, bounded by the price by the hour", () => {
    const year = { instanceChargeType: "PrePaid", period: 12, periodUnit: "Month" };
    const found = shanghai([host("a", "ecs.g7.xlarge", 480, year), host("b", "ecs.g7.xlarge", 480, year)]);
    expect(found.sum).toEqual({ perHour: "0.0000", perMonth: "0.00", perYear: "0.00" });
    expect(found.payNow).toEqual({ amount: "0.00", unpriced: 4 });
    expect(found.unpricedLines).toBe(2);
    expect(line(found.lines, "host")).toMatchObject({
      pay: { kind: "subscription", term: "1 year" },
      unpriced: "no factor of 1 year for ecs.g7; the average of all types, 2024-03, shows the size",
      // 2 x 12 x 502.32 x 0.66: a size, in no sum.
      spanPayNow: ["7956.75", "7956.75"],
      atMostPerHour: "2.0930",
    });
    // 2 x 480 x 0.50 / 480.
    expect(line(found.lines, "system-disk").atMostPerHour).toBe("1.0000");
  });

  test.each([
    ["1 Week", { period: 1, periodUnit: "Week" }, "1 week"],
    ["3 Week", { period: 3, periodUnit: "Week" }, "3 weeks"],
    ["9 Month", { period: 9, periodUnit: "Month" }, "9 months"],
    ["24 Month", { period: 24, periodUnit: "Month" }, "2 years"],
  ])("a term of %s is said in words", (_, inputs, term) => {
    const { lines } = shanghai([host("a", "ecs.g7.xlarge", 40, { instanceChargeType: "PrePaid", ...inputs })]);
    expect(line(lines, "host").pay).toEqual({ kind: "subscription", term });
  });

  test.each([
    ["to its limit", { spotStrategy: "SpotWithPriceLimit", spotPriceLimit: 0.4 }, "0.8000"],
    ["to the price by the hour", { spotStrategy: "SpotAsPriceGo" }, "2.0930"],
  ])("spot: bounded %s; its disk is paid by the hour", (_, inputs, most) => {
    const found = shanghai([host("a", "ecs.g7.xlarge", 240, inputs), host("b", "ecs.g7.xlarge", 240, inputs)]);
    expect(line(found.lines, "host")).toMatchObject({ unpriced: "spot: the price moves", atMostPerHour: most });
    expect(line(found.lines, "host").perHour).toBeUndefined();
    expect(found.sum.perHour).toBe("0.5000");
  });

  test("a database paid ahead says for how long", () => {
    const lindorm = { timeSeriesEngineSpecification: "lindorm.g.xlarge", timeSeriesEngineNodeCount: 2 };
    const paid = { paymentType: "Subscription", duration: "3", pricingCycle: "Month" };
    const found = shanghai([
      resource("alicloud:lindorm/instance:Instance", "l", { ...lindorm, ...paid }),
      resource("alicloud:tsdb/instance:Instance", "t", { instanceClass: "tsdb.1x.basic", ...paid, pricingCycle: null }),
    ]);
    expect(line(found.lines, "lindorm-node").pay).toEqual({ kind: "subscription", term: "3 months" });
    expect(line(found.lines, "tsdb").pay).toEqual({ kind: "subscription", term: "3 months" });
  });
});

test("two equal databases have twice the span of one", () => {
  const inputs = { timeSeriesEngineSpecification: "lindorm.g.xlarge", timeSeriesEngineNodeCount: 2 };
  const of = (...names: string[]) =>
    line(shanghai(names.map((n) => resource("alicloud:lindorm/instance:Instance", n, inputs))).lines, "lindorm-node");
  expect(of("a").spanPerMonth).toEqual(["800.00", "4200.00"]);
  expect(of("a", "b").spanPerMonth).toEqual(["1600.00", "8400.00"]);
});

test("rounding is half up, and of the exact amount: 3 x 50 GiB x 0.50 / 480 = 0.15625", () => {
  const found = shanghai([disk("a", 50, "PL0"), disk("b", 50, "PL0"), disk("c", 50, "PL0")]);
  expect(found.sum).toEqual({ perHour: "0.1563", perMonth: "114.06", perYear: "1368.75" });
  expect(line(found.lines, "data-disk")).toMatchObject({ perHour: "0.1563", perMonth: "114.06" });
});

test("a host's bandwidth and an address's are two lines: each has its own list", () => {
  const own = host("a", "ecs.g7.xlarge", 40, { internetMaxBandwidthOut: 5, internetChargeType: "PayByBandwidth" });
  const eip = resource("alicloud:ecs/eipAddress:EipAddress", "e", {
    internetChargeType: "PayByBandwidth",
    bandwidth: "5",
  });
  const { lines } = shanghai([own, eip]);
  const hourly = lines.filter(({ kind }) => kind === "bandwidth").map(({ perHour }) => perHour);
  expect(hourly.toSorted()).toEqual(["0.2000", "0.3150"]);
});

test("an address that is paid ahead has no fee by the hour", () => {
  const eip = resource("alicloud:ecs/eipAddress:EipAddress", "e", {
    internetChargeType: "PayByBandwidth",
    bandwidth: "5",
    paymentType: "Subscription",
    period: 1,
  });
  const { sum, payNow } = shanghai([eip]);
  expect(sum.perHour).toBe("0.0000");
  expect(Number(payNow.amount)).toBeGreaterThan(0);
});

test.each([
  ["a resource that this model does not know", resource("alicloud:oss/bucket:Bucket", "b", {}), "other", "oss/bucket"],
  [
    "a paid image",
    host("a", "ecs.g7.xlarge", 40, { imageId: "win2022_21H2_x64.vhd" }),
    "image",
    "win2022_21H2_x64.vhd",
  ],
])("%s is an item without a price, never free", (_, one, kind, what) => {
  const { lines, unpricedLines } = shanghai([one]);
  expect(lines.find((l) => l.kind === kind)).toMatchObject({ what, unpriced: expect.stringMatching(/./) });
  expect(unpricedLines).toBe(1);
});

test.each([
  "alicloud:vpc/network:Network",
  "alicloud:ram/role:Role",
  "alicloud:ecs/securityGroupRule:SecurityGroupRule",
  "docker:index/container:Container",
])("%s costs nothing by itself", (type) => {
  expect(shanghai([resource(type, "x", {})]).lines).toEqual([]);
});

test("a disk in its host's subscription is not priced by the hour", () => {
  const own = resource("alicloud:ecs/ecsDisk:EcsDisk", "d", {
    category: "cloud_essd",
    size: 100,
    performanceLevel: "PL1",
    paymentType: "Subscription",
  });
  expect(shanghai([own])).toMatchObject({ unpricedLines: 1, sum: { perHour: "0.0000" } });
});

test("what is paid by use is CNY: in a sum of another currency it is not, and that is told", () => {
  const address = resource("alicloud:ecs/eipAddress:EipAddress", "e", { internetChargeType: "PayByTraffic" });
  const month = { ...alwaysOn, trafficGB: 100 };
  const counted = (currency: "CNY" | "USD") =>
    estimate(planWith([address]), "cn-shanghai", { ...catalogueBook("china"), currency }, month);
  // 730 x 0.02, and 100 x 0.80.
  expect(counted("CNY")).toMatchObject({ sum: { perMonth: "94.60" }, notes: [] });
  expect(counted("USD")).toMatchObject({ sum: { perMonth: "14.60" }, byUse: [] });
  expect(counted("USD").notes).toEqual(["traffic out: paid by use, no price in USD is known, in no sum"]);
});
