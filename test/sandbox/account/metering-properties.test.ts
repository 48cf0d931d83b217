import fc from "fast-check";
import { expect, test } from "vitest";
import { cycleOf, type Stretch, settled, usesIn } from "../../../sandbox/account/metering.ts";
import type { MeterChange } from "../../../sandbox/account/metering-log.ts";
import type { Meter } from "../../../sandbox/account/metering-read.ts";

const hour = 3_600;
const start = Date.parse("2026-10-31T16:00:00Z");
const host: Meter = { kind: "host", what: "ecs.g7.xlarge", quantity: 1, pay: "hour" };
const larger: Meter = { ...host, what: "ecs.g7.2xlarge" };
const least = 120;

/** Up to twenty changes in twelve hours, at any second. */
const changes: fc.Arbitrary<readonly MeterChange[]> = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 12 * hour }), meters: fc.constantFrom([host], [], [larger]) }), {
    maxLength: 20,
  })
  .map((all) => all.toSorted((a, b) => a.at - b.at).map(({ at, meters }) => ({ at: start + at * 1000, meters })));

/** The same, second by second. */
function counted(all: readonly MeterChange[], from: number, hours: number, meter: Meter): readonly number[] {
  return Array.from({ length: hours }, (_, h) => {
    let seconds = 0;
    for (let s = 0; s < hour; s += 1) {
      const at = from + (h * hour + s) * 1000;
      if (all.findLast((change) => change.at <= at)?.meters.includes(meter)) seconds += 1;
    }
    return seconds;
  });
}

test("seconds and minimums of a stretch are those that one counts second by second", () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 }), (all, first, hours) => {
      const from = start + first * hour * 1000;
      const stretch: Stretch = { from, to: from + hours * hour * 1000 };
      const uses = usesIn(all, stretch, () => least);
      for (const meter of [host, larger]) {
        const seconds = counted(all, from, hours, meter);
        const use = uses.find((one) => one.meter === meter);
        expect(use?.seconds ?? 0).toBe(seconds.reduce((sum, one) => sum + one, 0));
        const billed = seconds.map((one) => (one === 0 ? 0 : Math.max(one, least)));
        expect(use?.billedSeconds ?? 0).toBe(billed.reduce((sum, one) => sum + one, 0));
      }
    }),
    { numRuns: 40 },
  );
});

test("hours of a month add up to the month", () => {
  fc.assert(
    fc.property(changes, (all) => {
      const day = { from: start, to: start + 24 * hour * 1000 };
      const whole = usesIn(all, day, () => least);
      const parts = Array.from({ length: 24 }, (_, h) =>
        usesIn(all, { from: start + h * hour * 1000, to: start + (h + 1) * hour * 1000 }, () => least),
      ).flat();
      for (const meter of [host, larger]) {
        const of = (uses: typeof whole) =>
          uses.filter((one) => one.meter.what === meter.what).reduce((sum, one) => sum + one.billedSeconds, 0);
        expect(of(parts)).toBe(of(whole));
      }
    }),
    { numRuns: 100 },
  );
});

test.each([
  ["2026-11", "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z"],
  ["2026-12", "2026-11-30T16:00:00Z", "2026-12-31T16:00:00Z"],
  ["2028-02-29", "2028-02-28T16:00:00Z", "2028-02-29T16:00:00Z"],
] as const)("%s is China's", (text, from, to) => {
  expect(cycleOf(text)).toEqual({ from: Date.parse(from), to: Date.parse(to) });
});

test.each(["2026-13", "2026-02-30", "2026", "", "2026-1-1"])("%j is no cycle", (text) => {
  expect(cycleOf(text)).toBeUndefined();
});

test("an hour is settled when it is over", () => {
  const stretch = { from: start, to: start + 10 * hour * 1000 };
  expect(settled(stretch, start + 2.9 * hour * 1000)).toEqual({ from: start, to: start + 2 * hour * 1000 });
  expect(settled(stretch, start - 1)).toEqual({ from: start, to: start });
  expect(settled(stretch, start + 99 * hour * 1000)).toEqual(stretch);
});
