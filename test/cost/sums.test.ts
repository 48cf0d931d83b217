import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueBook } from "../../cost/catalogue.ts";
import { type CostLine, estimate } from "../../cost/estimate.ts";
import { alwaysOn } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { disk, host, planWith } from "./plans.ts";

/** CNY as fractions of whole numbers: what a sum must be, without any rounding on the way. */
type Fraction = readonly [over: bigint, under: bigint];

/** In hundred-thousandths of a CNY: of a host by the hour, and of a GiB by the month of 480 hours (Shanghai's list). */
const hostPrices: Readonly<Record<string, bigint>> = {
  "ecs.g7.large": 52_325n,
  "ecs.g7.xlarge": 104_650n,
  "ecs.g7.2xlarge": 209_300n,
};
const diskPrices: Readonly<Record<string, bigint>> = { PL0: 50_000n, PL1: 100_000n };

interface Bought {
  readonly what: "host" | "disk";
  readonly type: string;
  readonly level: string;
  readonly GiB: number;
}

function fractionOf({ what, type, level, GiB }: Bought): Fraction {
  const of = (price: bigint | undefined) => price ?? 0n;
  const perGiB = BigInt(GiB) * of(diskPrices[what === "host" ? "PL0" : level]);
  return [(what === "host" ? of(hostPrices[type]) * 480n : 0n) + perGiB, 100_000n * 480n];
}

function exact(all: readonly Bought[]): Fraction {
  return [all.map(fractionOf).reduce((sum, [over]) => sum + over, 0n), 100_000n * 480n];
}

/** Half up, as decimal text. */
function rounded([over, under]: Fraction, times: bigint, places: number): string {
  const unit = 10n ** BigInt(places);
  const whole = (2n * over * times * unit + under) / (2n * under);
  const digits = String(whole).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function planned(all: readonly Bought[]): PlannedResource[] {
  return all.map(({ what, type, level, GiB }, i) =>
    what === "host" ? host(`workers-${i}`, type, GiB) : disk(`workers-${i}-data`, GiB, level),
  );
}

const price = (all: readonly Bought[]) =>
  estimate(planWith(planned(all)), "cn-shanghai", catalogueBook("china"), alwaysOn);

const bought = fc.record({
  what: fc.constantFrom("host", "disk"),
  type: fc.constantFrom(...Object.keys(hostPrices)),
  level: fc.constantFrom(...Object.keys(diskPrices)),
  // Few sizes, so that equal items meet and are counted together.
  GiB: fc.oneof(fc.constantFrom(20, 40, 50, 200), fc.integer({ min: 20, max: 2048 })),
});
const list = fc.array(bought, { maxLength: 40 });

describe("a sum is the exact sum of its items", () => {
  test("rounded once, half up; a month is 730 of its hours", () => {
    fc.assert(
      fc.property(list, (all) => {
        expect(price(all).sum).toEqual({
          perHour: rounded(exact(all), 1n, 4),
          perMonth: rounded(exact(all), 730n, 2),
          perYear: rounded(exact(all), 8760n, 2),
        });
      }),
      { numRuns: 400 },
    );
  });

  test("and each line that of its own", () => {
    fc.assert(
      fc.property(list, (all) => {
        for (const line of price(all).lines) {
          const own = all.flatMap((b) => parts(b)).filter((b) => key(b) === lineKey(line));
          expect(line.count).toBe(own.length);
          const over = own.reduce((sum, b) => sum + b.over, 0n);
          expect([line.perHour, line.perMonth]).toEqual([
            rounded([over, 100_000n * 480n], 1n, 4),
            rounded([over, 100_000n * 480n], 730n, 2),
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("in whatever order they come", () => {
    fc.assert(
      fc.property(list, (all) => {
        expect(price(all.toReversed()).sum).toEqual(price(all).sum);
      }),
    );
  });
});

describe("more costs more", () => {
  const hourly = (all: readonly Bought[]) => Number(price(all).sum.perHour);

  test("one item more", () => {
    fc.assert(
      fc.property(list, bought, (all, one) => {
        expect(hourly([...all, one])).toBeGreaterThan(hourly(all));
      }),
    );
  });

  test("a larger disk", () => {
    const larger = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(list, bought, larger, (all, one, more) => {
        const grown = hourly([...all, { ...one, GiB: one.GiB + more }]);
        expect(grown).toBeGreaterThanOrEqual(hourly([...all, one]));
        if (more >= 100) expect(grown).toBeGreaterThan(hourly([...all, one]));
      }),
    );
  });
});

interface Part {
  readonly kind: CostLine["kind"];
  readonly what: string;
  readonly quantity: number;
  readonly over: bigint;
}

/** A host is a host and its system disk. */
function parts(b: Bought): Part[] {
  const gib = (level: string) => BigInt(b.GiB) * (diskPrices[level] ?? 0n);
  return b.what === "disk"
    ? [{ kind: "data-disk", what: b.level, quantity: b.GiB, over: gib(b.level) }]
    : [
        { kind: "host", what: b.type, quantity: 1, over: (hostPrices[b.type] ?? 0n) * 480n },
        { kind: "system-disk", what: "PL0", quantity: b.GiB, over: gib("PL0") },
      ];
}

function key({ kind, what, quantity }: Pick<Part, "kind" | "what" | "quantity">): string {
  return JSON.stringify([kind, what, quantity]);
}

function lineKey({ kind, what, level, quantity }: CostLine): string {
  return key({ kind, what: kind === "host" ? what : (level ?? ""), quantity });
}
