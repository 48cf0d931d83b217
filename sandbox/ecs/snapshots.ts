import { names } from "../../catalog/limits.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { becoming, statusOf } from "../core/phase.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { kmsKeyOf } from "./disk-answer.ts";
import { checkDescription, needDisk } from "./disk-checks.ts";
import { asked, createdSince, jsonIds, pageOf } from "./lists.ts";
import { checkResourceGroup } from "./resource-groups.ts";
import { disks, instances, type Snapshot, snapshots } from "./rows.ts";

export const snapshotActions: Actions = {
  CreateSnapshot: createSnapshot,
  DescribeSnapshots: describeSnapshots,
  ModifySnapshotAttribute: modifySnapshotAttribute,
  DeleteSnapshot: deleteSnapshot,
};

/** Milliseconds of cloud time that a snapshot takes. */
const making = 30_000;
const day = 24 * 3_600_000;

/**
 * @throws IncorrectDiskStatus, .NeverAttached, .CreatingSnapshot (403), IncorrectInstanceStatus (400),
 *   InvalidSnapshotName.Malformed (400)
 */
function createSnapshot(call: Call): Answer {
  const { params } = call;
  const now = call.now();
  const disk = needDisk(call);
  const status = statusOf(disk.phase, now);
  if (status !== "In_use" && status !== "Available") {
    throw new CloudError("IncorrectDiskStatus", 403, "The current disk status does not support this operation.");
  }
  if (disk.attachedAt === undefined) {
    throw new CloudError(
      "IncorrectDiskStatus.NeverAttached",
      403,
      "The specified disk has never been attached to any instance.",
    );
  }
  const instance = call.find(instances, disk.instanceId);
  if (instance !== undefined && !["Running", "Stopped"].includes(statusOf(instance.phase, now))) {
    throw new CloudError(
      "IncorrectInstanceStatus",
      400,
      "The current status of the resource does not support this operation.",
    );
  }
  if (call.list(snapshots).some((row) => row.diskId === disk.id && statusOf(row.phase, now) === "progressing")) {
    throw new CloudError("IncorrectDiskStatus.CreatingSnapshot", 403, "A previous snapshot creation is in process.");
  }
  const name = params.text("SnapshotName") ?? "";
  checkName(name);
  const description = params.text("Description") ?? "";
  checkDescription(description);
  const resourceGroupId = params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  // The call names no region of its own.
  const row = { ...call.row(`s-${call.randomId()}`), region: disk.region };
  call.put(snapshots, {
    ...row,
    name,
    description,
    diskId: disk.id,
    diskType: disk.type,
    sizeGiB: disk.sizeGiB,
    encrypted: disk.encrypted,
    kmsKeyId: kmsKeyOf(disk),
    category: params.choice("Category", ["standard", "flash"]) ?? "standard",
    ...retentionOf(call, row.createdAt, 0),
    phase: becoming("progressing", "accomplished", now, making),
    resourceGroupId,
    tags: tagsOf(params),
  });
  return { SnapshotId: row.id };
}

/** It goes away by itself when its days are over. @throws InvalidRetentionDays.Malformed (400) */
function retentionOf(call: Call, createdAt: number, before: number): Pick<Snapshot, "retentionDays" | "goneAt"> {
  const days = call.params.integer("RetentionDays");
  if (days !== undefined && (days < 1 || days > 65_536)) {
    throw new CloudError("InvalidRetentionDays.Malformed", 400, "The specified RetentionDays is not valid.");
  }
  const retentionDays = days ?? before;
  return retentionDays === 0 ? { retentionDays } : { retentionDays, goneAt: createdAt + retentionDays * day };
}

function describeSnapshots(call: Call): Answer {
  const now = call.now();
  const used = new Set(call.list(disks).map((disk) => disk.sourceSnapshotId));
  const ids = jsonIds(call, "SnapshotIds");
  const instanceId = call.params.text("InstanceId");
  const ofInstance =
    instanceId === undefined
      ? undefined
      : new Set(
          call
            .list(disks)
            .filter((disk) => disk.instanceId === instanceId)
            .map((disk) => disk.id),
        );
  const all = ids === undefined ? call.list(snapshots) : ids.flatMap((id) => call.find(snapshots, id) ?? []);
  const { rows, fields } = pageOf(
    call,
    all.filter(
      (row) =>
        (ofInstance?.has(row.diskId) ?? true) &&
        asked(call, "DiskId", row.diskId) &&
        asked(call, "SnapshotName", row.name) &&
        asked(call, "SnapshotType", "user") &&
        asked(call, "Status", statusOf(row.phase, now)) &&
        asked(call, "Usage", used.has(row.id) ? "disk" : "none") &&
        asked(call, "SourceDiskType", row.diskType) &&
        asked(call, "Category", row.category) &&
        asked(call, "ResourceGroupId", row.resourceGroupId) &&
        (call.params.flag("Encrypted") ?? row.encrypted) === row.encrypted &&
        createdSince(call, row.createdAt) &&
        matchesTags(call, row.tags),
    ),
  );
  return { ...fields, Snapshots: { Snapshot: rows.map((row) => snapshotAnswer(row, now, used.has(row.id))) } };
}

function snapshotAnswer(row: Snapshot, now: number, used: boolean): Readonly<Record<string, unknown>> {
  const status = statusOf(row.phase, now);
  const done = status === "accomplished";
  return {
    SnapshotId: row.id,
    SnapshotName: row.name,
    Description: row.description,
    RegionId: row.region,
    Status: status,
    Progress: done ? "100%" : "0%",
    RemainTime: done ? 0 : Math.ceil(((row.phase.at ?? now) - now) / 1000),
    Available: done,
    SnapshotType: "user",
    Category: row.category,
    SourceDiskId: row.diskId,
    SourceDiskSize: String(row.sizeGiB),
    SourceDiskType: row.diskType,
    SourceStorageType: "disk",
    Encrypted: row.encrypted,
    KMSKeyId: row.kmsKeyId,
    CreationTime: secondText(row.createdAt),
    LastModifiedTime: secondText(row.createdAt),
    // Left out when it is kept for ever.
    ...(row.retentionDays === 0 ? {} : { RetentionDays: row.retentionDays }),
    Usage: used ? "disk" : "none",
    ProductCode: "",
    InstantAccess: false,
    ResourceGroupId: row.resourceGroupId,
    Tags: { Tag: tagList(row.tags, "TagKey") },
  };
}

function modifySnapshotAttribute(call: Call): Answer {
  const { params } = call;
  const row = call.find(snapshots, params.need("SnapshotId"));
  if (row === undefined) {
    throw new CloudError("InvalidSnapshotId.NotFound", 404, "The specified SnapshotId does not exist.");
  }
  const name = params.has("SnapshotName") ? (params.text("SnapshotName") ?? "") : row.name;
  const description = params.has("Description") ? (params.text("Description") ?? "") : row.description;
  checkName(name);
  checkDescription(description);
  call.put(snapshots, { ...row, name, description, ...retentionOf(call, row.createdAt, row.retentionDays) });
  return {};
}

/** One that is not there is ignored (SDK comment). @throws SnapshotCreatedDisk (403) unless Force */
function deleteSnapshot(call: Call): Answer {
  const row = call.find(snapshots, call.params.need("SnapshotId"));
  if (row === undefined) return {};
  const used = call.list(disks).some((disk) => disk.sourceSnapshotId === row.id);
  if (used && !(call.params.flag("Force") ?? false)) {
    throw new CloudError("SnapshotCreatedDisk", 403, "The snapshot has been used to create disk(s).");
  }
  call.remove(snapshots, row);
  return {};
}

function checkName(name: string): void {
  if (name === "" || (names.securityGroup.form.test(name) && !/^(auto|https?:\/\/)/.test(name))) return;
  throw new CloudError("InvalidSnapshotName.Malformed", 400, "The specified snapshot name is wrongly formed.");
}
