import { scratchCategory } from "../../../policies/host-types.ts";
import type { ResourceChange } from "../../changes/change.ts";
import { isLeftBehind, isRefusedForPay } from "../billing.ts";
import { before, changesIn, isDeleted } from "../change.ts";
import { isHeld } from "../held.ts";
import type { HazardRule } from "../rule.ts";
import type { Scope } from "../scope.ts";
import * as sources from "../sources.ts";
import * as types from "../types.ts";
import { flag, type Inputs, maps, number, text } from "../values.ts";
import { fate } from "../words.ts";

/** What really goes: neither held nor left in the cloud. */
function lost(scope: Scope, ...of: readonly string[]): readonly ResourceChange[] {
  return scope
    .ofType(...of)
    .filter((change) => isDeleted(change) && !isHeld(change) && !isLeftBehind(change) && !isRefusedForPay(change));
}

const how = ({ operation }: ResourceChange, kind: string) =>
  operation === "replace" ? `deleted, and an empty ${kind} takes its place` : "deleted with everything on it";

export const dataDiskDeleted: HazardRule = {
  id: "data-disk-deleted",
  title: "A data disk is deleted",
  severity: "high",
  what: "The disk and what is on it go. Disks written into an instance (dataDisks) go with it unless they say otherwise, and almost any change in them replaces the instance. A replaced disk is a new, empty one.",
  when: "the deletion or replacement of a disk; of an instance with dataDisks whose deleteWithInstance is not false",
  advice: "take a snapshot that outlives the disk, and copy what is needed",
  source: sources.diskDelete,
  *find(scope) {
    for (const change of lost(scope, ...types.disks)) {
      if (isScratch(before(change)["category"])) continue;
      yield {
        change,
        says: how(change, "disk"),
        evidence: fate(change),
        ...(scope.settings === undefined
          ? {}
          : { advice: "list the host under dataDisk.keep, which keeps its disk without the host" }),
      };
    }
    for (const change of lost(scope, types.instance, types.instanceSet)) {
      const disks = inlineDisks(change).filter((disk) => goesWithHost(disk));
      if (disks.length === 0) continue;
      yield {
        change,
        says: `${disks.length === 1 ? "the data disk" : `the ${disks.length} data disks`} written into it are deleted with it`,
        evidence: [...fate(change), ...disks.map((_, index) => `dataDisks[${index}].deleteWithInstance is not false`)],
        advice: "declare data disks as resources of their own with deleteWithInstance: false",
      };
    }
  },
};

const isScratch = (category: Inputs[string] | undefined) => scratchCategory.test(text(category) ?? "");
const inlineDisks = (change: ResourceChange) => maps(before(change)["dataDisks"]);

/** The provider's default is true; what is unknown is not read as true. */
function goesWithHost(disk: Inputs): boolean {
  const given = disk["deleteWithInstance"];
  const goes = given === undefined || given === null ? true : flag(given) === true;
  return goes && !isScratch(disk["category"] ?? disk["diskCategory"]);
}

export const databaseDeleted: HazardRule = {
  id: "database-deleted",
  title: "A database is deleted",
  severity: "high",
  what: "The instance and what is in it go. A replacement is a new, empty one at another address: most properties of Lindorm and TSDB replace it, the zone, the vSwitch, the disk category and the way of paying among them.",
  when: "the deletion or replacement of Lindorm, TSDB, RDS, Tair, MongoDB, PolarDB, AnalyticDB, ClickHouse or a file system",
  advice: "export the data first; where another property can reach the goal in place, change that one",
  source: sources.subscriptionDelete,
  *find(scope) {
    for (const change of lost(scope, ...types.databases, types.fileSystem)) {
      yield { change, says: how(change, "one"), evidence: fate(change) };
    }
  },
};

export const bucketDeleted: HazardRule = {
  id: "bucket-deleted",
  title: "A bucket is deleted",
  severity: "high",
  what: "With forceDestroy the provider deletes every object and every version, then the bucket. Without it a bucket that holds something is not deleted, and the update fails.",
  when: "the deletion or replacement of an OSS bucket; medium without forceDestroy",
  advice: "copy the objects first; set the resource option protect, or leave forceDestroy off",
  source: sources.bucketDelete,
  *find(scope) {
    for (const change of lost(scope, types.bucket)) {
      const forced = flag(before(change)["forceDestroy"]) === true;
      yield {
        change,
        says: forced ? "deleted with every object and version in it" : "deleted if it is empty, else the update fails",
        evidence: [`forceDestroy: ${forced}`, ...fate(change)],
        ...(forced ? {} : { severity: "medium" as const }),
      };
    }
  },
};

export const snapshotDeleted: HazardRule = {
  id: "snapshot-deleted",
  title: "A snapshot is deleted",
  severity: "high",
  what: "What could be gone back to is gone; with force also where a disk was made from it.",
  when: "the deletion or replacement of a snapshot",
  advice: "keep it until nothing needs it, or copy it to another region first",
  source: sources.snapshotDelete,
  *find(scope) {
    for (const change of lost(scope, ...types.snapshots)) {
      yield {
        change,
        says: change.operation === "replace" ? "deleted, and one of today takes its place" : "deleted",
        evidence: fate(change),
      };
    }
  },
};

export const keyDeleted: HazardRule = {
  id: "key-deleted",
  title: "A key goes, and with it what it encrypts",
  severity: "high",
  what: "A key that is to be deleted encrypts and decrypts nothing from that moment, and after its waiting time of at least seven days it is gone: disks, snapshots and objects that it encrypts can be read no more.",
  when: "the deletion or replacement of a KMS key",
  advice:
    "encrypt what is needed with another key first; disable the key and see what fails (CancelKeyDeletion works until its day)",
  source: sources.kmsApi,
  *find(scope) {
    for (const change of lost(scope, types.key)) {
      yield { change, says: "what it encrypts can be read no more", evidence: fate(change) };
    }
  },
};

/** What can only grow, and in which properties its size stands. */
const sizes: Readonly<Record<string, readonly string[]>> = {
  [types.instance]: ["systemDiskSize"],
  [types.tsdb]: ["instanceStorage"],
  [types.lindormV1]: ["instanceStorage", "coldStorage"],
  [types.lindormV2]: ["cloudStorageSize"],
  ...Object.fromEntries(types.disks.map((type) => [type, ["size"]])),
};

export const shrinkRefused: HazardRule = {
  id: "shrink-refused",
  title: "Storage cannot shrink",
  severity: "high",
  what: "ResizeDisk and the databases' own calls refuse a smaller size, and the update stops there, with what was changed before it in place.",
  when: "an update that makes a disk, a system disk, or the storage of Lindorm or TSDB smaller",
  advice: "make a new, smaller one beside it and move the data",
  source: sources.ecsApi,
  *find(scope) {
    for (const [type, properties] of Object.entries(sizes)) {
      for (const change of scope.ofType(type)) {
        if (change.operation !== "update") continue;
        const smaller = changesIn(change, ...properties).filter(({ before: old, after: next }) => {
          const [from, to] = [number(old), number(next)];
          return from !== undefined && to !== undefined && to < from;
        });
        if (smaller.length === 0) continue;
        yield {
          change,
          says: "the smaller size is refused and the update stops there",
          evidence: smaller.map(({ path, before: old, after: next }) => `${path}: ${old} -> ${next} GiB`),
        };
      }
    }
  },
};

export const dataRules: readonly HazardRule[] = [
  dataDiskDeleted,
  databaseDeleted,
  bucketDeleted,
  snapshotDeleted,
  keyDeleted,
  shrinkRefused,
];
