import { type DiskCategory, diskCategories, diskCategoriesFor, type PerformanceLevel } from "../../catalog/disks.ts";
import { diskLimits } from "../../catalog/limits.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { becoming } from "../core/phase.ts";
import { mostSize, type SizeRange, sizeRange } from "./disk-sizes.ts";
import { type Disk, type Instance, type Snapshot, snapshotPolicies, snapshots } from "./rows.ts";

/** A disk that a host is made with, checked. */
export type DiskWish = Pick<
  Disk,
  | "type"
  | "category"
  | "performanceLevel"
  | "sizeGiB"
  | "name"
  | "description"
  | "encrypted"
  | "kmsKeyId"
  | "snapshotPolicyId"
  | "deleteWithInstance"
  | "provisionedIops"
  | "bursting"
  | "sourceSnapshotId"
>;

/** Smallest and largest sizes, GiB (@alicloud/ecs20140526 7.11.6, RunInstances). @param level of ESSD, else "" */
export function sizesOf(type: Disk["type"], category: DiskCategory, level: string): SizeRange {
  const range = sizeRange(category, level) ?? { least: 20, most: 32_768 };
  const least = type === "system" && category === "cloud_essd_entry" ? 20 : range.least;
  return { least, most: mostSize({ category, performanceLevel: level, type }) ?? range.most };
}

/**
 * The system disk of a request.
 * @param imageGiB size of the image that goes onto it
 * @throws InvalidSystemDiskCategory.ValueNotSupported, InvalidSystemDiskSize.LessThanImageSize, .LessThanMinSize,
 * .MoreThanMaxSize, InvalidPerformanceLevel.NotFound, InvalidAutoSnapshotPolicyId.NotFound
 */
export function systemDiskOf(call: Call, type: string, imageGiB: number): DiskWish {
  const asked = call.params.object("SystemDisk");
  const category = systemCategory(call, type, asked.text("Category"));
  const wish = wishOf(call, asked, "system", category, asked.integer("Size") ?? Math.max(40, imageGiB));
  const level =
    asked.text("PerformanceLevel") === undefined && asked.text("Category") === undefined ? "PL0" : undefined;
  const disk = category === "cloud_essd" && level !== undefined ? { ...wish, performanceLevel: level } : wish;
  checkSystemSize(disk, imageGiB);
  return disk;
}

/**
 * Types that take nothing but ESSD get one by themselves on the China site since 2026-01-30.
 * @throws InvalidSystemDiskCategory.ValueNotSupported
 */
export function systemCategory(call: Call, type: string, asked: string | undefined): DiskCategory {
  const takes = diskCategoriesFor(type);
  const byItself =
    call.account.site === "china" && takes?.cloud_efficiency === "no" ? "cloud_essd" : "cloud_efficiency";
  const category = asDiskCategory(asked ?? byItself);
  if (category !== undefined && takes?.[category] !== "no") return category;
  throw new CloudError(
    "InvalidSystemDiskCategory.ValueNotSupported",
    400,
    'The specified parameter "SystemDisk.Category" is not valid.',
  );
}

export function asDiskCategory(text: string): DiskCategory | undefined {
  return diskCategories.find((category) => category === text);
}

/** @throws InvalidSystemDiskSize.LessThanImageSize, .LessThanMinSize, .MoreThanMaxSize */
export function checkSystemSize(disk: Pick<Disk, "category" | "performanceLevel" | "sizeGiB">, imageGiB: number): void {
  const { least, most } = sizesOf("system", asDiskCategory(disk.category) ?? "cloud_efficiency", disk.performanceLevel);
  const refused = (kind: string, why: string) =>
    new CloudError(`InvalidSystemDiskSize.${kind}`, 404, `The specified parameter SystemDisk.Size is ${why}.`);
  if (disk.sizeGiB < imageGiB) throw refused("LessThanImageSize", "less than the image size");
  if (disk.sizeGiB < least) throw refused("LessThanMinSize", "less than the min size");
  if (disk.sizeGiB > most) throw refused("MoreThanMaxSize", "more than the maximum size");
}

/**
 * Data disks that are made with the host.
 * @throws InvalidDataDiskCategory.ValueNotSupported, InvalidDataDiskSize.ValueNotSupported,
 * InstanceDiskNumber.LimitExceed, InvalidSnapshotId.NotFound
 */
export function dataDisksOf(call: Call, type: string): readonly DiskWish[] {
  const asked = call.params.objects("DataDisk");
  if (asked.length > diskLimits.dataDisks) {
    throw new CloudError(
      "InstanceDiskNumber.LimitExceed",
      400,
      "The total number of specified disk in an instance exceeds.",
    );
  }
  return asked.map((disk) => dataDiskOf(call, type, disk));
}

function dataDiskOf(call: Call, type: string, asked: Params): DiskWish {
  const snapshot = snapshotOf(call, asked.text("SnapshotId"));
  const category = asDiskCategory(asked.text("Category") ?? "cloud_efficiency");
  if (category === undefined || diskCategoriesFor(type)?.[category] === "no") {
    throw new CloudError(
      "InvalidDataDiskCategory.ValueNotSupported",
      400,
      'The specified parameter "DataDisk.N.Category" is not valid.',
    );
  }
  const sizeGiB = Math.max(asked.integer("Size") ?? 0, snapshot?.sizeGiB ?? 0);
  const source = snapshot === undefined ? {} : { sourceSnapshotId: snapshot.id };
  const wish = { ...wishOf(call, asked, "data", category, sizeGiB), ...source };
  const { least, most } = sizesOf("data", category, wish.performanceLevel);
  if (wish.sizeGiB >= least && wish.sizeGiB <= most) return wish;
  throw new CloudError(
    "InvalidDataDiskSize.ValueNotSupported",
    400,
    "The specified DataDisk.N.Size beyond the permitted range, or the capacity of snapshot exceeds the size limit of the specified disk category.",
  );
}

/** @throws InvalidSnapshotId.NotFound */
function snapshotOf(call: Call, id: string | undefined): Snapshot | undefined {
  const snapshot = call.find(snapshots, id);
  if (id === undefined || snapshot !== undefined) return snapshot;
  throw new CloudError("InvalidSnapshotId.NotFound", 404, "The specified SnapshotId does not exist.");
}

function wishOf(call: Call, asked: Params, type: Disk["type"], category: DiskCategory, sizeGiB: number): DiskWish {
  const performanceLevel = category === "cloud_essd" ? levelOf(asked.text("PerformanceLevel")) : "";
  const snapshotPolicyId = asked.text("AutoSnapshotPolicyId") ?? "";
  if (snapshotPolicyId !== "" && call.find(snapshotPolicies, snapshotPolicyId) === undefined) {
    throw new CloudError(
      "InvalidAutoSnapshotPolicyId.NotFound",
      404,
      "The specified AutoSnapshotPolicyId does not exist.",
    );
  }
  return {
    type,
    category,
    performanceLevel,
    sizeGiB,
    name: asked.text("DiskName") ?? "",
    description: asked.text("Description") ?? "",
    encrypted: asked.flag("Encrypted") ?? false,
    kmsKeyId: asked.text("KMSKeyId") ?? "",
    snapshotPolicyId,
    deleteWithInstance: type === "system" || (asked.flag("DeleteWithInstance") ?? true),
    provisionedIops: category === "cloud_auto" ? (asked.integer("ProvisionedIops") ?? 0) : 0,
    bursting: category === "cloud_auto" && (asked.flag("BurstingEnabled") ?? false),
  };
}

/** @throws InvalidPerformanceLevel.NotFound */
function levelOf(text = "PL1"): PerformanceLevel {
  if (text === "PL0" || text === "PL1" || text === "PL2" || text === "PL3") return text;
  throw new CloudError(
    "InvalidPerformanceLevel.NotFound",
    404,
    "The specified parameter PerformanceLevel is not valid.",
  );
}

/** What a disk takes from the host that it is made with. */
type Host = Pick<Instance, "id" | "zone" | "chargeType" | "expiresAt" | "imageId" | "resourceGroupId" | "tags">;

/**
 * Full row of a disk that hangs on a host from the beginning.
 * @param n place on the host: 0 is the system disk, /dev/xvda
 */
export function instanceDisk(call: Call, wish: DiskWish, host: Host, n: number): Disk {
  const now = call.now();
  return {
    ...call.newRow("d"),
    ...wish,
    zone: host.zone,
    phase: becoming("Creating", "In_use", now, 5_000),
    instanceId: host.id,
    device: `/dev/xvd${String.fromCharCode("a".charCodeAt(0) + n)}`,
    attachedAt: now,
    deleteAutoSnapshot: false,
    enableAutoSnapshot: true,
    chargeType: host.chargeType,
    ...(host.expiresAt === undefined ? {} : { expiresAt: host.expiresAt }),
    imageId: wish.type === "system" ? host.imageId : "",
    resourceGroupId: host.resourceGroupId,
    tags: host.tags,
  };
}
