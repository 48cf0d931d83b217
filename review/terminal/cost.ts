import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { budgetLines, changeBlock } from "./change.ts";
import { comparisonBlock } from "./comparison.ts";
import { columns, type Style } from "./layout.ts";
import { addTexts, nameOf, pricesInWords } from "./money.ts";
import { sizeText } from "./words.ts";

type Line = StackReview["cost"]["lines"][number];

/**
 * What it costs, which way of paying would cost less, what changes: short enough for a first screen. `npm run cost` has all
 * terms, reasons and sources.
 */
export function costBlock(stack: StackReview, heading: (title: string, text: string) => string, style: Style): string {
  const { cost } = stack;
  if (cost.lines.length === 0) return heading("COST", "nothing here is billed by the hour");
  const rows = [
    ["", "per hour", "per month", ""],
    ...cost.lines.filter((line) => !isAside(line)).map(rowOf),
    ...asideRows(cost.lines.filter(isAside), style.width),
    [
      style.bold(cost.unpricedLines > 0 ? "AT LEAST" : "TOTAL"),
      style.bold(grouped(cost.sum.perHour)),
      style.bold(grouped(cost.sum.perMonth)),
      cost.unpricedLines > 0 ? `${cost.unpricedLines} of ${cost.lines.length} items unpriced` : "",
    ],
  ];
  return [
    heading("COST", `${pricesInWords(cost)}; a month is ${cost.hoursPerMonth} h`),
    columns(rows, ["left", "right", "right", "left"], style.width),
    columns([[[useText(cost), boundText(cost)].filter((text) => text !== "").join("; ")]], ["left"], style.width),
    ...comparisonBlock(cost, style),
    ...changeBlock(cost, style),
    ...budgetLines(cost, style),
    ...noteLines(cost, style),
  ].join("\n");
}

/** Traps that bind money, and what is to know of the prices; what the lines say already is left out. */
function noteLines({ traps, notes }: StackReview["cost"], style: Style): string[] {
  const said = ["traffic-not-included", "list-before-tax-and-discount", "minimum-charge"];
  const rows = [...traps.filter(({ id }) => !said.includes(id)).map(({ text }) => text), ...notes];
  return rows.length === 0
    ? []
    : [
        columns(
          rows.map((text) => [style.warn("!"), text]),
          ["left", "left"],
          style.width,
        ),
      ];
}

function rowOf(line: Line): string[] {
  return [
    nameOf(line),
    line.perHour === undefined ? (line.payNow === undefined ? "no price" : "") : grouped(line.perHour),
    line.perMonth === undefined ? "no price" : grouped(line.perMonth),
    noteOf(line),
  ];
}

/** Without a price, and no host or disk: such lines of one component stand in one row. */
function isAside(line: Line): boolean {
  return line.perMonth === undefined && line.kind !== "host" && !line.kind.endsWith("-disk");
}

function asideRows(lines: readonly Line[], width: number): string[][] {
  // A narrow terminal has no room for several names in one row.
  const key = ({ component, kind, what }: Line) => (width < 100 ? `${component} ${kind} ${what}` : component);
  return [...Map.groupBy(lines, key).values()].map((together) => {
    const spans = together.flatMap(({ spanPerMonth }) => (spanPerMonth === undefined ? [] : [spanPerMonth]));
    const low = grouped(addTexts(spans.map(([least]) => least)));
    const high = grouped(addTexts(spans.map(([, most]) => most)));
    const reasons = [...new Set(together.map(({ unpriced }) => unpriced))];
    const note =
      spans.length === together.length
        ? `${low} to ${high} a month, both weak`
        : reasons.length === 1
          ? (reasons[0] ?? "")
          : "npm run cost says why";
    return [together.map(nameOf).join(", "), "no price", "no price", note];
  });
}

/** What is paid by use: its price, or its sum where the stack file says how much. */
function useText({ byUse }: StackReview["cost"]): string {
  const text = (u: (typeof byUse)[number]) => `${u.what} ${u.price} per ${u.unit}`;
  const open = byUse.filter(({ perMonth }) => perMonth === undefined).map(text);
  const stated = byUse.flatMap((u) =>
    u.perMonth === undefined ? [] : [`${u.quantity} ${text(u)}: ${grouped(u.perMonth)}, in the sum`],
  );
  return [...(open.length === 0 ? [] : [`by use: ${open.join(", ")}, in no sum`]), ...stated].join("; ");
}

/** What is paid at once and what one is bound to: never part of the sum above. A disk is bound with its host. */
function boundText({ payNow, commitments, lines }: StackReview["cost"]): string {
  const bound = commitments
    .filter(({ kind }) => kind === "host" || kind.startsWith("lindorm-node") || kind === "tsdb")
    .map(
      ({ count, what, term, renews }) =>
        `${count} x ${what} for ${term}${renews === undefined ? "" : `, renews itself by ${renews}`}`,
    );
  const sizes = lines.flatMap(({ spanPayNow }) => (spanPayNow === undefined ? [] : [spanPayNow]));
  const size = sizeText([addTexts(sizes.map(([least]) => least)), addTexts(sizes.map(([, most]) => most))]);
  const about = sizes.length === 0 ? "" : ` and ~${size}, size only`;
  const open = lines.some((l) => l.pay.kind === "subscription" && l.payNow === undefined && l.spanPayNow === undefined);
  const now = `pay now ${open ? "at least " : ""}${grouped(payNow.amount)}${about}`;
  return `${now}; locked in: ${bound.length === 0 ? "nothing" : bound.join(", ")}`;
}

function noteOf(line: Line): string {
  const notes = [
    ...(line.spanPayNow === undefined ? [] : [`paid ahead ~${sizeText(line.spanPayNow)}, size only`]),
    // Why it is only a size stands with the comparison.
    ...(line.unpriced === undefined || line.spanPayNow !== undefined ? [] : [line.unpriced]),
    ...(line.atMostPerHour === undefined
      ? []
      : [`${line.pay.kind === "spot" ? "at most" : "by the hour it would be"} ${grouped(line.atMostPerHour)} an hour`]),
    ...(line.kind.endsWith("-disk") && line.perHour !== undefined ? ["goes on while a host is stopped"] : []),
    ...(line.confidence === "unverified" ? ["read in another region"] : []),
  ];
  return notes.join("; ");
}
