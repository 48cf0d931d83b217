import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming, steady } from "../core/phase.ts";
import { addresses } from "../vpc/rows.ts";
import {
  chargeTypeViolation,
  dryRun,
  instanceStatus,
  needInstance,
  needInstances,
  wrongStatus,
} from "./instance-find.ts";
import { paidUntil } from "./instance-pay.ts";
import { disks, type Instance, instances } from "./rows.ts";

/** Milliseconds of cloud time until a released host is gone. */
const releaseTime = 3_000;

/**
 * @throws InvalidOperation.DeletionProtection, ChargeTypeViolation, IncorrectInstanceStatus.Initializing,
 * IncorrectInstanceStatus
 */
function checkDeletable(call: Call, instance: Instance): void {
  const { params } = call;
  if (instance.deletionProtection) {
    throw new CloudError(
      "InvalidOperation.DeletionProtection",
      403,
      "The operation is not allowed because the specified instance is protected from deletion.",
    );
  }
  const now = call.now();
  const until = paidUntil(instance, now);
  const expired = until !== undefined && until <= now && params.flag("TerminateSubscription") === true;
  if (until !== undefined && !expired) throw chargeTypeViolation();
  const status = instanceStatus(call, instance);
  if (status === "Pending") {
    throw new CloudError(
      "IncorrectInstanceStatus.Initializing",
      403,
      "The specified instance status does not support this operation.",
    );
  }
  if (status !== "Stopped" && params.flag("Force") !== true) throw wrongStatus();
}

/** Releases hosts: disks that go with them go, the others come off, elastic addresses are free again. */
function release(call: Call, asked: readonly Instance[]): void {
  const now = call.now();
  const goneAt = now + releaseTime;
  // One that is on its way out already does not start anew.
  const released = asked.filter((instance) => instance.goneAt === undefined);
  const ids = new Set(released.map((instance) => instance.id));
  for (const instance of released) {
    call.put(instances, { ...instance, phase: becoming("Stopping", "Stopped", now, releaseTime), goneAt });
  }
  for (const disk of call.list(disks)) {
    if (!ids.has(disk.instanceId)) continue;
    if (disk.deleteWithInstance) call.put(disks, { ...disk, goneAt });
    // A disk that stays is paid by the hour from now on (DeleteInstance documents).
    else call.put(disks, detached(disk, now));
  }
  for (const address of call.list(addresses)) {
    if (!ids.has(address.instanceId)) continue;
    call.put(addresses, {
      ...address,
      phase: steady("Available"),
      instanceId: "",
      instanceType: "",
      privateIp: "",
    });
  }
}

function detached(disk: typeof disks.row, now: number): typeof disks.row {
  const { attachedAt: _attachedAt, expiresAt: _expiresAt, ...rest } = disk;
  return { ...rest, instanceId: "", device: "", phase: steady("Available"), detachedAt: now, chargeType: "PostPaid" };
}

export const instanceDeleteActions: Actions = {
  DeleteInstance(call) {
    const instance = needInstance(call);
    checkDeletable(call, instance);
    dryRun(call);
    release(call, [instance]);
    return {};
  },

  DeleteInstances(call) {
    const asked = needInstances(call);
    for (const instance of asked) checkDeletable(call, instance);
    dryRun(call);
    release(call, asked);
    return {};
  },
};
