import { describe, expect, test } from "vitest";
import type { SettingsInput } from "../../components/config/schema.ts";
import type { PlanValue } from "../../plan/plan.ts";
import { byName } from "../support/stacks.ts";
import { planOfGroup } from "./programs.ts";

type Pay = NonNullable<SettingsInput["hosts"][string]["pay"]>;

const payInputs = [
  "instanceChargeType",
  "period",
  "periodUnit",
  "renewalStatus",
  "autoRenewPeriod",
  "includeDataDisks",
  "spotStrategy",
  "spotPriceLimit",
  "spotDuration",
];

async function paid(pay: Pay): Promise<Record<string, PlanValue>> {
  const { inputs } = byName(await planOfGroup({}, { pay }), "workers-01");
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => payInputs.includes(key)));
}

test("pay-as-you-go is post-paid and nothing more", async () => {
  expect(await paid("pay-as-you-go")).toEqual({ instanceChargeType: "PostPaid" });
});

describe("a subscription is pre-paid for its term; data disks stay outside of it", () => {
  const always = { instanceChargeType: "PrePaid", includeDataDisks: false };

  test.each([
    ["1 week", { periodUnit: "Week", period: 1 }],
    ["3 weeks", { periodUnit: "Week", period: 3 }],
    ["1 month", { periodUnit: "Month", period: 1 }],
    ["9 months", { periodUnit: "Month", period: 9 }],
    ["1 year", { periodUnit: "Month", period: 12 }],
    ["5 years", { periodUnit: "Month", period: 60 }],
  ])("%s", async (term, inputs) => {
    const found = await paid({ subscription: { for: term } });
    expect(found).toEqual({ ...always, ...inputs, renewalStatus: "Normal" });
  });

  test.each([
    ["never", "1 month", "never", { renewalStatus: "Normal" }],
    ["by hand", "1 month", "by-hand", { renewalStatus: "Normal" }],
    ["every month", "1 year", { every: "1 month" }, { renewalStatus: "AutoRenewal", autoRenewPeriod: 1 }],
    ["every year, in months", "1 month", { every: "1 year" }, { renewalStatus: "AutoRenewal", autoRenewPeriod: 12 }],
    ["every two weeks", "1 week", { every: "2 weeks" }, { renewalStatus: "AutoRenewal", autoRenewPeriod: 2 }],
  ] as const)("renewed %s", async (_, term, renew, inputs) => {
    const found = await paid({ subscription: { for: term, renew } });
    const { period, periodUnit, ...rest } = found;
    expect([period, periodUnit]).toEqual(
      term === "1 week" ? [1, "Week"] : term === "1 year" ? [12, "Month"] : [1, "Month"],
    );
    expect(rest).toEqual({ ...always, ...inputs });
  });
});

describe("spot is post-paid and may be taken back after its first hour", () => {
  test("with a limit", async () => {
    expect(await paid({ spot: { max: 1.2 } })).toEqual({
      instanceChargeType: "PostPaid",
      spotStrategy: "SpotWithPriceLimit",
      spotPriceLimit: 1.2,
      spotDuration: 1,
    });
  });

  test("at the market's price", async () => {
    expect(await paid({ spot: "market" })).toEqual({
      instanceChargeType: "PostPaid",
      spotStrategy: "SpotAsPriceGo",
      spotDuration: 1,
    });
  });
});
