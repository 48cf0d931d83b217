import { Decimal } from "decimal.js";
import type { StackReview } from "../review.ts";
import { comparisonName, optionName } from "./words.ts";

type Cost = StackReview["cost"];
type Comparison = Cost["comparisons"][number];
type Option = Comparison["options"][number];
type Line = NonNullable<Option["line"]>;

/** A place in the chart. Costs are numbers here: a drawing, no sum. */
export interface Point {
  readonly hours: number;
  readonly cost: number;
}

/** One way of paying as a straight line over the hours of a month. */
export interface Series {
  readonly label: string;
  /** Only the size is known. */
  readonly dashed: boolean;
  readonly from: Point;
  readonly to: Point;
}

/** Where a way of paying becomes cheaper than pay-as-you-go. */
export interface Crossing extends Point {
  /** Index of the way in `series`. */
  readonly series: number;
  /** 470 h, or ~307 h where only the size is known. */
  readonly label: string;
}

/** Cost of a month against the hours that hosts work in it; idle hosts are stopped. */
export interface Chart {
  readonly title: string;
  readonly currency: Cost["currency"];
  /** Right end: hours of a month. */
  readonly hours: number;
  /** Pay-as-you-go first. */
  readonly series: readonly Series[];
  readonly crossings: readonly Crossing[];
  /** The stated use at pay-as-you-go; absent where groups are used differently. */
  readonly use?: Point & { readonly label: string };
}

/** A chart of one comparison; nothing where there is nothing to compare with pay-as-you-go. */
export function chartOf(comparison: Comparison, { currency, hoursPerMonth }: Cost): Chart | undefined {
  const drawn = comparison.options.flatMap((option) =>
    option.line === undefined ? [] : [{ option, line: option.line }],
  );
  if (drawn[0]?.option.pay.kind !== "pay-as-you-go" || drawn.length < 2) return undefined;
  return {
    title: `${comparisonName(comparison)}: a month by hours of use`,
    currency,
    hours: hoursPerMonth,
    series: drawn.map(({ option, line }) => ({
      label: `${option.sizeOnly ? "~ " : ""}${optionName(option)}`,
      dashed: option.sizeOnly,
      from: pointAt(line, 0),
      to: pointAt(line, hoursPerMonth),
    })),
    crossings: drawn.flatMap(({ option, line }, series) => crossing(option, line, series)),
    ...useOf(comparison),
  };
}

function pointAt({ fixed, perHour }: Line, hours: number): Point {
  return { hours, cost: new Decimal(perHour).times(hours).plus(fixed).toNumber() };
}

/** Nothing where one is cheaper from the first hour, or never. */
function crossing({ breakEven, sizeOnly }: Option, line: Line, series: number): Crossing[] {
  const hours = breakEven?.stop;
  if (hours === undefined || hours === 0) return [];
  return [{ ...pointAt(line, hours), series, label: `${sizeOnly ? "~" : ""}${Math.round(hours)} h` }];
}

function useOf({ use, options }: Comparison): Pick<Chart, "use"> {
  const cost = options[0]?.perMonth;
  if (use === undefined || cost === undefined) return {};
  const idle = { run: "", stop: ", then stopped", delete: ", then deleted" }[use.whenIdle];
  return { use: { hours: use.hours, cost: Number(cost), label: `your use: ${use.hours} h${idle}` } };
}
