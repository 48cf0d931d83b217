import { mlps } from "../clauses.ts";
import { demand } from "../demand.ts";
import { lines, stores } from "../region-properties.ts";
import { demandRegion, demandRegions, regionIn, regionOfArn } from "../regions.ts";
import type { Finding, Judged, ResourceRule } from "../rule.ts";
import { type Paths, readsOf, textsAt } from "../texts-at.ts";

/** Areas of the world, wider than a region: type -> path -> the one value that stays in the mainland. */
type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;

const cenBandwidth = "alicloud:cen/bandwidthPackage:BandwidthPackage";

const lineAreas: Areas = {
  // A CEN package connects areas: China is the mainland, Hong Kong lies in Asia-Pacific.
  [cenBandwidth]: { geographicRegionAId: "China", geographicRegionBId: "China", "geographicRegionIds[]": "China" },
  // The API takes `international` only; the mainland stands in the provider's example.
  "alicloud:eipanycast/anycastEipAddress:AnycastEipAddress": { serviceLocation: "ChineseMainland" },
  // CrossDomain is bandwidth between the mainland and the rest of the world.
  "alicloud:ga/bandwidthPackage:BandwidthPackage": { type: "Basic" },
};

const storeAreas: Areas = {
  // CN or HK
  "alicloud:esa/cacheReserveInstance:CacheReserveInstance": { crRegion: "CN" },
};

const facts = {
  severity: "critical",
  tags: [],
  source: { source: "@pulumi/alicloud 3.108.0, inputs of these types", observedAt: "2026-11-25" },
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
} as const;

const networkBorder: ResourceRule = {
  ...facts,
  id: "cn-network-border",
  title: "No line over the border",
  description:
    "Peerings, cloud networks, router interfaces, accelerators, private links and name services connect regions of mainland China only. A line abroad needs a licensed carrier and an export that somebody answers for.",
  clause: mlps("8.1.3.1", "traffic over the boundary only through interfaces that are controlled"),
  fix: "the stack connects nothing to other regions; in another program: the region of the mainland at the property named, or an accept entry that names the approval",
  reads: { ...readsOf(lines), ...readsOf(pathsOf(lineAreas)) },
  *check(resource, context) {
    yield* demandRegions(resource, lines, context);
    yield* demandAreas(resource, lineAreas);
  },
};

const trails: Paths = {
  "alicloud:actiontrail/trail:Trail": ["slsProjectArn"],
  "alicloud:actiontrail/trailDeprecated:TrailDeprecated": ["slsProjectArn"],
};

const backupBorder: ResourceRule = {
  ...facts,
  id: "cn-backup-border",
  title: "No backup, copy or log over the border",
  description:
    "Backups, database synchronisation, image registries, logs, trails and the keys to them stay in regions of mainland China, at both ends. They hold the data itself, or what people did with it.",
  clause: mlps("8.2.4.5", "a) customer data stored inside China"),
  fix: "the stack sends none of these to other regions; in another program: the region of the mainland at the property named, or an accept entry that names the approval",
  reads: { ...readsOf(stores), ...readsOf(pathsOf(storeAreas)), ...readsOf(trails) },
  *check(resource, context) {
    yield* demandRegions(resource, stores, context);
    yield* demandAreas(resource, storeAreas);
    for (const path of trails[resource.type] ?? []) {
      yield* demandRegion(regionIn(resource.props.text(path), regionOfArn), context.settings);
    }
  },
};

function* demandAreas({ type, props }: Judged, areas: Areas): Iterable<Finding> {
  for (const [path, mainland] of Object.entries(areas[type] ?? {})) {
    for (const one of textsAt(props, path)) {
      yield* demand(one, (area) => area === mainland, { found: "an area beyond the mainland", wanted: mainland });
    }
  }
}

function pathsOf(areas: Areas): Paths {
  return Object.fromEntries(Object.entries(areas).map(([type, paths]) => [type, Object.keys(paths)]));
}

export const lineRules = [networkBorder, backupBorder] as const;
