import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";

/** Words of the shape itself: another text in their place would be another shape. */
const keys = new Set(["kind", "unit", "hash", "asOf"]);
const words = new Set(
  [
    "files preview changed unchanged new removed unreadable create update replace delete same added high medium low critical",
    "mandatory advisory provider option dependency engine rule hazard budget accept policies CNY USD catalogue live account list",
    "over cannot-judge budget-month budget-increase budget-pay-now budget-no-price run stop all half none baseline mlps-3 pass",
    "china international userData commandContent vpc internet nat existing",
  ]
    .join(" ")
    .split(" ")
    .concat("China site", "international site"),
);
const figure = /^[+-]?\d+(\.\d+)?$|^\d{4}-\d{2}(-\d{2})?$/;

/** Names of map entries that come from outside. */
const openMaps = new Set(["unknownTypes"]);

/**
 * Puts other texts in the place of every text that comes from outside. Equal texts stay equal and different ones different,
 * since a report groups by them.
 */
export function spoilt(
  review: ChangeReview,
  textOf: (index: number) => string,
): { review: ChangeReview; count: number } {
  const known = new Map<string, string>();
  const other = (text: string) => {
    const found = known.get(text) ?? textOf(known.size);
    known.set(text, found);
    return found;
  };
  const spoil = (one: unknown, key: string): unknown => {
    if (Array.isArray(one)) return one.map((inner) => spoil(inner, key));
    if (typeof one === "object" && one !== null) {
      return Object.fromEntries(
        Object.entries(one).map(([name, inner]) => [openMaps.has(key) ? other(name) : name, spoil(inner, name)]),
      );
    }
    if (typeof one !== "string" || keys.has(key) || words.has(one) || figure.test(one)) return one;
    // What a host is started with stays a program, with somebody's lines in it.
    if (one.startsWith("#!")) return one.replace(/(?<=echo )\w+ \w+/g, (line) => other(line).replaceAll("\n", " "));
    return other(one);
  };
  return { review: spoil(review, "") as ChangeReview, count: known.size };
}

/** A word for a number: a, b, ... z, ba. */
export function letters(index: number): string {
  return [...index.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join("");
}
