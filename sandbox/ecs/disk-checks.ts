import { diskCategories, diskCategoriesFor, performanceLevels } from "../../catalog/disks.ts";
import { names } from "../../catalog/limits.ts";
import type { Call } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import { mostProvisionedIops, mostSize, sizeRange } from "./disk-sizes.ts";
import { type Disk, disks, type Instance } from "./rows.ts";
import { stockOf } from "./stock-rules.ts";

/** Categories that the API has names for and that are not sold here: basic, regional and elastic ephemeral disks. */
const notSold = [
  "cloud",
  "cloud_regional_disk_auto",
  "elastic_ephemeral_disk_standard",
  "elastic_ephemeral_disk_premium",
];

/** @throws InvalidDiskId.NotFound (404) */
export function needDisk(call: Call, id = call.params.need("DiskId")): Disk {
  const disk = call.find(disks, id);
  if (disk === undefined) throw new CloudError("InvalidDiskId.NotFound", 404, "The specified disk does not exist.");
  return disk;
}

/** @throws InvalidDiskName.Malformed, InvalidDescription.Malformed (400) */
export function checkDiskTexts(name: string, description: string): void {
  if (name !== "" && !names.securityGroup.form.test(name)) {
    throw new CloudError("InvalidDiskName.Malformed", 400, "The specified disk name is wrongly formed.");
  }
  checkDescription(description);
}

/** @throws InvalidDescription.Malformed (400) for what is not 2 to 256 characters or starts like a link */
export function checkDescription(description: string): void {
  if (description !== "" && (!/^.{2,256}$/su.test(description) || /^https?:\/\//.test(description))) {
    throw new CloudError("InvalidDescription.Malformed", 400, "The specified description is wrongly formed.");
  }
}

/** @throws InvalidZoneId.NotFound (404) */
export function checkZone(call: Call, zone: string): void {
  if (!call.zones().includes(zone)) {
    throw new CloudError("InvalidZoneId.NotFound", 404, "The specified ZoneId does not exist.");
  }
}

/** @throws InvalidDiskCategory.ValueNotSupported, InvalidDiskCategory.NotSupported (400) */
export function checkCategory(category: string): void {
  if (diskCategories.some((known) => known === category)) return;
  if (notSold.includes(category)) {
    throw new CloudError("InvalidDiskCategory.NotSupported", 400, "The specified disk category is not support.");
  }
  throw new CloudError(
    "InvalidDiskCategory.ValueNotSupported",
    400,
    'The specified parameter "DiskCategory" is not valid.',
  );
}

/** @throws OperationDenied.NoStock (403), InvalidDataDiskCategory.NotSupported (400) when the zone has none of it */
export function checkDiskStock(call: Call, zone: string, category: string): void {
  const stock = stockOf(call)(zone, category);
  if (stock === "NoStock") {
    throw new CloudError(
      "OperationDenied.NoStock",
      403,
      "The requested resource is sold out in the specified zone; try other types of resources or other regions and zones.",
    );
  }
  if (stock === "NotOnSale") {
    throw new CloudError("InvalidDataDiskCategory.NotSupported", 400, "Specified disk category is not supported.");
  }
}

/** @throws InvalidPerformanceLevel.Malformed (400) */
export function checkLevel(level: string): void {
  if (!performanceLevels.some((known) => known === level)) {
    throw new CloudError(
      "InvalidPerformanceLevel.Malformed",
      400,
      "The specified parameter PerformanceLevel is not valid.",
    );
  }
}

/** What a disk's size has to fit. */
export type Sized = Pick<Disk, "category" | "performanceLevel" | "sizeGiB" | "type">;

/** @throws InvalidDiskSize.NotSupported, OperationDenied.PerformanceLevelNotMatch (403) */
export function checkSize(disk: Sized): void {
  const { category, performanceLevel, sizeGiB } = disk;
  const least = sizeRange(category, performanceLevel)?.least;
  const fitsBelow = sizeGiB <= (mostSize(disk) ?? 0);
  if (least !== undefined && sizeGiB >= least && fitsBelow) return;
  // Large enough for some ESSD, only not for this level.
  if (category === "cloud_essd" && sizeGiB >= 1 && fitsBelow) {
    throw new CloudError(
      "OperationDenied.PerformanceLevelNotMatch",
      403,
      "The specified PerformanceLevel and Size do not match.",
    );
  }
  throw new CloudError("InvalidDiskSize.NotSupported", 403, "Disk size is not supported.");
}

/** @throws ProvisionedIopsForDiskCategoryUnsupported, InvalidProvisionedIops.LimitExceed (400) */
export function checkProvisionedIops(category: string, sizeGiB: number, iops: number): void {
  if (iops === 0) return;
  if (category !== "cloud_auto") {
    throw new CloudError(
      "ProvisionedIopsForDiskCategoryUnsupported",
      400,
      "The specified disk category does not support provisioned iops.",
    );
  }
  if (iops < 0 || iops > mostProvisionedIops(sizeGiB)) {
    throw new CloudError("InvalidProvisionedIops.LimitExceed", 400, "The provisioned iops exceeds the limit.");
  }
}

/** @throws BurstingEnabledForDiskCategoryUnsupported, InvalidBurstingEnabled.DiskSizeTooSmall (400) */
export function checkBursting(category: string, sizeGiB: number, bursting: boolean): void {
  if (!bursting) return;
  if (category !== "cloud_auto") {
    throw new CloudError(
      "BurstingEnabledForDiskCategoryUnsupported",
      400,
      "The specified disk category does not support bursting enabled.",
    );
  }
  if (sizeGiB <= 3) {
    throw new CloudError(
      "InvalidBurstingEnabled.DiskSizeTooSmall",
      400,
      "The disk size must be greater than 3 GiB to enable burst.",
    );
  }
}

/** @throws InvalidInstanceType.NotSupportDiskCategory (403) where the catalogue says that the type does not take it */
export function checkTypeTakes(instance: Instance, category: string): void {
  const takes = diskCategoriesFor(instance.type);
  const name = diskCategories.find((known) => known === category);
  if (takes !== undefined && name !== undefined && takes[name] === "no") {
    throw new CloudError(
      "InvalidInstanceType.NotSupportDiskCategory",
      403,
      "The instanceType of the specified instance does not support this disk category.",
    );
  }
}

/** A number that has to be there. @throws MissingParameter */
export function needInteger(call: Call, name: string): number {
  const value = call.params.integer(name);
  if (value === undefined) throw missing(name);
  return value;
}
