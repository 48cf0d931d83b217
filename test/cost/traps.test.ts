import { expect, test } from "vitest";
import { priceItems } from "../../cost/price.ts";
import { trapsOf } from "../../cost/traps.ts";
import { alwaysOn, type Month } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { china } from "./books.ts";
import { disk, host, planWith, resource } from "./plans.ts";

const ahead = { instanceChargeType: "PrePaid", period: 12, periodUnit: "Month" };
const stop: Month = { ...alwaysOn, useOf: () => ({ hours: 200, whenIdle: "stop" }) };
const remove: Month = { ...alwaysOn, useOf: () => ({ hours: 200, whenIdle: "delete" }) };
const traps = (resources: readonly PlannedResource[], month = alwaysOn) =>
  trapsOf(priceItems(planWith(resources), "cn-shanghai", china, month), month);

const plain = host("a", "ecs.g7.xlarge", 40);
const paid = host("a", "ecs.g7.xlarge", 40, ahead);
const renewing = host("a", "ecs.g7.xlarge", 40, { ...ahead, renewalStatus: "AutoRenewal", autoRenewPeriod: 3 });
const spot = host("a", "ecs.g7.xlarge", 40, { spotStrategy: "SpotAsPriceGo" });
const fixed = resource("alicloud:ecs/eipAddress:EipAddress", "ip", {});
const open = host("a", "ecs.g7.xlarge", 40, { internetMaxBandwidthOut: 10, internetChargeType: "PayByTraffic" });
const address = resource("alicloud:ecs/eipAddress:EipAddress", "ip", { internetChargeType: "PayByTraffic" });
const database = resource("alicloud:lindorm/instance:Instance", "l", {
  timeSeriesEngineSpecification: "lindorm.g.xlarge",
  timeSeriesEngineNodeCount: 2,
  instanceStorage: 80,
  paymentType: "Subscription",
  duration: "1",
  pricingCycle: "Month",
});

const always = "list-before-tax-and-discount";
const ofSubscriptions = ["no-full-refund", "destroy-keeps-billing", "term-is-not-reapplied"];

test.each<readonly [string, readonly PlannedResource[], Month, readonly string[]]>([
  ["nothing", [], alwaysOn, []],
  ["a host by the hour, always on", [plain], alwaysOn, []],
  ["that is stopped when idle", [plain], stop, ["stopped-but-billed", "minimum-charge"]],
  ["that is deleted when idle", [plain], remove, ["minimum-charge"]],
  ["a subscription", [paid], alwaysOn, ofSubscriptions],
  ["that renews itself", [renewing], alwaysOn, [...ofSubscriptions, "renews-itself"]],
  [
    "with a disk of its own beside it",
    [paid, disk("d", 100)],
    alwaysOn,
    [...ofSubscriptions, "disk-by-the-hour-beside-a-subscription"],
  ],
  ["a disk beside a host by the hour", [plain, disk("d", 100)], alwaysOn, []],
  ["a disk of another group", [paid, disk("d", 100, "PL1", "cloud_essd", "others")], alwaysOn, ofSubscriptions],
  ["a database paid ahead, which has no host", [database], alwaysOn, ["no-full-refund"]],
  ["a spot host", [spot], alwaysOn, ["spot-ends"]],
  ["an address", [address], alwaysOn, ["traffic-not-included"]],
  ["an address with a fixed bandwidth, as it is by default", [fixed], alwaysOn, []],
  ["a host with an address of its own", [open], alwaysOn, ["traffic-not-included"]],
  ["an address whose traffic is stated", [address], { ...alwaysOn, trafficGB: 10 }, []],
])("%s", (_, resources, month, ids) => {
  const found = traps(resources, month).map(({ id }) => id);
  expect(found).toEqual(resources.length === 0 ? [] : [...ids, always]);
});

test("each is said once, in words, with its source and day", () => {
  const all = traps([renewing, host("b", "ecs.g7.xlarge", 40, ahead), disk("d", 100), address, spot], stop);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { text, source, observedAt } of all) {
    expect([text.length > 20, source.length > 8]).toEqual([true, true]);
    expect(observedAt).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  }
  expect(all.find(({ id }) => id === "renews-itself")?.text).toMatch(
    /^renews itself by 3 months, first tried 9 days before/,
  );
});
