import { Decimal } from "decimal.js";
import { itemsOf } from "../../cost/items.ts";
import { managed, type PlannedResource } from "../../plan/plan.ts";
import type { PrintedStack } from "../review.ts";
import { payInWords } from "../terminal/words.ts";
import { addCosts, type Breakdown, type CostComponent, type Figure, type Resource } from "./infracost-types.ts";

type Cost = PrintedStack["cost"];
type Line = Cost["lines"][number];

/** What a stack costs as resources with their cost components: one for each type and component of the stack. */
export function breakdownOf(stack: PrintedStack): Breakdown {
  const { cost } = stack;
  const resources = [...resourcesOf(stack), ...cost.byUse.map(usedResource)];
  return {
    resources,
    totalHourlyCost: addCosts(resources.map(({ hourlyCost }) => hourlyCost)),
    totalMonthlyCost: cost.sum.perMonth,
    totalMonthlyUsageCost: cost.byUse.length === 0 ? "0" : addCosts(cost.byUse.map(({ perMonth }) => perMonth ?? null)),
  };
}

/** Lines of the same resources together: hosts of a group with their system disks. */
function resourcesOf(stack: PrintedStack): Resource[] {
  const owners = ownersOf(stack);
  const groups = Map.groupBy(stack.cost.lines, ({ kind, component }) => {
    const type = owners.get(`${kind} ${component}`)?.type ?? kind;
    return `${type}.${component}`;
  });
  return [...groups].flatMap(([name, lines]) => {
    const [first] = lines;
    if (first === undefined) return [];
    const owner = owners.get(`${first.kind} ${first.component}`);
    const costComponents = lines.map((line) => componentOf(line, nameAmong(line, lines), stack.cost.hoursPerMonth));
    return [
      {
        name,
        resourceType: owner?.type ?? first.kind,
        tags: owner?.tags ?? {},
        metadata: { component: first.component, resources: owner?.names ?? [] },
        hourlyCost: addCosts(costComponents.map(({ hourlyCost }) => hourlyCost)),
        monthlyCost: addCosts(costComponents.map(({ monthlyCost }) => monthlyCost)),
        costComponents,
      },
    ];
  });
}

interface Owner {
  readonly type: string;
  readonly names: readonly string[];
  /** Those that all of them have. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Which resources a kind of item of a component comes from. */
function ownersOf({ plan, region }: PrintedStack): ReadonlyMap<string, Owner> {
  const owned = managed(plan).flatMap((resource) =>
    itemsOf(resource, region).map(({ kind, component }) => ({ key: `${kind} ${component}`, resource })),
  );
  const byKey = Map.groupBy(owned, ({ key }) => key);
  return new Map(
    [...byKey].map(([key, all]) => {
      const resources = all.map(({ resource }) => resource);
      const names = [...new Set(resources.map(({ name }) => name))];
      return [key, { type: resources[0]?.type ?? "", names, tags: tagsOf(resources) }];
    }),
  );
}

function tagsOf(resources: readonly PlannedResource[]): Owner["tags"] {
  const [first = {}, ...others] = resources.map(({ inputs: { tags } }) =>
    typeof tags === "object" && tags !== null && !Array.isArray(tags) ? tags : {},
  );
  const shared = Object.entries(first).flatMap(([key, value]) =>
    typeof value === "string" && others.every((tags) => Object.entries(tags).some(([k, v]) => k === key && v === value))
      ? [[key, value] as const]
      : [],
  );
  return Object.fromEntries(shared);
}

/**
 * Hosts are counted in hours; what is bought by size, and what is paid ahead, in months. `hourlyCost` is what it costs while it
 * works. Prices are made from the review's rounded amounts: price times quantity is the cost.
 */
function componentOf(line: Line, name: string, monthHours: number): CostComponent {
  const { count, quantity, unit, perHour, perMonth, hours, pay } = line;
  const units = new Decimal(count).times(quantity);
  const byHour = unit !== "GiB" && pay.kind !== "subscription";
  const known = !units.isZero();
  const hourlyQuantity = known ? (byHour ? units : units.div(monthHours)) : undefined;
  const monthlyQuantity = known ? (byHour ? units.times(hours) : units) : undefined;
  return {
    name,
    unit: byHour ? "hours" : unit === "GiB" ? "GiB" : "months",
    hourlyQuantity: figure(hourlyQuantity),
    monthlyQuantity: figure(monthlyQuantity),
    price: known ? priceOf(byHour ? perHour : perMonth, units) : null,
    hourlyCost: perHour ?? (perMonth === undefined ? null : figure(new Decimal(perMonth).div(monthHours))),
    monthlyCost: perMonth ?? null,
    priceNotFound: perMonth === undefined,
  };
}

/** Without a count, so that one host more is a difference of the same component; with a size only where that tells two apart. */
function nameAmong(line: Line, lines: readonly Line[]): string {
  const name = ({ kind, what, level, pay }: Line) =>
    `${kind.replaceAll("-", " ")} ${what}${level === undefined ? "" : ` ${level}`}, ${payInWords(pay)}`;
  const alike = lines.filter((other) => name(other) === name(line));
  return alike.length > 1 ? `${name(line)}, ${line.quantity} ${line.unit} each` : name(line);
}

function priceOf(amount: string | undefined, units: Decimal): Figure {
  return amount === undefined ? null : figure(new Decimal(amount).div(units));
}

function figure(value: Decimal | undefined): Figure {
  return value === undefined ? null : value.toDecimalPlaces(10).toFixed();
}

/** Paid by use: its price is known, its cost only where the stack file says how much. */
function usedResource({ what, price, unit, quantity, perMonth }: Cost["byUse"][number]): Resource {
  return {
    name: what,
    resourceType: "use",
    metadata: {},
    hourlyCost: null,
    monthlyCost: perMonth ?? null,
    monthlyUsageCost: perMonth ?? null,
    costComponents: [
      {
        name: what,
        unit,
        hourlyQuantity: null,
        monthlyQuantity: quantity === undefined ? null : String(quantity),
        price,
        hourlyCost: null,
        monthlyCost: perMonth ?? null,
        usageBased: true,
        priceNotFound: false,
      },
    ],
  };
}
