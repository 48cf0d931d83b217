import type { StackReview } from "../review.ts";
import {
  addCosts,
  type Breakdown,
  type CostComponent,
  type Figure,
  type Resource,
  subtract,
} from "./infracost-types.ts";

type Change = StackReview["cost"]["change"];

/**
 * What differs between two states. The total is the review's: a price that is lost is no saving and one that is found no
 * increase, so a resource with such an item has no difference of its own.
 */
export function diffOf(past: Breakdown, now: Breakdown, change: Change): Breakdown {
  const names = [...new Set([...past.resources, ...now.resources].map(({ name }) => name))];
  const find = (all: readonly Resource[], name: string) => all.find((one) => one.name === name);
  const comparable = change?.incomparable.items === 0;
  return {
    resources: names.flatMap((name) => differenceOf(find(past.resources, name), find(now.resources, name))),
    totalHourlyCost: comparable ? subtract(now.totalHourlyCost, past.totalHourlyCost) : null,
    totalMonthlyCost: change?.delta ?? null,
    totalMonthlyUsageCost: subtract(now.totalMonthlyUsageCost, past.totalMonthlyUsageCost),
  };
}

function differenceOf(past: Resource | undefined, now: Resource | undefined): Resource[] {
  const either = now ?? past;
  const components = (one: Resource | undefined) => one?.costComponents ?? [];
  const names = [...new Set([...components(past), ...components(now)].map(({ name }) => name))];
  const find = (one: Resource | undefined, name: string) =>
    components(one).find((component) => component.name === name);
  const costComponents = names.flatMap((name) => componentDifference(find(past, name), find(now, name)));
  if (either === undefined || costComponents.length === 0) return [];
  const total = (of: (one: CostComponent) => Figure) =>
    costComponents.some(({ priceNotFound }) => priceNotFound) ? null : addCosts(costComponents.map(of));
  return [
    {
      ...either,
      hourlyCost: total(({ hourlyCost }) => hourlyCost),
      monthlyCost: total(({ monthlyCost }) => monthlyCost),
      costComponents,
    },
  ];
}

function componentDifference(past: CostComponent | undefined, now: CostComponent | undefined): CostComponent[] {
  const either = now ?? past;
  if (either === undefined || JSON.stringify(past) === JSON.stringify(now)) return [];
  const of = (field: "hourlyQuantity" | "monthlyQuantity" | "price" | "hourlyCost" | "monthlyCost") =>
    subtract(now === undefined ? "0" : now[field], past === undefined ? "0" : past[field]);
  return [
    {
      ...either,
      hourlyQuantity: of("hourlyQuantity"),
      monthlyQuantity: of("monthlyQuantity"),
      price: of("price"),
      hourlyCost: of("hourlyCost"),
      monthlyCost: of("monthlyCost"),
      priceNotFound: [past, now].some((one) => one?.priceNotFound === true),
    },
  ];
}
