import type { ResourceChange, Side } from "../../changes/change.ts";
import { after, before, changesIn, isGone, sidesOf } from "../change.ts";
import { isProtected, protectionOf } from "../held.ts";
import type { HazardRule } from "../rule.ts";
import type { Scope } from "../scope.ts";
import * as sources from "../sources.ts";
import * as types from "../types.ts";
import { flag, list, number } from "../values.ts";
import { fate, inWords } from "../words.ts";

const holdsData: readonly string[] = [
  ...types.disks,
  ...types.databases,
  ...types.snapshots,
  types.fileSystem,
  types.bucket,
  types.key,
];

export const protectionRemoved: HazardRule = {
  id: "protection-removed",
  title: "Protection against deletion is taken away",
  severity: "high",
  what: "The service's deletion protection, or Pulumi's protect, is turned off. Nothing is lost by that; the next edit, or a click in the console, can.",
  when: "an update of anything from protected to not; high where it holds data, else medium",
  advice: "leave it on; where the resource is to go, accept it together with the loss",
  source: sources.engineProtect,
  acceptedAlsoBy: ["data-disk-deleted", "database-deleted", "bucket-deleted", "address-deleted", "snapshot-deleted"],
  *find(scope) {
    for (const { change, old, next } of bothSides(scope)) {
      const severity = holdsData.includes(change.type) ? ("high" as const) : ("medium" as const);
      if (old.options.protect === true && next.options.protect !== true) {
        yield { change, severity, says: "no longer protected by Pulumi", evidence: ["protect: true -> false"] };
      }
      const property = protectionOf(change.type);
      if (property === undefined) continue;
      if (isProtected(change.type, old.inputs) !== true || isProtected(change.type, after(change)) !== false) continue;
      yield { change, severity, says: "no longer protected by its service", evidence: [`${property}: on -> off`] };
    }
  },
};

/** What stays, changed or not: the engine calls a resource of which only an option changes the same. */
function bothSides(scope: Scope): { readonly change: ResourceChange; readonly old: Side; readonly next: Side }[] {
  return [...scope.resources, ...scope.optionChanges].flatMap((change) => {
    const both = sidesOf(change);
    return both === undefined || isGone(change) ? [] : [{ change, ...both }];
  });
}

/** Where encryption at rest is said; nested ones by their list. */
const encryption: Readonly<Record<string, readonly string[]>> = {
  [types.instance]: ["systemDiskEncrypted", "dataDisks"],
  ...Object.fromEntries(types.disks.map((type) => [type, ["encrypted"]])),
  [types.mongo]: ["encrypted"],
  [types.bucket]: ["serverSideEncryptionRule"],
};

export const encryptionRemoved: HazardRule = {
  id: "encryption-removed",
  title: "Encryption at rest is taken away",
  severity: "high",
  what: "Encryption is fixed when a disk is made: turned off, the disk is replaced by an empty, plain one. A bucket keeps old objects encrypted and writes new ones plain.",
  when: "a change of a disk, a system disk, an inline data disk or MongoDB from encrypted to not; a bucket whose encryption rule goes",
  advice: "leave it on: it costs nothing with the service's own key",
  source: sources.diskSchema,
  *find(scope) {
    for (const [type, properties] of Object.entries(encryption)) {
      for (const change of scope.ofType(type)) {
        if (sidesOf(change) === undefined) continue;
        const off = changesIn(change, ...properties).filter(({ path, before: old, after: next }) =>
          path.startsWith("serverSideEncryptionRule")
            ? path === "serverSideEncryptionRule" && list(old).length > 0 && list(next).length === 0
            : /encrypted$/i.test(path) && flag(old) === true && flag(next) !== true,
        );
        if (off.length === 0) continue;
        yield { change, says: "no longer encrypted at rest", evidence: off.map(inWords) };
      }
    }
    for (const change of scope.ofType(types.bucketEncryption)) {
      if (change.operation !== "delete") continue;
      yield { change, says: "new objects are no longer encrypted at rest", evidence: fate(change) };
    }
  },
};

export const snapshotsReduced: HazardRule = {
  id: "snapshots-reduced",
  title: "Fewer snapshots, or kept for a shorter time",
  severity: "medium",
  what: "What a disk can be brought back to becomes less: a policy or its attachment goes, or snapshots are kept for fewer days or taken on fewer days.",
  when: "the deletion of a snapshot policy or of its attachment to a disk that stays; fewer retentionDays, repeatWeekdays or timePoints; an instance's systemDiskAutoSnapshotPolicyId that goes; fewer days of an RDS or MongoDB backup; versioning of a bucket that ends",
  advice: "attach another policy first",
  source: sources.snapshotPolicy,
  *find(scope) {
    for (const change of scope.ofType(types.snapshotPolicyAttachment)) {
      if (change.operation !== "delete" || itsDiskGoes(change, scope)) continue;
      yield { change, says: "its disk gets no more snapshots", evidence: fate(change) };
    }
    for (const change of scope.ofType(...types.snapshotPolicies)) {
      if (change.operation === "delete" && !attachmentsAreTold(change, scope)) {
        yield { change, says: "no more snapshots by this policy", evidence: fate(change) };
      }
      if (change.operation !== "update") continue;
      const less = [...changesIn(change, "retentionDays").filter(isShorter), ...fewer(change)];
      if (less.length === 0) continue;
      const evidence = less.map((one) => (typeof one === "string" ? one : inWords(one)));
      yield { change, says: "fewer snapshots, or kept for a shorter time", evidence };
    }
    for (const change of scope.ofType(types.instance)) {
      const off = changesIn(change, "systemDiskAutoSnapshotPolicyId").filter(({ after: next }) => !next);
      if (off.length > 0) yield { change, says: "its system disk gets no more snapshots", evidence: off.map(inWords) };
    }
    for (const change of scope.ofType(...backedUp)) {
      if (change.operation !== "update") continue;
      const less = changesIn(change, ...backups).filter(isShorter);
      if (less.length > 0) yield { change, says: "backups are kept for a shorter time", evidence: less.map(inWords) };
    }
    for (const change of scope.ofType(types.bucketVersioning)) {
      const ends =
        change.operation === "delete" || changesIn(change, "status").some(({ after: next }) => next === "Suspended");
      if (!ends) continue;
      const evidence = change.operation === "delete" ? fate(change) : changesIn(change, "status").map(inWords);
      yield { change, says: "old versions of objects are no longer kept", evidence };
    }
  },
};

/** Where databases say for how many days backups and logs are kept. */
const backedUp = ["alicloud:rds/backupPolicy:BackupPolicy", types.mongo, types.shardedMongo];
const backups = ["backupRetentionPeriod", "logBackupRetentionPeriod"];

/** -1 is forever. */
function isShorter({ before: old, after: next }: { readonly before?: unknown; readonly after?: unknown }): boolean {
  const days = (value: unknown) => {
    const given = number(value as never);
    return given === undefined || given === -1 ? Number.POSITIVE_INFINITY : given;
  };
  return days(next) < days(old);
}

function fewer(change: ResourceChange): string[] {
  return ["repeatWeekdays", "timePoints"].flatMap((name) => {
    const old = before(change)[name];
    const next = after(change)[name];
    if (!Array.isArray(old) || !Array.isArray(next)) return [];
    return next.length < old.length ? [`${name}: ${old.length} -> ${next.length}`] : [];
  });
}

function itsDiskGoes(change: ResourceChange, scope: Scope): boolean {
  const gone = new Set(scope.ofType(...types.disks).flatMap((disk) => (isGone(disk) ? [disk.urn] : [])));
  return (change.before?.options.dependsOn ?? []).some((urn) => gone.has(urn));
}

function attachmentsAreTold(change: ResourceChange, scope: Scope): boolean {
  return scope.dependentsOf(change.formerUrn ?? change.urn, "before").length > 0;
}

export const protectionRules: readonly HazardRule[] = [protectionRemoved, encryptionRemoved, snapshotsReduced];
