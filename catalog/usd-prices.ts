import type { BandwidthPrice } from "./bandwidth-prices.ts";
import { type Fact, fact } from "./fact.ts";

/**
 * Prices of the international site, in USD. Single figures of old documents and no list: nothing is priced by them, and
 * nothing is converted into them. They say how the two lists differ, and tests check sums of the documents by them.
 */
export interface UsdPrice extends Fact {
  readonly what: string;
  readonly region: string;
  readonly unit: "hour" | "month" | "GB";
  readonly amount: string;
  readonly currency: "USD";
}

const plans = fact(
  "Alibaba Cloud docs in English, purchase and apply savings plans, AlibabaCloudDocs/ecs",
  "2021-07-19",
);
const disks = fact("Alibaba Cloud docs in English, Elastic Block Storage devices, AlibabaCloudDocs/ecs", "2021-07-19");
const bandwidth = fact("Alibaba Cloud docs in English, public bandwidth, AlibabaCloudDocs/ecs", "2021-07-19");
const snapshots = fact("Alibaba Cloud docs in English, snapshots, AlibabaCloudDocs/ecs", "2021-07-19");

const usd = { currency: "USD" } as const;
export const usdPrices: readonly UsdPrice[] = [
  { what: "ecs.g6.xlarge", region: "cn-shanghai", unit: "hour", amount: "0.155", ...usd, ...plans },
  { what: "ecs.c5.large", region: "cn-beijing", unit: "hour", amount: "0.1", ...usd, ...plans },
  { what: "40 GiB of ESSD PL0", region: "cn-shanghai", unit: "hour", amount: "0.0064", ...usd, ...plans },
  { what: "3 Mbit/s", region: "cn-shanghai", unit: "hour", amount: "0.054", ...usd, ...plans },
  { what: "100 GiB of ESSD PL0", region: "cn-hangzhou", unit: "month", amount: "7.65", ...usd, ...disks },
  { what: "100 GiB of ESSD PL0", region: "cn-hangzhou", unit: "hour", amount: "0.0160", ...usd, ...disks },
  { what: "100 GiB of ESSD PL1", region: "cn-hangzhou", unit: "month", amount: "15.30", ...usd, ...disks },
  { what: "100 GiB of ESSD PL1", region: "cn-hangzhou", unit: "hour", amount: "0.0320", ...usd, ...disks },
  { what: "traffic out", region: "cn-hangzhou", unit: "GB", amount: "0.123", ...usd, ...bandwidth },
  { what: "1 GiB of snapshots", region: "cn-hangzhou", unit: "month", amount: "0.02", ...usd, ...snapshots },
];

export function usdPrice(what: string, unit: UsdPrice["unit"]): UsdPrice | undefined {
  return usdPrices.find((row) => row.what === what && row.unit === unit);
}

const hangzhou = { of: "host", regions: ["cn-hangzhou"], currency: "USD", ...bandwidth } as const;
/** Sizes of 1, 3 and 4 Mbit/s are not in the document: taken in proportion, as the two that are. */
export const usdBandwidth: readonly BandwidthPrice[] = [
  { ...hangzhou, charge: "subscription", sizes: ["3.4", "6.8", "10.2", "13.6", "17"], above: "11.8" },
  {
    ...hangzhou,
    charge: "pay-as-you-go",
    hours: 1,
    sizes: ["0.006", "0.012", "0.018", "0.024", "0.03"],
    above: "0.021",
  },
];
