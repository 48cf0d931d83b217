import type { StackReview } from "../review.ts";
import { columns, type Style } from "./layout.ts";
import { grouped } from "./words.ts";

type Line = StackReview["cost"]["lines"][number];

/** Prices by the hour and the month, what has none by name, and the sum as what it is: a lower bound. */
export function costBlock(stack: StackReview, heading: (title: string, text: string) => string, style: Style): string {
  const { cost } = stack;
  if (cost.lines.length === 0) return heading("COST", "nothing here is billed by the hour");
  const rows = [
    ["", "per hour", "per month", ""],
    ...cost.lines.map((line) => [
      nameOf(line),
      line.perHour === undefined ? "no price" : grouped(line.perHour),
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
  const byUse = cost.byUse.map((u) => `${u.what} ${u.price} per ${u.unit}`).join(", ");
  return [
    heading("COST", `${cost.currency} at ${cost.list} list prices: ${dates(cost.lines)}`),
    columns([[`pay-as-you-go, always on, a month is ${cost.hoursPerMonth} hours`]], ["left"], style.width),
    columns(rows, ["left", "right", "right", "left"], style.width),
    ...(byUse === "" ? [] : [columns([[`by use, not in the sum: ${byUse}`]], ["left"], style.width)]),
  ].join("\n");
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
