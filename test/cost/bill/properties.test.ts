import { Decimal } from "decimal.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Amount, amount, compare, minus, nothing, sum } from "../../../cost/amount.ts";
import type { BillComparison } from "../../../cost/bill/compare.ts";
import { type BillReport, billReport, reportOf } from "../../../cost/bill/report.ts";
import { type BillRow, billedFor } from "../../../cost/bill/rows.ts";
import { around, groups, monthOf, resourcesOf } from "../generated-plans.ts";
import { compared, hostRow, tags } from "./rows.ts";

const money = (most: number) => fc.integer({ min: 0, max: most * 1_000_000 }).map((n) => amount(n, 1_000_000));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 8 });

/** A row as a bill may hold it, whether it makes sense or not: by names and kinds that plans have, and others. */
const row: fc.Arbitrary<BillRow> = fc
  .record({
    id: fc.constantFrom("i-1", "i-2", "i-3", "d-1"),
    name: fc.constantFrom("workers-0", "workers-1", "batch-0", "workers-0-data", "network-nat", "series", "", "extra"),
    component: fc.constantFrom("workers", "batch", "network", "series"),
    stack: fc.constantFrom("test", "test", "test", "other"),
    kind: fc.constantFrom<BillRow["kind"][]>(
      "host",
      "system-disk",
      "data-disk",
      "nat-gateway",
      "address",
      "traffic",
      "other",
    ),
    nature: fc.constantFrom<BillRow["nature"][]>("run", "run", "run", "purchase", "refund"),
    what: fc.constantFrom("ecs.g7.xlarge", "ecs.c6.xlarge", "cloud_essd", ""),
    seconds: maybe(fc.integer({ min: 0, max: 744 * 3600 })),
    usage: maybe(money(744 * 500)),
    listPrice: maybe(money(50)),
    listPriceStep: maybe(fc.constant(amount(1, "1e10"))),
    term: maybe(fc.record({ unit: fc.constant("month" as const), count: fc.constantFrom(1, 3, 12) })),
    gross: maybe(money(5000)),
    net: maybe(money(5000)),
    discount: money(100),
    tax: money(100),
  })
  .map(({ component, stack, ...some }) => {
    const { seconds: _s, usage: _u, listPrice: _l, gross: _g, net: _n, ...plain } = hostRow();
    const known = Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined));
    return { ...plain, ...known, tags: tags(component, stack) } as BillRow;
  });

const input = fc.record({
  all: groups(),
  rows: fc.array(row, { maxLength: 25 }),
  hours: fc.constantFrom(720, 730, 744),
});

const equal = (a: Amount, b: Amount) => compare(a, b) === 0;

test("parts add up to the difference, lines to the totals, and every row of the stack is in one line", () => {
  fc.assert(
    fc.property(input, ({ all, rows, hours }) => {
      const result = compared([...resourcesOf(all), ...around], rows, monthOf(all, hours));
      for (const { difference, parts, expected, billed, note } of result.lines) {
        if (difference === undefined) {
          expect(parts).toEqual([]);
          expect(note).toBeDefined();
          continue;
        }
        expect(equal(sum(parts.map((part) => part.amount)), difference)).toBe(true);
        expect(equal(minus(billed ?? nothing, expected ?? nothing), difference)).toBe(true);
      }
      for (const nature of ["run", "purchase", "refund"] as const) checkTotal(result, nature, rows);
    }),
    { numRuns: 100 },
  );
});

function checkTotal(result: BillComparison, nature: "run" | "purchase" | "refund", rows: readonly BillRow[]): void {
  const lines = result.lines.filter((line) => line.nature === nature);
  const known = lines.filter(({ difference }) => difference !== undefined);
  const total = result[nature];
  for (const side of ["expected", "billed", "difference"] as const) {
    expect(equal(sum(known.flatMap((line) => line[side] ?? [])), total[side])).toBe(true);
  }
  expect(equal(sum(total.parts.map((part) => part.amount)), total.difference)).toBe(true);
  expect(total.notComparable.lines).toBe(lines.length - known.length);
  const ours = rows.filter((one) => one.nature === nature && one.tags["stack"] === "test");
  // Where all rows have an amount nothing of the bill is lost.
  if (ours.every((one) => billedFor(one) !== undefined)) {
    const billed = sum(ours.flatMap((one) => billedFor(one) ?? []));
    expect(equal(sum([total.billed, total.notComparable.billed]), billed)).toBe(true);
  }
}

test("what is shown adds up as well, to the cent", () => {
  fc.assert(
    fc.property(input, ({ all, rows, hours }) => {
      const comparison = compared([...resourcesOf(all), ...around], rows, monthOf(all, hours));
      const report = reportOf({
        ...{
          stack: "test",
          month: { name: "2026-11", hours: 720, elapsed: 720 },
          currency: "CNY",
          prices: "catalogue",
        },
        ...{ comparison, renewals: [], budget: [], notes: [] },
      });
      expect(billReport.parse(report)).toEqual(report);
      for (const line of [...report.lines, ...Object.values(report.totals)]) addsUp(line);
    }),
    { numRuns: 50 },
  );
});

type Shown = Pick<BillReport["lines"][number], "expected" | "billed" | "difference" | "parts">;

function addsUp({ expected, billed, difference, parts }: Shown): void {
  if (difference === undefined || expected === undefined || billed === undefined) return;
  expect(new Decimal(billed).minus(expected).toFixed(2)).toBe(difference);
  expect(parts.reduce((rest, part) => rest.minus(part.amount), new Decimal(difference)).toFixed(2)).toBe("0.00");
}
