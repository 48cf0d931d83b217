import { type Fact, fact } from "./fact.ts";

/**
 * A fixed bandwidth: each size up to 5 Mbit/s has a price of its own, each further Mbit/s another. Of a host's own public
 * address, and of an elastic address, the prices differ by the hour and agree by the month.
 */
export interface BandwidthPrice extends Fact {
  readonly of: "host" | "address";
  readonly charge: "pay-as-you-go" | "subscription";
  readonly regions: readonly string[];
  readonly currency: "CNY" | "USD";
  /** Hours of the unit that is priced: 1 an hour, 24 a day; absent for a month. */
  readonly hours?: 1 | 24;
  /** Whole price of 1, 2, 3, 4 and 5 Mbit/s. */
  readonly sizes: readonly [string, string, string, string, string];
  /** Each Mbit/s above 5. */
  readonly above: string;
}

const hostDocs = fact("Alibaba Cloud docs, public bandwidth billing, AlibabaCloudDocs/ecs", "2021-07-19");
const shanghai = fact("Alibaba Cloud docs, savings plan example: 3 Mbit/s for 0.189 an hour", "2021-07-19", "inferred");
// 46, 125 and 80 stand in the host's own documents too, 125 in a quote of cn-beijing of 2026-08-26.
const addressMonth = fact("Alibaba Cloud docs, subscription EIP, AlibabaCloudDocs/eip", "2020-09");
const addressDay = fact(
  "Alibaba Cloud docs, pay-as-you-go EIP, dated by its picture, AlibabaCloudDocs/eip",
  "2020-09-05",
);

const mainland = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-shenzhen",
  "cn-heyuan",
  "cn-chengdu",
];

const month = { charge: "subscription", currency: "CNY" } as const;
const common = { sizes: ["23", "46", "71", "96", "125"], above: "80" } as const;
const qingdao = { sizes: ["20.7", "41.4", "63.9", "86.4", "112.5"], above: "72" } as const;
const perHour = {
  charge: "pay-as-you-go",
  currency: "CNY",
  hours: 1,
  sizes: ["0.063", "0.126", "0.189", "0.252", "0.315"],
  above: "0.248",
} as const;
const perDay = { of: "address", charge: "pay-as-you-go", currency: "CNY", hours: 24 } as const;

export const bandwidthPrices: readonly BandwidthPrice[] = [
  { of: "host", regions: ["cn-hangzhou"], ...perHour, ...hostDocs },
  { of: "host", regions: ["cn-shanghai"], ...perHour, ...shanghai },
  { of: "host", regions: mainland, ...month, ...common, ...addressMonth, confidence: "inferred" },
  { of: "host", regions: ["cn-qingdao"], ...month, ...qingdao, ...addressMonth, confidence: "inferred" },
  { of: "address", regions: mainland, ...month, ...common, ...addressMonth },
  { of: "address", regions: ["cn-qingdao"], ...month, ...qingdao, ...addressMonth },
  {
    ...perDay,
    regions: [...mainland, "cn-wulanchabu", "cn-guangzhou"],
    sizes: ["0.96", "1.92", "2.88", "3.84", "4.80"],
    above: "3.36",
    ...addressDay,
  },
  { ...perDay, regions: ["cn-qingdao"], sizes: ["0.72", "1.44", "2.16", "2.88", "3.60"], above: "3.12", ...addressDay },
];

/**
 * Price in a region. A host's bandwidth by the hour was read in two regions of tier A: elsewhere it stands in as "inferred".
 * Undefined where no list names the region.
 */
export function bandwidthPrice(
  region: string,
  of: BandwidthPrice["of"],
  charge: BandwidthPrice["charge"],
): BandwidthPrice | undefined {
  const rows = bandwidthPrices.filter((row) => row.of === of && row.charge === charge);
  const here = rows.find((row) => row.regions.includes(region));
  if (here !== undefined || of !== "host" || charge !== "pay-as-you-go") return here;
  const [first] = rows;
  return first === undefined || !mainland.includes(region) ? undefined : { ...first, confidence: "inferred" };
}
