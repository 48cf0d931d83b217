import { Decimal } from "decimal.js";
import { bandwidthPrice } from "../../catalog/bandwidth-prices.ts";
import { networkPrice } from "../../catalog/network-prices.ts";
import { isMainlandRegion } from "../../catalog/regions.ts";
import { freeTrafficOut, trafficOut } from "../../catalog/usage-prices.ts";
import { bandwidthCost } from "../../cost/bandwidth.ts";
import { trafficCost } from "../../cost/traffic.ts";
import { catalogueList, listed, nothing, type Sum, times } from "../ecs/price-sums.ts";
import type { PriceModule, Question } from "./bss-prices.ts";

/** kbit/s as Mbit/s; undefined for what is no multiple of 1,024. */
export function wholeMbps(kbps: string | undefined): number | undefined {
  const Mbps = Number(kbps) / 1_024;
  return Number.isInteger(Mbps) && Mbps > 0 ? Mbps : undefined;
}

/** Largest bandwidth of an elastic address, Mbit/s (help.aliyun.com 94449). */
const mostMbps = 200;

/** An elastic address. Peak bandwidth in kbit/s without a subscription, in Mbit/s with one. */
export const addressModules: readonly PriceModule[] = [
  {
    code: "Bandwidth",
    priceType: "Day",
    settings: ["Bandwidth"],
    byUse: (asked, { config }) => {
      const Mbps = wholeMbps(config.get("Bandwidth"));
      // A peak costs nothing where traffic is what is paid for.
      if (Mbps !== undefined && Mbps <= mostMbps && chargedBy(asked) === "1") return nothing;
      const price = fromCatalogue(asked, () => bandwidthPrice(asked.region, "address", "pay-as-you-go"));
      if (price === undefined || Mbps === undefined || Mbps > mostMbps) return undefined;
      return times(listed(bandwidthCost(price, Mbps)), 24);
    },
    ahead: (asked, { config }, months) => {
      const Mbps = Number(config.get("Bandwidth"));
      const price = fromCatalogue(asked, () => bandwidthPrice(asked.region, "address", "subscription"));
      // Months at the price of one (EIP documents, subscription); what a year takes off is not known.
      const known = Number.isInteger(Mbps) && Mbps > 0 && Mbps <= mostMbps && months < 12;
      return price === undefined || !known ? undefined : times(listed(bandwidthCost(price, Mbps)), months);
    },
  },
  {
    code: "InternetChargeType",
    priceType: "Usage",
    settings: ["InternetChargeType"],
    byUse: (asked, { config }) => {
      const by = config.get("InternetChargeType");
      if (by === "0") return nothing;
      const price = fromCatalogue(asked, () => (isMainlandRegion(asked.region) ? trafficOut[0] : undefined));
      return by !== "1" || price === undefined ? undefined : listed(new Decimal(price.amount));
    },
  },
  {
    code: "ISP",
    priceType: "Hour",
    settings: ["ISP"],
    // The fee for having it.
    byUse: (asked, { config }) => {
      const price = fromCatalogue(asked, () => networkPrice(asked.region, "address"));
      return config.get("ISP") !== "BGP" || price === undefined ? undefined : listed(new Decimal(price.amount));
    },
  },
];

function chargedBy({ modules }: Question): string | undefined {
  return modules.find(({ code }) => code === "InternetChargeType")?.config.get("InternetChargeType");
}

/** Cloud Data Transfer: the total of so many GB in a month, step by step, less what is free. */
export const transferModules: readonly PriceModule[] = [
  {
    code: "internet_traffic",
    priceType: "Usage",
    settings: ["Region", "internet_traffic", "charge_type", "isp"],
    byUse: (asked, { config }): Sum | undefined => {
      const text = config.get("internet_traffic");
      const GB = text === undefined || text === "" ? Number.NaN : Number(text);
      const known = config.get("charge_type") === "PayByTraffic" && config.get("isp") === "BGP" && GB >= 0;
      return known && isMainlandRegion(config.get("Region") ?? "")
        ? fromCatalogue(asked, () => listed(trafficCost(GB, freeTrafficOut.GB)))
        : undefined;
    },
  },
];

/** Prices of the network are the catalogue's; an account with another list, or without any, has none of them. */
function fromCatalogue<T>({ list }: Question, price: () => T | undefined): T | undefined {
  return list === catalogueList ? price() : undefined;
}
