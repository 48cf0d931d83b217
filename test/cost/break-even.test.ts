import { describe, expect, test } from "vitest";
import { breakEven } from "../../cost/break-even.ts";

describe("a month against an hour, as somebody read them", () => {
  test("40 and 0.163: 245.4 hours, a third of a month, and no term is said", () => {
    const found = breakEven({ perHour: "0.163", perMonth: "40" });
    expect(found).toMatchObject({ hours: "245.4", percent: "33.6", monthHours: 730, pays: true });
    expect(found.term).toBeUndefined();
    // 288 x 0.85: a year of generation 5 on the international site. A month of generation 6 is nearly twice as far.
    expect(found.like.map(({ hours }) => hours)).toEqual(["244.8"]);
  });

  test.each([
    ["1.00", "480", { unit: "month", count: 1 }, "480.0", "1 month", true],
    ["1.00", "316.8", { unit: "month", count: 12 }, "316.8", "1 year", true],
    ["1.00", "730", { unit: "month", count: 1 }, "730.0", "1 month", false],
    ["0.5", "1000", { unit: "week", count: 1 }, "2000.0", "1 week", false],
  ] as const)("%s and %s", (perHour, perMonth, term, hours, words, pays) => {
    expect(breakEven({ perHour, perMonth, term })).toMatchObject({ hours, term: words, pays });
  });

  test.each([
    ["0", "40"],
    ["0.163", "0"],
    ["-1", "40"],
  ])("%s and %s are no prices", (perHour, perMonth) => {
    expect(() => breakEven({ perHour, perMonth })).toThrow(RangeError);
  });
});
