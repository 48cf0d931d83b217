import { mlps } from "../clauses.ts";
import { demand } from "../demand.ts";
import { demandRegions } from "../regions.ts";
import type { Context, ResourceRule } from "../rule.ts";
import { type Paths, readsOf, textsAt } from "../texts-at.ts";

const pipeline = "alicloud:ecs/ecsImagePipeline:EcsImagePipeline";
const share = "alicloud:ecs/imageSharePermission:ImageSharePermission";
const exported = "alicloud:ecs/imageExport:ImageExport";

/** Regions that images come from or go to. */
const regions: Paths = {
  "alicloud:ecs/copyImage:CopyImage": ["sourceRegionId"],
  "alicloud:ecs/imageCopy:ImageCopy": ["sourceRegionId"],
  "alicloud:ens/image:Image": ["targetOssRegionId"],
  [pipeline]: ["toRegionIds[]"],
};

/** Other accounts that get an image. */
const accounts: Paths = { [share]: ["accountId"], [pipeline]: ["addAccounts[]"] };

export const imageFlow: ResourceRule = {
  id: "cn-image-flow",
  title: "Images go only where they may",
  description:
    "Images are copied inside mainland China, shared with accounts that are listed, and exported to buckets that are listed. An image holds what was on the disk that it was made from.",
  severity: "high",
  clause: mlps("8.2.4.4", "protection of images and snapshots"),
  tags: [],
  source: { source: "@pulumi/alicloud 3.108.0, inputs of these types", observedAt: "2026-11-25" },
  fix: "china:policies: accounts and exportBuckets, where that is meant; in another program the same in cn-settings, and sourceRegionId or toRegionIds in the mainland",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    ...readsOf(regions),
    ...readsOf(accounts),
    ...readsOf({ [pipeline]: [...(regions[pipeline] ?? []), ...(accounts[pipeline] ?? [])] }),
    [exported]: ["ossBucket"],
  },
  *check(resource, context) {
    const { type, props } = resource;
    yield* demandRegions(resource, regions, context);
    for (const path of accounts[type] ?? []) {
      for (const one of textsAt(props, path)) yield* demand(one, isListed(context), account);
    }
    if (type === exported) {
      yield* demand(props.text("ossBucket"), (name) => context.settings.exportBuckets.includes(name), {
        found: "a bucket that is not listed",
        wanted: "one of china:policies.exportBuckets",
      });
    }
  },
};

const account = { found: "an account that is not listed", wanted: "one of china:policies.accounts" } as const;

function isListed({ settings }: Context): (account: string) => boolean {
  return (number) => settings.accounts.includes(number);
}
