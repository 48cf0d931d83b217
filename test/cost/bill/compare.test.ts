import { describe, expect, test } from "vitest";
import { amount, rounded } from "../../../cost/amount.ts";
import type { BillComparison } from "../../../cost/bill/compare.ts";
import type { BillLine } from "../../../cost/bill/lines.ts";
import type { BillRow } from "../../../cost/bill/rows.ts";
import { alwaysOn } from "../../../cost/use.ts";
import { host } from "../plans.ts";
import { compared, diskRow, hostRow, tags } from "./rows.ts";

const worker = host("workers-01", "ecs.g7.xlarge", 40);
const paidAhead = host("workers-01", "ecs.g7.xlarge", 40, {
  instanceChargeType: "PrePaid",
  period: 1,
  periodUnit: "Month",
});

function partsOf(line: BillLine | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((line?.parts ?? []).map(({ reason, amount: of }) => [reason, rounded(of, 4)]));
}

function lineOf({ lines }: BillComparison, kind: string): BillLine | undefined {
  return lines.find((line) => line.kind === kind);
}

test("as reviewed: no difference, but for the bill's last place", () => {
  const result = compared([worker], [hostRow(), diskRow()]);
  expect(result.lines.map(({ kind, parts }) => [kind, parts.map(({ reason }) => reason)])).toEqual([
    ["host", []],
    ["system-disk", ["rounding"]],
  ]);
  expect(rounded(result.run.expected, 2)).toBe("794.36");
  expect(rounded(result.run.billed, 2)).toBe("794.36");
});

describe("why a host is not what the review said", () => {
  const half = { seconds: 365 * 3600, usage: amount(365), gross: amount("381.9725"), net: amount("381.9725") };
  const cases: readonly (readonly [string, Partial<BillRow>, Readonly<Record<string, string>>])[] = [
    ["it ran for half of the time", half, { hours: "-381.9725" }],
    [
      "the list has another price",
      { listPrice: amount("1.2"), gross: amount(876), net: amount(876) },
      { price: "112.0550" },
    ],
    [
      "another type was used",
      { what: "ecs.g7.2xlarge", listPrice: amount("2.093"), gross: amount("1527.89"), net: amount("1527.89") },
      { size: "763.9450" },
    ],
    ["a discount of 15 %", { discount: amount("114.59175"), net: amount("649.35325") }, { discount: "-114.5918" }],
    ["a tax of 6 %", { tax: amount("45.8367") }, { tax: "45.8367" }],
    [
      "an hour of 30 seconds costs two minutes",
      { seconds: 30, usage: amount("0.008333"), gross: amount("0.034883"), net: amount("0.034883") },
      { hours: "-763.9363", minimum: "0.0262" },
    ],
    ["nobody knows why", { gross: amount(770), net: amount(770) }, { unexplained: "6.0550" }],
    ["the bill has another sum than its own parts", { net: amount(700) }, { unexplained: "-63.9450" }],
    [
      "several at once",
      {
        ...half,
        listPrice: amount("1.2"),
        gross: amount(438),
        discount: amount(38),
        net: amount(400),
        tax: amount(24),
      },
      { hours: "-381.9725", price: "56.0275", discount: "-38.0000", tax: "24.0000" },
    ],
  ];
  test.each(cases)("%s", (_, change, wanted) => {
    const line = lineOf(compared([worker], [hostRow(change), diskRow()]), "host");
    expect(partsOf(line)).toEqual(wanted);
  });
});

test("a disk that is larger than reviewed is no other price", () => {
  const larger = { usage: amount(730 * 80), gross: amount("60.833333"), net: amount("60.833333") };
  expect(partsOf(lineOf(compared([worker], [hostRow(), diskRow(larger)]), "system-disk"))).toEqual({
    size: "30.4167",
    rounding: "-0.0000",
  });
});

test("a rebuilt host is one item with two resources", () => {
  const hours = (n: number) => ({
    seconds: n * 3600,
    usage: amount(n),
    gross: amount(n * 1.0465),
    net: amount(n * 1.0465),
  });
  const line = lineOf(
    compared([worker], [hostRow(hours(300)), hostRow({ id: "i-2", ...hours(430) }), diskRow()]),
    "host",
  );
  expect(line).toMatchObject({ ids: ["i-1", "i-2"], parts: [] });
});

test("a renamed host is found by its component; one more is not in the review", () => {
  const renamed = hostRow({ name: "old-name" });
  const result = compared([worker], [renamed, diskRow({ name: "old-name" }), hostRow({ id: "i-9", name: "extra" })]);
  expect(result.lines.map(({ ids, kind, parts }) => [ids[0], kind, parts.map(({ reason }) => reason)])).toEqual([
    ["i-1", "host", []],
    ["i-1", "system-disk", ["rounding"]],
    ["i-9", "host", ["unreviewed"]],
  ]);
  expect(rounded(result.run.difference, 2)).toBe("763.95");
});

test("reviewed, but not billed", () => {
  const result = compared([worker], []);
  expect(partsOf(lineOf(result, "host"))).toEqual({ "not-billed": "-763.9450" });
  expect(rounded(result.run.difference, 2)).toBe("-794.36");
});

test("what the review has no price for, and what the bill has no amount for, is compared with nothing", () => {
  const spot = host("workers-01", "ecs.g7.xlarge", 40, { spotStrategy: "SpotAsPriceGo" });
  const { gross: _gross, net: _net, ...metered } = diskRow();
  const result = compared([spot], [hostRow({ net: amount(100) }), metered]);
  expect(result.lines.map(({ kind, difference, note }) => [kind, difference, note])).toEqual([
    ["host", undefined, "the review has no price: spot: the price moves"],
    ["system-disk", undefined, "the bill has no amount for it"],
  ]);
  expect(rounded(result.run.notComparable.billed, 2)).toBe("100.00");
  expect(result.run).toMatchObject({ notComparable: { lines: 2 }, parts: [] });
});

describe("natures are kept apart", () => {
  const order = (change: Partial<BillRow> = {}): BillRow => {
    const { seconds: _seconds, usage: _usage, listPrice: _listPrice, ...row } = hostRow();
    return {
      ...{ ...row, nature: "purchase", term: { unit: "month", count: 1 } },
      ...{ gross: amount("502.32"), net: amount("502.32"), ...change },
    };
  };
  test("a purchase is beside the review's payment, and in no monthly sum", () => {
    const result = compared([paidAhead], [order()]);
    expect(rounded(result.purchase.billed, 2)).toBe("502.32");
    expect(rounded(result.purchase.difference, 2)).toBe("0.00");
    expect(rounded(result.run.expected, 2)).toBe("0.00");
  });
  test("bought and renewed in one month: twice the payment", () => {
    const result = compared([paidAhead], [order(), order()]);
    expect(rounded(result.purchase.expected, 2)).toBe("1004.64");
    expect(result.purchase.parts).toEqual([]);
  });
  test("a term that began before costs nothing in this month, and is no saving", () => {
    const result = compared([paidAhead], []);
    expect(result.lines).toEqual([]);
  });
  test("a longer term than reviewed", () => {
    const longer = order({ term: { unit: "month", count: 3 }, gross: amount("1506.96"), net: amount("1506.96") });
    expect(partsOf(lineOf(compared([paidAhead], [longer]), "host"))).toEqual({ term: "1004.6400" });
  });
  test("a discount on a purchase, and a price that differs", () => {
    const cheaper = order({ gross: amount(500), discount: amount(50), net: amount(450) });
    expect(partsOf(lineOf(compared([paidAhead], [cheaper]), "host"))).toEqual({
      price: "-2.3200",
      discount: "-50.0000",
    });
  });
  test("reviewed by the hour and bought for a month: one is not billed, the other not reviewed", () => {
    const result = compared([worker], [order(), diskRow()]);
    const hosts = result.lines.filter(({ kind }) => kind === "host");
    expect(hosts.map((line) => [line.nature, partsOf(line)])).toEqual([
      ["run", { "not-billed": "-763.9450" }],
      ["purchase", { unreviewed: "502.3200" }],
    ]);
  });
  test("what comes back is in no sum", () => {
    const result = compared([worker], [hostRow(), diskRow(), order({ nature: "refund", net: amount(-120) })]);
    expect(rounded(result.refund.notComparable.billed, 2)).toBe("-120.00");
    expect(rounded(result.run.billed, 2)).toBe("794.36");
  });
});

test("traffic: beside what the stack file says of it", () => {
  const traffic = hostRow({
    kind: "traffic",
    product: "eip",
    usage: amount(150),
    gross: amount(120),
    net: amount(120),
  });
  const said = compared([worker], [hostRow(), diskRow(), traffic], { ...alwaysOn, trafficGB: 100 });
  expect(partsOf(lineOf(said, "traffic"))).toEqual({ traffic: "40.0000" });
  const unsaid = compared([worker], [hostRow(), diskRow(), traffic]);
  expect(partsOf(lineOf(unsaid, "traffic"))).toEqual({ traffic: "120.0000" });
});

test("whose a row is: tags first, then the longest name of a stack that fits", () => {
  const result = compared(
    [],
    [
      hostRow({ id: "a", tags: tags("workers", "other") }),
      hostRow({ id: "b", tags: {}, name: "china-test-2-workers-01" }),
      hostRow({ id: "c", tags: {}, name: "china-test-workers-01" }),
      hostRow({ id: "d", tags: {}, name: "" }),
      hostRow({ id: "e", tags: { stack: "test" }, name: "something", product: "oss", kind: "other" }),
    ],
  );
  expect(result.lines.map(({ ids }) => ids[0])).toEqual(["c"]);
  expect(result.otherRows).toBe(2);
  expect(result.ofNoStack.map(({ product, rows }) => [product, rows])).toEqual([
    ["ecs", 1],
    ["oss", 1],
  ]);
});
