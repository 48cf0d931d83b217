import { type Fact, fact } from "./fact.ts";
import type { Price } from "./prices.ts";

/** What is paid by use: never part of a sum without a stated amount. */
export interface TrafficStep extends Price {
  readonly unit: "GB";
  /** Upper end of the step in GB a month; the last one has none. */
  readonly upToGB?: number;
}

const cdt = fact("aliyun CLI 3.5.1 quotes for Cloud Data Transfer, published in a blog", "2026-10-09");

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
