import type { PropertyChange, ResourceChange } from "../../changes/change.ts";
import { isLeftBehind } from "../billing.ts";
import { changesIn, isDeleted } from "../change.ts";
import { isHeld } from "../held.ts";
import type { HazardRule } from "../rule.ts";
import type { Sided } from "../scope.ts";
import * as sources from "../sources.ts";
import * as types from "../types.ts";
import { fate, inWords } from "../words.ts";

const zonal: readonly string[] = [
  types.instance,
  ...types.disks,
  ...types.vSwitches,
  ...types.databases,
  types.fileSystem,
];

export const zoneChanged: HazardRule = {
  id: "zone-changed",
  title: "Something that exists gets another zone",
  severity: "high",
  what: "Nothing moves between zones: hosts, disks, vSwitches and databases are replaced, and a disk can only hang on a host in its own zone. A zone that comes from a data source (zones[0]) changes when stock does.",
  when: "a change of zoneId or availabilityZone of a resource that exists",
  advice: "pin the zone; to move, make the new ones beside the old ones and carry the data over",
  source: sources.zoneSchema,
  *find(scope) {
    for (const change of scope.ofType(...zonal)) {
      const changed = changesIn(change, "zoneId", "availabilityZone").filter(
        ({ before: old, after: next }) => Boolean(old) && Boolean(next),
      );
      if (changed.length === 0) continue;
      yield { change, says: "made anew in another zone", evidence: changed.map(inWords) };
    }
  },
};

export const addressDeleted: HazardRule = {
  id: "address-deleted",
  title: "A public address is given back",
  severity: "high",
  what: "The address goes back to the pool. For seven days the same account may ask for it again, if nobody else has got it meanwhile. Whoever let it in, or has it in DNS, may reach somebody else.",
  when: "the deletion or replacement of an EIP",
  advice: "keep the EIP and associate it with something else; tell those who let it in before",
  source: sources.eipDocs,
  *find(scope) {
    for (const change of scope.ofType(...types.addresses)) {
      if (!isDeleted(change) || isHeld(change) || isLeftBehind(change)) continue;
      yield {
        change,
        says: change.operation === "replace" ? "given back, and another address takes its place" : "given back",
        evidence: fate(change),
      };
    }
  },
};

export const addressChanged: HazardRule = {
  id: "address-changed",
  title: "A host gets another private address",
  severity: "medium",
  what: "Whatever knows the host by its address (allow-lists, configuration, names) no longer reaches it.",
  when: "an update of an ECS instance in privateIp or vswitchId",
  advice: "let others find it by a name, or by its security group",
  source: sources.instanceUpdate,
  *find(scope) {
    for (const change of scope.ofType(types.instance)) {
      if (change.operation !== "update") continue;
      const changed = changesIn(change, "privateIp", "vswitchId", "subnetId");
      if (changed.length === 0) continue;
      yield { change, says: "gets another private address", evidence: changed.map(inWords) };
    }
  },
};

export const rangeChanged: HazardRule = {
  id: "cidr-changed",
  title: "A network's range changes",
  severity: "high",
  what: "A vSwitch with another range is another vSwitch: what stands in it is moved (hosts) or replaced (databases). A VPC's own range is changed by ModifyVpcAttribute on the VPC as it stands, with everything in it.",
  when: "a change of cidrBlock of a vSwitch or VPC that exists",
  advice: "add a vSwitch with the new range beside the old one, or a secondary range to the VPC",
  source: sources.networkSchema,
  *find(scope) {
    for (const change of scope.ofType(types.network, ...types.vSwitches)) {
      const changed = changesIn(change, "cidrBlock");
      if (changed.length === 0) continue;
      yield {
        change,
        says: change.operation === "replace" ? "replaced for another range" : "gets another range while in use",
        evidence: changed.map(inWords),
      };
    }
  },
};

export const regionChanged: HazardRule = {
  id: "region-changed",
  title: "A provider turns to another region",
  severity: "high",
  what: "Resources of the state are looked for in the new region, where they are not. Those that are deleted or replaced are not found there and count as deleted; they stay in the old region and are billed on.",
  when: "an update or replacement of a provider in region",
  advice: "declare a second provider for the new region, and delete the old resources with the old one",
  source: {
    source: "terraform-provider-alicloud v1.285.0, RegionId of each request comes from the provider",
    observedAt: "2026-07-10",
    confidence: "inferred",
  },
  *find(scope) {
    const next = new Map(scope.standing.after.map((one) => [one.urn, one]));
    // Plans hold providers, changes need not.
    for (const old of scope.standing.before) {
      const now = next.get(old.urn);
      if (old.type !== types.provider || now === undefined) continue;
      const region = { path: "region", kind: "changed", ...valuesOf(old, now) } as const;
      const change = asUpdate(old, now, region);
      const changed = changesIn(change, "region");
      if (changed.length === 0) continue;
      yield { change, says: "looks for everything in another region", evidence: changed.map(inWords) };
    }
  },
};

function valuesOf(old: Sided, now: Sided) {
  const before = old.inputs["region"];
  const after = now.inputs["region"];
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function asUpdate(before: Sided, after: Sided, property: PropertyChange): ResourceChange {
  const { urn, type, name, parent } = after;
  return {
    operation: "update",
    urn,
    type,
    name,
    component: parent?.slice(parent.lastIndexOf("::") + 2) ?? "",
    before,
    after,
    properties: [property],
    replaceBecause: [],
    deleteBeforeReplace: false,
  };
}

export const placeRules: readonly HazardRule[] = [
  zoneChanged,
  addressDeleted,
  addressChanged,
  rangeChanged,
  regionChanged,
];
