import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming, statusOf } from "../core/phase.ts";
import { tagsOf } from "../core/tags.ts";
import { checkRoom, nextDevice } from "./disk-attach.ts";
import {
  checkBursting,
  checkCategory,
  checkDiskStock,
  checkDiskTexts,
  checkLevel,
  checkProvisionedIops,
  checkSize,
  checkTypeTakes,
  checkZone,
} from "./disk-checks.ts";
import { checkBuyer } from "./instance-account.ts";
import { needInstance } from "./instance-find.ts";
import { orderId } from "./instance-pay.ts";
import { checkResourceGroup } from "./resource-groups.ts";
import { type Disk, disks, type Instance, type Snapshot, snapshots } from "./rows.ts";

export const diskCreateActions: Actions = { CreateDisk: createDisk };

/** Milliseconds of cloud time until a new disk can be used. */
const creating = 5_000;

/**
 * A pay-as-you-go disk in a zone, or with InstanceId a subscription disk that comes attached.
 *
 * @throws what the checks throw; MissingParameter, InvalidEncrypted.NotMatchKmsKeyId (400),
 *   InvalidParam.ZoneIdAndInstanceId.Conflict, InvalidInstanceChargeType.ValueNotSupported (403)
 */
function createDisk(call: Call): Answer {
  const { params } = call;
  const host = hostOf(call);
  const zone = host?.zone ?? params.need("ZoneId");
  checkZone(call, zone);
  checkBuyer(call);

  const source = snapshotOf(call);
  const category = params.text("DiskCategory") ?? "cloud";
  checkCategory(category);
  const performanceLevel = category === "cloud_essd" ? (params.text("PerformanceLevel") ?? "PL1") : "";
  if (category === "cloud_essd") checkLevel(performanceLevel);
  const asked = params.integer("Size");
  if (asked === undefined && source === undefined) {
    throw new CloudError(
      "MissingParameter",
      400,
      'The input parameter either "SnapshotId" or "Size" should be specified.',
    );
  }
  const sizeGiB = Math.max(asked ?? 0, source?.sizeGiB ?? 0);
  checkSize({ category, performanceLevel, sizeGiB, type: "data" });
  const provisionedIops = params.integer("ProvisionedIops") ?? 0;
  checkProvisionedIops(category, sizeGiB, provisionedIops);
  const bursting = params.flag("BurstingEnabled") ?? false;
  checkBursting(category, sizeGiB, bursting);
  const name = params.text("DiskName") ?? "";
  const description = params.text("Description") ?? "";
  checkDiskTexts(name, description);
  const resourceGroupId = params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  if (host !== undefined) {
    checkTypeTakes(host, category);
    checkRoom(call, host);
  }
  checkDiskStock(call, zone, category);

  const now = call.now();
  const disk = call.put(disks, {
    ...call.newRow("d"),
    name,
    description,
    zone,
    type: "data",
    category,
    performanceLevel,
    sizeGiB,
    ...encryptionOf(call, source),
    phase: becoming("Creating", host === undefined ? "Available" : "In_use", now, creating),
    deleteWithInstance: false,
    deleteAutoSnapshot: false,
    enableAutoSnapshot: true,
    snapshotPolicyId: "",
    imageId: "",
    sourceSnapshotId: source?.id ?? "",
    multiAttach: multiAttachOf(call, category, host),
    provisionedIops,
    bursting,
    resourceGroupId,
    tags: tagsOf(params),
    ...placeOf(call, host, now),
  });
  return { DiskId: disk.id, ...(host === undefined ? {} : { OrderId: orderId() }) };
}

function hostOf(call: Call): Instance | undefined {
  if (call.params.text("InstanceId") === undefined) return undefined;
  if (call.params.text("ZoneId") !== undefined) {
    throw new CloudError(
      "InvalidParam.ZoneIdAndInstanceId.Conflict",
      403,
      "The specified parameter 'ZoneId' and 'InstanceId' are not blank at the same time.",
    );
  }
  const host = needInstance(call);
  if (host.chargeType === "PrePaid") return host;
  throw new CloudError(
    "InvalidInstanceChargeType.ValueNotSupported",
    403,
    "The InstanceChargeType does not support this action.",
  );
}

type Place = Pick<Disk, "instanceId" | "device" | "chargeType" | "attachedAt" | "expiresAt">;

function placeOf(call: Call, host: Instance | undefined, now: number): Place {
  if (host === undefined) return { instanceId: "", device: "", chargeType: "PostPaid" };
  return {
    instanceId: host.id,
    device: nextDevice(call, host.id),
    attachedAt: now,
    chargeType: "PrePaid",
    ...(host.expiresAt === undefined ? {} : { expiresAt: host.expiresAt }),
  };
}

function snapshotOf(call: Call): Snapshot | undefined {
  const id = call.params.text("SnapshotId");
  if (id === undefined) return undefined;
  const snapshot = call.find(snapshots, id);
  if (snapshot === undefined) {
    throw new CloudError("InvalidSnapshotId.NotFound", 404, "The specified SnapshotId does not exist.");
  }
  if (statusOf(snapshot.phase, call.now()) !== "accomplished") {
    throw new CloudError("InvalidSnapshotId.NotReady", 403, "The specified snapshot has not completed yet.");
  }
  if (snapshot.diskType === "system") {
    throw new CloudError(
      "InvalidSnapshotId.NotDataDiskSnapshot",
      403,
      "The specified snapshot is system disk snapshot.",
    );
  }
  return snapshot;
}

function encryptionOf(call: Call, source: Snapshot | undefined): Pick<Disk, "encrypted" | "kmsKeyId"> {
  const kmsKeyId = call.params.text("KMSKeyId") ?? source?.kmsKeyId ?? "";
  const encrypted = call.params.flag("Encrypted") ?? source?.encrypted ?? false;
  if (source?.encrypted === true && !encrypted) {
    throw new CloudError(
      "InvalidParameter.Encrypted",
      400,
      "Creating non-encrypted disks with encrypted snapshots is not supported.",
    );
  }
  if (kmsKeyId !== "" && !encrypted) {
    throw new CloudError(
      "InvalidEncrypted.NotMatchKmsKeyId",
      400,
      "The specified parameter Encrypted must be true when KmsKeyId is not empty.",
    );
  }
  return { encrypted, kmsKeyId };
}

function multiAttachOf(call: Call, category: string, host: Instance | undefined): "Enabled" | "Disabled" {
  const value = call.params.choice("MultiAttach", ["Enabled", "Disabled"]) ?? "Disabled";
  if (value === "Disabled") return value;
  if (host !== undefined) {
    throw new CloudError(
      "InvalidParameter.MultiAttachAndInstanceIdConflict",
      403,
      "The parameter MultiAttach and InstanceId are conflict.",
    );
  }
  if (category === "cloud_essd" || category === "cloud_auto") return value;
  throw new CloudError(
    "InvalidParameter.DiskCategoryAndMultiAttachNotMatch",
    403,
    "The specified disk category does not support multi attach enabled.",
  );
}
