import { type Fact, fact } from "./fact.ts";
import type { Price } from "./prices.ts";

/** Something that costs money and has no figure one could answer for. */
export interface NoPrice extends Fact {
  readonly what: "nat-gateway" | "eip" | "lindorm" | "tsdb" | "disk";
  readonly why: string;
}

const looked = "searched in stored documents, price files and SDKs";

export const noPrices: readonly NoPrice[] = [
  { what: "nat-gateway", why: "no list price of a NAT gateway was found for this region", ...fact(looked, "2026-11") },
  {
    what: "eip",
    why: "no holding fee of an address was found for this region; its traffic has a price",
    ...fact(looked, "2026-11"),
  },
  {
    what: "lindorm",
    why: "no public list price; two reference figures of one vendor skill differ by a factor of five",
    ...fact("aliyun/alibabacloud-aiops-skills pricing_service.py and common-spec.md", "2026-08-21", "low"),
  },
  {
    what: "tsdb",
    why: "no longer sold, and no old price was found",
    ...fact("Alibaba Cloud docs, ROS resource ALIYUN::TSDB::HiTSDBInstance", "2026-09-08"),
  },
  {
    what: "disk",
    why: "ESSD PL2 and PL3, standard SSD and ESSD Entry: no figure was found that one could answer for",
    ...fact(looked, "2026-11"),
  },
];

export function whyNoPrice(what: NoPrice["what"]): NoPrice {
  const row = noPrices.find((entry) => entry.what === what);
  if (row === undefined) throw new Error(`no entry for ${what}`);
  return row;
}

/** One of two contradicting ways to put a size on Lindorm. Show both ends as a span beside a sum, never inside one. */
export interface LindormReference extends Fact {
  readonly id: "per node" | "per vCPU";
  readonly storagePerGBMonth: string;
  readonly perVcpuMonth?: string;
  readonly perNodeMonth?: Readonly<Record<string, string>>;
  readonly currency: Price["currency"];
}

const skills = "aliyun/alibabacloud-aiops-skills";
export const lindormReferences: readonly LindormReference[] = [
  {
    id: "per node",
    perNodeMonth: {
      "lindorm.c.xlarge": "1860",
      "lindorm.c.2xlarge": "3500",
      "lindorm.c.4xlarge": "6780",
      "lindorm.c.8xlarge": "13300",
      "lindorm.g.xlarge": "2100",
      "lindorm.g.2xlarge": "3980",
    },
    storagePerGBMonth: "0.35",
    currency: "CNY",
    ...fact(`${skills} pricing_service.py, region and fixed fee not given`, "2026-08-21", "low"),
  },
  {
    id: "per vCPU",
    perVcpuMonth: "100",
    storagePerGBMonth: "0.15",
    currency: "CNY",
    ...fact(`${skills} common-spec.md, "about", region and fixed fee not given`, "2026-08-21", "low"),
  },
];
