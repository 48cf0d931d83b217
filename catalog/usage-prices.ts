import { type Fact, fact } from "./fact.ts";
import type { Price } from "./prices.ts";

/** What is paid by use, or by a bandwidth bought: never part of a sum without a stated amount. */
export interface TrafficStep extends Price {
  readonly unit: "GB";
  /** Upper end of the step in GB a month; the last one has none. */
  readonly upToGB?: number;
}

const cdt = fact("aliyun CLI 3.5.1 quotes for Cloud Data Transfer, published in a blog", "2026-10-09");
const billing2021 = fact("Alibaba Cloud docs, public bandwidth billing, AlibabaCloudDocs/ecs", "2021-07-19");

/** Traffic out of mainland regions to the internet, each step priced by itself; traffic in is free. */
export const trafficOut: readonly TrafficStep[] = [
  { amount: "0.80", upToGB: 10_240, unit: "GB", currency: "CNY", ...cdt },
  { amount: "0.75", upToGB: 51_200, unit: "GB", currency: "CNY", ...cdt },
  { amount: "0.70", upToGB: 153_600, unit: "GB", currency: "CNY", ...cdt },
  { amount: "0.65", unit: "GB", currency: "CNY", ...cdt },
];

/** Free per account and month in the mainland, once ECS and EIP were switched to Cloud Data Transfer by hand. */
export const freeTrafficOut: Fact & { readonly GB: number } = { GB: 20, ...cdt };

export const snapshotPrice: Price & { readonly unit: "GiB month" } = {
  amount: "0.12",
  currency: "CNY",
  unit: "GiB month",
  ...fact("Alibaba Cloud docs, snapshot billing example, AlibabaCloudDocs/ecs", "2021-07-19"),
};

/** A fixed bandwidth bought per Mbit/s, cn-hangzhou. Up to five it has a price of its own, above it another. */
export interface BandwidthPrice extends Price {
  readonly charge: "pay-as-you-go" | "subscription";
  readonly unit: "Mbit/s hour" | "Mbit/s month" | "month";
  readonly applies: "each of the first 5 Mbit/s" | "each Mbit/s above 5" | "2 Mbit/s together" | "5 Mbit/s together";
  readonly readIn: string;
}

const hangzhou = { currency: "CNY", readIn: "cn-hangzhou", ...billing2021 } as const;
const perHour = { ...hangzhou, charge: "pay-as-you-go", unit: "Mbit/s hour" } as const;
export const bandwidthPrices: readonly BandwidthPrice[] = [
  { ...perHour, amount: "0.063", applies: "each of the first 5 Mbit/s" },
  { ...perHour, amount: "0.248", applies: "each Mbit/s above 5" },
  { ...hangzhou, charge: "subscription", amount: "46", unit: "month", applies: "2 Mbit/s together" },
  { ...hangzhou, charge: "subscription", amount: "125", unit: "month", applies: "5 Mbit/s together" },
  { ...hangzhou, charge: "subscription", amount: "80", unit: "Mbit/s month", applies: "each Mbit/s above 5" },
];
