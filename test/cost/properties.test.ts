import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandwidthPrices } from "../../catalog/bandwidth-prices.ts";
import { type Amount, amount, compare, rounded, sum, times } from "../../cost/amount.ts";
import { bandwidthCost } from "../../cost/bandwidth.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import { costChange } from "../../cost/change.ts";
import { comparisons } from "../../cost/compare.ts";
import { type CostLine, type Estimate, estimateOf } from "../../cost/estimate.ts";
import { type PricedItem, priceItems } from "../../cost/price.ts";
import type { PriceBook, Quote } from "../../cost/quote.ts";
import { hourWithPlan, type Usage } from "../../cost/savings-plan.ts";
import { trafficCost } from "../../cost/traffic.ts";
import type { Month } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { around, type Group, groups, monthOf, pricedGroups, regions, resourcesOf, types } from "./generated-plans.ts";
import { planWith } from "./plans.ts";

const china = catalogueBook("china");
const region = fc.constantFrom(...regions);

interface Asked {
  readonly items: readonly PricedItem[];
  readonly found: Estimate;
}

function ask(resources: readonly PlannedResource[], where: string, month: Month, book: PriceBook = china): Asked {
  const items = priceItems(planWith(resources), where, book, month);
  return { items, found: estimateOf(items, planWith(resources), book, month) };
}

const askGroups = (all: readonly Group[], where: string) => ask([...resourcesOf(all), ...around], where, monthOf(all));

/** Exact money as a fraction of whole numbers, without the arithmetic of the code under test. */
function fractionOf({ over, under }: Amount): readonly [bigint, bigint] {
  const scale = 10n ** 12n;
  const whole = (text: string) => BigInt(text.replace(".", "")) * 10n ** BigInt(12 - (text.split(".")[1]?.length ?? 0));
  return [whole(over.toFixed()) * scale, whole(under.toFixed()) * scale];
}

/** The sum, rounded half up once. */
function roundedSum(amounts: readonly Amount[], places: 2 | 4, factor = 1n): string {
  let [over, under] = [0n, 1n];
  for (const [a, b] of amounts.map(fractionOf)) {
    const [left, right] = b === under ? [over, a] : [over * b, a * under];
    [over, under] = [left + right, b === under ? b : b * under];
  }
  const unit = 10n ** BigInt(places);
  const digits = String((2n * over * factor * unit + under) / (2n * under)).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const present = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((value) => value !== undefined);

describe("a total is the exact sum of its items, rounded once", () => {
  test("by the hour, in a month, in a year, and at once", () => {
    fc.assert(
      fc.property(groups(), region, (all, where) => {
        const { items, found } = askGroups(all, where);
        const monthly = present(items.map((one) => one.monthly));
        expect(found.sum).toEqual({
          perHour: roundedSum(present(items.map((one) => one.hourly)), 4),
          perMonth: roundedSum(monthly, 2),
          perYear: roundedSum(monthly, 2, 12n),
        });
        expect(found.payNow.amount).toBe(roundedSum(present(items.map((one) => one.payNow)), 2));
      }),
      { numRuns: 60 },
    );
  });

  test("every line that of its own items, and every item in one line", () => {
    fc.assert(
      fc.property(groups(), region, (all, where) => {
        const { items, found } = askGroups(all, where);
        expect(found.lines.reduce((count, line) => count + line.count, 0)).toBe(items.length);
        for (const line of found.lines) {
          const own = items.filter(({ item }) => belongs(line, item));
          expect(own.length).toBe(line.count);
          const monthly = present(own.map((one) => one.monthly));
          expect(line.perMonth).toBe(monthly.length === 0 ? undefined : roundedSum(monthly, 2));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("what has no price is in none of them, and counted", () => {
    fc.assert(
      fc.property(groups(), region, (all, where) => {
        const { items, found } = askGroups(all, where);
        for (const { quote, monthly, hourly, payNow } of items) {
          if (quote.state !== "priced") expect([monthly, hourly, payNow]).toEqual([undefined, undefined, undefined]);
        }
        const unpriced = found.lines.filter((line) => line.unpriced !== undefined);
        expect(found.unpricedLines).toBe(unpriced.length);
        expect(unpriced.every(({ perMonth, perHour, payNow }) => (perMonth ?? perHour ?? payNow) === undefined)).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });
});

function belongs(line: CostLine, item: PricedItem["item"]): boolean {
  const pay = item.pay.kind === "subscription" ? "subscription" : item.pay.kind;
  return (
    line.kind === item.kind &&
    line.component === item.component &&
    line.what === item.what &&
    line.quantity === item.quantity &&
    line.level === item.level &&
    line.pay.kind === pay
  );
}

test("the order of resources does not matter", () => {
  fc.assert(
    fc.property(groups(), region, fc.infiniteStream(fc.nat()), (all, where, random) => {
      const resources = [...resourcesOf(all), ...around];
      const mixed = resources.map((one) => ({ one, at: random.next().value ?? 0 })).toSorted((a, b) => a.at - b.at);
      const one = ask(resources, where, monthOf(all)).found;
      const other = ask(
        mixed.map((pair) => pair.one),
        where,
        monthOf(all),
      ).found;
      const sorted = ({ lines, ...rest }: Estimate) => ({
        ...rest,
        lines: lines.map((line) => JSON.stringify(line)).toSorted(),
      });
      expect({ ...sorted(other), commitments: other.commitments.length }).toEqual({
        ...sorted(one),
        commitments: one.commitments.length,
      });
    }),
    { numRuns: 40 },
  );
});

test("no figure is negative, and none is no number", () => {
  fc.assert(
    fc.property(groups(), region, (all, where) => {
      const { items, found } = askGroups(all, where);
      const told = JSON.stringify([found, comparisons(items, china, monthOf(all))]);
      expect(told).not.toMatch(/NaN|Infinity/);
      // What is saved may be negative: then it costs more.
      expect(told.replaceAll(/"savesPerMonth":"-[^"]*"/g, "")).not.toMatch(/"-\d|:-\d/);
    }),
    { numRuns: 40 },
  );
});

describe("more is never cheaper", () => {
  const month = (all: readonly Group[], where: string) => Number(askGroups(all, where).found.sum.perMonth);
  const grown: readonly (readonly [string, (one: Group, by: number) => Group])[] = [
    ["hours", (one, by) => ({ ...one, use: { ...one.use, hours: Math.min(730, one.use.hours + by) } })],
    ["hosts", (one, by) => ({ ...one, count: one.count + (by % 5) })],
    ["system disk", (one, by) => ({ ...one, GiB: one.GiB + by })],
    ["data disk", (one, by) => ({ ...one, dataGiB: one.dataGiB + by })],
    ["running when idle", (one) => ({ ...one, use: { ...one.use, whenIdle: "run" } })],
  ];
  test.each(grown)("%s", (_, grow) => {
    fc.assert(
      fc.property(
        groups({ level: fc.constantFrom("PL0", "PL1") }),
        region,
        fc.integer({ min: 0, max: 300 }),
        (all, where, by) => {
          expect(
            month(
              all.map((one) => grow(one, by)),
              where,
            ),
          ).toBeGreaterThanOrEqual(month(all, where));
        },
      ),
      { numRuns: 30 },
    );
  });

  test("a larger type, traffic, bandwidth", () => {
    const [small = "", large = ""] = types;
    expect(month([groupOf(large)], "cn-shanghai")).toBeGreaterThan(month([groupOf(small)], "cn-shanghai"));
    fc.assert(
      fc.property(
        fc.nat(300_000),
        fc.nat(50_000),
        fc.constantFrom(...bandwidthPrices),
        fc.integer({ min: 1, max: 199 }),
        (GB, more, price, Mbps) => {
          expect(compare(trafficCost(GB + more), trafficCost(GB))).toBeGreaterThanOrEqual(0);
          // Each step costs less than the one before: together never more than apart.
          expect(compare(trafficCost(GB + more), sum([trafficCost(GB), trafficCost(more)]))).toBeLessThanOrEqual(0);
          expect(compare(bandwidthCost(price, Mbps + 1), bandwidthCost(price, Mbps))).toBeGreaterThan(0);
        },
      ),
    );
  });
});

function groupOf(type: string): Group {
  const use = { hours: 730, whenIdle: "run" } as const;
  return { name: "workers", type, count: 1, GiB: 40, level: "PL0", dataGiB: 0, pay: "by the hour", use };
}

describe("a difference", () => {
  const negated = (text: string | undefined) =>
    text === undefined || Number(text) === 0 ? text : text.startsWith("-") ? text.slice(1) : `-${text}`;
  const priced = (all: readonly Group[], where: string) => askGroups(all, where).items;

  test("of two plans is the other one's, negative", () => {
    fc.assert(
      fc.property(groups(), groups(), region, (a, b, where) => {
        const there = costChange(priced(a, where), priced(b, where));
        const back = costChange(priced(b, where), priced(a, where));
        expect([back.before, back.after, back.delta]).toEqual([there.after, there.before, negated(there.delta)]);
        expect(back.items.map(({ urn, kind, delta }) => [urn, kind, delta])).toEqual(
          there.items.map(({ urn, kind, delta }) => [urn, kind, negated(delta)]),
        );
        expect(back.incomparable).toEqual({
          items: there.incomparable.items,
          before: there.incomparable.after,
          after: there.incomparable.before,
        });
      }),
      { numRuns: 40 },
    );
  });

  test("of a plan and itself is nothing", () => {
    fc.assert(
      fc.property(groups(), region, (all, where) => {
        const none = { items: [], givenUp: [], delta: "0.00", payNow: "0.00" };
        expect(costChange(priced(all, where), priced(all, where))).toMatchObject(none);
      }),
      { numRuns: 20 },
    );
  });

  test("is after less before where everything has a price", () => {
    fc.assert(
      fc.property(pricedGroups, pricedGroups, region, (a, b, where) => {
        // Two regions' lists lack a type or two: then there is something that cannot be compared.
        const [before, after] = [ask(resourcesOf(a), where, monthOf(a)), ask(resourcesOf(b), where, monthOf(b))];
        if (before.found.unpricedLines + after.found.unpricedLines > 0) return;
        const { delta, incomparable } = costChange(before.items, after.items);
        expect(incomparable.items).toBe(0);
        const [less, more] = [before.items, after.items].map((items) => present(items.map((one) => one.monthly)));
        const expected = rounded(sum([...(more ?? []), ...(less ?? []).map((one) => times(one, -1))]), 2);
        expect(delta).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe("break-even is where the two lines cross", () => {
  const one = pricedGroups.map((all) => all.slice(0, 1));
  const monthHours = fc.constantFrom(672, 720, 730, 744);

  test.each(["stop", "delete"] as const)("hour by hour from 0 to the end of the month, idle hosts: %s", (whenIdle) => {
    fc.assert(
      fc.property(one, region, monthHours, (all, where, hours) => {
        const month: Month = { hours, useOf: () => ({ hours, whenIdle: "run" }) };
        const { items } = ask(resourcesOf(all), where, month);
        const ahead = ask(resourcesOf(all.map((group) => ({ ...group, pay: 1 }))), where, month).items;
        const [found] = comparisons(items, china, month);
        const option = found?.options.find(({ pay }) => pay.kind === "subscription" && pay.term === "1 month");
        const byHour = (of: (one: PricedItem) => boolean) => rateOf(items.filter(of));
        const working = byHour(({ item }) => item.kind === "host" || (whenIdle === "delete" && item.withHost));
        const goingOn = whenIdle === "stop" ? byHour(({ item }) => item.kind === "system-disk") * BigInt(hours) : 0n;
        const share = rateOf(
          ahead.filter(({ item }) => item.withHost),
          "payNow",
        );
        const worth = Array.from({ length: hours + 1 }, (_, h) => h).find(
          (h) => working * BigInt(h) + goingOn >= share,
        );
        const crossing = option?.breakEven?.[whenIdle];
        if (worth === undefined) expect(crossing).toBeUndefined();
        else expect(Math.ceil((crossing ?? Number.NaN) - 0.05)).toBeLessThanOrEqual(worth);
        if (worth !== undefined && worth > 0) expect((crossing ?? 0) + 0.05).toBeGreaterThan(worth - 1);
      }),
      { numRuns: 40 },
    );
  });

  test("a recommendation is never dearer than the price by the hour, nor than any other with a price", () => {
    fc.assert(
      fc.property(pricedGroups, region, (all, where) => {
        const month = monthOf(all);
        for (const { options, recommendation } of comparisons(
          ask(resourcesOf(all), where, month).items,
          china,
          month,
        )) {
          if (recommendation === undefined) continue;
          const priced = options.filter(({ sizeOnly, perMonth }) => !sizeOnly && perMonth !== undefined);
          const chosen = priced.find(({ pay }) => JSON.stringify(pay) === JSON.stringify(recommendation.pay));
          expect(Number(chosen?.perMonth)).toBe(Math.min(...priced.map(({ perMonth }) => Number(perMonth))));
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Exact, in parts of 480 millionths, which divide every price of hosts and disks here. */
function rateOf(items: readonly PricedItem[], of: "hourly" | "payNow" = "hourly"): bigint {
  return present(items.map((one) => one[of]))
    .map(fractionOf)
    .reduce((total, [over, under]) => {
      const scaled = over * 480_000_000n;
      if (scaled % under !== 0n) throw new Error("a finer part is needed");
      return total + scaled / under;
    }, 0n);
}

test("another source of prices changes figures and marks, not the shape", () => {
  const own: PriceBook = {
    ...china,
    name: "account",
    quote: (item, pay): Quote => {
      const quote = china.quote(item, pay);
      if (quote.state !== "priced") return quote;
      const from = { ...quote.from, kind: "account", source: "the cloud, asked today" } as const;
      return { ...quote, amount: times(quote.amount, "0.5"), list: quote.amount, from };
    },
  };
  const shape = ({ lines }: Estimate) =>
    lines.map((line) => [
      Object.keys(line).toSorted(),
      line.what,
      line.count,
      line.quantity,
      line.pay,
      line.hours,
      line.unpriced,
    ]);
  fc.assert(
    fc.property(groups(), region, (all, where) => {
      const list = askGroups(all, where).found;
      const account = ask([...resourcesOf(all), ...around], where, monthOf(all), own).found;
      expect(shape(account)).toEqual(shape(list));
      expect([list.prices, account.prices]).toEqual(["catalogue", "account"]);
      expect(
        account.lines.every(
          ({ price, source }) => price === undefined || (price === "account" && source === "the cloud, asked today"),
        ),
      ).toBe(true);
      expect(account.unpricedLines).toBe(list.unpricedLines);
      expect(Math.abs(Number(account.sum.perMonth) * 2 - Number(list.sum.perMonth))).toBeLessThanOrEqual(0.0151);
    }),
    { numRuns: 30 },
  );
});

describe("an hour of a savings plan", () => {
  const one = fc
    .record({ units: fc.nat(20), byHour: fc.integer({ min: 1, max: 3000 }), left: fc.integer({ min: 1, max: 100 }) })
    .map(({ units, byHour, left }): Usage => {
      return { byHour: amount(units * byHour), inPlan: amount(Math.ceil((units * byHour * left) / 100)) };
    });
  const usage = fc.array(one, { maxLength: 6 });
  const commitment = fc.nat(20_000).map((cents) => amount(cents));

  test("costs its commitment at least, and no more than commitment and price by the hour together", () => {
    fc.assert(
      fc.property(commitment, usage, (committed, all) => {
        const { total, byHour, unused, plan } = hourWithPlan(committed, all);
        const without = sum(all.map((each) => each.byHour));
        expect(plan).toBe(committed);
        expect(compare(total, committed)).toBeGreaterThanOrEqual(0);
        expect(compare(byHour, amount(0))).toBeGreaterThanOrEqual(0);
        expect(compare(byHour, without)).toBeLessThanOrEqual(0);
        // Whatever it covers was dearer by the hour; only what is not used is lost.
        expect(compare(total, sum([without, unused]))).toBeLessThanOrEqual(0);
        // Either something is left of the commitment, or something by the hour: never both.
        expect(compare(unused, amount(0)) === 0 || compare(byHour, amount(0)) === 0).toBe(true);
      }),
    );
  });

  test("in whatever order things run, and no other order covers more", () => {
    fc.assert(
      fc.property(commitment, usage, (committed, all) => {
        const best = hourWithPlan(committed, all).total;
        expect(compare(hourWithPlan(committed, all.toReversed()).total, best)).toBe(0);
        // One after the other in the order given, each with what is left of the commitment.
        let [left, byHour] = [committed, amount(0)];
        for (const each of all) {
          const step = hourWithPlan(left, [each]);
          [left, byHour] = [step.unused, sum([byHour, step.byHour])];
        }
        expect(compare(best, sum([committed, byHour]))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
