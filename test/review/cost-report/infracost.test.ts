import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { infracostOf, type ReviewedStack } from "../../../review/cost-report/infracost.ts";
import type { Breakdown, CostComponent } from "../../../review/cost-report/infracost-types.ts";
import { infracostSchema } from "./infracost.schema.ts";
import { changed, reviewed, reviewOf, reviews, smallStack, withWorkers } from "./reviews.ts";

const at = "2026-11-25T08:00:00.000Z";
const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(infracostSchema);
const cases: readonly (readonly [string, ReviewedStack])[] = [...reviews, ["changed", changed]];
const boundFor = (count: number) => withWorkers({ count, pay: { subscription: { for: "1 month" } } });
const givenUp = await reviewed(boundFor(1), boundFor(2));
const unpriced = await reviewed(withWorkers({ pay: { spot: "market" } }), smallStack);

const components = ({ resources }: Breakdown): CostComponent[] => resources.flatMap((one) => one.costComponents);

describe.each(cases)("%s", (_, stack) => {
  const root = infracostOf([stack], at);
  const [project] = root.projects;
  const { cost } = stack.now;
  if (project === undefined) throw new Error("no project");

  test("fits the published schema", () => {
    expect(fits(JSON.parse(JSON.stringify(root))), JSON.stringify(fits.errors)).toBe(true);
  });

  test("has the review's totals, and resources that add up to them", () => {
    expect(Number(root.totalMonthlyCost)).toBe(Number(cost.sum.perMonth));
    const sum = (field: "monthlyCost" | "hourlyCost") =>
      project.breakdown.resources.reduce((total, one) => total + Number(one[field] ?? 0), 0);
    expect(sum("monthlyCost")).toBeCloseTo(Number(cost.sum.perMonth), 1);
    expect(sum("hourlyCost")).toBeCloseTo(Number(root.totalHourlyCost ?? 0), 4);
    // What is paid ahead has its share of a month there, and none in the review's hour.
    if (cost.commitments.length === 0) expect(sum("hourlyCost")).toBeCloseTo(Number(cost.sum.perHour), 3);
  });

  test("has a component for each line and each use; one without a price is null, never zero", () => {
    const all = components(project.breakdown);
    expect(all).toHaveLength(cost.lines.length + cost.byUse.length);
    expect(all.filter(({ priceNotFound }) => priceNotFound)).toHaveLength(cost.unpricedLines);
    for (const one of all.filter(({ priceNotFound }) => priceNotFound)) {
      expect([one.price, one.hourlyCost, one.monthlyCost]).toEqual([null, null, null]);
    }
    expect(all.filter(({ usageBased }) => usageBased)).toHaveLength(cost.byUse.length);
    for (const { monthlyCost, price, monthlyQuantity } of all.filter(({ usageBased }) => !usageBased)) {
      if (price === null || monthlyQuantity === null) continue;
      expect(Number(price) * Number(monthlyQuantity)).toBeCloseTo(Number(monthlyCost), 1);
    }
  });

  test("names of resources and of their components are there once, so that a policy can point at them", () => {
    const names = project.breakdown.resources.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { costComponents } of project.breakdown.resources) {
      expect(new Set(costComponents.map(({ name }) => name)).size).toBe(costComponents.length);
    }
    const hosts = project.breakdown.resources.filter(({ name }) => name.startsWith("alicloud:ecs/instance:Instance."));
    for (const { tags } of hosts) expect(tags).toMatchObject({ stack: stack.now.stack, component: expect.any(String) });
    expect(hosts).toHaveLength(stack.now.groups.filter((group) => group.hosts.length > 0).length);
  });

  test("counts every resource once", () => {
    const { totalDetectedResources, ...summary } = root.summary;
    expect(totalDetectedResources).toBe(stack.now.resources.total);
    expect(summary.totalSupportedResources + summary.totalUnsupportedResources + summary.totalNoPriceResources).toBe(
      totalDetectedResources,
    );
  });
});

test("without a state to compare with, past and difference are not known, which is not zero", () => {
  const root = infracostOf([reviewOf("shanghai")], at);
  expect([root.pastTotalMonthlyCost, root.diffTotalMonthlyCost]).toEqual([null, null]);
});

test("a change: past, difference by component, and the review's delta for a policy", () => {
  const root = infracostOf([changed], at);
  const { change } = changed.now.cost;
  const [project] = root.projects;
  if (project === undefined || change === undefined) throw new Error("no change");
  expect(Number(root.diffTotalMonthlyCost)).toBe(Number(change.delta));
  expect(Number(root.pastTotalMonthlyCost)).toBe(Number(change.before));
  expect(Number(root.totalMonthlyCost)).toBe(Number(change.after));
  const difference = project.diff.resources.reduce((sum, one) => sum + Number(one.monthlyCost), 0);
  expect(difference).toBeCloseTo(Number(change.delta), 1);
  const hosts = components(project.diff).filter(({ name }) => name.startsWith("host "));
  expect(hosts.map(({ unit, monthlyQuantity }) => [unit, monthlyQuantity])).toEqual([
    ["hours", "-1460"],
    ["months", "3"],
  ]);
});

test("what is paid on after it is given up is told beside the difference", () => {
  const [project] = infracostOf([givenUp], at).projects;
  expect(Number(project?.diff.totalMonthlyCost)).toBeLessThan(0);
  expect(project?.metadata.warnings.map(({ message }) => message).join()).toMatch(/\d CNY a month .* paid on/);
});

test("a price that is lost is no saving", () => {
  const root = infracostOf([unpriced], at);
  const [project] = root.projects;
  expect(Number(root.totalMonthlyCost)).toBeLessThan(Number(root.pastTotalMonthlyCost));
  expect(Number(root.diffTotalMonthlyCost)).toBe(0);
  expect(root.diffTotalHourlyCost).toBeNull();
  const host = project?.diff.resources.find(({ name }) => name.startsWith("alicloud:ecs/instance:Instance."));
  expect(host?.monthlyCost).toBeNull();
  expect(project?.metadata.warnings.map(({ message }) => message).join()).toMatch(/in no difference/);
});

test("a resource outside of the model is unsupported, and several stacks add up", () => {
  const { now } = reviewOf("shanghai");
  const [first] = now.plan.resources.filter(({ type }) => type.startsWith("alicloud:"));
  if (first === undefined) throw new Error("no resource");
  const strange = { ...first, type: "alicloud:kvstore/instance:Instance", name: "cache", urn: `${first.urn}-cache` };
  const plan = { ...now.plan, resources: [...now.plan.resources, strange] };
  const root = infracostOf([{ now: { ...now, plan } }, reviewOf("beijing")], at);
  expect(root.summary.unsupportedResourceCounts).toEqual({ "alicloud:kvstore/instance:Instance": 1 });
  expect(root.summary.totalUnsupportedResources).toBe(1);
  expect(root.summary.totalDetectedResources).toBe(now.resources.total + 1 + reviewOf("beijing").now.resources.total);
  const [one, two] = root.projects;
  expect(Number(root.totalMonthlyCost)).toBeCloseTo(
    Number(one?.breakdown.totalMonthlyCost) + Number(two?.breakdown.totalMonthlyCost),
    6,
  );
});
