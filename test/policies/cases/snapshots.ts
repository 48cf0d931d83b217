import type { Resource } from "../../../policies/rule.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const twins = {
  disk: ["alicloud:ecs/ecsDisk:EcsDisk", "alicloud:ecs/disk:Disk"],
  policy: ["alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy", "alicloud:ecs/snapshotPolicy:SnapshotPolicy"],
  onHost: ["alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment", "alicloud:ecs/diskAttachment:DiskAttachment"],
  attachment: [
    "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment",
    "alicloud:ebs/enterpriseSnapshotPolicyAttachment:EnterpriseSnapshotPolicyAttachment",
  ],
} as const;
const [ecsDisk] = twins.disk;
const [attachment] = twins.attachment;
const enterprise = "alicloud:ebs/enterpriseSnapshotPolicy:EnterpriseSnapshotPolicy";
const instance = "alicloud:ecs/instance:Instance";
const set = "alicloud:ecs/ecsInstanceSet:EcsInstanceSet";

const ids = { diskId: unknown, autoSnapshotPolicyId: unknown };
const disk = resource(ecsDisk, {});
const named = (name: string) => resource(ecsDisk, {}, { name });
const kept = (retentionDays: Resource["values"][string], type: string = twins.policy[0]) =>
  resource(type, { retentionDays });
const inHost = (dataDisks: Resource["values"][string]) => [resource(instance, { dataDisks })];
const attachedTo = (...disks: readonly Resource[]) =>
  disks.map((one) => resource(attachment, ids, { name: `${one.name}-snapshots`, dependsOn: [one] }));

const nothing = "violation : a data disk without automatic snapshots";
const inside = (path: string) => `violation ${path}: a data disk without automatic snapshots`;
const short = "violation retentionDays: kept for less than 7 days";
const shortRule = "violation retainRule.timeInterval: kept for less than 7 days";

function one(kind: Case["kind"], name: string, resources: readonly Resource[], ...says: readonly string[]): Case {
  return { kind, name, resources, says };
}

const rule = (retainRule: Resource["values"][string], more: Resource["values"] = {}) => [
  resource(enterprise, { retainRule, ...more }),
];

const cases: readonly Case[] = [
  one("passes", "each disk has a policy", [disk, ...attachedTo(disk), kept(7)]),
  one("passes", "a policy of another stack", [disk, ...attachedTo(disk)]),
  one("passes", "kept for ever", [kept(-1)]),
  one("passes", "days as text", [kept("7")]),
  one("passes", "no data disk at all", [resource(instance, {}), resource(set, {})]),
  one("passes", "inside the host", inHost([{ autoSnapshotPolicyId: "sp-1" }])),
  one("passes", "a policy that is made now", inHost([{ autoSnapshotPolicyId: unknown }])),
  ...["ephemeral_ssd", "elastic_ephemeral_disk_standard", "local_hdd_pro"].flatMap((category) => [
    one("passes", `${category} takes no snapshots`, [resource(ecsDisk, { category })]),
    one("passes", `${category} inside a host`, inHost([{ category }])),
  ]),
  one("passes", "a local disk inside a set", [resource(set, { dataDisks: [{ diskCategory: "ephemeral_ssd" }] })]),
  ...twins.attachment.map((type) =>
    one("passes", type, [disk, resource(type, ids, { name: "snapshots", dependsOn: [disk] })]),
  ),
  ...twins.onHost.map((type) => {
    const onHost = resource(type, ids, { name: "on-host", dependsOn: [disk] });
    return one("passes", `the disk's id through ${type}`, [disk, onHost, ...attachedTo(onHost)]);
  }),
  one("fails", "no policy", [disk], nothing),
  one("fails", "a policy on another disk", [named("a"), named("b"), ...attachedTo(named("a"))], nothing),
  one("fails", "attached to a host only", [disk, resource(twins.onHost[0], ids, { dependsOn: [disk] })], nothing),
  ...["cloud_local", "cloud_ephemeral"].map((category) =>
    one("fails", `${category} is no local disk`, [resource(ecsDisk, { category })], nothing),
  ),
  one(
    "fails",
    "inside the host",
    inHost([{ autoSnapshotPolicyId: "sp-1" }, { size: 20 }]),
    inside("dataDisks[1].autoSnapshotPolicyId"),
  ),
  one(
    "fails",
    "inside an instance set",
    [resource(set, { dataDisks: [{ diskCategory: "cloud_essd" }] })],
    inside("dataDisks[0].autoSnapshotPolicyId"),
  ),
  one("fails", "a day too short", [kept(6)], short),
  one("fails", "a negative number that means nothing", [kept(-2)], short),
  {
    ...one(
      "fails",
      "the settings say how long",
      [kept(29), { ...kept(30), name: "other", urn: "urn:pulumi:test::china::other" }],
      "violation retentionDays: kept for less than 30 days",
    ),
    settings: { retention: { snapshotDays: 30 } },
  },
  one("passes", "an enterprise policy: seven days", rule({ timeInterval: 7, timeUnit: "DAYS" }, { status: "ENABLED" })),
  one("passes", "an enterprise policy: one week", rule({ timeInterval: 1, timeUnit: "WEEKS" })),
  {
    ...one(
      "fails",
      "an enterprise policy: a week is seven days",
      rule({ timeInterval: 1, timeUnit: "WEEKS" }),
      "violation retainRule.timeInterval: kept for less than 8 days",
    ),
    settings: { retention: { snapshotDays: 8 } },
  },
  one("passes", "an enterprise policy: a number of snapshots", rule({ number: 7 })),
  one("fails", "an enterprise policy: six days", rule({ timeInterval: 6, timeUnit: "DAYS" }), shortRule),
  one(
    "fails",
    "an enterprise policy: a unit that nobody knows",
    rule({ timeInterval: 6, timeUnit: "MOONS" }),
    shortRule,
  ),
  one(
    "fails",
    "an enterprise policy: off",
    rule({ number: 7 }, { status: "DISABLED" }),
    "violation status: a policy that is switched off",
  ),
  one("twin", "Disk", [resource(twins.disk[1], {})], nothing),
  one("twin", "SnapshotPolicy", [kept(6, twins.policy[1])], short),
  one("absent", "days: the service keeps them for ever", [resource(twins.policy[0], {})]),
  one("absent", "an enterprise policy's rule", [resource(enterprise, {})]),
  one("absent", "an enterprise policy's unit", rule({ timeInterval: 6 }), shortRule),
  one("unknown", "a category", [resource(ecsDisk, { category: unknown })], "undecided category"),
  one("unknown", "a category inside a host", inHost([{ category: unknown }]), "undecided dataDisks[0].category"),
  one("unknown", "data disks", inHost(unknown), "undecided dataDisks"),
  one("unknown", "a data disk", inHost([unknown]), "undecided dataDisks[0]"),
  one("unknown", "days", [kept(unknown)], "undecided retentionDays"),
  one("unknown", "a rule", rule(unknown), "undecided retainRule"),
  one("unknown", "a unit", rule({ timeInterval: 1, timeUnit: unknown }), "undecided retainRule.timeUnit"),
  one(
    "unknown",
    "an interval in weeks",
    rule({ timeInterval: unknown, timeUnit: "WEEKS" }),
    "undecided retainRule.timeInterval",
  ),
  one("unknown", "a status", rule({ number: 7 }, { status: unknown }), "undecided status"),
  one("secret", "the id of a policy is one", inHost([{ autoSnapshotPolicyId: secret }])),
  one("secret", "days", [kept(secret)], "undecided retentionDays"),
  one("wrong", "days", [kept("a week")], "violation retentionDays: a text"),
  one("wrong", "data disks", inHost(7), "violation dataDisks: a number"),
  one("wrong", "a data disk", inHost(["20"]), "violation dataDisks[0]: a text"),
  one(
    "wrong",
    "a policy",
    inHost([{ autoSnapshotPolicyId: true }]),
    "violation dataDisks[0].autoSnapshotPolicyId: true or false",
  ),
  one("wrong", "a rule", rule(7), "violation retainRule: a number"),
];

export const snapshotCases: RuleCases = { rule: "cn-snapshot-policy", cases };
