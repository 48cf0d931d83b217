import { describe, expect, test } from "vitest";
import { amount } from "../../cost/amount.ts";
import { costChange } from "../../cost/change.ts";
import { comparisons } from "../../cost/compare.ts";
import { priceItems } from "../../cost/price.ts";
import { alwaysOn, type Month } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { china, roundBook } from "./books.ts";
import { disk, host, planWith, resource } from "./plans.ts";

const ahead = (months: number) => ({ instanceChargeType: "PrePaid", period: months, periodUnit: "Month" });
const priced = (resources: readonly PlannedResource[], book = roundBook, month: Month = alwaysOn) =>
  priceItems(planWith(resources), "cn-shanghai", book, month);
const changed = (before: readonly PlannedResource[], after: readonly PlannedResource[], book = roundBook) =>
  costChange(priced(before, book), priced(after, book));

// By the hour 1.00 and 100 x 0.001 = 0.10: 730.00 and 73.00 a month.
const one = host("a", "ecs.g7.xlarge", 100);
const year = host("a", "ecs.g7.xlarge", 100, ahead(12));

describe("a group that changes from pay-as-you-go to a year's subscription", () => {
  const two = (inputs = {}) => [host("a", "ecs.g7.xlarge", 100, inputs), host("b", "ecs.g7.xlarge", 100, inputs)];
  const change = changed(two(), two(ahead(12)));

  test("costs so much less a month, and so much at once", () => {
    // Twice 1.10 x 730; twice 1.10 x 480 x 12 x 0.66 = 8363.52 at once, a twelfth of it a month.
    expect([change.before, change.after, change.delta]).toEqual(["1606.00", "696.96", "-909.04"]);
    expect([change.payNow, change.sizePayNow]).toEqual(["8363.52", undefined]);
    expect(change.givenUp).toEqual([]);
  });

  test("host by host: the host and its disk, before and after", () => {
    expect(change.items.map(({ name, kind, operation, delta }) => [name, kind, operation, delta])).toEqual([
      ["a", "host", "changed", "-413.20"],
      ["a", "system-disk", "changed", "-41.32"],
      ["b", "host", "changed", "-413.20"],
      ["b", "system-disk", "changed", "-41.32"],
    ]);
    expect(change.items[0]).toMatchObject({
      before: { what: "ecs.g7.xlarge", pay: { kind: "pay-as-you-go" }, perMonth: "730.00" },
      after: { pay: { kind: "subscription", term: "1 year" }, perMonth: "316.80", payNow: "3801.60" },
    });
  });

  test("and pays from the hours at which both cost the same: 480 x 0.66 = 316.8 of a deleted host, 275.5 of a stopped one", () => {
    const [group] = comparisons(priced(two()), roundBook, alwaysOn);
    const option = group?.options.find(({ pay }) => pay.kind === "subscription" && pay.term === "1 year");
    // (348.48 - 73.00) / 1.00 where the disk goes on.
    expect(option?.breakEven).toEqual({ stop: 275.5, delete: 316.8 });
    expect([option?.perMonth, option?.payNow, option?.savesPerMonth]).toEqual(["696.96", "8363.52", "909.04"]);
    // 8363.52 / 1606.00
    expect(option?.coveredAfterMonths).toBe(5.2);
  });

  test("where only the size of a year is known, the difference is not: 12 x 502.32 x 0.66, and the disk between 0.66 and 1", () => {
    const size = changed([one], [year], china);
    expect([size.delta, size.payNow]).toEqual(["0.00", "0.00"]);
    // 3978.37 + 396.00 and 3978.37 + 600.00.
    expect(size.sizePayNow).toEqual(["4374.37", "4578.37"]);
    // 1.0465 x 730 + 76.04 before, nothing that could be added after.
    expect(size.incomparable).toEqual({ items: 2, before: "839.99", after: "0.00" });
  });
});

describe("what a change is", () => {
  test.each([
    [
      "a host more",
      [one],
      [one, host("b", "ecs.g7.large", 100)],
      "438.00",
      "0.00",
      ["added host", "added system-disk"],
    ],
    ["a host less", [one], [], "-803.00", "0.00", ["removed host", "removed system-disk"]],
    ["a larger host", [one], [host("a", "ecs.g7.2xlarge", 100)], "730.00", "0.00", ["changed host"]],
    ["a larger disk", [one], [host("a", "ecs.g7.xlarge", 150)], "36.50", "0.00", ["changed system-disk"]],
    [
      "another level of a disk at the same price",
      [disk("d", 100, "PL0")],
      [disk("d", 100)],
      "0.00",
      "0.00",
      ["changed data-disk"],
    ],
    [
      "a month ahead",
      [one],
      [host("a", "ecs.g7.xlarge", 100, ahead(1))],
      "-275.00",
      "528.00",
      ["changed host", "changed system-disk"],
    ],
    [
      "a subscription more",
      [year],
      [year, host("b", "ecs.g7.large", 100, ahead(1))],
      "288.00",
      "288.00",
      ["added host", "added system-disk"],
    ],
    ["nothing", [one, year], [one, year], "0.00", "0.00", []],
  ] as const)("%s", (_, before, after, delta, payNow, operations) => {
    const change = changed(before, after);
    expect([change.delta, change.payNow]).toEqual([delta, payNow]);
    expect(change.items.map(({ operation, kind }) => `${operation} ${kind}`)).toEqual(operations);
  });

  test("other hours of the same hosts are one", () => {
    const half: Month = { ...alwaysOn, useOf: () => ({ hours: 365, whenIdle: "stop" }) };
    const change = costChange(priced([one]), priced([one], roundBook, half));
    expect([change.delta, change.items.map(({ kind }) => kind)]).toEqual(["-365.00", ["host"]]);
  });

  test("of a subscription they change nothing, and buy it no second time", () => {
    const half: Month = { ...alwaysOn, useOf: () => ({ hours: 365, whenIdle: "stop" }) };
    expect(costChange(priced([year]), priced([year], roundBook, half))).toMatchObject({
      delta: "0.00",
      payNow: "0.00",
      givenUp: [],
    });
  });

  test("several disks of one host are told apart by their order", () => {
    const disks = (...sizes: number[]) =>
      host("a", "ecs.g7.xlarge", 100, {
        dataDisks: sizes.map((size) => ({ category: "cloud_essd", size, performanceLevel: "PL1" })),
      });
    const change = changed([disks(100, 200)], [disks(100, 300, 50)]);
    expect(change.items.map(({ operation, delta }) => [operation, delta])).toEqual([
      ["changed", "73.00"],
      ["added", "36.50"],
    ]);
  });

  test("neither a renewal nor another term is a new payment: a term counts at the purchase", () => {
    const renewing = host("a", "ecs.g7.xlarge", 100, {
      ...ahead(12),
      renewalStatus: "AutoRenewal",
      autoRenewPeriod: 12,
    });
    expect(changed([year], [renewing]).payNow).toBe("0.00");
    expect(changed([year], [host("a", "ecs.g7.xlarge", 100, ahead(36))])).toMatchObject({
      payNow: "0.00",
      givenUp: [],
      notBought: [{ name: "a", from: "1 year", to: "3 years" }],
    });
    // Another type is bought, and the old one given up.
    expect(changed([year], [host("a", "ecs.g7.2xlarge", 100, ahead(12))])).toMatchObject({
      givenUp: [{ name: "a", what: "ecs.g7.xlarge", term: "1 year" }],
      notBought: [],
    });
  });

  test("what has no price on both sides is counted, and in no difference", () => {
    const nat = resource("alicloud:vpc/natGateway:NatGateway", "n", {});
    expect(changed([], [nat])).toMatchObject({
      delta: "0.00",
      incomparable: { items: 1, before: "0.00", after: "0.00" },
    });
    expect(changed([nat], [nat]).items).toEqual([]);
  });
});

test("items that change alike are added before they are rounded", () => {
  // 200 x 1.00 / 480 x 730 = 304.1666... each: 304.17 twice would be 608.34.
  const { items, groups } = changed([disk("a", 200), disk("b", 200)], [], china);
  expect(items.map(({ delta }) => delta)).toEqual(["-304.17", "-304.17"]);
  expect(groups).toEqual([expect.objectContaining({ operation: "removed", names: ["a", "b"], delta: "-608.33" })]);
  expect(groups[0]?.before?.perMonth).toBe("608.33");
});

test("what is paid by use is in the difference, and told apart", () => {
  const same = priced([one]);
  const change = costChange(same, same, { before: amount(80), after: amount("240.505") });
  expect(change).toMatchObject({ before: "883.00", after: "1043.51", delta: "160.51", byUse: "160.51", items: [] });
});
