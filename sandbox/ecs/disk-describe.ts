import type { Actions, Answer, Call } from "../core/call.ts";
import { statusOf } from "../core/phase.ts";
import { matchesTags } from "../core/tags.ts";
import { diskAnswer, isPortable, kmsKeyOf, policiesOf } from "./disk-answer.ts";
import { asked, createdSince, jsonIds, pageOf } from "./lists.ts";
import { type Disk, disks } from "./rows.ts";

export const diskDescribeActions: Actions = { DescribeDisks: describeDisks };

/** @throws InvalidDiskIds.Malformed, InvalidDiskIds.ValueNotSupported (400) */
function describeDisks(call: Call): Answer {
  const now = call.now();
  const { rows, fields } = pageOf(
    call,
    candidates(call).filter((disk) => wanted(call, disk, now)),
  );
  return { ...fields, Disks: { Disk: rows.map((disk) => diskAnswer(disk, now)) } };
}

function candidates(call: Call): readonly Disk[] {
  const ids = jsonIds(call, "DiskIds");
  if (ids === undefined) return call.list(disks);
  return ids.flatMap((id) => call.find(disks, id) ?? []);
}

function wanted(call: Call, disk: Disk, now: number): boolean {
  const is = (name: string, value: string) => asked(call, name, value);
  const flag = (name: string, value: boolean) => (call.params.flag(name) ?? value) === value;
  const policy = call.params.text("AutoSnapshotPolicyId");
  return (
    is("InstanceId", disk.instanceId) &&
    is("DiskType", disk.type) &&
    is("Category", disk.category) &&
    is("Status", statusOf(disk.phase, now)) &&
    is("DiskChargeType", disk.chargeType) &&
    is("DiskName", disk.name) &&
    is("ZoneId", disk.zone) &&
    is("SnapshotId", disk.sourceSnapshotId ?? "") &&
    is("ResourceGroupId", disk.resourceGroupId) &&
    is("KMSKeyId", kmsKeyOf(disk)) &&
    is("MultiAttach", disk.multiAttach ?? "Disabled") &&
    flag("Portable", isPortable(disk)) &&
    flag("Encrypted", disk.encrypted) &&
    flag("DeleteWithInstance", disk.deleteWithInstance) &&
    flag("DeleteAutoSnapshot", disk.deleteAutoSnapshot) &&
    flag("EnableAutoSnapshot", disk.enableAutoSnapshot) &&
    flag("EnableAutomatedSnapshotPolicy", disk.snapshotPolicyId !== "") &&
    (policy === undefined || policiesOf(disk).includes(policy)) &&
    createdSince(call, disk.createdAt) &&
    matchesTags(call, disk.tags)
  );
}
