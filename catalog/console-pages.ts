import { type Fact, fact } from "./fact.ts";

/** Pages of the console where an account is put in order: nothing else can do it. */
export interface ConsolePage extends Fact {
  readonly for: "real-name" | "funds" | "quotas";
  readonly site: "china" | "international";
  readonly url: string;
  /** Where the page stands in the console, should the address have moved. */
  readonly path: string;
}

const billingDocs = fact(
  "Alibaba Cloud docs, Model Studio billing, links to verification and recharge; stored copy",
  "2026-11",
);
const intlDocs = fact(
  "Alibaba Cloud docs, OSS and CDN of the international site, links to registration; not seen newer",
  "2021-07",
  "unverified",
);
const intlBilling = fact(
  "Alibaba Cloud docs, PolarDB and model billing, links to Expenses and Costs; stored copy",
  "2026-11",
);
const quotaDocs = fact("Alibaba Cloud docs, VPC quotas, links to Quota Center; stored copy", "2026-11");

export const consolePages: readonly ConsolePage[] = [
  {
    ...{ for: "real-name", site: "china", url: "https://myaccount.console.aliyun.com/cert-info" },
    path: "账号中心 (account center), 实名认证 (real-name verification)",
    ...billingDocs,
  },
  {
    ...{ for: "real-name", site: "international", url: "https://account-intl.console.aliyun.com/#/intlAuth" },
    path: "Account Center, Real-name Registration",
    ...intlDocs,
  },
  {
    ...{ for: "funds", site: "china" },
    url: "https://billing-cost.console.aliyun.com/fortune/fund-management/recharge",
    path: "费用与成本 (expenses and costs), 充值 (recharge)",
    ...billingDocs,
  },
  {
    ...{ for: "funds", site: "international" },
    url: "https://usercenter2-intl.console.alibabacloud.com/billing/#/account/overview",
    path: "Expenses and Costs",
    ...intlBilling,
  },
  {
    ...{ for: "quotas", site: "china", url: "https://quotas.console.aliyun.com/products" },
    path: "配额中心 (Quota Center)",
    ...quotaDocs,
  },
  {
    ...{ for: "quotas", site: "international", url: "https://quotas.console.alibabacloud.com/products" },
    path: "Quota Center",
    ...quotaDocs,
  },
];

/** The page of a site; each has one for each purpose. */
export function consolePage(purpose: ConsolePage["for"], site: ConsolePage["site"]): ConsolePage {
  const found = consolePages.find((page) => page.for === purpose && page.site === site);
  if (found === undefined) throw new RangeError(`no page for ${purpose} on the ${site} site`);
  return found;
}
