import { type BandwidthPrice, bandwidthPrices } from "./bandwidth-prices.ts";
import { diskPrice, diskPrices } from "./disk-prices.ts";
import { type Fact, oldAfterDays } from "./fact.ts";
import { instanceType, parseTypeName } from "./instance-types.ts";
import { natCapacityUnit, networkPrice } from "./network-prices.ts";
import { lindormReferences, noPrices } from "./no-prices.ts";
import { hourlyPrice, pricedTypes, referencePrices } from "./prices.ts";
import { type Region, regions } from "./regions.ts";
import { savingsPlanFactors } from "./savings-plans.ts";
import { monthPrices, monthRatio, termFactors } from "./term-prices.ts";
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
  return [...coverage(), ...hosts(), ...terms(), ...others(), ...withoutPrice()].join("\n\n").concat("\n");
}

/** How far the catalogue reaches in each region. */
function coverage(): readonly string[] {
  const rows = regions.map((region) => [
    region.city,
    ...hostCells(region),
    ...diskKinds.map(({ category, level }) => mark(diskPrice(region.id, category, level))),
    mark(networkPrice(region.id, "nat-gateway")),
    mark(networkPrice(region.id, "address")),
  ]);
  return [
    "# Prices",
    "Generated from `catalog/` (npm run generate). China-site list prices in CNY, without discounts. A dash means no price is known.",
    "## What is known where",
    `Types: how many have a price by the hour; months: for how many of them a month is known, in brackets how many of these are inferred. Elsewhere the day of the figure, marked _inferred_ (worked out from another region or another figure) or _unverified_ (confirmed nowhere). A review warns of host prices older than ${oldAfterDays} days and prints every date.`,
    table(["region", "types", "of", "months", ...diskKinds.map(({ name }) => name), "NAT gateway", "address"], rows),
    "Nowhere priced, in any region: " +
      noPrices
        .filter(({ what }) => ["lindorm", "tsdb", "disk"].includes(what))
        .map(({ what, why }) => (what === "disk" ? why.replace(/:.*/, "") : what))
        .join("; ") +
      "; terms of a year and longer, except g9i from a third party; weeks; spot; paid images.",
  ];
}

const diskKinds = [
  { name: "PL0", category: "cloud_essd", level: "PL0" },
  { name: "PL1", category: "cloud_essd", level: "PL1" },
  { name: "AutoPL", category: "cloud_auto", level: undefined },
  { name: "ultra", category: "cloud_efficiency", level: undefined },
] as const;

function hostCells({ id }: Region): readonly string[] {
  const types = pricedTypes(id);
  const [first] = types;
  const day = first === undefined ? undefined : hourlyPrice(id, first)?.observedAt;
  const ratios = types.flatMap((type) => monthRatio(parseTypeName(type)?.family ?? "") ?? []);
  const inferred = ratios.filter(({ confidence }) => confidence !== undefined).length;
  return [count(types.length), day ?? "–", ratios.length === 0 ? "–" : `${ratios.length} (${inferred})`];
}

function count(size: number): string {
  return size === 0 ? "–" : String(size);
}

function mark(price: Fact | undefined): string {
  return price === undefined ? "–" : seen(price);
}

function hosts(): readonly string[] {
  const priced = regions.filter((region) => pricedTypes(region.id).length > 0);
  const rows = shown.map((type) => {
    const facts = instanceType(type);
    const cells = priced.map((region) => hourlyPrice(region.id, type)?.amount ?? "–");
    return [`${type} (${facts?.vcpu ?? "?"} vCPU, ${facts?.memoryGiB ?? "?"} GiB)`, ...cells];
  });
  const sample = hourlyPrice("cn-shanghai", "ecs.g7.xlarge");
  return [
    "## Hosts, pay-as-you-go, per hour",
    `Linux, without disks. ${sample === undefined ? "" : `From ${sample.source}, ${seen(sample)}.`}`,
    table(["type", ...priced.map(({ city }) => city)], rows),
  ];
}

function terms(): readonly string[] {
  const quoted = monthPrices.map((row) => [row.type, row.region, row.amount, seen(row)]);
  const factors = termFactors.map((row) => [`${row.family}, ${row.site}`, String(row.months), row.factor, seen(row)]);
  const plans = savingsPlanFactors.map((row) => {
    return [`${row.of}, ${row.region}`, `${row.years} years, ${row.upfront} upfront`, row.factor, seen(row)];
  });
  return [
    "## Hosts paid ahead",
    `A month costs ${monthRatio("ecs.g7")?.hours} hours (g, c and r of generation 6 and later, u1) or ${monthRatio("ecs.g5")?.hours} (generation 5), where the cloud did not quote one:`,
    table(["type", "region", "CNY a month", "as of"], quoted),
    "A longer term costs its months times this factor. Only a family of one's own is a price; an average shows the size.",
    table(["family, site", "months", "factor", "as of"], factors),
    "Savings plan, general purpose: what is left of the price by the hour, in the one example of the documents. It shows the size.",
    table(["what", "plan", "factor", "as of"], plans),
  ];
}

function others(): readonly string[] {
  const disks = diskPrices.map((row) => {
    return [`${row.category} ${row.performanceLevel ?? ""}`.trim(), row.readIn, row.amount, seen(row)];
  });
  const steps = trafficOut.map((row) => [
    row.upToGB === undefined ? "beyond" : `up to ${row.upToGB} GB`,
    row.amount,
    seen(row),
  ]);
  const network = (["nat-gateway", "address"] as const).flatMap((what) => {
    const row = networkPrice("cn-hangzhou", what);
    return row === undefined ? [] : [[what, row.amount, seen(row)]];
  });
  return [
    "## Disks, per GiB and month",
    "By the hour a 480th of it.",
    table(["disk", "read in", "CNY", "as of"], disks),
    "## Network",
    `By the hour. A NAT gateway's capacity units (${natCapacityUnit.amount} for each GB that it handles, or for many connections) come on top; an address costs nothing while it is bound to a host.`,
    table(["what", "CNY an hour", "as of"], network),
    "Fixed bandwidth, Mbit/s together:",
    table(["whose, where", "per", "1", "2", "3", "4", "5", "each above", "as of"], bandwidthPrices.map(bandwidthRow)),
    "## By use",
    `Traffic out per GB, the first ${freeTrafficOut.GB} GB a month free after a switch to Cloud Data Transfer. Snapshots: ${snapshotPrice.amount} per GiB and month, ${seen(snapshotPrice)}.`,
    table(["traffic a month", "CNY per GB", "as of"], steps),
  ];
}

function bandwidthRow(row: BandwidthPrice): readonly string[] {
  const [first, ...more] = row.regions;
  const where = more.length === 0 ? first : `${first} and ${more.length} more`;
  const unit = row.charge === "subscription" ? "month" : row.hours === 24 ? "day" : "hour";
  return [`${row.of}, ${where}`, unit, ...row.sizes, row.above, seen(row)];
}

function withoutPrice(): readonly string[] {
  const spans = lindormReferences.map((row) => {
    return [
      row.id,
      row.perVcpuMonth ?? row.perNodeMonth?.["lindorm.g.xlarge"] ?? "–",
      row.storagePerGBMonth,
      seen(row),
    ];
  });
  const references = referencePrices.map((row) => [row.what, `${row.amount} a ${row.unit}`, seen(row)]);
  return [
    "## No price",
    noPrices.map((row) => `- ${row.what}: ${row.why} (${row.source}, ${row.observedAt})`).join("\n"),
    "## For size only, in no sum",
    table(["what", "CNY", "as of"], references),
    "Lindorm:",
    table(["figure", "CNY (g.xlarge or vCPU) a month", "CNY per GB and month", "as of"], spans),
  ];
}
