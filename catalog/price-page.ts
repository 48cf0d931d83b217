import { diskPrices } from "./disk-prices.ts";
import type { Fact } from "./fact.ts";
import { instanceType } from "./instance-types.ts";
import { lindormReferences, noPrices } from "./no-prices.ts";
import { hourlyPrice, pricedTypes } from "./prices.ts";
import { regions } from "./regions.ts";
import { monthRatio, termFactors } from "./term-prices.ts";
import { freeTrafficOut, snapshotPrice, trafficOut } from "./usage-prices.ts";

const shown = ["e-c1m4", "u1-c1m4", "g6", "g7", "g7a", "g8i", "g8a", "g8y"].map((family) => `ecs.${family}.xlarge`);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

/** Day and trust; the age is for a review to say, on the day it is read. */
function seen(row: Fact): string {
  return row.confidence === undefined ? row.observedAt : `${row.observedAt}, ${row.confidence}`;
}

/** The text of docs/prices.md: what the catalogue knows, of which day, and what it has no price for. Reads every region. */
export function pricePage(): string {
  const priced = regions.filter((region) => pricedTypes(region.id).length > 0);
  const cells = (type: string) => priced.map((region) => hourlyPrice(region.id, type)?.amount ?? "–");
  const hosts = shown.map((type) => {
    const facts = instanceType(type);
    return [`${type} (${facts?.vcpu ?? "?"} vCPU, ${facts?.memoryGiB ?? "?"} GiB)`, ...cells(type)];
  });
  const sample = hourlyPrice("cn-shanghai", "ecs.g7.xlarge");
  const disks = diskPrices.map((row) => {
    return [`${row.category} ${row.performanceLevel ?? ""}`.trim(), row.readIn, row.amount, seen(row)];
  });
  const steps = trafficOut.map((row) => [
    row.upToGB === undefined ? "beyond" : `up to ${row.upToGB} GB`,
    row.amount,
    seen(row),
  ]);
  const factors = termFactors.map((row) => [`${row.family}, ${row.site}`, String(row.months), row.factor, seen(row)]);
  const spans = lindormReferences.map((row) => {
    return [
      row.id,
      row.perVcpuMonth ?? row.perNodeMonth?.["lindorm.g.xlarge"] ?? "–",
      row.storagePerGBMonth,
      seen(row),
    ];
  });
  return [
    "# Prices",
    `Generated from \`catalog/\` (npm run generate). China-site list prices in CNY, without discounts. A dash means no price is known.`,
    "## Hosts, pay-as-you-go, per hour",
    `Linux, without disks. ${sample === undefined ? "" : `From ${sample.source}, ${seen(sample)}.`}`,
    table(["type", ...priced.map((region) => `${region.city} (${pricedTypes(region.id).length})`)], hosts),
    `In brackets: how many types have a price. A month costs ${monthRatio("ecs.g7")?.hours} hours (generation 6 and later) or ${monthRatio("ecs.g5")?.hours} (5).`,
    "## Disks, per GiB and month",
    table(["disk", "read in", "CNY", "as of"], disks),
    "## Terms paid ahead",
    table(["family, site", "months", "factor", "as of"], factors),
    "## By use",
    `Traffic out per GB, the first ${freeTrafficOut.GB} GB a month free. Snapshots: ${snapshotPrice.amount} per GiB and month, ${seen(snapshotPrice)}.`,
    table(["traffic a month", "CNY per GB", "as of"], steps),
    "## No price",
    noPrices.map((row) => `- ${row.what}: ${row.why} (${row.source}, ${row.observedAt})`).join("\n"),
    "## Lindorm, for size only",
    table(["figure", "CNY (g.xlarge or vCPU) a month", "CNY per GB and month", "as of"], spans),
  ]
    .join("\n\n")
    .concat("\n");
}
