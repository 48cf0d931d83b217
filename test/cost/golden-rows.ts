import type { BillableItem } from "../../cost/items.ts";
import type { PlannedResource, PlanValue } from "../../plan/plan.ts";
import { disk, host, resource } from "./plans.ts";

/** A figure that a document states, and what our own way from a plan to money has to answer. */
export interface GoldenRow {
  /** Which document; its figures are list prices. */
  readonly source: string;
  readonly observedAt: string;
  readonly asked: string;
  readonly ask: Ask;
  /** Decimal text as the document has it, rounded half up to as many places; or "unknown". */
  readonly expected: string;
  /** Where the document has another figure than the one expected: which, and why it is not followed. */
  readonly document?: { readonly says: string; readonly because: string };
}

interface Planned {
  readonly region: string;
  readonly has: readonly PlannedResource[];
  /** Of what is planned, only this; everything where absent. */
  readonly only?: readonly BillableItem["kind"][];
}

export type Ask =
  | ({ readonly kind: "by the hour" } & Planned)
  | ({ readonly kind: "in so many hours"; readonly hours: number } & Planned)
  | ({ readonly kind: "paid at once" } & Planned)
  /** Where only the size is known, a year of the term. */
  | ({ readonly kind: "size of a year" } & Planned)
  /** By the hour in a savings plan of three years, all upfront. */
  | ({ readonly kind: "committed" } & Planned)
  /** Hours at which a month's subscription of a type, without disks, is worth it. */
  | ({ readonly kind: "break-even" } & Planned)
  | { readonly kind: "traffic"; readonly GB: number; readonly free?: number }
  | { readonly kind: "snapshots"; readonly GiB: number; readonly hours: number }
  | { readonly kind: "plan hour"; readonly commitment: string; readonly usage: readonly PlannedUse[] }
  | {
      readonly kind: "commitment";
      readonly years: 1 | 3;
      readonly upfront: "all" | "half" | "none";
      readonly of: "whole" | "now" | "perHour";
    }
  /** International site: `times` and `by` say how much of which figure. */
  | {
      readonly kind: "usd";
      readonly parts: readonly (readonly [what: string, unit: "hour" | "month" | "GB", times: number, by?: number])[];
    }
  | {
      readonly kind: "usd bandwidth";
      readonly charge: "subscription" | "pay-as-you-go";
      readonly Mbps: number;
      readonly hours: number;
    }
  | { readonly kind: "division"; readonly a: string; readonly b: string };

type PlannedUse = readonly [units: number, byHour: string, inPlan: string];

const ahead = (months: number) => ({ instanceChargeType: "PrePaid", period: months, periodUnit: "Month" });
const fixed = (Mbps: number) => ({ internetMaxBandwidthOut: Mbps, internetChargeType: "PayByBandwidth" });
const many = (count: number, type: string, GiB: number, inputs: Readonly<Record<string, PlanValue>> = {}) =>
  Array.from({ length: count }, (_, index) => host(`h${index}`, type, GiB, inputs));
const address = (Mbps = 0) =>
  resource("alicloud:ecs/eipAddress:EipAddress", "address", {
    internetChargeType: Mbps > 0 ? "PayByBandwidth" : "PayByTraffic",
    bandwidth: String(Mbps || 100),
  });
const nat = resource("alicloud:vpc/natGateway:NatGateway", "nat", {});

type From = Pick<GoldenRow, "source" | "observedAt">;
const list: From = {
  source: "karpenter-provider-alibabacloud, initial-on-demand-prices.json",
  observedAt: "2024-12-30",
};
const quoted: From = { source: "QUOTATION_PIPELINE: DescribePrice, OriginalPrice", observedAt: "2025-12-03" };
const doc = (page: string): From => ({ source: `AlibabaCloudDocs/ecs cn.zh-CN, ${page}`, observedAt: "2021-07-19" });
const english = (page: string): From => ({
  source: `AlibabaCloudDocs/ecs intl.en-US, ${page}`,
  observedAt: "2021-07-19",
});
const eip: From = { source: "AlibabaCloudDocs/eip cn.zh-CN, pay-as-you-go", observedAt: "2020-09-05" };
const eipMonth: From = { source: "AlibabaCloudDocs/eip cn.zh-CN, subscription", observedAt: "2020-09" };
const solution: From = { source: "Alibaba Cloud technical solution, MSE on ACK, cost table", observedAt: "2024-10-31" };
const nginx: From = { source: "Alibaba Cloud technical solution, Nginx on ACK, cost table", observedAt: "2024-09-18" };
const purchase: From = {
  source: "purchase page of cn-beijing-f, in a public operations note",
  observedAt: "2026-08-26",
};
const cdt: From = { source: "aliyun CLI 3.5.1 quotes in a blog", observedAt: "2026-10-09" };
const g9i: From = { source: "a public comparison of g9i, rounded", observedAt: "2026-08-20" };
const autoPl: From = { source: "Alibaba Cloud docs, ESSD AutoPL disks, billing example", observedAt: "2024-11-19" };

const hourly = (
  [
    ["cn-shanghai", "ecs.g6.xlarge", "1.00"],
    ["cn-shanghai", "ecs.c5.large", "0.62"],
    ["cn-shanghai", "ecs.c6.xlarge", "0.78"],
    ["cn-shanghai", "ecs.c7.xlarge", "0.815398"],
    ["cn-shanghai", "ecs.u1-c1m4.xlarge", "0.90"],
    ["cn-shanghai", "ecs.r8i.xlarge", "1.392443"],
    ["cn-beijing", "ecs.g7.xlarge", "1.0465"],
    ["cn-beijing", "ecs.g8y.xlarge", "0.80"],
    ["cn-beijing", "ecs.e-c1m2.large", "0.225"],
    ["cn-beijing", "ecs.u1-c1m2.xlarge", "0.702"],
    ["cn-hangzhou", "ecs.c6.xlarge", "0.78"],
    ["cn-shenzhen", "ecs.r7.2xlarge", "2.784885"],
    ["cn-shenzhen", "ecs.g8a.2xlarge", "2.0416"],
    ["cn-guangzhou", "ecs.c7.large", "0.407699"],
    ["cn-qingdao", "ecs.g6.2xlarge", "2"],
    ["cn-zhangjiakou", "ecs.g6.xlarge", "0.70"],
    ["cn-huhehaote", "ecs.r6.xlarge", "1.19"],
    ["cn-wulanchabu", "ecs.u1-c1m4.xlarge", "0.63"],
    ["cn-wulanchabu", "ecs.g8i.xlarge", "0.94185"],
    ["cn-heyuan", "ecs.c7.xlarge", "0.725794"],
    ["cn-chengdu", "ecs.g7.2xlarge", "2.093"],
    ["cn-nanjing", "ecs.c6.large", "0.39"],
    ["cn-fuzhou", "ecs.g7.large", "0.5232"],
  ] as const
).map(([region, type, expected]): GoldenRow => {
  const ask = { kind: "by the hour", region, has: [host("h", type, 40)], only: ["host"] } as const;
  return { ...list, asked: `${region} ${type}, an hour`, ask, expected };
});

/** A host of cn-beijing with 40 and 100 GiB, one month; and its hours of break-even, compute alone. */
const months = (
  [
    ["ecs.g9i.xlarge", "cloud_essd", "617.20"],
    ["ecs.c9i.2xlarge", "cloud_essd", "883.64"],
    ["ecs.r9i.xlarge", "cloud_essd", "774.95"],
    ["ecs.g8y.xlarge", "cloud_essd", "524.00", "480.0"],
    ["ecs.c8y.2xlarge", "cloud_essd", "652.51", "480.0"],
    ["ecs.r8y.xlarge", "cloud_essd", "660.88", "480.0"],
    ["ecs.g7.xlarge", "cloud_essd", "642.32", "480.0"],
    ["ecs.c7.2xlarge", "cloud_essd", "922.78", "480.0"],
    ["ecs.r7.xlarge", "cloud_essd", "808.37", "480.0"],
    ["ecs.g6.xlarge", "cloud_efficiency", "529.00", "480.0"],
    ["ecs.c6.2xlarge", "cloud_efficiency", "797.00", "479.5"],
    ["ecs.r6.xlarge", "cloud_efficiency", "685.00", "478.2"],
    ["ecs.g5.xlarge", "cloud_efficiency", "559.00", "288.1"],
    ["ecs.c5.2xlarge", "cloud_efficiency", "765.00", "287.6"],
    ["ecs.r5.xlarge", "cloud_efficiency", "701.00", "288.5"],
  ] as const
).flatMap(([type, category, total, hours]): GoldenRow[] => {
  const level = category === "cloud_essd" ? { performanceLevel: "PL1" } : {};
  const disks = { systemDiskCategory: category, systemDiskPerformanceLevel: level.performanceLevel ?? null };
  const inputs = { ...ahead(1), ...disks, dataDisks: [{ category, size: 100, ...level }] };
  const planned = { region: "cn-beijing", has: [host("h", type, 40, inputs)] } as const;
  const month: GoldenRow = {
    ...quoted,
    asked: `${type} and 140 GiB, a month`,
    ask: { kind: "paid at once", ...planned },
    expected: total,
  };
  if (hours === undefined) return [month];
  const source = `${quoted.source}, against the list of ${list.observedAt}`;
  return [
    month,
    {
      ...quoted,
      source,
      asked: `${type}, hours of break-even`,
      ask: { kind: "break-even", ...planned },
      expected: hours,
    },
  ];
});

const rounding = "its price of a GiB by the hour is rounded to four places; 0.50 / 480 and 1.00 / 480 are not";
const hangzhouDisks = [
  host("h", "ecs.g6.xlarge", 50, { dataDisks: [{ category: "cloud_essd", size: 100, performanceLevel: "PL1" }] }),
];
const both = ["system-disk", "data-disk"] as const;
const disks: readonly GoldenRow[] = [
  {
    ...doc("block storage billing"),
    asked: "50 GiB PL0 and 100 GiB PL1 with a host, a month ahead",
    ask: {
      kind: "paid at once",
      region: "cn-hangzhou",
      only: both,
      has: hangzhouDisks.map((one) => ({ ...one, inputs: { ...one.inputs, ...ahead(1) } })),
    },
    expected: "125.00",
  },
  {
    ...doc("block storage billing"),
    asked: "the same for 24 hours",
    ask: { kind: "in so many hours", region: "cn-hangzhou", only: both, hours: 24, has: hangzhouDisks },
    expected: "6.25",
    document: { says: "6.24", because: rounding },
  },
  {
    ...doc("buying and using savings plans"),
    asked: "40 GiB PL0 in cn-shanghai, an hour",
    ask: { kind: "by the hour", region: "cn-shanghai", only: ["system-disk"], has: [host("h", "ecs.g6.xlarge", 40)] },
    expected: "0.0417",
  },
  {
    ...autoPl,
    asked: "100 GiB AutoPL with a host, a month ahead, capacity only",
    ask: {
      kind: "paid at once",
      region: "cn-hangzhou",
      only: ["system-disk"],
      has: [
        host("h", "ecs.g6.xlarge", 100, {
          ...ahead(1),
          systemDiskCategory: "cloud_auto",
          systemDiskPerformanceLevel: null,
        }),
      ],
    },
    expected: "100.00",
  },
  {
    ...autoPl,
    asked: "100 GiB AutoPL, 24 hours, capacity only",
    ask: {
      kind: "in so many hours",
      region: "cn-hangzhou",
      hours: 24,
      has: [resource("alicloud:ecs/ecsDisk:EcsDisk", "d", { category: "cloud_auto", size: 100 })],
    },
    expected: "5.00",
    document: { says: "5.04", because: rounding },
  },
];

const of = (type: string, inputs: Readonly<Record<string, PlanValue>>) => [host("h", type, 40, inputs)];
const only = ["bandwidth"] as const;
const bandwidth: readonly GoldenRow[] = [
  {
    ...doc("buying and using savings plans"),
    asked: "3 Mbit/s in cn-shanghai, an hour",
    ask: { kind: "by the hour", region: "cn-shanghai", only, has: of("ecs.g6.xlarge", fixed(3)) },
    expected: "0.189",
  },
  {
    ...doc("public bandwidth billing"),
    asked: "2 Mbit/s, 720 hours",
    ask: { kind: "in so many hours", region: "cn-hangzhou", only, hours: 720, has: of("ecs.g6.xlarge", fixed(2)) },
    expected: "90.72",
  },
  {
    ...doc("public bandwidth billing"),
    asked: "7 Mbit/s, 720 hours",
    ask: { kind: "in so many hours", region: "cn-hangzhou", only, hours: 720, has: of("ecs.g6.xlarge", fixed(7)) },
    expected: "583.92",
    document: {
      says: "447.84",
      because: "it takes 2 x 0.063 for the first step where its own rule, and its English text, take all 5",
    },
  },
  {
    ...doc("public bandwidth billing"),
    asked: "2 Mbit/s, a month ahead",
    ask: { kind: "paid at once", region: "cn-hangzhou", only, has: of("ecs.g6.xlarge", { ...ahead(1), ...fixed(2) }) },
    expected: "46.00",
  },
  {
    ...doc("public bandwidth billing"),
    asked: "7 Mbit/s, a month ahead",
    ask: { kind: "paid at once", region: "cn-hangzhou", only, has: of("ecs.g6.xlarge", { ...ahead(1), ...fixed(7) }) },
    expected: "285.00",
  },
  ...(
    [
      [1, "23"],
      [3, "71"],
      [4, "96"],
      [5, "125"],
    ] as const
  ).map(
    ([Mbps, expected]): GoldenRow => ({
      ...eipMonth,
      asked: `${Mbps} Mbit/s, a month ahead`,
      ask: {
        kind: "paid at once",
        region: "cn-shanghai",
        only,
        has: of("ecs.g6.xlarge", { ...ahead(1), ...fixed(Mbps) }),
      },
      expected,
    }),
  ),
  {
    ...eipMonth,
    asked: "7 Mbit/s in cn-qingdao, a month ahead",
    ask: { kind: "paid at once", region: "cn-qingdao", only, has: of("ecs.g6.xlarge", { ...ahead(1), ...fixed(7) }) },
    expected: "256.5",
  },
  {
    ...purchase,
    asked: "u1-c1m2.xlarge and 100 GiB, a month ahead",
    ask: { kind: "paid at once", region: "cn-beijing", has: [host("h", "ecs.u1-c1m2.xlarge", 100, ahead(1))] },
    expected: "386.96",
  },
  {
    ...purchase,
    asked: "the same with 5 Mbit/s",
    ask: {
      kind: "paid at once",
      region: "cn-beijing",
      has: [host("h", "ecs.u1-c1m2.xlarge", 100, { ...ahead(1), ...fixed(5) })],
    },
    expected: "511.96",
  },
  {
    ...eip,
    asked: "20 Mbit/s of an elastic address, 15 hours",
    ask: { kind: "in so many hours", region: "cn-hangzhou", only, hours: 15, has: [address(20)] },
    expected: "34.5",
  },
  {
    ...eip,
    asked: "the same with the address",
    ask: { kind: "in so many hours", region: "cn-hangzhou", hours: 15, has: [address(20)] },
    expected: "34.8",
  },
  {
    ...eip,
    asked: "an address on a NAT gateway, 15 hours",
    ask: { kind: "in so many hours", region: "cn-hangzhou", hours: 15, has: [address()] },
    expected: "0.3",
  },
  {
    ...solution,
    asked: "a NAT gateway, an hour",
    ask: { kind: "by the hour", region: "cn-hangzhou", has: [nat] },
    expected: "0.195",
  },
  {
    ...nginx,
    asked: "an elastic address, an hour",
    ask: { kind: "by the hour", region: "cn-hangzhou", has: [address()] },
    expected: "0.02",
  },
];

const byUse: readonly GoldenRow[] = [
  { ...doc("public bandwidth billing"), asked: "1 GB out", ask: { kind: "traffic", GB: 1 }, expected: "0.80" },
  { ...eip, asked: "60 GB out", ask: { kind: "traffic", GB: 60 }, expected: "48" },
  {
    ...cdt,
    asked: "50,000 GB out, 20 of them free",
    ask: { kind: "traffic", GB: 50_000, free: 20 },
    expected: "37997.00",
  },
  {
    ...doc("snapshot billing"),
    asked: "310 GiB of snapshots for 13 hours",
    ask: { kind: "snapshots", GiB: 310, hours: 13 },
    expected: "0.67",
  },
  {
    ...doc("snapshot billing"),
    asked: "100 GiB of snapshots for an hour",
    ask: { kind: "snapshots", GiB: 100, hours: 1 },
    expected: "0.0167",
  },
];

const plans = doc("buying and using savings plans");
const rules = doc("savings plans");
const overview = doc("savings plan overview");
const A = { region: "cn-shanghai", has: many(1, "ecs.g6.xlarge", 40, fixed(3)) } as const;
const B = { region: "cn-beijing", has: many(1, "ecs.c5.large", 40, fixed(3)) } as const;
const parts = "it adds parts that were rounded to four places first";
const savingsPlans: readonly GoldenRow[] = [
  { ...plans, asked: "g6.xlarge in a plan", ask: { kind: "committed", ...A, only: ["host"] }, expected: "0.455" },
  { ...plans, asked: "its 40 GiB PL0", ask: { kind: "committed", ...A, only: ["system-disk"] }, expected: "0.0172" },
  { ...plans, asked: "its 3 Mbit/s", ask: { kind: "committed", ...A, only }, expected: "0.0803" },
  { ...plans, asked: "c5.large in a plan", ask: { kind: "committed", ...B, only: ["host"] }, expected: "0.1693" },
  {
    ...plans,
    asked: "15 of the first",
    ask: { kind: "committed", region: A.region, has: many(15, "ecs.g6.xlarge", 40, fixed(3)) },
    expected: "8.2874",
    document: { says: "8.2875", because: parts },
  },
  {
    ...plans,
    asked: "5 of the second",
    ask: { kind: "committed", region: B.region, has: many(5, "ecs.c5.large", 40, fixed(3)) },
    expected: "1.3338",
    document: { says: "1.334", because: parts },
  },
  {
    ...rules,
    asked: "15 hosts at 10, 4 in the plan, 50 an hour",
    ask: { kind: "plan hour", commitment: "50", usage: [[15, "10", "4"]] },
    expected: "75",
  },
  {
    ...rules,
    asked: "two kinds of hosts, 100 an hour",
    ask: {
      kind: "plan hour",
      commitment: "100",
      usage: [
        [10, "12", "8"],
        [15, "10", "4"],
      ],
    },
    expected: "160",
  },
  ...(
    [
      [6, "3.604"],
      [5, "2.604"],
      [4, "2"],
    ] as const
  ).map(
    ([hosts, expected]): GoldenRow => ({
      ...overview,
      asked: `${hosts} hosts at 1, 0.455 in the plan, 2 an hour`,
      ask: { kind: "plan hour", commitment: "2", usage: [[hosts, "1", "0.455"]] },
      expected,
    }),
  ),
  {
    ...rules,
    asked: "1 an hour for a year, all of it",
    ask: { kind: "commitment", years: 1, upfront: "all", of: "whole" },
    expected: "8760",
  },
  {
    ...rules,
    asked: "1 an hour for a year, half upfront: now",
    ask: { kind: "commitment", years: 1, upfront: "half", of: "now" },
    expected: "4380",
  },
  {
    ...rules,
    asked: "1 an hour for a year, half upfront: later, by the hour",
    ask: { kind: "commitment", years: 1, upfront: "half", of: "perHour" },
    expected: "0.5",
  },
  {
    ...rules,
    asked: "1 an hour for a year, nothing upfront: by the hour",
    ask: { kind: "commitment", years: 1, upfront: "none", of: "perHour" },
    expected: "1",
  },
];

const usdPlans = english("Purchase and apply savings plans");
const usdDisks = english("Elastic Block Storage devices");
const usdNet = english("Public bandwidth");
const usd: readonly GoldenRow[] = [
  {
    ...usdPlans,
    asked: "USD: g6.xlarge, an hour",
    ask: { kind: "usd", parts: [["ecs.g6.xlarge", "hour", 1]] },
    expected: "0.155",
  },
  {
    ...usdPlans,
    asked: "USD: 40 GiB PL0, an hour",
    ask: { kind: "usd", parts: [["40 GiB of ESSD PL0", "hour", 1]] },
    expected: "0.0064",
  },
  {
    ...usdPlans,
    asked: "USD: 3 Mbit/s, an hour",
    ask: { kind: "usd", parts: [["3 Mbit/s", "hour", 1]] },
    expected: "0.054",
  },
  {
    ...usdDisks,
    asked: "USD: 100 GiB PL0, a month",
    ask: { kind: "usd", parts: [["100 GiB of ESSD PL0", "month", 1]] },
    expected: "7.65",
  },
  {
    ...usdDisks,
    asked: "USD: 50 GiB PL0 and 100 GiB PL1, a month",
    ask: {
      kind: "usd",
      parts: [
        ["100 GiB of ESSD PL0", "month", 1, 2],
        ["100 GiB of ESSD PL1", "month", 1],
      ],
    },
    expected: "19.125",
  },
  {
    ...usdDisks,
    asked: "USD: the same, 24 hours",
    ask: {
      kind: "usd",
      parts: [
        ["100 GiB of ESSD PL0", "hour", 24, 2],
        ["100 GiB of ESSD PL1", "hour", 24],
      ],
    },
    expected: "0.96",
  },
  {
    ...usdNet,
    asked: "USD: 2 Mbit/s, a month",
    ask: { kind: "usd bandwidth", charge: "subscription", Mbps: 2, hours: 1 },
    expected: "6.8",
  },
  {
    ...usdNet,
    asked: "USD: 7 Mbit/s, a month",
    ask: { kind: "usd bandwidth", charge: "subscription", Mbps: 7, hours: 1 },
    expected: "40.6",
  },
  {
    ...usdNet,
    asked: "USD: 2 Mbit/s, 720 hours",
    ask: { kind: "usd bandwidth", charge: "pay-as-you-go", Mbps: 2, hours: 720 },
    expected: "8.64",
  },
  {
    ...usdNet,
    asked: "USD: 7 Mbit/s, 720 hours",
    ask: { kind: "usd bandwidth", charge: "pay-as-you-go", Mbps: 7, hours: 720 },
    expected: "51.84",
  },
  {
    ...english("Snapshots"),
    asked: "USD: 305 GiB of snapshots, 13 hours",
    ask: { kind: "usd", parts: [["1 GiB of snapshots", "month", 305 * 13, 720]] },
    expected: "0.1101",
    document: { says: "0.008472", because: "it leaves out the 13 hours of its own formula; the Chinese page has them" },
  },
];

const twice = (count: number) => many(2, "ecs.g9i.xlarge", 40, ahead(count));
const hundredths = "it rounds a host and its disk to three places before it multiplies by three";
const terms: readonly GoldenRow[] = [
  {
    ...doc("savings plan overview"),
    asked: "g6.xlarge always on, 730 hours",
    ask: {
      kind: "in so many hours",
      region: "cn-shanghai",
      only: ["host"],
      hours: 730,
      has: [host("h", "ecs.g6.xlarge", 40)],
    },
    expected: "730.00",
  },
  {
    ...solution,
    asked: "3 g6.xlarge with 40 GiB PL0, an hour",
    ask: { kind: "by the hour", region: "cn-hangzhou", has: many(3, "ecs.g6.xlarge", 40) },
    expected: "3.125",
    document: { says: "3.126", because: hundredths },
  },
  {
    ...nginx,
    asked: "3 c6.xlarge with 40 GiB PL1, an hour",
    ask: {
      kind: "by the hour",
      region: "cn-hangzhou",
      has: many(3, "ecs.c6.xlarge", 40, { systemDiskPerformanceLevel: "PL1" }),
    },
    expected: "2.590",
    document: { says: "2.592", because: hundredths },
  },
  {
    ...cdt,
    asked: "c9i.2xlarge in cn-shenzhen, a month",
    ask: {
      kind: "paid at once",
      region: "cn-shenzhen",
      only: ["host"],
      has: [host("h", "ecs.c9i.2xlarge", 40, ahead(1))],
    },
    expected: "743.64",
  },
  {
    ...g9i,
    asked: "two g9i.xlarge, which cost a 2xlarge: a month",
    ask: { kind: "paid at once", region: "cn-beijing", only: ["host"], has: twice(1) },
    expected: "954.40",
  },
  {
    ...g9i,
    asked: "two g9i.xlarge, 1 year: a year of it",
    ask: { kind: "size of a year", region: "cn-beijing", only: ["host"], has: twice(12) },
    expected: "7552",
  },
  {
    ...g9i,
    asked: "two g9i.xlarge, 2 years: a year of it",
    ask: { kind: "size of a year", region: "cn-beijing", only: ["host"], has: twice(24) },
    expected: "5268",
  },
  {
    ...g9i,
    asked: "two g9i.xlarge, 3 years: a year of it",
    ask: { kind: "size of a year", region: "cn-beijing", only: ["host"], has: twice(36) },
    expected: "3665",
  },
  {
    source: "the question this project began with: 40 USD a month or 0.163 an hour",
    observedAt: "2020-04",
    asked: "hours at which the two meet",
    ask: { kind: "division", a: "40", b: "0.163" },
    expected: "245.4",
  },
  {
    ...list,
    asked: "a type that the list lacks",
    ask: { kind: "by the hour", region: "cn-beijing", only: ["host"], has: [host("h", "ecs.g9i.2xlarge", 40)] },
    expected: "unknown",
  },
  {
    ...list,
    asked: "a year of a family without a factor",
    ask: {
      kind: "paid at once",
      region: "cn-shanghai",
      only: ["host"],
      has: [host("h", "ecs.g7.xlarge", 40, ahead(12))],
    },
    expected: "unknown",
  },
  {
    ...list,
    asked: "a disk level without a figure",
    ask: { kind: "by the hour", region: "cn-shanghai", has: [disk("d", 500, "PL3")] },
    expected: "unknown",
  },
];

export const golden: readonly GoldenRow[] = [
  ...hourly,
  ...months,
  ...disks,
  ...bandwidth,
  ...byUse,
  ...savingsPlans,
  ...usd,
  ...terms,
];
