import { grouped } from "../../cost/amount.ts";
import type { SavingsPlan } from "../../cost/pay.ts";
import type { GroupReview } from "../review.ts";

/** workers-01 -02 -03, or workers-01 to -40 when they are many. */
export function range(keys: readonly string[]): string {
  const [first, ...rest] = keys;
  if (first === undefined) return "";
  const number = (key: string) => key.slice(key.lastIndexOf("-"));
  const last = rest.at(-1);
  return rest.length > 3 && last !== undefined ? `${first} to ${number(last)}` : [first, ...rest.map(number)].join(" ");
}

export function payInWords(pay: GroupReview["pay"] | SavingsPlan): string {
  switch (pay.kind) {
    case "pay-as-you-go":
      return "pay-as-you-go";
    case "spot":
      return pay.limit === undefined ? "spot at the market price" : `spot up to ${pay.limit} an hour`;
    case "subscription":
      return `subscription for ${pay.term}`;
    case "savings-plan":
      return `savings plan for ${pay.years} ${pay.years === 1 ? "year" : "years"}, ${pay.upfront} upfront`;
  }
}

export function countOf(n: number, thing: string, rest = ""): string {
  return `${n.toLocaleString("en-US")} ${thing}${n === 1 ? "" : "s"}${rest === "" ? "" : ` ${rest}`}`;
}

/** Two bounds as one text: 24.00 to 56.00, or one figure where they are the same. */
export function sizeText([low, high]: readonly [string, string]): string {
  return low === high ? grouped(low) : `${grouped(low)} to ${grouped(high)}`;
}
