import type { ItemKind } from "../items.ts";

/** What a row of a bill is for: a kind of item of a review, or one of what is paid by use. */
export type BilledKind = ItemKind | "traffic" | "snapshot";

interface Named {
  readonly product: string;
  /** Name and code of the billing item, and the unit of its use. */
  readonly item: string;
}

/**
 * What a row is for, by the words that the cloud uses: English and Chinese, and codes.
 *
 * Source: codes of BSS pricing modules (InstanceType, SystemDisk, DataDisk, InternetMaxBandwidthOut, InternetTrafficOut,
 * InstanceRent; docs of GetPayAsYouGoPrice, 2026-08); names in Chinese are believed. What is not recognised is "other", and is
 * then said to be not in the review, never left out.
 */
export function kindOfRow({ product, item }: Named): BilledKind {
  const words = item.toLowerCase();
  const has = (pattern: RegExp) => pattern.test(words);
  const code = product.toLowerCase();
  if (/snapshot/.test(code) || has(/snapshot|快照/)) return "snapshot";
  if (/^cdt/.test(code) || has(/traffic|flow|流量/)) return "traffic";
  if (has(/bandwidth|带宽/)) return "bandwidth";
  if (/^(hitsdb|lindorm|tsdb)/.test(code)) {
    if (has(/storage|disk|存储/)) return "lindorm-storage";
    return has(/tsdb/) ? "tsdb" : "lindorm-node";
  }
  if (/^nat/.test(code)) return "nat-gateway";
  if (/^eip/.test(code)) return "address";
  if (/^(ecs|vm|yundisk|disk)/.test(code)) {
    if (has(/system ?disk|系统盘/)) return "system-disk";
    if (has(/data ?disk|数据盘|云盘/) || /disk/.test(code)) return "data-disk";
    return has(/image|镜像/) ? "image" : "host";
  }
  return "other";
}
