import { type Fact, fact } from "../fact.ts";

/** An address that answers elsewhere and must not be used from an ECS host in the mainland. */
export interface BlockedAddress extends Fact {
  readonly name: string;
  /** Tests host and path, without scheme. */
  readonly match: RegExp;
  readonly why: string;
}

const tuna = fact("tuna/issues 1781 and 2067, answers of a maintainer", "2024-11");

export const blockedAddresses: readonly BlockedAddress[] = [
  {
    name: "TUNA",
    match: /(^|\.)tuna\.tsinghua\.edu\.cn\b/,
    why: "TUNA refuses address ranges of Alibaba Cloud with 403",
    ...tuna,
  },
  {
    name: "BFSU",
    match: /(^|\.)mirrors\.bfsu\.edu\.cn\b/,
    why: "BFSU is run with TUNA and no way round its refusal",
    ...tuna,
    confidence: "inferred",
  },
  {
    name: "USTC",
    match: /(^|\.)mirrors\.ustc\.edu\.cn\b/,
    why: "USTC keeps a cache only and sends what it lacks on to TUNA, which refuses Alibaba Cloud",
    ...fact("ustclug/discussions 506", "2025-10"),
  },
  {
    name: "CERNET",
    match: /(^|\.)mirrors\.cernet\.edu\.cn\b/,
    why: "CERNET redirects to campus mirrors, TUNA among them",
    ...fact("RubyMetric/chsrc mirror lists", "2025-09", "inferred"),
  },
  {
    name: "ZJU PyPI",
    match: /(^|\.)mirrors\.zju\.edu\.cn\/pypi\b/,
    why: "ZJU redirects its PyPI to TUNA, which refuses Alibaba Cloud",
    ...fact("RubyMetric/chsrc mirror lists", "2025-09"),
  },
  {
    name: "conda at Aliyun",
    match: /^mirrors\.(aliyun|cloud\.aliyuncs)\.com\/anaconda\b/,
    why: "Aliyun has no conda channels, the path answers 404: use wheels, or copy conda-forge to one's own OSS",
    ...fact("antgroup/animate-x issue 3, RubyMetric/chsrc", "2024-12"),
  },
  {
    name: "ACR accelerator",
    match: /^[a-z0-9]+\.mirror\.aliyuncs\.com\b/,
    why: "the accelerator serves a fixed set of old images and no newer tags: use DaoCloud or one's own registry",
    ...fact("tech-shrimp/docker_image_pusher 86; JavaGuide 2893 quoting the official page", "2026-08"),
  },
  {
    name: "Docker Hub",
    match: /^(registry-1\.docker\.io|index\.docker\.io|registry\.hub\.docker\.com|auth\.docker\.io|hub\.docker\.com)\b/,
    why: "Docker Hub fails widely from the mainland since 2024-06",
    ...fact("RubyMetric/chsrc; sjtug issue 369", "2024-06"),
  },
  {
    name: "old DaoCloud address",
    match: /^([0-9a-f]{8}\.m\.daocloud\.io|get\.daocloud\.io)\b/,
    why: "personal DaoCloud addresses of old tutorials are gone: use docker.m.daocloud.io over https",
    ...fact("DaoCloud/public-image-mirror README", "2026-08-21"),
  },
  {
    name: "Tencent internal",
    match: /^(mirrors\.tencentyun\.com|mirror\.ccs\.tencentyun\.com)\b/,
    why: "answers only hosts at Tencent Cloud; the public address is mirrors.cloud.tencent.com",
    ...fact("RubyMetric/chsrc mirror lists", "2025-09"),
  },
  {
    name: "classic network mirror",
    match: /^mirrors\.aliyuncs\.com\b/,
    why: "serves the old classic network; inside a VPC the mirror is mirrors.cloud.aliyuncs.com",
    ...fact("aliyun/oos-templates and Alibaba Cloud mirror docs", "2026-08"),
  },
];

/** The row that forbids an address, given with or without scheme; undefined when nothing speaks against it. */
export function blockedAddress(url: string): BlockedAddress | undefined {
  const bare = url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/^[^/@]*@/, "");
  return blockedAddresses.find((row) => row.match.test(bare));
}
