import { Decimal } from "decimal.js";

/** Money and quantities are decimal texts; null is not known. */
export type Figure = string | null;

/** The parts of Infracost's JSON that are written here, under its names. */
export interface Root {
  readonly version: "0.2";
  readonly metadata: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly projects: readonly Project[];
  readonly totalHourlyCost: Figure;
  readonly totalMonthlyCost: Figure;
  readonly totalMonthlyUsageCost: Figure;
  readonly pastTotalHourlyCost: Figure;
  readonly pastTotalMonthlyCost: Figure;
  readonly pastTotalMonthlyUsageCost: Figure;
  readonly diffTotalHourlyCost: Figure;
  readonly diffTotalMonthlyCost: Figure;
  readonly diffTotalMonthlyUsageCost: Figure;
  readonly timeGenerated: string;
  readonly summary: Summary;
}

export interface Project {
  readonly name: string;
  readonly displayName: string;
  readonly metadata: {
    readonly path: string;
    readonly type: string;
    readonly warnings: readonly {
      readonly code: number;
      readonly message: string;
      readonly data: null;
      readonly isError: boolean;
    }[];
  };
  readonly pastBreakdown: Breakdown;
  readonly breakdown: Breakdown;
  readonly diff: Breakdown;
  readonly summary: Summary;
}

export interface Breakdown {
  readonly resources: readonly Resource[];
  readonly totalHourlyCost: Figure;
  readonly totalMonthlyCost: Figure;
  readonly totalMonthlyUsageCost: Figure;
}

export interface Resource {
  readonly name: string;
  readonly resourceType: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly hourlyCost: Figure;
  readonly monthlyCost: Figure;
  readonly monthlyUsageCost?: Figure;
  readonly costComponents: readonly CostComponent[];
}

export interface CostComponent {
  readonly name: string;
  readonly unit: string;
  readonly hourlyQuantity: Figure;
  readonly monthlyQuantity: Figure;
  readonly price: Figure;
  readonly hourlyCost: Figure;
  readonly monthlyCost: Figure;
  readonly usageBased?: boolean;
  readonly priceNotFound: boolean;
}

export interface Summary {
  readonly totalDetectedResources: number;
  readonly totalSupportedResources: number;
  readonly totalUnsupportedResources: number;
  readonly totalUsageBasedResources: number;
  readonly totalNoPriceResources: number;
  readonly supportedResourceCounts: Readonly<Record<string, number>>;
  readonly unsupportedResourceCounts: Readonly<Record<string, number>>;
  readonly noPriceResourceCounts: Readonly<Record<string, number>>;
}

/** Sum of what is known; not known where nothing is. */
export function addCosts(figures: readonly Figure[]): Figure {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum.plus(one), new Decimal(0)).toFixed();
}

/** After less before; not known where one of them is not. */
export function subtract(after: Figure, before: Figure): Figure {
  return after === null || before === null ? null : new Decimal(after).minus(before).toFixed();
}
