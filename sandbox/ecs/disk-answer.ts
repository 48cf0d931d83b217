import { createHash } from "node:crypto";
import { minuteText, secondText } from "../core/clock.ts";
import { statusOf } from "../core/phase.ts";
import { tagList } from "../core/tags.ts";
import type { Disk } from "./rows.ts";

/** What DescribeDisks shows as the end of something that is paid as it is used. */
const never = "2999-09-08T16:00Z";

/** A disk as DescribeDisks tells it. @param now cloud time, milliseconds */
export function diskAnswer(disk: Disk, now: number): Readonly<Record<string, unknown>> {
  const attached = disk.instanceId !== "";
  const attachment = {
    InstanceId: disk.instanceId,
    Device: disk.device,
    AttachedTime: disk.attachedAt === undefined ? "" : secondText(disk.attachedAt),
  };
  const attachments = attached ? [attachment] : [];
  return {
    DiskId: disk.id,
    DiskName: disk.name,
    Description: disk.description,
    RegionId: disk.region,
    ZoneId: disk.zone,
    Type: disk.type,
    Category: disk.category,
    PerformanceLevel: disk.category === "cloud_essd" ? disk.performanceLevel : "",
    Size: disk.sizeGiB,
    Status: statusOf(disk.phase, now),
    Encrypted: disk.encrypted,
    KMSKeyId: kmsKeyOf(disk),
    InstanceId: disk.instanceId,
    Device: disk.device,
    ImageId: disk.imageId,
    SourceSnapshotId: disk.sourceSnapshotId ?? "",
    ProductCode: "",
    Portable: isPortable(disk),
    DeleteWithInstance: disk.deleteWithInstance,
    DeleteAutoSnapshot: disk.deleteAutoSnapshot,
    EnableAutoSnapshot: disk.enableAutoSnapshot,
    EnableAutomatedSnapshotPolicy: disk.snapshotPolicyId !== "",
    AutoSnapshotPolicyId: disk.snapshotPolicyId,
    CreationTime: secondText(disk.createdAt),
    AttachedTime: attached ? attachment.AttachedTime : "",
    DetachedTime: disk.detachedAt === undefined ? "" : secondText(disk.detachedAt),
    DiskChargeType: disk.chargeType,
    ExpiredTime: disk.expiresAt === undefined ? never : minuteText(disk.expiresAt),
    ResourceGroupId: disk.resourceGroupId,
    MultiAttach: disk.multiAttach ?? "Disabled",
    ProvisionedIops: disk.provisionedIops,
    BurstingEnabled: disk.bursting,
    StorageSetId: "",
    SerialNumber: disk.id.slice(disk.id.indexOf("-") + 1),
    OperationLocks: { OperationLock: [] },
    MountInstanceNum: attachments.length,
    MountInstances: { MountInstance: attachments },
    Attachments: { Attachment: attachments },
    Tags: { Tag: tagList(disk.tags, "TagKey") },
  };
}

/** Whether it can be taken off a host: not what was paid ahead together with it. */
export function isPortable(disk: Disk): boolean {
  return disk.chargeType === "PostPaid";
}

/** Key of an encrypted disk: the one that was named, else the account's service key in the region; "" when plain. */
export function kmsKeyOf(disk: Pick<Disk, "encrypted" | "kmsKeyId" | "account" | "region">): string {
  if (!disk.encrypted || disk.kmsKeyId !== "") return disk.kmsKeyId;
  const hash = createHash("sha256").update(`${disk.account} ${disk.region}`).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Every policy that makes snapshots of a disk. */
export function policiesOf(disk: Disk): readonly string[] {
  return disk.snapshotPolicyId === "" ? [] : [disk.snapshotPolicyId, ...(disk.furtherPolicyIds ?? [])];
}

/** The disk with these policies and no others. */
export function withPolicies(disk: Disk, ids: readonly string[]): Disk {
  const [first = "", ...further] = ids;
  return { ...disk, snapshotPolicyId: first, furtherPolicyIds: further };
}
