import { type Fact, fact } from "./fact.ts";
import type { Price } from "./prices.ts";

export type Site = "china" | "international";

/** A prepaid term costs months x list month x factor. A factor belongs to one family, site and date: it does not carry over. */
export interface TermFactor extends Fact {
  readonly site: Site;
  /** ECS family, "average" over all types (shows size, prices nothing), or "lindorm". */
  readonly family: string;
  readonly months: number;
  readonly factor: string;
}

const csv = fact("China site price CSV, average over types, pgsty/pigsty.cc", "2024-03");
const g9i = fact("a public comparison of g9i subscriptions, rounded", "2026-08-20", "low");
const usd = fact("international price files 2.0.421", "2026-09-28");
const lindorm = fact("Alibaba Cloud docs, help.aliyun.com 187556; page date not recorded", "2026-11");

function factors(site: Site, family: string, from: Fact, byMonths: Readonly<Record<number, string>>): TermFactor[] {
  return Object.entries(byMonths).map(([months, factor]) => ({
    site,
    family,
    months: Number(months),
    factor,
    ...from,
  }));
}

export const termFactors: readonly TermFactor[] = [
  ...factors("china", "ecs.g9i", g9i, { 12: "0.6594", 24: "0.46", 36: "0.32" }),
  ...factors("china", "average", csv, { 12: "0.66", 24: "0.56", 36: "0.44", 48: "0.35", 60: "0.30" }),
  ...factors("international", "average", usd, { 12: "0.85" }),
  ...factors("china", "lindorm", lindorm, { 12: "0.85", 24: "0.70", 36: "0.50" }),
];

/** The factor of exactly this family, site and term; otherwise undefined, which means unknown and not 1. */
export function termFactor(site: Site, family: string, months: number): TermFactor | undefined {
  return termFactors.find((row) => row.site === site && row.family === family && row.months === months);
}

/** One month costs this many pay-as-you-go hours. China site, mainland, ECS hosts only. */
export interface MonthRatio extends Fact {
  readonly hours: string;
}

const checked = fact("DescribePrice months of 2025-12-03 against the hourly list of 2024-12-30", "2025-12-03");
const checkedFamilies = /^ecs\.([gcr][567]|[gcr]8y)$/;
/** One quote, to the fen: 386.96 for a month with 100 GiB of ESSD, which is 480 x 0.702 and 100 x 0.50. */
const oneQuote = fact(
  "purchase page of cn-beijing, ecs.u1-c1m2.xlarge, in a public operations note",
  "2026-08-26",
  "inferred",
);

/** Checked for twelve families and inferred for other g, c, r and u1 ones; undefined for e and anything else. */
export function monthRatio(family: string): MonthRatio | undefined {
  if (/^ecs\.u1-c1m[1248]$/.test(family)) return { hours: "480", ...oneQuote };
  const generation = /^ecs\.[gcr](\d+)[a-z]*$/.exec(family)?.[1];
  if (generation === undefined || Number(generation) < 5) return undefined;
  const hours = Number(generation) >= 6 ? "480" : "288";
  return checkedFamilies.test(family) ? { hours, ...checked } : { hours, ...checked, confidence: "inferred" };
}

/** Months as quoted by the cloud, disks taken off. Beats `monthRatio` where one exists. */
export interface MonthPrice extends Price {
  readonly region: string;
  readonly type: string;
  readonly unit: "month";
}

const quotes = fact("ECS DescribePrice list price less disks, PCcoding666/QUOTATION_PIPELINE", "2025-12-03");
const cli = fact("aliyun CLI 3.5.1 quote, published in a blog", "2026-10-09");
const quotedInBeijing: Readonly<Record<string, string>> = {
  "ecs.g5.xlarge": "510",
  "ecs.c5.2xlarge": "716",
  "ecs.r5.xlarge": "652",
  "ecs.g6.xlarge": "480",
  "ecs.c6.2xlarge": "748",
  "ecs.r6.xlarge": "636",
  "ecs.g7.xlarge": "502.32",
  "ecs.c7.2xlarge": "782.78",
  "ecs.r7.xlarge": "668.37",
  "ecs.g8y.xlarge": "384",
  "ecs.c8y.2xlarge": "512.51",
  "ecs.r8y.xlarge": "520.88",
  "ecs.g9i.xlarge": "477.20",
  "ecs.c9i.2xlarge": "743.64",
  "ecs.r9i.xlarge": "634.95",
};

const month = { currency: "CNY", unit: "month" } as const;
export const monthPrices: readonly MonthPrice[] = [
  ...Object.entries(quotedInBeijing).map(([type, amount]) => ({
    region: "cn-beijing",
    type,
    amount,
    ...month,
    ...quotes,
  })),
  { region: "cn-shenzhen", type: "ecs.c9i.2xlarge", amount: "743.64", ...month, ...cli },
  { region: "cn-beijing", type: "ecs.u1-c1m2.xlarge", amount: "336.96", ...month, ...oneQuote },
];

export function monthPrice(region: string, type: string): MonthPrice | undefined {
  return monthPrices.find((row) => row.region === region && row.type === type);
}

/** A week is a little over a quarter of a month: one old row, China site only. */
export const weekOfMonth: Fact & { readonly factor: string } = {
  factor: "0.28",
  ...fact("alicdn cn_qingdao.js 2.0.28, one type: 40.04 of 143.00; file date not recorded", "2018-10", "low"),
};
