import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { signed } from "../terminal/money.ts";
import { countOf, payInWords, sizeText } from "../terminal/words.ts";
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
  const { before, after, delta, payNow, sizePayNow, incomparable, givenUp, groups, paidOn, notBought } = change;
  const sums: Item[] = [
    { label: "A month", text: `${signed(delta)} ${currency}; ${grouped(before)} before, ${grouped(after)} after` },
    ...(Number(change.byUse) === 0 ? [] : [{ label: "By use", text: `${signed(change.byUse)} of it, as stated` }]),
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
    ...(Number(paidOn) === 0
      ? []
      : [{ label: "Paid on", text: `${grouped(paidOn)} of it a month is saved only when the terms have ended` }]),
    ...notBought.map(({ name, from, to }) => ({
      label: "Not bought",
      text: `${name}: ${from} -> ${to}: a term counts at the purchase, renew in the console`,
      tone: "warning" as const,
    })),
  ];
  return [
    ...list(sums),
    ...table({
      caption: "Items that change, with what a month costs before and after",
      head: ["", "resource", "item", "before", "after", "change", "what"],
      align: ["left", "left", "left", "right", "right", "right", "left"],
      rows: groups.map(rowOf),
    }),
  ];
}

function rowOf({ operation, kind, before, after, delta, names }: Change["groups"][number]): string[] {
  const monthly = (side: Side | undefined) =>
    side === undefined ? "-" : side.perMonth === undefined ? noPrice : grouped(side.perMonth);
  const said = [...new Set([before, after].flatMap((side) => (side === undefined ? [] : [sideText(side)])))];
  const sameThing = before !== undefined && after !== undefined && said.length === 1 ? ", hours of use" : "";
  return [
    operation,
    names.length > 3 ? `${names[0]} and ${names.length - 1} more` : names.join(", "),
    kind,
    monthly(before),
    monthly(after),
    delta === undefined ? "not known" : signed(delta),
    `${said.join(" -> ")}${sameThing}`,
  ];
}

function sideText({ what, quantity, pay }: Side): string {
  return `${quantity > 1 ? `${quantity} ` : ""}${what}, ${payInWords(pay)}`;
}
