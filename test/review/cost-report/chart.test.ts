import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Chart, chartOf } from "../../../review/cost-report/chart.ts";
import { colourWords, mermaidOf } from "../../../review/cost-report/mermaid.ts";
import { spread } from "../../../review/cost-report/svg.ts";
import { hostileReview, reviewOf, reviews } from "./reviews.ts";

const compared = reviews.flatMap(([name, { now }]) =>
  now.cost.comparisons.map((one) => [`${name}, ${one.component ?? "all"}`, one, now.cost] as const),
);

describe.each(compared)("chart of %s", (_, comparison, cost) => {
  const chart = chartOf(comparison, cost);
  const drawn = comparison.options.filter(({ line }) => line !== undefined);

  test("has a line for each way that has a price, dashed where only the size is known", () => {
    expect(chart?.series.map(({ dashed }) => dashed) ?? []).toEqual(
      chart === undefined ? [] : drawn.map(({ sizeOnly }) => sizeOnly),
    );
    if (chart === undefined) expect(drawn.length).toBeLessThan(2);
  });

  test("crosses where the review says that a way breaks even", () => {
    const wanted = drawn.flatMap(({ breakEven }, series) =>
      breakEven?.stop === undefined || breakEven.stop === 0 ? [] : [{ series, hours: breakEven.stop }],
    );
    expect(chart?.crossings.map(({ series, hours }) => ({ series, hours })) ?? []).toEqual(wanted);
  });

  test("hour by hour, a way is cheaper from its crossing on and not before", () => {
    const [byHour] = chart?.series ?? [];
    for (const { series, hours } of chart?.crossings ?? []) {
      const line = chart?.series[series];
      if (byHour === undefined || line === undefined) throw new Error("no line");
      for (let hour = 0; hour <= cost.hoursPerMonth; hour += 1) {
        // The review rounds a break-even to a tenth of an hour.
        if (Math.abs(hour - hours) < 0.2) continue;
        expect(costAt(line, hour) < costAt(byHour, hour), `${line.label} at ${hour} h`).toBe(hour > hours);
      }
    }
  });

  test("marks the stated use at what the review says that it costs", () => {
    if (chart?.use === undefined) return;
    expect(chart.use.cost.toFixed(2)).toBe(comparison.options[0]?.perMonth);
    expect(chart.use.hours).toBe(comparison.use?.hours);
  });
});

function costAt({ from, to }: Chart["series"][number], hour: number): number {
  return from.cost + ((to.cost - from.cost) * hour) / to.hours;
}

test("the cases have crossings, sizes and a way without a price", () => {
  const charts = compared.flatMap(([, comparison, cost]) => chartOf(comparison, cost) ?? []);
  expect(charts.flatMap(({ crossings }) => crossings).length).toBeGreaterThan(20);
  expect(charts.some(({ series }) => series.some(({ dashed }) => dashed))).toBe(true);
  expect(compared.some(([, { options }]) => options.some(({ line }) => line === undefined))).toBe(true);
});

test("a chart is Mermaid as its grammar has it: numbers without commas, texts that cannot end early", () => {
  const spoilt = hostileReview(reviewOf("shanghai").now).cost;
  const charts = [...compared, ...spoilt.comparisons.map((one) => ["hostile", one, spoilt] as const)].flatMap(
    ([, comparison, cost]) => chartOf(comparison, cost) ?? [],
  );
  expect(charts.some(({ series }) => series.some(({ label }) => label.includes("<script>")))).toBe(true);
  for (const chart of charts) {
    const [init = "", kind, title, xAxis, yAxis, ...lines] = mermaidOf(chart).split("\n");
    expect(JSON.parse(init.replace(/^%%\{init: (.*)\}%%$/, "$1"))).toHaveProperty("themeVariables.xyChart");
    expect(kind).toBe("xychart-beta");
    expect(title).toMatch(/^ {2}title "[^"`#;&<>\\]+"$/);
    expect(xAxis).toMatch(/^ {2}x-axis "hours a month" 0 --> \d+$/);
    expect(yAxis).toMatch(/^ {2}y-axis "(CNY|USD) a month" 0 --> \d+(\.\d+)?$/);
    expect(lines).toHaveLength(chart.series.length);
    for (const line of lines) expect(line).toMatch(/^ {2}line "[^"`#;&<>\\]+" \[\d+\.\d\d, \d+\.\d\d\]$/);
    const highest = Math.max(...chart.series.map(({ to }) => to.cost));
    expect(Number(yAxis?.split(" ").at(-1))).toBeGreaterThanOrEqual(highest);
  }
  expect(new Set(colourWords).size).toBeGreaterThanOrEqual(12);
});

test("names beside lines keep their order and do not overlap", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 44, max: 366, noNaN: true }), { maxLength: 12 }), (places) => {
      const moved = spread(places);
      const inOrder = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
      const sorted = inOrder.map((index) => moved[index] ?? 0);
      for (const [index, place] of sorted.entries()) {
        if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9);
        expect(place).toBeLessThanOrEqual(366);
      }
    }),
  );
});
