import type { StackReview } from "../review.ts";
import { budgetLines, changeBlock } from "./change.ts";
import { comparisonBlock } from "./comparison.ts";
import { columns, type Style } from "./layout.ts";
import { grouped, sizeText } from "./words.ts";

type Line = StackReview["cost"]["lines"][number];

/** Prices by the hour and the month, what has none by name, and the sum as what it is: a lower bound. */
export function costBlock(stack: StackReview, heading: (title: string, text: string) => string, style: Style): string {
  const { cost } = stack;
  if (cost.lines.length === 0) return heading("COST", "nothing here is billed by the hour");
  const rows = [
    ["", "per hour", "per month", ""],
    ...cost.lines.map((line) => [
      nameOf(line),
      line.perHour === undefined ? (line.payNow === undefined ? "no price" : "") : grouped(line.perHour),
      line.perMonth === undefined ? "no price" : grouped(line.perMonth),
      noteOf(line),
    ]),
    [
      style.bold(cost.unpricedLines > 0 ? "AT LEAST" : "TOTAL"),
      style.bold(grouped(cost.sum.perHour)),
      style.bold(grouped(cost.sum.perMonth)),
      cost.unpricedLines > 0 ? `${cost.unpricedLines} of ${cost.lines.length} items unpriced` : "",
    ],
  ];
  const byUse = useText(cost);
  return [
    heading(
      "COST",
      `${cost.currency} at ${cost.list} list prices: ${dates(cost.lines)}; a month is ${cost.hoursPerMonth} h`,
    ),
    columns(rows, ["left", "right", "right", "left"], style.width),
    ...(byUse === "" ? [] : [columns([[byUse]], ["left"], style.width)]),
    columns([[boundText(cost)]], ["left"], style.width),
    ...comparisonBlock(cost, style),
    ...changeBlock(cost, style),
    ...budgetLines(cost, style),
  ].join("\n");
}

/** What is paid by use: its price, or its sum where the stack file says how much. */
function useText({ byUse }: StackReview["cost"]): string {
  const text = (u: (typeof byUse)[number]) => `${u.what} ${u.price} per ${u.unit}`;
  const open = byUse.filter(({ perMonth }) => perMonth === undefined).map(text);
  const stated = byUse.flatMap((u) =>
    u.perMonth === undefined ? [] : [`${u.quantity} ${text(u)}: ${grouped(u.perMonth)}, in the sum`],
  );
  return [...(open.length === 0 ? [] : [`by use, not in the sum: ${open.join(", ")}`]), ...stated].join("; ");
}

/** What is paid at once and what one is bound to: never part of the sum above. */
function boundText({ payNow, commitments }: StackReview["cost"]): string {
  const bound = commitments
    .filter(({ what }, index, all) => all.findIndex((one) => one.what === what) === index)
    .map(
      ({ count, what, term, renews }) =>
        `${count} x ${what} for ${term}${renews === undefined ? "" : `, renews itself by ${renews}`}`,
    );
  const now = `pay now ${payNow.unpriced > 0 ? "at least " : ""}${grouped(payNow.amount)}`;
  return `${now}; locked in: ${bound.length === 0 ? "nothing" : bound.join(", ")}`;
}

function nameOf(line: Line): string {
  switch (line.kind) {
    case "host":
      return `${line.count} x ${line.what}`;
    case "system-disk":
    case "data-disk":
      return `${line.count} x ${line.quantity} GiB ${line.level ?? line.what}`;
    case "lindorm-node":
      return `${line.quantity} x ${line.what}`;
    case "lindorm-storage":
      return `${line.quantity} GiB Lindorm storage`;
    case "tsdb":
      return `TSDB ${line.what}`;
    case "address":
      return "public address";
    case "bandwidth":
      return `${line.quantity} Mbit/s`;
    default:
      return "NAT gateway";
  }
}

function noteOf(line: Line): string {
  const notes = [
    ...(line.spanPerMonth === undefined
      ? []
      : [
          `two figures found, both weak: ${grouped(line.spanPerMonth[0])} and ${grouped(line.spanPerMonth[1])} a month`,
        ]),
    ...(line.spanPayNow === undefined ? [] : [`paid ahead ~${sizeText(line.spanPayNow)}, size only`]),
    ...(line.unpriced === undefined || line.spanPerMonth !== undefined ? [] : [line.unpriced]),
    ...(line.atMostPerHour === undefined
      ? []
      : [`${line.pay.kind === "spot" ? "at most" : "by the hour it would be"} ${grouped(line.atMostPerHour)} an hour`]),
    ...(line.kind.endsWith("-disk") && line.perHour !== undefined ? ["goes on while a host is stopped"] : []),
    ...(line.confidence === "unverified" ? ["read in another region"] : []),
  ];
  return notes.join("; ");
}

/** Dates of the figures used: hosts 2024-12-30, disks 2021-07-19 and 2025-12-03. */
function dates(lines: readonly Line[]): string {
  const of = (kinds: readonly string[]) =>
    [...new Set(lines.filter((l) => kinds.includes(l.kind) && l.observedAt).map((l) => l.observedAt))]
      .sort()
      .join(" and ");
  const hosts = of(["host"]);
  const disks = of(["system-disk", "data-disk"]);
  return [hosts && `hosts ${hosts}`, disks && `disks ${disks}`].filter(Boolean).join(", ") || "no price found";
}
