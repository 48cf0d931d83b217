import { Decimal } from "decimal.js";
import type { Fact } from "../catalog/fact.ts";
import { monthRatio, termFactors } from "../catalog/term-prices.ts";
import { hoursPerMonth } from "./amount.ts";
import { type Term, termText } from "./pay.ts";

/** Two prices that somebody read: by the hour, and by the month as part of a term. Decimal texts of one currency. */
export interface TwoPrices {
  readonly perHour: string;
  readonly perMonth: string;
  /** What the month is bound to; absent when the price does not say. */
  readonly term?: Term;
  /** Hours of a month; 730 unless said otherwise. */
  readonly monthHours?: number;
}

/** From how many hours a month the month is cheaper. */
export interface BreakEven {
  /** One decimal. */
  readonly hours: string;
  /** Of the month's hours, one decimal. */
  readonly percent: string;
  readonly monthHours: number;
  /** Above the hours of a month it never pays. */
  readonly pays: boolean;
  readonly term?: string;
  /** What list prices say of other terms: where these two prices belong. */
  readonly ladder: readonly Rung[];
  /** Rungs within a twentieth of these two prices. */
  readonly like: readonly Rung[];
}

/** Break-even hours that follow from list prices: hours in a month's price, times the factor of a term. */
export interface Rung extends Fact {
  readonly term: string;
  readonly what: string;
  readonly hours: string;
}

const month: Term = { unit: "month", count: 1 };

/**
 * Answers "40 a month or 0.163 an hour?", and says which term such a month usually belongs to: an hour against a commitment of
 * years is no comparison of like with like.
 *
 * @throws RangeError when a price is not above zero
 */
export function breakEven({ perHour, perMonth, term, monthHours = hoursPerMonth }: TwoPrices): BreakEven {
  const [hour, whole] = [new Decimal(perHour), new Decimal(perMonth)];
  if (!hour.greaterThan(0) || !whole.greaterThan(0)) throw new RangeError("prices are above zero");
  const hours = whole.div(hour);
  const ladder = rungs();
  return {
    hours: hours.toFixed(1),
    percent: hours.div(monthHours).times(100).toFixed(1),
    monthHours,
    pays: hours.lessThan(monthHours),
    ...(term === undefined ? {} : { term: termText(term) }),
    ladder,
    like: ladder.filter((rung) => hours.minus(rung.hours).abs().lessThan(hours.div(20))),
  };
}

/** Every term with a factor, for hosts of the generations whose month is so many hours; the most hours first. */
function rungs(): readonly Rung[] {
  const generations = [
    ["generation 6 and later", monthRatio("ecs.g6")],
    ["generation 5 and earlier", monthRatio("ecs.g5")],
  ] as const;
  return generations
    .flatMap(([what, ratio]) => {
      if (ratio === undefined) return [];
      const { hours, source, observedAt } = ratio;
      const factors = termFactors.filter(({ family }) => family === "average");
      const later = factors.map((row): Rung => {
        const { months, factor, site } = row;
        const of = `${what}, ${site === "china" ? "China" : "international"} site, ${factor} of ${months} months`;
        const term = termText({ unit: "month", count: months });
        const worth = new Decimal(hours).times(factor).toFixed(1);
        return { term, what: of, hours: worth, source: row.source, observedAt: row.observedAt };
      });
      return [{ term: termText(month), what, hours: new Decimal(hours).toFixed(1), source, observedAt }, ...later];
    })
    .toSorted((a, b) => Number(b.hours) - Number(a.hours));
}
