import type { StackReview } from "../review.ts";
import { columns, type Style } from "./layout.ts";
import { addTexts, signed } from "./money.ts";
import { countOf, grouped, payInWords, sizeText } from "./words.ts";

type Cost = StackReview["cost"];
type Change = NonNullable<Cost["change"]>;
type Item = Change["items"][number];

/** What a change costs: a month before and after, what is paid once, what is given up; items by component. */
export function changeBlock({ change, currency }: Cost, style: Style): string[] {
  if (change === undefined) return [];
  const { before, after, delta, items, givenUp, incomparable } = change;
  const whole = incomparable.items === 0 ? ` (${grouped(before)} -> ${grouped(after)})` : " of what can be compared";
  const indented = (text: string) => columns([[text]], ["left"], style.width, 4);
  return [
    columns([[`${style.bold("change")}  ${signed(delta)} ${currency} a month${whole}`]], ["left"], style.width),
    ...(items.length === 0 ? [] : [columns(groupsOf(items).map(rowOf), ["right", "left"], style.width, 4)]),
    ...(incomparable.items === 0 ? [] : [indented(incomparableText(incomparable))]),
    indented(payNowText(change)),
    ...givenUp.map(({ name, what, term }) =>
      indented(
        `${style.warn("!")} ${name}: its subscription of ${term} (${what}) is given up; what comes back only the cloud can say`,
      ),
    ),
    ...(Number(change.paidOn) === 0
      ? []
      : [
          indented(
            `${style.warn("!")} ${grouped(change.paidOn)} of it a month is saved only when the terms have ended`,
          ),
        ]),
    ...change.notBought.map(({ name, from, to }) =>
      indented(
        `${style.warn("!")} ${name}: ${from} -> ${to} buys nothing: a term counts at the purchase; renew in the console`,
      ),
    ),
  ];
}

function incomparableText({ items, before, after }: Change["incomparable"]): string {
  return `${countOf(items, "item")} cannot be compared: where there is a price, ${grouped(before)} a month before and ${grouped(after)} after`;
}

function payNowText({ payNow, sizePayNow }: Change): string {
  return `pay now ${grouped(payNow)}${sizePayNow === undefined ? "" : `, and ~${sizeText(sizePayNow)}, size only`}`;
}

/** Limits that are passed, and those that cannot be judged. */
export function budgetLines({ budget }: Cost, style: Style): string[] {
  return budget.map(({ what, verdict, text, accepted, accept }) => {
    const mark = verdict === "over" && accepted === undefined ? style.warn("over budget") : "budget";
    const said =
      accepted === undefined ? text : `${text}; accepted until ${accepted.until} by ${accepted.by}: ${accepted.why}`;
    return [
      columns([[`${mark}  ${what}: ${said}`]], ["left"], style.width),
      ...(accept === undefined ? [] : [columns([[`accept: ${accept}`]], ["left"], style.width, 6)]),
    ].join("\n");
  });
}

interface Group {
  readonly first: Item;
  readonly items: readonly Item[];
}

/** Items that change alike, together. */
function groupsOf(items: readonly Item[]): readonly Group[] {
  const key = ({ operation, component, kind, before, after }: Item) =>
    JSON.stringify([operation, component, kind, before, after]);
  return [...Map.groupBy(items, key).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ first, items: same }];
  });
}

function rowOf({ first, items }: Group): string[] {
  const { operation, component, kind, before, after } = first;
  const mark = { added: "+", removed: "-", changed: "~" }[operation];
  const text = [before, after].flatMap((side) =>
    side === undefined ? [] : [`${side.quantity > 1 ? `${side.quantity} ` : ""}${side.what}, ${payInWords(side.pay)}`],
  );
  const delta = items.every((one) => one.delta !== undefined)
    ? signed(addTexts(items.map((one) => one.delta ?? "0.00")))
    : "no price";
  return [delta, `${mark} ${component}, ${items.length} x ${kind}: ${[...new Set(text)].join(" -> ")}`];
}
