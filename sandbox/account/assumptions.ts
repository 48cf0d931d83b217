import type { Assumption } from "../assumptions.ts";

export const accountAssumptions: readonly Assumption[] = [
  {
    product: "BSS",
    what: "GetPayAsYouGoPrice without a PriceType answers MissingParameter, and with another one than the module's no pricing plan.",
  },
  { product: "BSS", what: "More than 50 modules answer InvalidParameter.ModuleList." },
  {
    product: "BSS",
    what: "Of an elastic address, InternetChargeType 1 has the price of a GB and makes Bandwidth 0; ISP has the fee by the hour.",
  },
  { product: "BSS", what: "An elastic address for two to eleven months costs so many times a month." },
  { product: "BSS", what: "NAT gateways, Lindorm, TSDB and a disk paid ahead by itself have no pricing module." },
  {
    product: "BSS",
    what: "QuerySavingsPlansDiscount knows the documents' examples alone and answers an empty list for all else.",
  },
  {
    product: "BSS",
    what: "GetPayAsYouGoPrice knows types of the seventh generation and newer; only subscriptions do not.",
  },
  { product: "BSS", what: "Product codes in bills are ecs, yundisk, hitsdb, nat_gw and eip." },
  {
    product: "BSS",
    what: "QueryAvailableInstances answers NotApplicable to an account of the other site, by the product type alone.",
  },
  {
    product: "BSS",
    what: "A bill names a system disk by its host, with an item of its own, and every data disk by itself.",
  },
  { product: "BSS", what: "Names and codes of billing items, units of use and codes of refused parameters." },
  { product: "BSS", what: "A bill holds every hour that is over, at once; the real one is up to a day behind." },
  { product: "BSS", what: "Amounts are rounded to six decimals for each item of a bill." },
  { product: "BSS", what: "A row without a list price has its use and no amount; the real bill always has one." },
  { product: "BSS", what: "A renewal by itself is billed on the day on which its term begins." },
  { product: "BSS", what: "A host is billed from its creation to the call that deletes it, and a data disk likewise." },
  { product: "BSS", what: "Nothing goes through the local cloud's network, so no bill has traffic." },
  { product: "BSS", what: "The row of a bill for one item has Tax; the SDK declares it for whole bills only." },
  {
    product: "BSS",
    what: "An account in arrears shows an available amount below zero, -1.00 where its balance is none.",
  },
  {
    product: "Quotas",
    what: "ListProductQuotas knows the quotas of VPCs, vSwitches, addresses and NAT gateways, and ignores Dimensions and KeyWord.",
  },
  { product: "Location", what: "Every service of every mainland region has an endpoint, under any service code." },
  { product: "Resource groups", what: "An account has two groups from the start, and neither can be deleted." },
  { product: "Resource groups", what: "A deleted group is gone at once; the real one is PendingDelete for a while." },
  {
    product: "Resource groups",
    what: "Only hosts, disks, security groups, networks, addresses and Lindorm instances keep a group from being deleted.",
  },
];
