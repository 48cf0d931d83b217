import { diskCategories, diskCategoriesFor } from "../../../catalog/disks.ts";
import { lindormEndpoints, region, zonesOf } from "../../../catalog/regions.ts";
import { tsdbEndOfSale, tsdbSuccessor } from "../../../catalog/tsdb.ts";
import type { ResourceChange } from "../../changes/change.ts";
import { after, changesIn, isMade } from "../change.ts";
import type { Found, HazardRule } from "../rule.ts";
import type { Scope } from "../scope.ts";
import * as sources from "../sources.ts";
import * as types from "../types.ts";
import { type Inputs, maps, text } from "../values.ts";

export const tsdbNotSold: HazardRule = {
  id: "tsdb-not-sold",
  title: "TSDB is no longer sold",
  severity: "high",
  what: "A new TSDB instance cannot be bought, so creating one, or replacing one after the old one is gone, fails.",
  when: "a new or replaced alicloud.tsdb.Instance",
  advice: `use ${tsdbSuccessor}`,
  source: { source: "Alibaba Cloud docs, ROS resource ALIYUN::TSDB::HiTSDBInstance", observedAt: "2026-09-08" },
  *find(scope) {
    for (const change of scope.ofType(types.tsdb)) {
      if (!isMade(change)) continue;
      const engine = text(after(change)["engineType"]);
      const row = tsdbEndOfSale.find((one) => one.engine === engine) ?? tsdbEndOfSale[0];
      yield {
        change,
        says: "cannot be bought any more, so making it fails",
        evidence: row === undefined ? [] : [`${row.says} (${row.source}, ${row.observedAt})`],
      };
    }
  },
};

export const notSold: HazardRule = {
  id: "not-sold-there",
  title: "Not sold there, as far as the catalogue knows",
  severity: "medium",
  what: "The catalogue knows which disk categories a family of hosts takes, which zones a region has, and where Lindorm is offered. What it says no to is refused by the cloud when it is made. Stock is another matter: only npm run preflight asks for it.",
  when: "a new, replaced or updated host whose type takes no system or data disk of the category; anything new in a zone that the catalogue's list of the region does not have; Lindorm in a region without it. High where the fact was read at its source, medium where it is inferred",
  advice: "choose another category, type or zone; npm run preflight asks the account what it can buy",
  source: sources.ecsApi,
  *find(scope) {
    for (const change of scope.ofType(types.instance)) {
      if (change.operation === "delete") continue;
      const isNew = isMade(change);
      if (!isNew && changesIn(change, "instanceType", "systemDiskCategory", "dataDisks").length === 0) continue;
      yield* disksRefused(change);
    }
    yield* zonesUnknown(scope);
    yield* lindormElsewhere(scope);
  },
};

function* disksRefused(change: ResourceChange): Generator<Found> {
  const inputs = after(change);
  const type = text(inputs["instanceType"]);
  const facts = type === undefined ? undefined : diskCategoriesFor(type);
  if (facts === undefined) return;
  const given = [
    { path: "systemDiskCategory", category: text(inputs["systemDiskCategory"]) },
    ...maps(inputs["dataDisks"]).map((disk: Inputs, index) => ({
      path: `dataDisks[${index}].category`,
      category: text(disk["category"]),
    })),
  ];
  for (const { path, category: name } of given) {
    const category = diskCategories.find((one) => one === name);
    if (category === undefined || facts[category] !== "no") continue;
    const { source, observedAt, confidence } = facts;
    yield {
      change,
      severity: confidence === undefined ? "high" : "medium",
      says: `${type} takes no ${category}`,
      evidence: [`instanceType: "${type}"`, `${path}: "${category}"`, `${source}, ${observedAt}`],
      source: { source, observedAt, ...(confidence === undefined ? {} : { confidence }) },
    };
  }
}

/** Types that are made in a zone of their own. */
const zonal = [types.instance, ...types.disks, ...types.vSwitches, types.lindormV1, types.lindormV2, types.tsdb];

function* zonesUnknown(scope: Scope): Generator<Found> {
  for (const change of scope.ofType(...zonal)) {
    if (!isMade(change)) continue;
    const zone = text(after(change)["zoneId"]) ?? text(after(change)["availabilityZone"]);
    if (zone === undefined) continue;
    const id = zone.replace(/-[a-z]$/, "");
    const known = zonesOf(id);
    const facts = region(id);
    if (facts === undefined || known.length === 0 || known.includes(zone)) continue;
    const { source, observedAt } = facts;
    yield {
      change,
      says: `${zone} is no zone that the catalogue knows`,
      evidence: [`${id} has ${known.map((one) => one.slice(-1)).join(" ")} (${source}, ${observedAt})`],
      source: { source, observedAt },
    };
  }
}

function* lindormElsewhere(scope: Scope): Generator<Found> {
  for (const change of scope.ofType(types.lindormV1, types.lindormV2)) {
    if (!isMade(change)) continue;
    const zone = text(after(change)["zoneId"]);
    const facts = zone === undefined ? undefined : region(zone.replace(/-[a-z]$/, ""));
    if (facts?.lindorm !== false) continue;
    yield {
      change,
      says: `Lindorm has no endpoint in ${facts.id}`,
      evidence: [`${lindormEndpoints.source}, ${lindormEndpoints.observedAt}`],
      source: lindormEndpoints,
    };
  }
}

/** One engine at a time, three times a day: what the Lindorm API lets through. */
const lindormEngine =
  /^(table|search|timeSeries|timeSerires|file|lts|stream)(Engine)?(NodeCount|NodeSpecification|Specification)$/;

export const databaseResized: HazardRule = {
  id: "database-resized",
  title: "A database is resized while it runs",
  severity: "medium",
  what: "Nodes restart one after the other and connections break. Lindorm takes at most three changes in 24 hours, an hour apart, and the provider sends one for each property, so that a second one in the same update may be refused.",
  when: "an update of Lindorm, TSDB or RDS in its nodes, class or storage",
  advice: "change one property at a time, outside working hours",
  source: { source: "aliyun/alibabacloud-aiops-skills, Lindorm", observedAt: "2026-08-21" },
  *find(scope) {
    for (const change of scope.ofType(types.lindormV1, types.lindormV2, types.tsdb, types.rds)) {
      if (change.operation !== "update") continue;
      const names = [
        "instanceClass",
        "instanceType",
        "instanceStorage",
        "coldStorage",
        "cloudStorageSize",
        "engineLists",
      ];
      const engines = Object.keys({ ...change.before?.inputs, ...change.after?.inputs }).filter((name) =>
        lindormEngine.test(name),
      );
      const changed = changesIn(change, ...names, ...engines);
      if (changed.length === 0) continue;
      const several = changed.length > 1 && change.type === types.lindormV1;
      yield {
        change,
        says: several
          ? `${changed.length} changes in one update: connections break, and the second may be refused`
          : "resized while it runs: connections break",
        evidence: changed.map(({ path, before, after: next }) => `${path}: ${show(before)} -> ${show(next)}`),
      };
    }
  },
};

const show = (value: unknown) => (typeof value === "object" || value === undefined ? "changed" : String(value));

export const catalogueRules: readonly HazardRule[] = [tsdbNotSold, notSold, databaseResized];
