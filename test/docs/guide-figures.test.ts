import { expect, test } from "vitest";
import { allowListFrom, daocloudAllows } from "../../catalog/daocloud-allow-list.ts";
import type { Fact } from "../../catalog/fact.ts";
import { reservedRanges } from "../../catalog/limits.ts";
import * as lindorm from "../../catalog/lindorm.ts";
import { natCapacityUnit, networkPrice } from "../../catalog/network-prices.ts";
import { lindormReferences, whyNoPrice } from "../../catalog/no-prices.ts";
import { hourlyPrice } from "../../catalog/prices.ts";
import { lindormEndpoints, region, regions } from "../../catalog/regions.ts";
import { addressOf, blockedAddress, daocloudPrefix, source } from "../../catalog/sources.ts";
import { monthPrice, monthRatio, type Site, termFactor } from "../../catalog/term-prices.ts";
import * as terms from "../../catalog/terms.ts";
import { tsdbEndOfSale } from "../../catalog/tsdb.ts";
import { snapshotPrice, trafficOut } from "../../catalog/usage-prices.ts";
import { usdPrice } from "../../catalog/usd-prices.ts";
import { breakEven } from "../../cost/break-even.ts";
import { type Language, statements } from "./guide.ts";

/** A row of the catalogue that must be there. */
function the<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("not in the catalogue");
  return row;
}

/** The mark of a source as `statements` leaves it: its month. */
const marked = ({ observedAt }: Fact) => `[${observedAt.slice(0, 7)}]`;
const thousands = (value: number) => value.toLocaleString("en-US");
const limitOf = (key: string, pattern: RegExp) =>
  the(
    the(source(key))
      .limits.map((limit) => pattern.exec(limit)?.[1])
      .find((figure) => figure !== undefined),
  );

const price = (id: string, type: string) => hourlyPrice(id, type)?.amount ?? "–";
const zonesOf = ({ zones, roomyZones }: (typeof regions)[number]) =>
  zones.map((zone) => (roomyZones.includes(zone) ? `**${zone}**` : zone)).join(" ");
const rows: Readonly<Record<Language, readonly string[]>> = {
  en: regions
    .filter((row) => row.zones.length > 0)
    .map(
      (row) =>
        `| \`${row.id}\`, ${row.city} | ${zonesOf(row)} | ${row.lindorm === true ? "yes" : "no"} | ${price(row.id, "ecs.g6.xlarge")} | ${price(row.id, "ecs.g7.xlarge")} |`,
    ),
  zh: regions
    .filter((row) => row.zones.length > 0)
    .map(
      (row) =>
        `| \`${row.id}\`，${row.cityInChinese} | ${zonesOf(row)} | ${row.lindorm === true ? "有" : "无"} | ${price(row.id, "ecs.g6.xlarge")} | ${price(row.id, "ecs.g7.xlarge")} |`,
    ),
};

const g6 = the(hourlyPrice("cn-shanghai", "ecs.g6.xlarge"));
const g6InUsd = the(usdPrice("ecs.g6.xlarge", "hour"));
const weeks = the(terms.subscriptionTermsOf("ecs", "china")).weeks;
const nat = the(networkPrice("cn-hangzhou", "nat-gateway"));
const traffic = the(trafficOut[0]);
const nodeOf = (generation: lindorm.Generation) =>
  the(lindorm.lindormNodes.find((row) => row.generations.includes(generation)));
const peakOf = (spec: string) =>
  thousands(the(lindorm.lindormWritePeaks.find((row) => row.spec === spec)).valuesPerSecond);
const smallest = nodeOf(1);
const second = nodeOf(2);
const factorOf = (site: Site, months: number) => the(termFactor(site, "average", months));
const ladder = breakEven({ perHour: "1.0465", perMonth: "502.32" });
/** Hours from which months of this factor are cheaper, for a family whose month is 480 hours. */
const hoursOf = (site: Site, months: number) =>
  String(Number((480 * Number(factorOf(site, months).factor)).toFixed(1)));
const month = the(monthRatio("ecs.g6"));
const oldMonth = the(monthRatio("ecs.g5"));
const influx = the(tsdbEndOfSale.find((row) => row.engine === "tsdb_influxdb"));
const nodePrices = lindormReferences.map((row) =>
  Number(row.perNodeMonth?.["lindorm.g.xlarge"] ?? 4 * Number(row.perVcpuMonth)),
);

/** What the catalogue says, in the words of each page. */
const figures: readonly (readonly [what: string, en: string, zh: string])[] = [
  [
    "balance",
    `balance of ${terms.payAsYouGoBalance.amount} ${terms.payAsYouGoBalance.currency} before pay-as-you-go ${marked(terms.payAsYouGoBalance)}`,
    `余额需有 ${terms.payAsYouGoBalance.amount} 元 ${marked(terms.payAsYouGoBalance)}`,
  ],
  ["weeks", `${weeks.at(0)} to ${weeks.at(-1)} weeks [2026-08]`, `${weeks.at(0)} 至 ${weeks.at(-1)} 周 [2026-08]`],
  [
    "columns of the regions",
    `| zones ${marked(the(regions[0]))} | Lindorm ${marked(lindormEndpoints)} | ecs.g6.xlarge, CNY an hour ${marked(g6)} |`,
    `| 可用区 ${marked(the(regions[0]))} | Lindorm ${marked(lindormEndpoints)} | ecs.g6.xlarge，元/小时 ${marked(g6)} |`,
  ],
  [
    "closing",
    `\`cn-nanjing\` and \`cn-fuzhou\` are being closed ${marked(the(region("cn-nanjing")))}`,
    `\`cn-nanjing\` 和 \`cn-fuzhou\` 正在关停 ${marked(the(region("cn-fuzhou")))}`,
  ],
  ["reserved range", `out of ${reservedRanges[0]?.cidr}`, `避开 ${reservedRanges[0]?.cidr}`],
  ["PyPI in the VPC", `\`${addressOf("pypi-aliyun", "vpc", "")}\``, `\`${addressOf("pypi-aliyun", "vpc", "")}\``],
  [
    "PyPI elsewhere",
    `\`${addressOf("pypi-aliyun", "internet", "")}\` | ${marked(the(source("pypi-aliyun")))}`,
    `\`${addressOf("pypi-aliyun", "internet", "")}\` | ${marked(the(source("pypi-aliyun")))}`,
  ],
  [
    "fallbacks",
    `Huawei \`${addressOf("pypi-huawei", "internet", "")}\`, Tencent \`${addressOf("pypi-tencent", "internet", "")}\``,
    `华为云 \`${addressOf("pypi-huawei", "internet", "")}\`，腾讯云 \`${addressOf("pypi-tencent", "internet", "")}\``,
  ],
  [
    "TUNA",
    `addresses with 403 ${marked(the(blockedAddress("pypi.tuna.tsinghua.edu.cn")))}`,
    `返回 403 ${marked(the(blockedAddress("pypi.tuna.tsinghua.edu.cn")))}`,
  ],
  [
    "USTC",
    `to one that does ${marked(the(blockedAddress("mirrors.ustc.edu.cn")))}`,
    `返回 403 的那一家 ${marked(the(blockedAddress("mirrors.ustc.edu.cn")))}`,
  ],
  [
    "conda",
    `answers 404 ${marked(the(blockedAddress("mirrors.aliyun.com/anaconda")))}`,
    `返回 404 ${marked(the(blockedAddress("mirrors.aliyun.com/anaconda")))}`,
  ],
  [
    "Docker Hub",
    `since ${the(blockedAddress("registry-1.docker.io")).observedAt} ${marked(the(blockedAddress("registry-1.docker.io")))}`,
    `自 ${the(blockedAddress("registry-1.docker.io")).observedAt} 起`,
  ],
  [
    "DaoCloud's prefix",
    `\`${daocloudPrefix.prefix}docker.io/library/python\``,
    `\`${daocloudPrefix.prefix}docker.io/library/python\``,
  ],
  [
    "DaoCloud's host",
    `\`${addressOf("docker-daocloud", "internet", "")}\``,
    `\`${addressOf("docker-daocloud", "internet", "")}\``,
  ],
  ["DaoCloud's list", `1,321 entries ${marked(allowListFrom)}`, `1,321 条 ${marked(allowListFrom)}`],
  [
    "DaoCloud's requests",
    `${limitOf("docker-daocloud", /(\d+) requests a minute/)} a minute, ${limitOf("docker-daocloud", /(\d+) connections/)} at once`,
    `每分钟 ${limitOf("docker-daocloud", /(\d+) requests a minute/)} 次，并发 ${limitOf("docker-daocloud", /(\d+) connections/)} 个`,
  ],
  [
    "DaoCloud's volume",
    `${limitOf("docker-daocloud", /(\d+) GiB in two hours/)} GiB in two hours`,
    `两小时 ${limitOf("docker-daocloud", /(\d+) GiB in two hours/)} GiB`,
  ],
  [
    "DaoCloud's speed",
    `about ${limitOf("docker-daocloud", /about (\d+) MiB\/s/)} MiB/s`,
    `约 ${limitOf("docker-daocloud", /about (\d+) MiB\/s/)} MiB/s`,
  ],
  [
    "own registry",
    `\`${the(addressOf("docker-acr", "vpc", "<region>")).slice(8)}\` (unverified ${marked(the(source("docker-acr"))).replace("[", "[read ")}`,
    `\`${the(addressOf("docker-acr", "vpc", "<region>")).slice(8)}\`（未经核实 ${marked(the(source("docker-acr"))).replace("[", "[read ")}`,
  ],
  [
    "accelerator",
    `since 2024-07 ${marked(the(blockedAddress("abc.mirror.aliyuncs.com")))}`,
    `旧镜像 ${marked(the(blockedAddress("abc.mirror.aliyuncs.com")))}`,
  ],
  [
    "API in the VPC",
    `\`${the(addressOf("api-ecs", "vpc", "<region>")).slice(8)}\` and needs no way out ${marked(the(source("api-ecs")))}`,
    `\`${the(addressOf("api-ecs", "vpc", "<region>")).slice(8)}\`，不需要出口 ${marked(the(source("api-ecs")))}`,
  ],
  [
    "end of TSDB for InfluxDB",
    `since ${/\d{4}-\d\d-\d\d/.exec(influx.says)?.[0]} ${marked(influx)}`,
    `从 ${/\d{4}-\d\d-\d\d/.exec(influx.says)?.[0]} 起退市 ${marked(influx)}`,
  ],
  [
    "smallest nodes",
    `| ${smallest.spec}, ${smallest.vcpu} vCPU, ${smallest.memoryGiB} GiB ${marked(smallest)} | ${second.spec}, ${second.vcpu} vCPU, ${second.memoryGiB} GiB ${marked(second)} |`,
    `| ${smallest.spec}，${smallest.vcpu} vCPU，${smallest.memoryGiB} GiB ${marked(smallest)} | ${second.spec}，${second.vcpu} vCPU，${second.memoryGiB} GiB ${marked(second)} |`,
  ],
  [
    "least nodes",
    `unknown; ${lindorm.lindormNodeLimits.least.count} is the smallest seen ${marked(lindorm.lindormNodeLimits.least)}`,
    `见过的最少是 ${lindorm.lindormNodeLimits.least.count} ${marked(lindorm.lindormNodeLimits.least)}`,
  ],
  [
    "write peaks",
    `${peakOf("lindorm.g.xlarge")} values a second with g.xlarge and ${peakOf("lindorm.g.2xlarge")} with g.2xlarge`,
    `g.xlarge 为每秒 ${peakOf("lindorm.g.xlarge")} 个值，g.2xlarge 为 ${peakOf("lindorm.g.2xlarge")}`,
  ],
  [
    "Lindorm's port",
    `port ${the(lindorm.lindormProtocols[0]).port} over plain HTTP`,
    `${the(lindorm.lindormProtocols[0]).port} 端口`,
  ],
  ["Lindorm's price", `factor of five ${marked(whyNoPrice("lindorm"))}`, `相差五倍 ${marked(whyNoPrice("lindorm"))}`],
  [
    "a month",
    `| 1 month | ${month.hours} hours, generation 6 and newer ${marked(month)} | ${month.hours} |`,
    `| 1 个月 | ${month.hours} 小时的价钱，第 6 代及以后 ${marked(month)} | ${month.hours} |`,
  ],
  [
    "a month of old",
    `| 1 month | ${oldMonth.hours} hours, generation 5 and older ${marked(oldMonth)} | ${oldMonth.hours} |`,
    `| 1 个月 | ${oldMonth.hours} 小时的价钱，第 5 代及以前 ${marked(oldMonth)} | ${oldMonth.hours} |`,
  ],
  ...([12, 36] as const).map((months) => {
    const { factor } = factorOf("china", months);
    const from = `${marked(factorOf("china", months))} | ${hoursOf("china", months)} |`;
    return [
      `${months} months`,
      `${factor} of ${months} months, average over types ${from}`,
      `${months} 个月的 ${factor}，各规格平均 ${from}`,
    ] as const;
  }),
  [
    "a year abroad",
    `${factorOf("international", 12).factor} of 12 months ${marked(factorOf("international", 12))} | ${hoursOf("international", 12)} |`,
    `12 个月的 ${factorOf("international", 12).factor} ${marked(factorOf("international", 12))} | ${hoursOf("international", 12)} |`,
  ],
  [
    "renewal",
    `${terms.renewalByDefault.firstTryDaysBefore} days before the end ${marked(terms.renewalByDefault)}`,
    `到期前 ${terms.renewalByDefault.firstTryDaysBefore} 天第一次扣款 ${marked(terms.renewalByDefault)}`,
  ],
  [
    "two lists",
    `${Number(g6.amount).toFixed(2)} CNY ${marked(g6)} and ${g6InUsd.amount} USD ${marked(g6InUsd)} an hour`,
    `每小时 ${Number(g6.amount).toFixed(2)} 元 ${marked(g6)}，一张写 ${g6InUsd.amount} 美元 ${marked(g6InUsd)}`,
  ],
  [
    "traffic",
    `${traffic.amount} CNY per GB for the first ${thousands(the(traffic.upToGB))} GB of a month`,
    `前 ${thousands(the(traffic.upToGB))} GB 为 ${traffic.amount} 元/GB`,
  ],
  [
    "snapshots",
    `${snapshotPrice.amount} CNY per GiB and month ${marked(snapshotPrice)}`,
    `每 GiB 每月 ${snapshotPrice.amount} 元 ${marked(snapshotPrice)}`,
  ],
  [
    "NAT gateway",
    `${nat.amount} CNY an hour and ${natCapacityUnit.amount} per GB that it handles, read for Hangzhou ${marked(nat)}`,
    `每小时 ${nat.amount} 元，经过它的流量每 GB 再加 ${natCapacityUnit.amount} 元，这是杭州的价格 ${marked(nat)}`,
  ],
  [
    "break-even",
    `\`npm run cost -- break-even --hour ${price("cn-shanghai", "ecs.g7.xlarge")} --month ${the(monthPrice("cn-beijing", "ecs.g7.xlarge")).amount}\``,
    `--hour ${price("cn-shanghai", "ecs.g7.xlarge")} --month ${the(monthPrice("cn-beijing", "ecs.g7.xlarge")).amount}\``,
  ],
];

const pages: Readonly<Record<Language, string>> = { en: statements("en"), zh: statements("zh") };

test.each(figures)("%s is the catalogue's", (_, en, zh) => {
  expect.soft(pages.en).toContain(en);
  expect.soft(pages.zh).toContain(zh);
});

test.each(["en", "zh"] as const)("the table of regions is the catalogue's (%s)", (language) => {
  expect(pages[language]).toContain(rows[language].join(" "));
});

test("Lindorm's two figures differ by five, and the break-even that is shown is right", () => {
  expect(Math.round(Math.max(...nodePrices) / Math.min(...nodePrices))).toBe(5);
  expect(ladder.hours).toBe("480.0");
});

const said = /In: the official images, (.*?), and all of (.*?)\. Not in: (.*?)\./.exec(pages.en);
const named = (list: string | undefined) => (list ?? "").split(/, | and /);

test.each([
  ...named(said?.[1]).map(
    (name) => [name === "trino" ? "docker.io/trinodb/trino" : `docker.io/${name}/some`, "yes"] as const,
  ),
  ...named(said?.[2]).map((name) => [`${name}/some/image`, "yes"] as const),
  ...named(said?.[3]).map((name) => [`docker.io/${name}/some`, "no"] as const),
])("DaoCloud: %s, %s", (image, answer) => expect(daocloudAllows(image)).toBe(answer));
