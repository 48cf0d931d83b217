/** A term paid ahead. A year is twelve months everywhere but in words. */
export interface Term {
  readonly unit: "week" | "month";
  readonly count: number;
}

/** How a resource is paid: by the hour, at what the spot market asks, or ahead for a term. */
export type OwnPay =
  | { readonly kind: "pay-as-you-go" }
  /** `limit`: highest price by the hour, in the account's currency; absent for the market's. */
  | { readonly kind: "spot"; readonly limit?: number }
  | { readonly kind: "subscription"; readonly term: Term };

/**
 * A commitment of the account to so much money an hour, used or not; its hosts are then cheaper. Nothing in a stack says so:
 * it stands in comparisons only.
 */
export interface SavingsPlan {
  readonly kind: "savings-plan";
  readonly years: 1 | 3;
  readonly upfront: "all" | "half" | "none";
}

export type Pay = OwnPay | SavingsPlan;

export const payAsYouGo: OwnPay = { kind: "pay-as-you-go" };

/** As a stack file says it: 1 month, 2 weeks, 1 year. */
export function termText({ unit, count }: Term): string {
  const [length, name] = unit === "month" && count % 12 === 0 ? [count / 12, "year"] : [count, unit];
  return `${length} ${name}${length === 1 ? "" : "s"}`;
}

/** The other way round: "1 year" -> 12 months. Undefined for a text that is no term. */
export function termOfText(text: string): Term | undefined {
  const [, length = "", unit = ""] = /^([1-9]\d?) (week|month|year)s?$/.exec(text) ?? [];
  if (unit === "week") return { unit: "week", count: Number(length) };
  if (unit === "month") return { unit: "month", count: Number(length) };
  return unit === "year" ? { unit: "month", count: 12 * Number(length) } : undefined;
}

/** Days of a year over twelve, and of a week: how many months a term stands for when it is spread. */
export function monthsOf({ unit, count }: Term): { readonly over: number; readonly under: number } {
  return unit === "month" ? { over: count, under: 1 } : { over: count * 7 * 12, under: 365 };
}
