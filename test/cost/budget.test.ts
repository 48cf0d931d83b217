import { describe, expect, test } from "vitest";
import type { Budget } from "../../components/config/schema-cost.ts";
import { idleAcceptances, judgeBudget, overBudget } from "../../cost/budget.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import { costChange } from "../../cost/change.ts";
import { estimate } from "../../cost/estimate.ts";
import { priceItems } from "../../cost/price.ts";
import { alwaysOn } from "../../cost/use.ts";
import type { PlannedResource } from "../../plan/plan.ts";
import { roundBook } from "./books.ts";
import { host, planWith, resource } from "./plans.ts";

const today = "2026-11-25";
const estimated = (resources: readonly PlannedResource[], book = roundBook) =>
  estimate(planWith(resources), "cn-shanghai", book, alwaysOn);
const priced = (resources: readonly PlannedResource[]) =>
  priceItems(planWith(resources), "cn-shanghai", roundBook, alwaysOn);

// 1.10 an hour, 803.00 a month; ahead 528.00 at once.
const one = host("a", "ecs.g7.xlarge", 100);
const month = host("b", "ecs.g7.xlarge", 100, { instanceChargeType: "PrePaid", period: 1, periodUnit: "Month" });
const nat = resource("alicloud:vpc/natGateway:NatGateway", "n", {});

type Limits = Partial<NonNullable<Budget>>;
const limits = (given: Limits): NonNullable<Budget> => ({ currency: "CNY", noPrice: "warn", ...given });
const entry = (changes: object) => ({
  what: "budget-month",
  on: "stack",
  why: "a trial",
  by: "team",
  until: today,
  ...changes,
});

describe("limits", () => {
  test.each<readonly [string, Limits, readonly PlannedResource[], readonly string[]]>([
    ["nothing is limited", {}, [one], []],
    ["exactly the limit is within it", { month: 803 }, [one], []],
    ["a cent over it is not", { month: 802.99 }, [one], ["budget-month over"]],
    ["a limit of zero is a limit", { month: 0, payNow: 0 }, [one], ["budget-month over"]],
    ["a subscription counts with its share of a month", { month: 528 }, [month], []],
    ["and is paid at once", { month: 528, payNow: 527.99 }, [month], ["budget-pay-now over"]],
    ["every limit is judged", { month: 1, payNow: 1 }, [one, month], ["budget-month over", "budget-pay-now over"]],
    ["a missing price is a warning", { month: 803 }, [one, nat], ["budget-no-price cannot-judge"]],
    ["or a failure", { noPrice: "fail" }, [one, nat], ["budget-no-price over"]],
    ["or ignored", { noPrice: "ignore" }, [one, nat], []],
    [
      "what is known can be over all the same",
      { month: 1 },
      [one, nat],
      ["budget-month over", "budget-no-price cannot-judge"],
    ],
  ])("%s", (_, given, resources, found) => {
    const findings = judgeBudget(limits(given), estimated(resources), undefined, [], today);
    expect(findings.map(({ what, verdict }) => `${what} ${verdict}`)).toEqual(found);
  });

  test("a text says the value, the limit and the currency", () => {
    const [found] = judgeBudget(limits({ month: 500 }), estimated([one]), undefined, [], today);
    expect(found?.text).toBe("a month costs at least 803.00 CNY, the limit is 500");
  });

  test("a stack without a budget has no findings", () => {
    expect(judgeBudget(undefined, estimated([one, nat]), undefined, [], today)).toEqual([]);
  });
});

describe("limits of a change", () => {
  const change = costChange(priced([one]), priced([one, month]));

  test.each<readonly [string, Limits, readonly string[]]>([
    ["the increase of a month", { increase: 528 }, []],
    ["a cent less", { increase: 527.99 }, ["budget-increase"]],
    ["what this change makes one pay, not what was bought before", { payNow: 528 }, []],
    ["a cent less of it", { payNow: 527.99 }, ["budget-pay-now"]],
  ])("%s", (_, given, found) => {
    const findings = judgeBudget(limits(given), estimated([one, month]), change, [], today);
    expect(findings.map(({ what }) => what)).toEqual(found);
  });

  test("without anything to compare with, an increase is not judged", () => {
    expect(judgeBudget(limits({ increase: 0 }), estimated([one]), undefined, [], today)).toEqual([]);
  });

  test("a decrease is no increase, also of zero", () => {
    const less = costChange(priced([one, month]), priced([one]));
    expect(judgeBudget(limits({ increase: 0 }), estimated([one]), less, [], today)).toEqual([]);
  });
});

describe("prices that judge nothing", () => {
  test.each([
    ["a budget in another currency", limits({ currency: "USD", month: 1 }), roundBook],
    ["another site's list", limits({ month: 1 }), catalogueBook("international")],
  ] as const)("%s", (_, budget, book) => {
    const findings = judgeBudget(budget, estimated([one], book), undefined, [], today);
    expect(findings).toMatchObject([
      { what: "budget-month", verdict: "cannot-judge", text: expect.stringMatching(/nothing is converted$/) },
    ]);
    expect(overBudget(findings)).toEqual([]);
  });
});

describe("what is accepted", () => {
  const budget = limits({ month: 1, payNow: 1 });
  const judged = (accept: readonly ReturnType<typeof entry>[]) =>
    judgeBudget(budget, estimated([one, month]), undefined, accept, today);

  test.each([
    ["to its last day", entry({}), 1],
    ["no day longer", entry({ until: "2026-11-24" }), 2],
    ["on the stack, not on a group", entry({ on: "workers" }), 2],
    ["this limit, not another", entry({ what: "budget-increase" }), 2],
  ])("%s", (_, accepted, left) => {
    expect(overBudget(judged([accepted]))).toHaveLength(left);
  });

  test("is said, with who and why", () => {
    expect(judged([entry({})])[0]).toMatchObject({
      verdict: "over",
      accepted: { why: "a trial", by: "team", until: today },
    });
  });

  test("an entry that accepts nothing is idle; other rules' entries are none of a budget's", () => {
    const useful = entry({});
    const others = [entry({ until: "2026-11-24" }), entry({ on: "workers" }), entry({ what: "budget-increase" })];
    const rule = entry({ what: "cn-flow-log" });
    const accept = [useful, ...others, rule];
    expect(idleAcceptances([...others, rule], judged([...others, rule]))).toEqual(others);
    expect(idleAcceptances([useful, rule], judged([useful, rule]))).toEqual([]);
    expect(overBudget(judged(accept)).map(({ what }) => what)).toEqual(["budget-pay-now"]);
  });
});
