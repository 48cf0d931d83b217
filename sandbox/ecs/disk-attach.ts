import { diskLimits } from "../../catalog/limits.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming, statusOf } from "../core/phase.ts";
import { isPortable } from "./disk-answer.ts";
import { checkTypeTakes, needDisk } from "./disk-checks.ts";
import { instanceStatus, needInstance } from "./instance-find.ts";
import { type Disk, disks, type Instance } from "./rows.ts";

export const diskAttachActions: Actions = { AttachDisk: attachDisk, DetachDisk: detachDisk };

/** Milliseconds of cloud time. "About a minute" is what the documents say of DetachDisk. */
const attaching = 5_000;
const detaching = 60_000;

/**
 * @throws IncorrectDiskStatus (403) when it hangs on a host already, ResourcesNotInSameZone, InstanceDiskLimitExceeded,
 *   InvalidInstanceType.NotSupportDiskCategory (403), IncorrectInstanceStatus, InvalidDisk.DiskNotBootable (400)
 */
function attachDisk(call: Call): Answer {
  const { params } = call;
  const disk = needDisk(call);
  const instance = needInstance(call);
  checkInstanceStatus(call, instance, 400);
  if (params.flag("Bootable") ?? false) {
    throw new CloudError(
      "InvalidDisk.DiskNotBootable",
      400,
      "The specified disk is not a bootable disk, can not be attached as system disk.",
    );
  }
  if (statusOf(disk.phase, call.now()) !== "Available") {
    throw new CloudError(
      "IncorrectDiskStatus",
      403,
      "The current status of the disk does not support this operation. The expected disk status is Available.",
    );
  }
  checkPortable(disk);
  if (disk.zone !== instance.zone) {
    throw new CloudError("ResourcesNotInSameZone", 403, "The specified instance and disk are not in the same zone.");
  }
  checkTypeTakes(instance, disk.category);
  checkRoom(call, instance);

  const now = call.now();
  call.put(disks, {
    ...disk,
    instanceId: instance.id,
    device: nextDevice(call, instance.id),
    deleteWithInstance: params.flag("DeleteWithInstance") ?? false,
    attachedAt: now,
    phase: becoming("Attaching", "In_use", now, attaching),
  });
  return {};
}

/**
 * @throws InvalidDisk.AlreadyDetached (404); DependencyViolation, IncorrectDiskStatus, DiskTypeViolation, DiskNotPortable,
 *   IncorrectInstanceStatus (403)
 */
function detachDisk(call: Call): Answer {
  const disk = needDisk(call);
  const instance = needInstance(call);
  if (disk.instanceId === "") {
    throw new CloudError("InvalidDisk.AlreadyDetached", 404, "The specified disk has been detached.");
  }
  if (disk.instanceId !== instance.id) {
    throw new CloudError(
      "DependencyViolation",
      403,
      "The specified disk has not been attached on the specified instance.",
    );
  }
  if (disk.type === "system") {
    throw new CloudError(
      "DiskTypeViolation",
      403,
      "The specified disk is a system disk and cannot support the operation.",
    );
  }
  checkPortable(disk);
  if (statusOf(disk.phase, call.now()) !== "In_use") {
    throw new CloudError("IncorrectDiskStatus", 403, "The current disk status does not support this operation.");
  }
  checkInstanceStatus(call, instance, 403);

  const now = call.now();
  call.put(disks, {
    ...disk,
    instanceId: "",
    device: "",
    deleteWithInstance: false,
    detachedAt: now,
    phase: becoming("Detaching", "Available", now, detaching),
  });
  return {};
}

function checkPortable(disk: Disk): void {
  if (isPortable(disk)) return;
  throw new CloudError("DiskNotPortable", 403, "The specified disk is not a portable disk.");
}

/** The two actions answer it with different HTTP statuses. */
function checkInstanceStatus(call: Call, instance: Instance, http: number): void {
  const status = instanceStatus(call, instance);
  if (status === "Running" || status === "Stopped") return;
  throw new CloudError(
    "IncorrectInstanceStatus",
    http,
    "The current status of the resource does not support this operation.",
  );
}

/** @throws InstanceDiskLimitExceeded (403) at 16 data disks */
export function checkRoom(call: Call, instance: Instance): void {
  const there = call.list(disks).filter((disk) => disk.instanceId === instance.id && disk.type === "data");
  if (there.length < diskLimits.dataDisks) return;
  throw new CloudError(
    "InstanceDiskLimitExceeded",
    403,
    "The amount of the disk on instance in question reach its limits.",
  );
}

/** The first free name from /dev/xvdb on; /dev/xvda is the system disk. */
export function nextDevice(call: Call, instanceId: string): string {
  const taken = new Set(
    call
      .list(disks)
      .filter((disk) => disk.instanceId === instanceId)
      .map((disk) => disk.device),
  );
  const free = [..."bcdefghijklmnopqrstuvwxyz"].map((letter) => `/dev/xvd${letter}`).find((name) => !taken.has(name));
  return free ?? "/dev/xvdz";
}
