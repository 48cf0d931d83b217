import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";

type Line = StackReview["cost"]["lines"][number];

/** What a line of the cost is called: 2 x ecs.g7.xlarge, 2 x 40 GiB PL0. */
export function nameOf(line: Line): string {
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
      return several(line.count, "public address");
    case "bandwidth":
      return `${line.count > 1 ? `${line.count} x ` : ""}${line.quantity} Mbit/s`;
    case "image":
      return `image ${line.what}`;
    case "nat-gateway":
      return several(line.count, "NAT gateway");
    default:
      return several(line.count, line.what);
  }
}

function several(count: number, what: string): string {
  return count > 1 ? `${count} x ${what}` : what;
}

/** Sum of decimal texts of two places, in whole hundredths. */
export function addTexts(amounts: readonly string[]): string {
  const cents = amounts.reduce((total, amount) => total + BigInt(amount.replace(".", "")), 0n);
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** With its sign: +1,234.50, -12.00. */
export function signed(amount: string): string {
  return amount.startsWith("-") ? `-${grouped(amount.slice(1))}` : `+${grouped(amount)}`;
}

/** Dates of the figures used: hosts 2024-12-30, disks 2021-07-19 and 2025-12-03. */
export function datesOf(lines: readonly Line[]): string {
  const of = (kinds: readonly string[]) =>
    [...new Set(lines.flatMap((l) => (kinds.includes(l.kind) && l.observedAt !== undefined ? [l.observedAt] : [])))]
      .sort()
      .join(" and ");
  const hosts = of(["host"]);
  const disks = of(["system-disk", "data-disk"]);
  if (hosts !== "" && hosts === disks) return `of ${hosts}`;
  return [hosts && `hosts ${hosts}`, disks && `disks ${disks}`].filter(Boolean).join(", ") || "no price found";
}

/** Whose prices, of which list and which days. */
export function pricesInWords({ currency, list, prices, lines }: StackReview["cost"]): string {
  const from = {
    catalogue: `${list} list prices`,
    live: `${list} list prices, asked today`,
    account: "what this account pays, asked today",
  }[prices];
  return `${currency}, ${from}: ${datesOf(lines)}`;
}
