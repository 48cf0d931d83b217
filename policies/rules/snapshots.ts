import { mlps } from "../clauses.ts";
import { about, demand, undecided, unread, violation } from "../demand.ts";
import { diskAttachments, disks, eachOf, instance, instanceSet, scratchCategory } from "../host-types.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, Judged, Stack, StackRule } from "../rule.ts";

const policies = [
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
  "alicloud:ecs/snapshotPolicy:SnapshotPolicy",
] as const;
const enterprisePolicy = "alicloud:ebs/enterpriseSnapshotPolicy:EnterpriseSnapshotPolicy";
const policyAttachments = [
  "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment",
  "alicloud:ebs/enterpriseSnapshotPolicyAttachment:EnterpriseSnapshotPolicyAttachment",
] as const;

/** Until somebody deletes them (SDK comments of AutoSnapshotPolicy). */
const forEver = -1;

export const snapshotPolicy: StackRule = {
  id: "cn-snapshot-policy",
  title: "Automatic snapshots of data disks",
  description:
    "Each data disk has an automatic snapshot policy that keeps what it takes for some days: a deleted file or a broken database can be had back.",
  severity: "low",
  clause: mlps("8.1.4.9", "backup and recovery of data"),
  tags: ["cloud-config:ecs-disk-auto-snapshot-policy", "cloud-config:ecs-snapshot-retention-days"],
  source: {
    source: "InfraGuard 0.10, rules ecs-disk-auto-snapshot-policy and ecs-snapshot-retention-days",
    observedAt: "2026-06",
  },
  fix: 'china:hosts.<group>.dataDisk: write `snapshots: { at: "03:00", keepDays: 7 }`; in another program: an EcsAutoSnapshotPolicyAttachment of the disk, or dataDisks[].autoSnapshotPolicyId',
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: {
    ...eachOf(disks, ["category"]),
    ...eachOf(policies, ["retentionDays"]),
    [enterprisePolicy]: ["retainRule", "retainRule.timeInterval", "retainRule.timeUnit", "status"],
    ...eachOf([...policyAttachments, ...diskAttachments], []),
    [instance]: ["dataDisks", "dataDisks[].autoSnapshotPolicyId", "dataDisks[].category"],
    [instanceSet]: ["dataDisks", "dataDisks[].autoSnapshotPolicyId", "dataDisks[].diskCategory"],
  },
  *checkStack(stack, { settings }) {
    const attached = attachedTo(stack);
    for (const disk of stack.ofType(...disks)) {
      if (!attached.has(disk.urn)) yield* of(disk, missing("", disk.props.text("category")));
    }
    for (const host of stack.ofType(instance)) yield* of(host, insideHost(host.props, "category"));
    for (const host of stack.ofType(instanceSet)) yield* of(host, insideHost(host.props, "diskCategory"));

    const days = settings.retention.snapshotDays;
    for (const policy of stack.ofType(...policies)) {
      yield* of(policy, keptFor(policy.props.number("retentionDays"), days));
    }
    for (const policy of stack.ofType(enterprisePolicy)) yield* of(policy, enterprise(policy.props, days));
  },
};

function* of({ urn }: Judged, findings: Iterable<Finding>): Generator<Finding> {
  for (const finding of findings) yield about(urn, finding);
}

/**
 * URNs of what a policy is attached to. An id may also reach the attachment of the policy through the attachment of the
 * disk to its host; by dependencies only, since ids are unknown in a preview.
 */
function attachedTo(stack: Stack): ReadonlySet<string> {
  const attached = new Set(stack.ofType(...policyAttachments).flatMap(({ dependencies }) => dependencies));
  for (const { urn, dependencies } of stack.ofType(...diskAttachments)) {
    if (attached.has(urn)) for (const one of dependencies) attached.add(one);
  }
  return attached;
}

function* missing(path: string, category: Reading<string>): Generator<Finding> {
  if (category.state === "known" && scratchCategory.test(category.value)) return;
  if (category.state === "undecided") yield undecided(category.path);
  else yield violation(path, "a data disk without automatic snapshots", "an automatic snapshot policy");
}

const eachWithPolicy = "data disks, each with autoSnapshotPolicyId";

function* insideHost(props: Props, category: string): Generator<Finding> {
  const list = props.maps("dataDisks");
  if (list.state !== "known") {
    yield* unread(list, { wanted: eachWithPolicy });
    return;
  }
  for (const disk of list.value) {
    if (disk.state !== "known") {
      yield* unread(disk, { wanted: eachWithPolicy });
      continue;
    }
    const policy = disk.value.text("autoSnapshotPolicyId");
    if (policy.state === "absent") yield* missing(policy.path, disk.value.text(category));
    // An unknown id will be one.
    else if (policy.state === "wrong") yield violation(policy.path, policy.found, "the id of a policy");
  }
}

function keptFor(reading: Reading<number>, days: number): Iterable<Finding> {
  return demand(reading, (value) => value === forEver || value >= days, {
    found: `kept for less than ${days} days`,
    wanted: `${days} days or more, or -1 for ever`,
  });
}

/** Keeps for a time, or a number of snapshots, of which nobody can tell how many days they cover. */
function* enterprise(props: Props, days: number): Generator<Finding> {
  yield* demand(props.text("status"), (value) => value !== "DISABLED", {
    found: "a policy that is switched off",
    wanted: "ENABLED",
  });
  const rule = props.map("retainRule");
  if (rule.state !== "known") {
    yield* unread(rule, { wanted: "timeInterval and timeUnit" });
    return;
  }
  const unit = rule.value.text("timeUnit");
  const interval = rule.value.number("timeInterval");
  if (unit.state === "undecided") yield undecided(unit.path);
  // Any other unit counts as days: the strict side.
  else yield* keptFor(unit.state === "known" && unit.value === "WEEKS" ? times(interval, 7) : interval, days);
}

function times(reading: Reading<number>, factor: number): Reading<number> {
  return reading.state === "known" ? { ...reading, value: reading.value * factor } : reading;
}
