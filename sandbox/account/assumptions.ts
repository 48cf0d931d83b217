import type { Assumption } from "../assumptions.ts";

export const accountAssumptions: readonly Assumption[] = [
  { product: "BSS", what: "A price that is not known answers PRICING_PLAN_RESULT_NOT_FOUND with HTTP 400." },
  {
    product: "BSS",
    what: "GetPayAsYouGoPrice knows types of the seventh generation and newer; only subscriptions do not.",
  },
  { product: "BSS", what: "Product codes in bills are ecs, yundisk, hitsdb, nat_gw and eip." },
  {
    product: "BSS",
    what: "QueryAvailableInstances answers NotApplicable to an account of the other site, by the product type alone.",
  },
  { product: "Location", what: "Every service of every mainland region has an endpoint, under any service code." },
  { product: "Resource groups", what: "An account has two groups from the start, and neither can be deleted." },
  { product: "Resource groups", what: "A deleted group is gone at once; the real one is PendingDelete for a while." },
  {
    product: "Resource groups",
    what: "Only hosts, disks, security groups, networks, addresses and Lindorm instances keep a group from being deleted.",
  },
];
