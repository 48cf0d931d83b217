import { providerType } from "../check.ts";
import { mlps, practice } from "../clauses.ts";
import { demand, undecided, violation } from "../demand.ts";
import type { Reading } from "../reading.ts";
import { placed, zoned } from "../region-properties.ts";
import { demandRegion, demandRegions, isKnownRegion, regionOfZone, wantedRegion } from "../regions.ts";
import type { Finding, ResourceRule } from "../rule.ts";
import { readsOf, textsAt } from "../texts-at.ts";
import { providerOverrides } from "./provider-overrides.ts";

const list = {
  source: "Alibaba Cloud's region list; terraform-provider-alicloud 1.285.0, connectivity/regions.go",
  observedAt: "2026-08",
} as const;

const region: ResourceRule = {
  id: "cn-region",
  title: "Everything in mainland China",
  description:
    "Every provider, and every resource that names a region of its own, names one of mainland China. Hong Kong's id begins with cn- and is none. A region that the provider takes from the environment is not recorded, so it counts as none.",
  severity: "critical",
  clause: mlps("8.2.1.1", "infrastructure inside China; 8.2.4.5 a) customer data stored inside China"),
  tags: [],
  source: list,
  fix: "china:region: a region of the mainland; in another program: `pulumi config set alicloud:region cn-shanghai`, or `region` on each provider. ALICLOUD_REGION in the environment is not enough",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { ...readsOf(placed), [providerType]: ["region"], "*": [] },
  *check(resource, context) {
    const { settings } = context;
    if (resource.type === providerType) {
      const absent = "no region; one of the environment does not count";
      yield* demandRegion(resource.props.text("region"), settings, absent);
      return;
    }
    // The engine judges default providers too, so what is wrong with a provider is said there, once, and not at each
    // resource. Where none is named, no provider has been judged.
    if (resource.provider === undefined) {
      yield violation("", "no provider whose region is known", wantedRegion(settings));
    }
    yield* demandRegions(resource, placed, context);
  },
};

const zoneInRegion: ResourceRule = {
  id: "cn-zone-in-region",
  title: "Zones of the provider's region",
  description:
    "A zone belongs to the region of the resource's provider. Another region's zone is refused by the API after other resources have been made; a zone that nobody knows could be anywhere.",
  severity: "medium",
  clause: practice("zones", "zones that exist where they are asked for"),
  tags: [],
  source: { ...list, source: `${list.source}; zone ids of @pulumi/alicloud 3.108.0` },
  fix: "china:network.vSwitches and zones of hosts: zones of china:region, such as cn-shanghai-l; in another program the zone, or the provider that the resource is given",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { ...readsOf(zoned), [providerType]: ["region"] },
  *check({ type, props, providerProps }) {
    const home = providerProps?.text("region") ?? { state: "absent", path: "region" };
    for (const path of zoned[type] ?? []) {
      for (const zone of textsAt(props, path)) yield* demandZone(zone, home);
    }
  },
};

/** A provider without a region, or with none that can be read, is another rule's. */
function* demandZone(zone: Reading<string>, home: Reading<string>): Iterable<Finding> {
  const place = zone.state === "known" ? regionOfZone(zone.value) : undefined;
  if (place !== undefined && home.state === "undecided") {
    yield undecided(zone.path);
    return;
  }
  const isHome = place !== undefined && (home.state !== "known" || home.value === place);
  yield* demand(zone, () => isHome, {
    found: place === undefined ? "a zone of an unknown region" : `a zone of ${place}`,
    wanted: `a zone of ${home.state === "known" && isKnownRegion(home.value) ? home.value : "the provider's region"}`,
  });
}

export const regionRules = [region, providerOverrides, zoneInRegion] as const;
