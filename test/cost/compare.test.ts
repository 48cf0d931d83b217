import { describe, expect, test } from "vitest";
import { type Comparison, comparisons, type Option } from "../../cost/compare.ts";
import { priceItems } from "../../cost/price.ts";
import { alwaysOn, type Month, type Use } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { china, roundBook } from "./books.ts";
import { disk, host, planWith, resource } from "./plans.ts";

const used = (hours: number, whenIdle: Use["whenIdle"]): Month => ({ ...alwaysOn, useOf: () => ({ hours, whenIdle }) });
const compared = (resources: readonly PlannedResource[], month = alwaysOn, book = roundBook) =>
  comparisons(priceItems(planWith(resources), "cn-shanghai", book, month), book, month);

function only(found: readonly Comparison[]): Comparison {
  const [first, ...more] = found;
  if (first === undefined || more.length > 0) throw new Error(`${found.length} comparisons`);
  return first;
}

function nameOf({ pay }: Option): string {
  if (pay.kind === "subscription") return pay.term;
  return pay.kind === "savings-plan" ? `${pay.years} years, ${pay.upfront}` : pay.kind;
}

const option = ({ options }: Comparison, name: string) => options.find((one) => nameOf(one) === name);

// By the hour 1.00 while it works, 0.10 for its disk; 200 GiB of its own at 0.20.
const one = [host("a", "ecs.g7.xlarge", 100), disk("a-data", 200)];

describe("what each way of paying costs a month, by hand", () => {
  test.each([
    // 1.00 x hours + 0.10 x 730 + 0.20 x 730; ahead 528.00, 348.48 and 232.32 and the data disk's 146.00.
    [730, "run", "949.00", { "1 month": "674.00", "1 year": "494.48", "3 years": "378.32" }, "3 years"],
    [400, "stop", "619.00", { "1 month": "674.00", "1 year": "494.48" }, "3 years"],
    [200, "stop", "419.00", { "1 month": "674.00", "1 year": "494.48", "3 years": "378.32" }, "3 years"],
    [100, "stop", "319.00", { "1 month": "674.00" }, "pay-as-you-go"],
    [200, "delete", "366.00", { "1 month": "674.00" }, "pay-as-you-go"],
    [0, "delete", "146.00", { "1 month": "674.00" }, "pay-as-you-go"],
  ] as const)("%d hours, then %s: %s by the hour", (hours, whenIdle, byHour, ahead, best) => {
    const found = only(compared(one, used(hours, whenIdle)));
    expect(option(found, "pay-as-you-go")?.perMonth).toBe(byHour);
    for (const [term, perMonth] of Object.entries(ahead))
      expect([term, option(found, term)?.perMonth]).toEqual([term, perMonth]);
    const chosen = found.recommendation?.pay;
    // Five years cost a month what three do, as the list has one factor for both: the shorter one is chosen.
    expect(chosen?.kind === "subscription" ? chosen.term : chosen?.kind).toBe(best);
  });
});

describe("when a way of paying is worth it", () => {
  const found = only(compared(one));

  test.each([
    // Of the host and its disk: 528.00 / 1.10, and (528.00 - 73.00) / 1.00 where the disk goes on.
    ["1 month", 480, 455, "528.00", 0.7],
    ["1 year", 316.8, 275.5, "4181.76", 5.2],
    ["3 years", 211.2, 159.3, "8363.52", 10.4],
  ] as const)("%s: from %d hours if it is deleted, %d if it is stopped; %s at once, worth %d months of always on", (term, deleted, stopped, payNow, months) => {
    expect(option(found, term)).toMatchObject({
      breakEven: { delete: deleted, stop: stopped },
      payNow,
      bound: payNow,
      coveredAfterMonths: months,
    });
  });

  test("never, where a month ahead costs more than all its hours", () => {
    const dear = {
      ...roundBook,
      quote: (...asked: Parameters<typeof roundBook.quote>) => {
        const quote = roundBook.quote(...asked);
        return quote.state === "priced" && quote.per === "term"
          ? { ...quote, amount: { ...quote.amount, over: quote.amount.over.times(2) } }
          : quote;
      },
    };
    expect(option(only(compared(one, alwaysOn, dear)), "1 month")?.breakEven).toEqual({});
  });

  test("two lines: what is fixed, and what an hour adds", () => {
    expect(option(found, "pay-as-you-go")?.line).toEqual({ fixed: "219.00", perHour: "1.0000" });
    expect(option(found, "1 month")?.line).toEqual({ fixed: "674.00", perHour: "0.0000" });
  });
});

describe("a savings plan", () => {
  const found = only(compared(one));

  test.each([
    // 1.10 x 0.70 x 8760 a year, upfront in part or whole; the data disk stays by the hour.
    ["1 years, none", "708.10", "0.00", "6745.20"],
    ["1 years, half", "694.05", "3288.29", "6576.57"],
    ["3 years, all", "527.43", "13731.30", "13731.30"],
  ])("%s upfront: %s a month, %s at once, %s owed", (name, perMonth, payNow, bound) => {
    expect(option(found, name)).toMatchObject({ perMonth, payNow, bound, sizeOnly: false });
  });

  test("leaves a disk that came with the host by the hour too", () => {
    const dataDisks = [{ category: "cloud_essd", size: 200, performanceLevel: "PL1" }];
    const inline = only(compared([host("a", "ecs.g7.xlarge", 100, { dataDisks })]));
    expect(option(inline, "1 years, none")?.perMonth).toBe("708.10");
  });

  test("is owed whether hosts run or not", () => {
    const idle = only(compared(one, used(0, "delete")));
    expect(option(idle, "1 years, none")?.perMonth).toBe("708.10");
  });

  test("without a known discount it is one line that says so", () => {
    const plans = only(compared(one, alwaysOn, china)).options.filter(({ pay }) => pay.kind === "savings-plan");
    expect(plans).toMatchObject([
      { note: expect.stringMatching(/no discount of such a savings plan is known for ecs\.g7/) },
    ]);
    expect(plans[0]?.perMonth).toBeUndefined();
  });
});

describe("groups", () => {
  const second = [host("b", "ecs.g7.2xlarge", 100, {}, "batch")];

  test("each by itself, and all together where there are several", () => {
    const found = compared([...one, ...second]);
    expect(found.map(({ component, hosts }) => [component, hosts])).toEqual([
      ["workers", 1],
      ["batch", 1],
      [undefined, 2],
    ]);
    const byHour = found.map((group) => Number(option(group, "pay-as-you-go")?.perMonth));
    expect(byHour).toEqual([949, 1533, 2482]);
    expect(compared(one).map(({ component }) => component)).toEqual(["workers"]);
  });

  test("used differently: each with its own use, all of them with none", () => {
    const month: Month = {
      ...alwaysOn,
      useOf: (name) => (name === "batch" ? { hours: 100, whenIdle: "delete" } : { hours: 730, whenIdle: "run" }),
    };
    const found = compared([...one, ...second], month);
    expect(found.map(({ use }) => use?.whenIdle)).toEqual(["run", "delete", undefined]);
    expect(found[1]?.recommendation?.pay.kind).toBe("pay-as-you-go");
  });

  test("what has no host is not compared", () => {
    const nat = resource("alicloud:vpc/natGateway:NatGateway", "n", {}, "network");
    expect(compared([nat, disk("d", 100, "PL1", "cloud_essd", "store")])).toEqual([]);
  });

  test("as it is declared, beside what it could be", () => {
    const ahead = host("c", "ecs.g7.xlarge", 100, { instanceChargeType: "PrePaid", period: 12, periodUnit: "Month" });
    expect(only(compared([ahead])).declared).toEqual({
      pay: { kind: "subscription", term: "1 year" },
      perMonth: "348.48",
      payNow: "4181.76",
    });
    expect(only(compared(one)).declared).toEqual({
      pay: { kind: "pay-as-you-go" },
      perMonth: "949.00",
      payNow: "0.00",
    });
  });
});

describe("what is not known", () => {
  test("a type without a price has reasons instead of figures, and no recommendation", () => {
    const found = only(compared([host("a", "ecs.x9.mega", 100)]));
    expect(found.recommendation).toBeUndefined();
    expect(
      found.options.every(({ perMonth, note }) => perMonth === undefined && note === "no price of ecs.x9.mega"),
    ).toBe(true);
  });

  test("a size decides nothing, and is said to be one", () => {
    const found = only(compared([host("a", "ecs.g7.xlarge", 40)], alwaysOn, china));
    expect(option(found, "1 year")).toMatchObject({ sizeOnly: true, note: expect.stringMatching(/the average/) });
    expect(found.recommendation).toMatchObject({ pay: { kind: "subscription", term: "1 month" }, maybeLess: true });
  });

  test("the seed's question for the catalogue: g6.xlarge with 40 GiB pays a month ahead from 469.6 hours", () => {
    const found = only(compared([host("a", "ecs.g6.xlarge", 40)], alwaysOn, china));
    expect(option(found, "1 month")).toMatchObject({ perMonth: "500.00", breakEven: { stop: 469.6, delete: 480 } });
  });
});
