import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import { becoming, statusOf } from "../core/phase.ts";
import { checkBursting, checkDiskTexts, needDisk, needInteger } from "./disk-checks.ts";
import { mostSize } from "./disk-sizes.ts";
import { checkBuyer } from "./instance-account.ts";
import { needInstance } from "./instance-find.ts";
import { orderId } from "./instance-pay.ts";
import { jsonIds } from "./lists.ts";
import { type Disk, disks, instances, snapshots } from "./rows.ts";

export const diskChangeActions: Actions = {
  ModifyDiskAttribute: modifyDiskAttribute,
  ResizeDisk: resizeDisk,
  ModifyDiskChargeType: modifyDiskChargeType,
  ReInitDisk: reInitDisk,
  DeleteDisk: deleteDisk,
};

/** Milliseconds of cloud time that a disk takes to be empty again. */
const reIniting = 20_000;

/** @throws NoAttributeToModify (400) and what the checks throw */
function modifyDiskAttribute(call: Call): Answer {
  const { params } = call;
  const ids = params.text("DiskId") === undefined ? params.list("DiskIds") : [params.need("DiskId")];
  if (ids.length === 0) throw missing("DiskId");
  const change: Partial<Disk> = {
    ...(params.has("DiskName") ? { name: params.text("DiskName") ?? "" } : {}),
    ...(params.has("Description") ? { description: params.text("Description") ?? "" } : {}),
    ...flagged(call, "DeleteWithInstance", "deleteWithInstance"),
    ...flagged(call, "DeleteAutoSnapshot", "deleteAutoSnapshot"),
    ...flagged(call, "EnableAutoSnapshot", "enableAutoSnapshot"),
    ...flagged(call, "BurstingEnabled", "bursting"),
  };
  if (Object.keys(change).length === 0) {
    throw new CloudError("NoAttributeToModify", 400, "No attribute to be modified in this request.");
  }
  for (const id of ids) {
    const disk = { ...needDisk(call, id), ...change };
    checkDiskTexts(disk.name, disk.description);
    checkBursting(disk.category, disk.sizeGiB, disk.bursting);
    call.put(disks, disk);
  }
  return {};
}

function flagged(call: Call, parameter: string, field: keyof Disk): Partial<Disk> {
  const value = call.params.flag(parameter);
  return value === undefined ? {} : { [field]: value };
}

/** Only grows. @throws InvalidDiskSize.TooSmall, InvalidDiskSize.TooLarge, IncorrectDiskStatus, DiskCreatingSnapshot (403) */
function resizeDisk(call: Call): Answer {
  const disk = needDisk(call);
  const sizeGiB = needInteger(call, "NewSize");
  call.params.choice("Type", ["offline", "online"]);
  checkSteady(call, disk);
  checkBuyer(call);
  if (sizeGiB <= disk.sizeGiB) {
    throw new CloudError(
      "InvalidDiskSize.TooSmall",
      403,
      "Specified new disk size is less than the original disk size.",
    );
  }
  if (sizeGiB > (mostSize(disk) ?? 0)) {
    throw new CloudError("InvalidDiskSize.TooLarge", 403, "Specified new disk size is beyond the permitted range.");
  }
  const making = call.list(snapshots).some((row) => {
    return row.diskId === disk.id && statusOf(row.phase, call.now()) === "progressing";
  });
  if (making) {
    throw new CloudError(
      "DiskCreatingSnapshot",
      403,
      "The operation is denied due to a snapshot of the specified disk is not completed yet.",
    );
  }
  call.put(disks, { ...disk, sizeGiB });
  return disk.chargeType === "PrePaid" ? { OrderId: orderId() } : {};
}

/** @throws IncorrectDiskStatus (403) when it is being made, attached or detached */
export function checkSteady(call: Call, disk: Disk): void {
  const status = statusOf(disk.phase, call.now());
  if (status === "Available" || status === "In_use") return;
  throw new CloudError("IncorrectDiskStatus", 403, "The current disk status does not support this operation.");
}

/** Data disks of a subscription host. @throws InvalidInstanceChargeType.ValueNotSupported, DependencyViolation (403) */
function modifyDiskChargeType(call: Call): Answer {
  const instance = needInstance(call);
  const ids = jsonIds(call, "DiskIds");
  if (ids === undefined || ids.length === 0) throw missing("DiskIds");
  const chargeType = call.params.choice("DiskChargeType", ["PrePaid", "PostPaid"]) ?? "PrePaid";
  if (instance.chargeType !== "PrePaid") {
    throw new CloudError(
      "InvalidInstanceChargeType.ValueNotSupported",
      403,
      "The InstanceChargeType does not support this action.",
    );
  }
  if (chargeType === "PrePaid") checkBuyer(call);
  for (const id of ids) {
    const { expiresAt: _, ...disk } = needDisk(call, id);
    if (disk.instanceId !== instance.id || disk.type === "system") {
      throw new CloudError(
        "DependencyViolation",
        403,
        "The specified disk has not been attached on the specified instance.",
      );
    }
    const paidUntil = chargeType === "PrePaid" ? instance.expiresAt : undefined;
    call.put(disks, { ...disk, chargeType, ...(paidUntil === undefined ? {} : { expiresAt: paidUntil }) });
  }
  return { OrderId: orderId() };
}

/** @throws IncorrectDiskStatus, IncorrectInstanceStatus (403): the host has to stand still */
function reInitDisk(call: Call): Answer {
  const disk = needDisk(call);
  const now = call.now();
  if (statusOf(disk.phase, now) !== "In_use") {
    throw new CloudError("IncorrectDiskStatus", 403, "The current disk status does not support this operation.");
  }
  const instance = call.find(instances, disk.instanceId);
  if (instance === undefined || statusOf(instance.phase, now) !== "Stopped") {
    throw new CloudError(
      "IncorrectInstanceStatus",
      403,
      "The current status of the resource does not support this operation.",
    );
  }
  call.put(disks, { ...disk, phase: becoming("ReIniting", "In_use", now, reIniting) });
  return {};
}

/** A disk that is not there is ignored (SDK comment). @throws IncorrectDiskStatus(.Initializing) (403) */
function deleteDisk(call: Call): Answer {
  const disk = call.find(disks, call.params.need("DiskId"));
  if (disk === undefined) return {};
  const status = statusOf(disk.phase, call.now());
  if (status === "Creating") {
    throw new CloudError("IncorrectDiskStatus.Initializing", 403, "The specified disk is initializing.");
  }
  if (status !== "Available") {
    throw new CloudError("IncorrectDiskStatus", 403, "The current disk status does not support this operation.");
  }
  call.remove(disks, disk);
  return {};
}
