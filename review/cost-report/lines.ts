import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { nameOf } from "../terminal/money.ts";
import { payInWords, sizeText } from "../terminal/words.ts";
import { part, type Section, table } from "./document.ts";
import { factOf, referenceOf } from "./sources.ts";
import { money, noPrice, sentences } from "./words.ts";

type Cost = StackReview["cost"];
type Line = Cost["lines"][number];

/** Everything that is billed, with its sum; what is paid by use; figures that stand in no sum. */
export function lineParts(cost: Cost): Section[] {
  return [
    ...part("What is billed", billed(cost)),
    ...part("By use", byUse(cost), true),
    ...part("Figures in no sum", outside(cost), true),
  ];
}

function billed(cost: Cost) {
  const { lines, sum, unpricedLines } = cost;
  return table({
    caption: "Billed items: hours a month, price by the hour and by the month, what is paid at once, and where from",
    head: ["component", "item", "hours", "per hour", "per month", "paid at once", "price", "note"],
    align: ["left", "left", "right", "right", "right", "right", "left", "left"],
    rows: lines.map((line) => [
      line.component,
      nameOf(line),
      String(line.hours),
      money(line.perHour, line.pay.kind === "subscription" ? "-" : noPrice),
      money(line.perMonth, noPrice),
      money(line.payNow, line.pay.kind === "subscription" ? noPrice : "-"),
      line.source === undefined ? noPrice : priceOf(line, cost),
      noteOf(line),
    ]),
    foot: [
      [
        unpricedLines > 0 ? "at least" : "sum",
        "",
        "",
        grouped(sum.perHour),
        grouped(sum.perMonth),
        lines.some(({ pay }) => pay.kind === "subscription") ? grouped(cost.payNow.amount) : "",
        "",
        unpricedLines > 0 ? `${unpricedLines} of ${lines.length} items unpriced` : "",
      ],
    ],
  });
}

/** 2021-07-19, inferred [2]; "account" in front where the price is this account's own. */
function priceOf(line: Line, cost: Cost): string {
  const { price, observedAt, confidence } = line;
  const own = price === "account" ? "account, " : "";
  return `${own}${observedAt}${confidence === undefined ? "" : `, ${confidence}`} ${referenceOf(factOf(line), cost)}`;
}

function noteOf(line: Line): string {
  const { kind, pay, quantity, unit, unpriced, atMostPerHour, perHour } = line;
  return sentences([
    pay.kind === "pay-as-you-go" ? undefined : payInWords(pay),
    quantity === 0 ? `how many ${unit} only a deployment can tell` : undefined,
    unpriced,
    atMostPerHour === undefined
      ? undefined
      : `${pay.kind === "spot" ? "at most" : "by the hour it would be"} ${grouped(atMostPerHour)} an hour`,
    kind.endsWith("-disk") && perHour !== undefined ? "goes on while a host is stopped" : undefined,
  ]);
}

function byUse(cost: Cost) {
  return table({
    caption: "Paid by use: in the sum where the stack file says how much",
    head: ["use", "price", "stated", "a month", "in the sum", "source"],
    align: ["left", "left", "right", "right", "left", "left"],
    rows: cost.byUse.map((use) => [
      use.what,
      `${use.price} per ${use.unit}`,
      use.quantity === undefined ? "not stated" : String(use.quantity),
      money(use.perMonth, "not known"),
      use.perMonth === undefined ? "no" : "yes",
      `${use.observedAt} ${referenceOf(use, cost)}`,
    ]),
  });
}

/** Two figures that contradict each other, or a size: shown so that nobody takes what is missing for nothing. */
function outside({ lines }: Cost) {
  const rows = lines.flatMap((line) => [
    ...(line.spanPerMonth === undefined
      ? []
      : [[line.component, nameOf(line), "a month", sizeText(line.spanPerMonth)]]),
    ...(line.spanPayNow === undefined ? [] : [[line.component, nameOf(line), "at once", sizeText(line.spanPayNow)]]),
  ]);
  return table({
    caption: "Weak figures: they show the size, and stand in no sum",
    head: ["component", "item", "paid", "lowest to highest figure found"],
    align: ["left", "left", "left", "right"],
    rows,
  });
}
