import { fact } from "../fact.ts";
import { many, type RamAction, rowsOf } from "./row.ts";

/** "bssapi:<API name>"; the console's name from its table does as well, for allowing and for denying. */
const bss = fact("BSS OpenAPI documents, authorization of calls (139650)", "2024-05-22");
const keyless = fact("believed: anybody with a key may ask for endpoints", "2026-11", "unverified");
const bill = fact("Alibaba Cloud docs, BssOpenApi DescribeInstanceBill (209402)", "2026-11");
const savingsPlans = fact("Alibaba Cloud docs, BssOpenApi QuerySavingsPlansDiscount (472959)", "2025-08-11");
const groups = fact(
  "Resource Management: actions are named after the API, RAM code resourcemanager",
  "2021-09-30",
  "inferred",
);

const bssAction = (apiAction: string, console: string, access: RamAction["access"]) => {
  return { ...bss, apiAction, access, alsoAs: [`bss:${console}`] };
};

/** Prices, orders and the state of the account. */
export const bssRows: readonly RamAction[] = rowsOf(
  { product: "bss", version: "2017-12-14", code: "bssapi", conditions: [] },
  [
    // The document writes it with three c.
    bssAction("QueryAccountBalance", "DescribeAcccount", "read"),
    bssAction("DescribePricingModule", "DescribeProduct", "read"),
    bssAction("GetPayAsYouGoPrice", "DescribePrice", "read"),
    bssAction("GetSubscriptionPrice", "DescribePrice", "read"),
    bssAction("QueryAvailableInstances", "DescribeInstances", "list"),
    { ...bill, apiAction: "DescribeInstanceBill", access: "read" },
    { ...savingsPlans, apiAction: "QuerySavingsPlansDiscount", access: "read" },
  ],
);

/** Which address answers for a product. */
export const locationRows: readonly RamAction[] = rowsOf(
  { product: "location", version: "2015-06-12", code: "location", conditions: [] },
  [
    { ...keyless, apiAction: "DescribeEndpoints", access: "read", ramAction: "" },
    { ...keyless, apiAction: "DescribeServices", access: "list", ramAction: "" },
    { ...keyless, apiAction: "DescribeRegions", access: "list", ramAction: "" },
  ],
);

const quotaCenter = fact(
  "Alibaba Cloud docs, Container Service, custom policy for Quota Center; stored copy",
  "2026-11",
);

/** Quota Center. */
export const quotaRows: readonly RamAction[] = rowsOf(
  { product: "quotas", version: "2020-05-10", code: "quotas", conditions: [] },
  [{ ...quotaCenter, apiAction: "ListProductQuotas", access: "list" }],
);

const group = "acs:resourcemanager:*:{account}:resourcegroup/{ResourceGroupId}";

export const resourceGroupRows: readonly RamAction[] = rowsOf(
  { product: "resourcemanager", version: "2020-03-31", code: "resourcemanager", conditions: [] },
  [
    ...many(groups, "write", ["acs:resourcemanager:*:{account}:resourcegroup/*"], "CreateResourceGroup"),
    ...many(groups, "write", [group], "UpdateResourceGroup", "DeleteResourceGroup"),
    ...many(groups, "read", [group], "GetResourceGroup"),
    ...many(groups, "list", ["acs:resourcemanager:*:{account}:resourcegroup/*"], "ListResourceGroups"),
    ...many(groups, "list", ["*"], "ListTagResources"),
    ...many(groups, "write", ["*"], "TagResources", "UntagResources", "UnTagResources"),
  ],
);
