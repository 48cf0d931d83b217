import { fact } from "./fact.ts";
import type { Price } from "./prices.ts";

/** The fee of a public NAT gateway or of an elastic address by the hour, without what goes through it. */
export interface NetworkPrice extends Price {
  readonly what: "nat-gateway" | "address";
  readonly unit: "hour";
  readonly regions: readonly string[];
}

/** Regions of the NAT gateway's list of 2021, in which they all share one price; Guangzhou joined them in the list of 2022. */
const natRegions = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-qingdao",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-wulanchabu",
  "cn-heyuan",
  "cn-guangzhou",
  "cn-chengdu",
];

/**
 * Two pages of Alibaba Cloud's own solutions, cn-hangzhou, dated by their pictures: 2024-09-18 and 2024-10-31. They agree. In
 * the NAT gateway's documents of 2021 it was 0.23, in every region below.
 */
const solutions = fact("Alibaba Cloud technical solutions for ACK with MSE and with Nginx, cost tables", "2024-10-31");

const cny = { currency: "CNY", unit: "hour" } as const;
export const networkPrices: readonly NetworkPrice[] = [
  { what: "nat-gateway", amount: "0.195", regions: ["cn-hangzhou"], ...cny, ...solutions },
  { what: "nat-gateway", amount: "0.195", regions: natRegions, ...cny, ...solutions, confidence: "inferred" },
  { what: "address", amount: "0.02", regions: ["cn-hangzhou"], ...cny, ...solutions },
  {
    what: "address",
    amount: "0.02",
    regions: natRegions,
    ...cny,
    ...fact("Alibaba Cloud docs, pay-as-you-go EIP, dated by its picture, AlibabaCloudDocs/eip", "2020-09-05"),
  },
];

/** An address costs nothing while it is bound to a host, and its fee on a NAT gateway. Undefined where no list names the region. */
export function networkPrice(region: string, what: NetworkPrice["what"]): NetworkPrice | undefined {
  return networkPrices.find((row) => row.what === what && row.regions.includes(region));
}

/**
 * A NAT gateway's capacity units, by use: the largest of its gigabytes in and out, its new connections a second over 1,000,
 * and its connections over 10,000, hour by hour and not rounded up.
 */
export const natCapacityUnit: Price & { readonly unit: "CU"; readonly GB: 1 } = {
  amount: "0.195",
  currency: "CNY",
  unit: "CU",
  GB: 1,
  ...solutions,
};
