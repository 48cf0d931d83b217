import { instanceType } from "../../catalog/instance-types.ts";
import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { steady } from "../core/phase.ts";
import { checkSystemSize } from "./instance-disks.ts";
import { needInstance, needStatus } from "./instance-find.ts";
import { checkPassword } from "./instance-names.ts";
import { checkImageRuns, needImage } from "./instance-type-checks.ts";
import { type Disk, disks, type Instance, instances } from "./rows.ts";

function systemDisk(call: Call, instance: Instance): Disk {
  const disk = call.find(disks, instance.systemDiskId);
  if (disk !== undefined) return disk;
  throw new CloudError("InvalidDiskId.NotFound", 404, "The specified DiskId does not exist.");
}

export const systemDiskActions: Actions = {
  /** A new, empty system disk with another image; what was on the old one is lost. */
  ReplaceSystemDisk(call) {
    const { params } = call;
    const instance = needInstance(call);
    needStatus(call, instance, "Stopped");
    checkPassword(params);
    const old = systemDisk(call, instance);
    const image = needImage(params.text("ImageId") ?? instance.imageId);
    const type = instanceType(instance.type);
    if (type !== undefined) checkImageRuns(image, type);
    const { attachedAt: _attachedAt, ...kept } = old;
    const disk: Disk = {
      ...kept,
      id: `d-${call.randomId()}`,
      createdAt: call.now(),
      sizeGiB: params.object("SystemDisk").integer("Size") ?? old.sizeGiB,
      encrypted: params.flag("Encrypted") ?? old.encrypted,
      kmsKeyId: params.text("KMSKeyId") ?? old.kmsKeyId,
      phase: steady("In_use"),
      attachedAt: call.now(),
      imageId: image.id,
      // A snapshot policy was for the old disk and has to be applied again.
      snapshotPolicyId: "",
    };
    checkSystemSize(disk, image.diskGiB ?? 20);
    call.remove(disks, old);
    call.put(disks, disk);
    // The key lay on the old disk: without a new one the host has none.
    call.put(instances, {
      ...instance,
      imageId: image.id,
      systemDiskId: disk.id,
      keyPairName: params.text("KeyPairName") ?? "",
    });
    return { DiskId: disk.id };
  },
};
