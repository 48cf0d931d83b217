import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, type ResourceOptions, type RuleCases, resource, secret, unknown } from "../cases.ts";

const instance = "alicloud:ecs/instance:Instance";
const set = "alicloud:ecs/ecsInstanceSet:EcsInstanceSet";
const disks = ["alicloud:ecs/ecsDisk:EcsDisk", "alicloud:ecs/disk:Disk"] as const;
const [ecsDisk] = disks;
const attachments = [
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  "alicloud:ecs/diskAttachment:DiskAttachment",
] as const;
const lindormV1 = "alicloud:lindorm/instance:Instance";
const lindormV2 = "alicloud:lindorm/instanceV2:InstanceV2";
const tsdb = "alicloud:tsdb/instance:Instance";
const addresses = ["alicloud:ecs/eipAddress:EipAddress", "alicloud:ecs/eip:Eip"] as const;
const bucket = "alicloud:oss/bucket:Bucket";
const key = "alicloud:kms/key:Key";

function one(kind: Case["kind"], name: string, type: string, values: ValueMap, ...says: readonly string[]): Case {
  return { kind, name, resources: [resource(type, values)], says };
}

/** The same with the resource option `protect`. */
function kept(kind: Case["kind"], name: string, type: string, values: ValueMap, ...says: readonly string[]): Case {
  const options: ResourceOptions = { protect: true };
  return { kind, name, resources: [resource(type, values, options)], says };
}

const noProtect = "violation protect: not protected";
const noFlag = "violation deletionProtection: not protected";
const withHost = "violation deleteWithInstance: a disk that is deleted with its host";
const onSpot = (path: string) => `advice ${path}: data disks that go with a spot host`;

/** A host with a data disk that would go with it. */
const holding = (values: ValueMap) => ({ dataDisks: [{ size: 20 }], ...values });

const cases: readonly Case[] = [
  ...disks.flatMap((type) => [
    kept("passes", type, type, {}),
    kept("passes", `${type}, its host's end is not its own`, type, { deleteWithInstance: false }),
    kept("fails", `${type} goes with its host`, type, { deleteWithInstance: true }, withHost),
    one("twin", type, type, { deleteWithInstance: true }, noProtect, withHost),
  ]),
  one("passes", "an elastic ephemeral disk", ecsDisk, {
    category: "elastic_ephemeral_disk_standard",
    deleteWithInstance: true,
  }),
  one("fails", "an ordinary disk", ecsDisk, { category: "cloud_essd" }, noProtect),
  ...attachments.flatMap((type) => [
    one("passes", type, type, { deleteWithInstance: false }),
    one("fails", type, type, { deleteWithInstance: true }, withHost),
  ]),
  kept("passes", "Lindorm V1", lindormV1, { deletionProection: true }),
  kept("passes", "Lindorm V2", lindormV2, { deletionProtection: "true" }),
  kept("passes", "TSDB", tsdb, {}),
  one(
    "fails",
    "Lindorm V1",
    lindormV1,
    { deletionProection: false },
    noProtect,
    "violation deletionProection: not protected",
  ),
  one("fails", "Lindorm V2", lindormV2, { deletionProtection: "false" }, noProtect, noFlag),
  one("fails", "Lindorm V2 without protect", lindormV2, { deletionProtection: "true" }, noProtect),
  kept("absent", "Lindorm V1", lindormV1, {}, "violation deletionProection: not protected"),
  kept("absent", "Lindorm V2", lindormV2, {}, noFlag),
  one("absent", "TSDB", tsdb, {}, noProtect),
  ...addresses.flatMap((type) => [
    one("passes", type, type, { deletionProtection: true }),
    one("passes", `${type} by subscription`, type, { paymentType: "Subscription" }),
    one("passes", `${type} by subscription, as it was called`, type, { instanceChargeType: "PrePaid" }),
    one("fails", `${type}, pay-as-you-go`, type, { paymentType: "PayAsYouGo", instanceChargeType: "PostPaid" }, noFlag),
    one("unknown", `how ${type} is paid`, type, { paymentType: unknown }, noFlag),
    one("fails", type, type, { deletionProtection: false }, noFlag),
    kept("absent", `${type}: protect is not enough`, type, {}, noFlag),
  ]),
  one("passes", "a bucket that deletes nothing", bucket, { forceDestroy: false }),
  one("passes", "a bucket that says nothing", bucket, {}),
  kept("passes", "a bucket with protect", bucket, { forceDestroy: true }),
  one(
    "fails",
    "a bucket",
    bucket,
    { forceDestroy: true },
    "violation forceDestroy: objects that are deleted with the bucket",
  ),
  one("passes", "a key", key, { deletionProtection: "Enabled" }),
  one("fails", "a key", key, { deletionProtection: "Disabled" }, "advice deletionProtection: not protected"),
  one("absent", "a key", key, {}, "advice deletionProtection: not protected"),

  one("passes", "a host without data disks", instance, {}),
  one("passes", "a host with an empty list", instance, { dataDisks: [] }),
  one("passes", "a protected host", instance, holding({ deletionProtection: true })),
  one("passes", "no spot host", instance, holding({ deletionProtection: true, spotStrategy: "NoSpot" })),
  one("passes", "data disks that stay", instance, { dataDisks: [{ deleteWithInstance: false }] }),
  one("passes", "a local disk", instance, { dataDisks: [{ category: "ephemeral_ssd" }] }),
  one("passes", "a subscription ends at its end", instance, holding({ instanceChargeType: "PrePaid" })),
  one("passes", "a protected set", set, holding({ deletionProtection: true })),
  one("passes", "a set with local disks", set, { dataDisks: [{ diskCategory: "ephemeral_ssd" }] }),
  one("passes", "a set by subscription", set, holding({ instanceChargeType: "PrePaid" })),
  one("fails", "a host", instance, holding({ instanceChargeType: "PostPaid", deletionProtection: false }), noFlag),
  one("fails", "one of its disks goes", instance, { dataDisks: [{ deleteWithInstance: false }, { size: 20 }] }, noFlag),
  one("fails", "a set", set, holding({ deletionProtection: false }), noFlag),
  one(
    "fails",
    "a spot host",
    instance,
    holding({ spotStrategy: "SpotAsPriceGo", deletionProtection: true }),
    onSpot("dataDisks[0].deleteWithInstance"),
  ),
  one("fails", "a spot set", set, holding({ spotStrategy: "SpotWithPriceLimit" }), onSpot("dataDisks[0]")),
  one(
    "fails",
    "a subscription that is ended by force",
    instance,
    holding({ instanceChargeType: "PrePaid", forceDelete: true }),
    "violation forceDelete: a subscription that is ended to delete it",
  ),
  one("absent", "a host", instance, holding({}), noFlag),
  one("absent", "a set", set, holding({}), noFlag),

  kept("unknown", "Lindorm", lindormV1, { deletionProection: unknown }, "undecided deletionProection"),
  kept("unknown", "whether a disk goes", ecsDisk, { deleteWithInstance: unknown }, "undecided deleteWithInstance"),
  one("unknown", "a key", key, { deletionProtection: unknown }, "undecided deletionProtection"),
  one("unknown", "a host's data disks", instance, { dataDisks: unknown }, "undecided dataDisks"),
  one("unknown", "a host's data disk", instance, { dataDisks: [unknown] }, "undecided dataDisks[0]"),
  one("unknown", "one known disk is enough", instance, { dataDisks: [unknown, { size: 20 }] }, noFlag),
  one(
    "unknown",
    "whether it goes",
    instance,
    { dataDisks: [{ deleteWithInstance: unknown }] },
    "undecided dataDisks[0].deleteWithInstance",
  ),
  one("unknown", "its category", instance, { dataDisks: [{ category: unknown }] }, "undecided dataDisks[0].category"),
  one("unknown", "its category, when it stays", instance, {
    dataDisks: [{ category: unknown, deleteWithInstance: false }],
  }),
  one("unknown", "how it is paid", instance, holding({ instanceChargeType: unknown }), "undecided instanceChargeType"),
  one("unknown", "whether it is spot", instance, holding({ spotStrategy: unknown }), "undecided spotStrategy"),
  one("unknown", "the flag", instance, holding({ deletionProtection: unknown }), "undecided deletionProtection"),
  one(
    "unknown",
    "whether it is forced",
    instance,
    holding({ instanceChargeType: "PrePaid", forceDelete: unknown }),
    "undecided forceDelete",
  ),
  one("secret", "an address", addresses[0], { deletionProtection: secret }, "undecided deletionProtection"),
  one("wrong", "an address", addresses[0], { deletionProtection: 1 }, "violation deletionProtection: a number"),
  one("wrong", "a host's data disks", instance, { dataDisks: "20" }, "violation dataDisks[0]: a text"),
  one("wrong", "no list", instance, { dataDisks: 20 }, "violation dataDisks: a number"),
  one(
    "wrong",
    "whether it goes",
    instance,
    { dataDisks: [{ category: unknown, deleteWithInstance: "no" }] },
    "violation dataDisks[0].deleteWithInstance: a text",
  ),
];

export const protectionCases: readonly RuleCases[] = [{ rule: "cn-delete-protection", cases }];
