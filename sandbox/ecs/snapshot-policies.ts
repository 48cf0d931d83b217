import type { Actions, Answer, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError, missing } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { policiesOf, withPolicies } from "./disk-answer.ts";
import { needDisk } from "./disk-checks.ts";
import { asked, jsonIds } from "./lists.ts";
import { checkResourceGroup } from "./resource-groups.ts";
import { disks, type SnapshotPolicy, snapshotPolicies } from "./rows.ts";
import { copyOf, nameOf, retentionOf, timesOf, weekdaysOf } from "./snapshot-policy-checks.ts";

export const snapshotPolicyActions: Actions = {
  CreateAutoSnapshotPolicy: createPolicy,
  DescribeAutoSnapshotPolicyEx: describePolicies,
  ModifyAutoSnapshotPolicyEx: modifyPolicy,
  ModifyAutoSnapshotPolicy: modifyPolicy,
  DeleteAutoSnapshotPolicy: deletePolicy,
  ApplyAutoSnapshotPolicy: applyPolicy,
  CancelAutoSnapshotPolicy: cancelPolicy,
};

/** Source: @alicloud/ecs20140526 7.11.6, comments on CreateAutoSnapshotPolicy and ApplyAutoSnapshotPolicy. */
const mostPolicies = 100;
const mostPerDisk = 10;

/** @throws AutoSnapshotPolicy.QuotaExceed, ParameterInvalid (403) */
function createPolicy(call: Call): Answer {
  const { params } = call;
  if (call.list(snapshotPolicies).length >= mostPolicies) {
    throw new CloudError(
      "AutoSnapshotPolicy.QuotaExceed",
      403,
      "The maximum number of automatic snapshot policy has been reached.",
    );
  }
  const resourceGroupId = params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  const policy = call.put(snapshotPolicies, {
    ...call.newRow("sp"),
    name: nameOf(call) ?? "",
    timePoints: timesOf(call) ?? required("timePoints"),
    repeatWeekdays: weekdaysOf(call) ?? required("repeatWeekdays"),
    retentionDays: retentionOf(call) ?? required("retentionDays"),
    copy: copyOf(call, { enabled: false, regions: [], retentionDays: -1 }),
    resourceGroupId,
    tags: tagsOf(params),
  });
  return { AutoSnapshotPolicyId: policy.id };
}

function required(parameter: string): never {
  throw missing(parameter);
}

function describePolicies(call: Call): Answer {
  const rows = call
    .list(snapshotPolicies)
    .filter(
      (policy) =>
        asked(call, "AutoSnapshotPolicyId", policy.id) &&
        asked(call, "AutoSnapshotPolicyName", policy.name) &&
        asked(call, "ResourceGroupId", policy.resourceGroupId) &&
        matchesTags(call, policy.tags),
    );
  const { rows: shown, fields } = page(rows, call.params);
  const uses = new Map<string, number>();
  for (const id of call.list(disks).flatMap(policiesOf)) uses.set(id, (uses.get(id) ?? 0) + 1);
  return {
    ...fields,
    AutoSnapshotPolicies: { AutoSnapshotPolicy: shown.map((policy) => policyAnswer(policy, uses.get(policy.id) ?? 0)) },
  };
}

function policyAnswer(policy: SnapshotPolicy, diskCount: number): Readonly<Record<string, unknown>> {
  const { copy } = policy;
  const encryption = copy.encryption;
  return {
    AutoSnapshotPolicyId: policy.id,
    AutoSnapshotPolicyName: policy.name,
    RegionId: policy.region,
    Status: "Normal",
    Type: "Custom",
    TimePoints: JSON.stringify(policy.timePoints),
    RepeatWeekdays: JSON.stringify(policy.repeatWeekdays),
    RetentionDays: policy.retentionDays,
    EnableCrossRegionCopy: copy.enabled,
    TargetCopyRegions: JSON.stringify(copy.regions),
    CopiedSnapshotsRetentionDays: copy.retentionDays,
    ...(encryption === undefined
      ? {}
      : { CopyEncryptionConfiguration: { Encrypted: encryption.encrypted, KMSKeyId: encryption.kmsKeyId } }),
    CreationTime: secondText(policy.createdAt),
    DiskNums: diskCount,
    VolumeNums: 0,
    ResourceGroupId: policy.resourceGroupId,
    Tags: { Tag: tagList(policy.tags, "TagKey") },
  };
}

function modifyPolicy(call: Call): Answer {
  const policy = needPolicy(call);
  call.put(snapshotPolicies, {
    ...policy,
    name: nameOf(call) ?? policy.name,
    timePoints: timesOf(call) ?? policy.timePoints,
    repeatWeekdays: weekdaysOf(call) ?? policy.repeatWeekdays,
    retentionDays: retentionOf(call) ?? policy.retentionDays,
    copy: copyOf(call, policy.copy),
  });
  return {};
}

/** Disks that it was applied to have it no longer (SDK comment); they do not stand in the way. */
function deletePolicy(call: Call): Answer {
  const policy = needPolicy(call);
  for (const disk of call.list(disks)) {
    const ids = policiesOf(disk);
    if (!ids.includes(policy.id)) continue;
    call.put(
      disks,
      withPolicies(
        disk,
        ids.filter((id) => id !== policy.id),
      ),
    );
  }
  call.remove(snapshotPolicies, policy);
  return {};
}

/** Comes on top of what the disk has. @throws QuotaExceed.AppliedAutoSnapshotPolicyQuota (403) */
function applyPolicy(call: Call): Answer {
  const policy = needPolicy(call);
  for (const id of needDiskIds(call)) {
    const disk = needDisk(call, id);
    const ids = policiesOf(disk);
    if (ids.includes(policy.id)) continue;
    if (ids.length >= mostPerDisk) {
      throw new CloudError(
        "QuotaExceed.AppliedAutoSnapshotPolicyQuota",
        403,
        `The number of auto snapshot policies applied to the specified disk ${id} has exceeded the quota ${mostPerDisk}. Please cancel any unused policies and try again.`,
      );
    }
    call.put(disks, withPolicies(disk, [...ids, policy.id]));
  }
  return {};
}

/** Without a policy's id, the only one. @throws OperationDenied.TooManyAutoSnapshotPolicies (403) when there are more */
function cancelPolicy(call: Call): Answer {
  const policyId = call.params.text("autoSnapshotPolicyId");
  for (const id of needDiskIds(call)) {
    const disk = needDisk(call, id);
    const ids = policiesOf(disk);
    if (policyId === undefined && ids.length > 1) {
      throw new CloudError(
        "OperationDenied.TooManyAutoSnapshotPolicies",
        403,
        "More than one auto snapshot policy is applied to the specified disk. Specify the autoSnapshotPolicyId.",
      );
    }
    const rest = policyId === undefined ? [] : ids.filter((one) => one !== policyId);
    call.put(disks, withPolicies(disk, rest));
  }
  return {};
}

function needDiskIds(call: Call): readonly string[] {
  const ids = jsonIds(call, "diskIds");
  if (ids === undefined || ids.length === 0) throw missing("diskIds");
  return ids;
}

/** @throws ParameterInvalid (404) */
function needPolicy(call: Call): SnapshotPolicy {
  const policy = call.find(snapshotPolicies, call.params.need("autoSnapshotPolicyId"));
  if (policy !== undefined) return policy;
  throw new CloudError("ParameterInvalid", 404, "The specified automatic snapshot policy does not exist.");
}
