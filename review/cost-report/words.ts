import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { payInWords } from "../terminal/words.ts";

type Comparison = StackReview["cost"]["comparisons"][number];
type Option = Comparison["options"][number];

export const noPrice = "no price";

/** A figure that may be missing. */
export function money(amount: string | undefined, missing: string): string {
  return amount === undefined ? missing : grouped(amount);
}

/** The same of a way of paying: ~ where only the size is known. */
export function about({ sizeOnly }: Option, amount: string | undefined, missing: string): string {
  return amount === undefined ? missing : `${sizeOnly ? "~" : ""}${grouped(amount)}`;
}

/** Short, for a chart: 1 month; savings plan 1 year, none upfront. */
export function optionName({ pay }: Option): string {
  if (pay.kind === "subscription") return pay.term;
  return pay.kind === "savings-plan" ? `savings plan ${years(pay.years)}, ${pay.upfront} upfront` : payInWords(pay);
}

/** For how long one is bound. */
export function boundFor({ pay }: Option): string {
  if (pay.kind === "subscription") return pay.term;
  return pay.kind === "savings-plan" ? years(pay.years) : "-";
}

function years(count: number): string {
  return count === 1 ? "1 year" : `${count} years`;
}

export function comparisonName({ component }: Comparison): string {
  return component ?? "all groups together";
}

/** Why a way of paying is the cheapest, its amounts as everywhere else. */
export function reasonText({ reason }: NonNullable<Comparison["recommendation"]>): string {
  return reason.replace(/\d+\.\d\d/g, grouped);
}

export function samePay(a: object | undefined, b: object | undefined): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** What is said of one thing, as one text. */
export function sentences(parts: readonly (string | undefined)[]): string {
  return parts.filter((one) => one !== undefined && one !== "").join("; ");
}
