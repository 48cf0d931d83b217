import { describe, expect, it } from "vitest";
import { masks, names, tagLimits, userDataLimits, vswitchReserved } from "../../catalog/limits.ts";
import { apiWeeks, isTerm, renewalMonths, subscriptionTerms } from "../../catalog/terms.ts";

describe("terms", () => {
  it.each([
    ["ecs", "china", "week", 3, true],
    ["ecs", "china", "week", 4, false],
    ["ecs", "international", "week", 1, false],
    ["ecs", "china", "month", 9, true],
    ["ecs", "china", "month", 10, false],
    ["ecs", "international", "month", 60, true],
    ["lindorm", "china", "month", 36, true],
    ["lindorm", "international", "month", 48, false],
    ["tsdb", "china", "month", 9, true],
    ["tsdb", "china", "month", 12, false],
  ] as const)("%s on the %s site for %s x %i: %s", (product, site, unit, count, possible) => {
    expect(isTerm(product, site, unit, count)).toBe(possible);
  });

  it("keeps what the API sells apart from what the provider takes", () => {
    expect(apiWeeks.weeks).toContain(4);
    expect(renewalMonths.ecs.months).toEqual([1, 2, 3, 6, 12]);
    expect(subscriptionTerms.every((row) => row.months.every((count) => count >= 1 && count <= 60))).toBe(true);
  });
});

describe("limits", () => {
  it.each([
    ["instance", "china-shanghai-workers-01", true],
    ["instance", "a", false],
    ["instance", "a b", false],
    ["host", "workers-01", true],
    ["host", "-workers", false],
    ["host", "a..b", false],
    ["host", "w".repeat(65), false],
    ["securityGroup", "workers", true],
    ["securityGroup", "1workers", false],
  ] as const)("a name for %s: %s %s", (kind, name, good) => {
    expect(names[kind].form.test(name)).toBe(good);
  });

  it.each(["aliyun", "acs:x", "http://x", "https://x"])("refuses the tag key %s", (key) => {
    expect(tagLimits.forbiddenStart.test(key)).toBe(true);
  });

  it("holds the sizes that other parts count with", () => {
    expect([tagLimits.most, tagLimits.longestKey]).toEqual([20, 128]);
    expect([userDataLimits.bytes, userDataLimits.safeBytes]).toEqual([32_768, 16_384]);
    expect([vswitchReserved.first, vswitchReserved.last]).toEqual([3, 3]);
    expect([masks.vpc.shortest, masks.vpc.longest, masks.vswitch.shortest, masks.vswitch.longest]).toEqual([
      8, 28, 16, 29,
    ]);
  });
});
