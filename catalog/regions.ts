import { type Fact, fact } from "./fact.ts";

/** A region in mainland China. Zone letters come from another product's page: stock and visibility differ per account. */
export interface Region extends Fact {
  readonly id: string;
  readonly city: string;
  readonly cityInChinese: string;
  /** Letters; empty when no zone list was found. */
  readonly zones: readonly string[];
  /** Zones said to have more stock than their neighbours. */
  readonly roomyZones: readonly string[];
  /** Whether the Lindorm API answers there: `true` when it stands in the endpoint list, else `false` or "unknown". */
  readonly lindorm: boolean | "unknown";
  readonly status: "open" | "closing" | "unknown";
  /** Tier A regions share one price list but for a few types. */
  readonly priceTier: "A" | "other";
}

const zonesPage = fact("Alibaba Cloud docs, regions and zones of ECI, help.aliyun.com 89155", "2025-12");
const localPage = fact(
  "Alibaba Cloud docs, OSS regions and endpoints: local region being closed; zones unknown",
  "2026-08-13",
);
const providerList = fact("terraform-provider-alicloud region list; zones unknown", "2026-08-21", "unverified");

/** Endpoints hitsdb.<region>.aliyuncs.com, for `Region.lindorm`. Heyuan and Guangzhou are absent from it. */
export const lindormEndpoints = fact("Alibaba Cloud docs, Lindorm API endpoints", "2024-11");

type Flags = Partial<Pick<Region, "lindorm" | "status" | "priceTier">>;

function entry(
  id: string,
  city: string,
  cityInChinese: string,
  zones: string,
  roomy: string,
  from: Fact,
  flags: Flags,
): Region {
  const shared = {
    zones: [...zones],
    roomyZones: [...roomy],
    lindorm: false,
    status: "open",
    priceTier: "other",
  } as const;
  return { id, city, cityInChinese, ...shared, ...flags, ...from };
}

export const regions: readonly Region[] = [
  entry("cn-hangzhou", "Hangzhou", "杭州", "befghijk", "hij", zonesPage, { lindorm: true, priceTier: "A" }),
  entry("cn-shanghai", "Shanghai", "上海", "abcdefgklmn", "lmn", zonesPage, { lindorm: true, priceTier: "A" }),
  entry("cn-beijing", "Beijing", "北京", "cdefghijkl", "hi", zonesPage, { lindorm: true, priceTier: "A" }),
  entry("cn-shenzhen", "Shenzhen", "深圳", "abcdef", "de", zonesPage, { lindorm: true, priceTier: "A" }),
  entry("cn-qingdao", "Qingdao", "青岛", "bc", "b", zonesPage, { lindorm: true, priceTier: "A" }),
  entry("cn-zhangjiakou", "Zhangjiakou", "张家口", "abc", "", zonesPage, { lindorm: true }),
  entry("cn-huhehaote", "Hohhot", "呼和浩特", "ab", "", zonesPage, { lindorm: true }),
  entry("cn-wulanchabu", "Ulanqab", "乌兰察布", "abc", "", zonesPage, { lindorm: true }),
  entry("cn-heyuan", "Heyuan", "河源", "ab", "", zonesPage, {}),
  entry("cn-guangzhou", "Guangzhou", "广州", "ab", "", zonesPage, { priceTier: "A" }),
  entry("cn-chengdu", "Chengdu", "成都", "ab", "", zonesPage, { lindorm: true }),
  entry("cn-nanjing", "Nanjing", "南京", "", "", localPage, { status: "closing" }),
  entry("cn-fuzhou", "Fuzhou", "福州", "", "", localPage, { status: "closing" }),
  entry("cn-zhongwei", "Zhongwei", "中卫", "", "", providerList, { lindorm: "unknown", status: "unknown" }),
];

const byId = new Map(regions.map((row) => [row.id, row]));

export function region(id: string): Region | undefined {
  return byId.get(id);
}

export function isMainlandRegion(id: string): boolean {
  return byId.has(id);
}

/** Full zone ids, for example cn-shanghai-l; empty for a region that is unknown or whose zones are. */
export function zonesOf(id: string): readonly string[] {
  return (byId.get(id)?.zones ?? []).map((letter) => `${id}-${letter}`);
}

/** Why a well-known id is not in the list, in words for an error message; undefined for ids never heard of. */
export function whyNotMainland(id: string): string | undefined {
  if (byId.has(id)) return undefined;
  if (id === "cn-hongkong")
    return "Hong Kong has its own rules, prices and network path; nothing here was checked for it";
  if (/^cn-.*(finance|gov)/.test(id)) return "finance and government clouds need an admission of their own";
  if (/^cn-.*-(lr|jva|acdr|ut|cloudstone)/.test(id) || id === "cn-edge-1")
    return "a local or partner region this catalogue does not cover";
  if (/^(ap|us|eu|me|na|sa)-/.test(id)) return "this region lies outside mainland China";
  return undefined;
}
