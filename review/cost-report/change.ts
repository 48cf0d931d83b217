import type { StackReview } from "../review.ts";
import { addTexts, signed } from "../terminal/money.ts";
import { countOf, grouped, payInWords, sizeText } from "../terminal/words.ts";
import { type Block, type Item, list, part, type Section, table } from "./document.ts";
import { noPrice } from "./words.ts";

type Cost = StackReview["cost"];
type Change = NonNullable<Cost["change"]>;
type Side = NonNullable<Change["items"][number]["before"]>;

/** What a change costs: item by item, once and every month, and what it gives up. */
export function changeParts({ change, currency }: Cost): Section[] {
  return change === undefined ? [] : part("Change", blocksOf(change, currency));
}

function blocksOf(change: Change, currency: Cost["currency"]): Block[] {
  const { before, after, delta, payNow, sizePayNow, incomparable, givenUp, items } = change;
  const sums: Item[] = [
    { label: "A month", text: `${signed(delta)} ${currency}; ${grouped(before)} before, ${grouped(after)} after` },
    ...(incomparable.items === 0
      ? []
      : [
          {
            label: "Not compared",
            text: `${countOf(incomparable.items, "item")} without a price on one side; where there is one, ${grouped(incomparable.before)} a month before and ${grouped(incomparable.after)} after`,
          },
        ]),
    {
      label: "Pay now, once",
      text: `${grouped(payNow)} ${currency}${sizePayNow === undefined ? "" : `, and ~${sizeText(sizePayNow)}, size only`}`,
    },
    ...givenUp.map(({ name, what, term }) => ({
      label: "Given up",
      text: `${name}: its subscription of ${term} (${what}); what comes back only the cloud can say`,
      tone: "warning" as const,
    })),
  ];
  return [
    ...list(sums),
    ...table({
      caption: "Items that change, with what a month costs before and after",
      head: ["", "resource", "item", "before", "after", "change", "what"],
      align: ["left", "left", "left", "right", "right", "right", "left"],
      rows: alike(items).map(rowOf),
    }),
  ];
}

type ItemChange = Change["items"][number];

interface Alike {
  readonly first: ItemChange;
  readonly items: readonly ItemChange[];
}

/** Items of a component that change in the same way, together. */
function alike(items: readonly ItemChange[]): readonly Alike[] {
  const key = ({ operation, component, kind, before, after }: ItemChange) =>
    JSON.stringify([operation, component, kind, before, after]);
  return [...Map.groupBy(items, key).values()].flatMap((same) =>
    same[0] === undefined ? [] : [{ first: same[0], items: same }],
  );
}

function rowOf({ first, items }: Alike): string[] {
  const { operation, kind, before, after } = first;
  const names = items.map(({ name }) => name);
  const monthly = (side: "before" | "after") => {
    if (first[side] === undefined) return "-";
    const amounts = items.flatMap((item) => item[side]?.perMonth ?? []);
    return amounts.length === items.length ? grouped(addTexts(amounts)) : noPrice;
  };
  const deltas = items.flatMap(({ delta }) => delta ?? []);
  const said = [...new Set([before, after].flatMap((side) => (side === undefined ? [] : [sideText(side)])))];
  const sameThing = before !== undefined && after !== undefined && said.length === 1 ? ", hours of use" : "";
  return [
    operation,
    names.length > 3 ? `${names[0]} and ${names.length - 1} more` : names.join(", "),
    kind,
    monthly("before"),
    monthly("after"),
    deltas.length === items.length ? signed(addTexts(deltas)) : "not known",
    `${said.join(" -> ")}${sameThing}`,
  ];
}

function sideText({ what, quantity, pay }: Side): string {
  return `${quantity > 1 ? `${quantity} ` : ""}${what}, ${payInWords(pay)}`;
}
