import { type Case, type RuleCases, secret, unknown } from "../cases.ts";
import { abroad, at, one, regionsOf, regionWords } from "./regional.ts";

const policies = ["alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy", "alicloud:ecs/snapshotPolicy:SnapshotPolicy"];
const enterprise = "alicloud:ebs/enterpriseSnapshotPolicy:EnterpriseSnapshotPolicy";
const pair = "alicloud:ebs/diskReplicaPair:DiskReplicaPair";
const group = "alicloud:ebs/diskReplicaGroup:DiskReplicaGroup";
const share = "alicloud:ecs/imageSharePermission:ImageSharePermission";
const exported = "alicloud:ecs/imageExport:ImageExport";
const pipeline = "alicloud:ecs/ecsImagePipeline:EcsImagePipeline";
const replication = "alicloud:oss/bucketReplication:BucketReplication";
const bucket = "alicloud:oss/bucket:Bucket";
const acceleration = "alicloud:oss/bucketTransferAcceleration:BucketTransferAcceleration";

const unnamed = "violation enableCrossRegionCopy: copies to a region that is not named";

const snapshotCopies: readonly Case[] = [
  ...policies.flatMap((type) => [
    one("passes", type, { enableCrossRegionCopy: true, targetCopyRegions: ["cn-beijing", "cn-shenzhen"] }),
    one("passes", type, { enableCrossRegionCopy: false }),
    one("passes", type, { enableCrossRegionCopy: "false", targetCopyRegions: [] }),
    one(
      "fails",
      type,
      { enableCrossRegionCopy: true, targetCopyRegions: ["cn-beijing", "ap-southeast-1"] },
      abroad("targetCopyRegions[1]", "ap-southeast-1"),
    ),
    // Off today: one word more and they leave.
    one(
      "fails",
      type,
      { enableCrossRegionCopy: false, targetCopyRegions: ["us-west-1"] },
      abroad("targetCopyRegions[0]", "us-west-1"),
    ),
    one("fails", type, { enableCrossRegionCopy: true }, unnamed),
    one("fails", type, { enableCrossRegionCopy: true, targetCopyRegions: [] }, unnamed),
    one("absent", type, {}),
    ...regionWords(type, "targetCopyRegions[]"),
    one("unknown", type, { targetCopyRegions: unknown, enableCrossRegionCopy: true }, "undecided targetCopyRegions"),
    one("unknown", type, { enableCrossRegionCopy: unknown }, "undecided enableCrossRegionCopy"),
    one("wrong", type, { targetCopyRegions: 5 }, "violation targetCopyRegions: a number"),
    one("wrong", type, { enableCrossRegionCopy: "yes" }, "violation enableCrossRegionCopy: a text"),
  ]),
  one(
    "twin",
    enterprise,
    at("crossRegionCopyInfo.regions[].regionId", "us-east-1"),
    abroad("crossRegionCopyInfo.regions[0].regionId", "us-east-1"),
  ),
  one("passes", enterprise, at("crossRegionCopyInfo.regions[].regionId", "cn-beijing")),
  // The property of the other policies is none of this one.
  one("passes", enterprise, { enableCrossRegionCopy: true }),
  one("absent", enterprise, {}),
  one("unknown", enterprise, at("crossRegionCopyInfo", unknown), "undecided crossRegionCopyInfo"),
];

const there = { destinationRegionId: "cn-beijing", destinationZoneId: "cn-beijing-h", sourceZoneId: "cn-shanghai-l" };

const replicas: readonly Case[] = [
  one("passes", pair, there),
  one("passes", group, { ...there, sourceRegionId: "cn-shanghai" }),
  one(
    "fails",
    pair,
    { ...there, destinationRegionId: "ap-southeast-1" },
    abroad("destinationRegionId", "ap-southeast-1"),
  ),
  // The region says one thing and the zone another: both count.
  one("fails", pair, { ...there, destinationZoneId: "ap-southeast-1a" }, abroad("destinationZoneId", "ap-southeast-1")),
  one("fails", pair, { ...there, sourceZoneId: "cn-hongkong-b" }, abroad("sourceZoneId", "cn-hongkong")),
  one("fails", pair, { ...there, destinationZoneId: "somewhere" }, "violation destinationZoneId: an unknown region"),
  one("twin", group, { ...there, destinationRegionId: "us-west-1" }, abroad("destinationRegionId", "us-west-1")),
  one("twin", group, { ...there, sourceRegionId: "us-west-1" }, abroad("sourceRegionId", "us-west-1")),
  one("twin", group, { ...there, destinationZoneId: "eu-west-1a" }, abroad("destinationZoneId", "eu-west-1")),
  one("twin", group, { ...there, sourceZoneId: "eu-west-1a" }, abroad("sourceZoneId", "eu-west-1")),
  one("absent", pair, {}),
  ...regionWords(pair, "destinationRegionId"),
  one("unknown", pair, { destinationZoneId: unknown }, "undecided destinationZoneId"),
  one("wrong", pair, { destinationZoneId: true }, "violation destinationZoneId: true or false"),
];

const mine = "1234567890123456";
const unlistedAccount = "an account that is not listed";
const unlistedBucket = "violation ossBucket: a bucket that is not listed";
const listed = { accounts: [mine], exportBuckets: ["acme-images"] };

const images: readonly Case[] = [
  ...regionsOf([
    ["alicloud:ecs/imageCopy:ImageCopy", "sourceRegionId"],
    ["alicloud:ecs/copyImage:CopyImage", "sourceRegionId"],
    ["alicloud:ens/image:Image", "targetOssRegionId"],
    [pipeline, "toRegionIds[]"],
  ]),
  ...regionWords("alicloud:ecs/imageCopy:ImageCopy", "sourceRegionId"),
  ...regionWords(pipeline, "toRegionIds[]"),
  one(
    "twin",
    "alicloud:ecs/copyImage:CopyImage",
    { sourceRegionId: "mars-1" },
    "violation sourceRegionId: an unknown region",
  ),
  { ...one("passes", share, { accountId: mine }), settings: listed },
  { ...one("passes", exported, { ossBucket: "acme-images" }), settings: listed },
  { ...one("passes", pipeline, { addAccounts: [mine], toRegionIds: ["cn-beijing"] }), settings: listed },
  one("fails", share, { accountId: mine }, `violation accountId: ${unlistedAccount}`),
  { ...one("fails", share, { accountId: "999" }, `violation accountId: ${unlistedAccount}`), settings: listed },
  one("fails", exported, { ossBucket: "acme-images" }, unlistedBucket),
  { ...one("fails", exported, { ossBucket: "acme" }, unlistedBucket), settings: listed },
  {
    ...one("fails", pipeline, { addAccounts: [mine, "999"] }, `violation addAccounts[1]: ${unlistedAccount}`),
    settings: listed,
  },
  one("absent", share, {}),
  one("absent", exported, {}),
  one("absent", pipeline, {}),
  one("unknown", share, { accountId: unknown }, "undecided accountId"),
  one("unknown", exported, { ossBucket: unknown }, "undecided ossBucket"),
  one(
    "unknown",
    pipeline,
    { addAccounts: unknown, toRegionIds: unknown },
    "undecided toRegionIds",
    "undecided addAccounts",
  ),
  one("secret", share, { accountId: secret }, "undecided accountId"),
  one("wrong", share, { accountId: 999 }, "violation accountId: a number"),
  one("wrong", exported, { ossBucket: [] }, "violation ossBucket: a list"),
];

const noBucketThere = "violation destination.location: an unknown region";
const accelerated = "advice destination.transferType: transfer acceleration, whose lines leave the mainland";

const replications: readonly Case[] = [
  one("passes", replication, { destination: { location: "oss-cn-beijing" } }),
  one("passes", replication, { destination: { location: "oss-cn-beijing", transferType: "internal" } }),
  one(
    "fails",
    replication,
    at("destination.location", "oss-cn-hongkong"),
    abroad("destination.location", "cn-hongkong"),
  ),
  one("fails", replication, at("destination.location", "oss-us-west-1"), abroad("destination.location", "us-west-1")),
  one("fails", replication, at("destination.location", "oss-mars-1"), noBucketThere),
  // No location of OSS.
  one("fails", replication, at("destination.location", "cn-beijing"), noBucketThere),
  one(
    "fails",
    replication,
    at("destination.location", "oss-cn-hzjbp"),
    "violation destination.location: cn-hzjbp, a region of the mainland that the catalogue does not cover",
  ),
  {
    ...one(
      "fails",
      replication,
      at("destination.location", "oss-cn-beijing"),
      "violation destination.location: cn-beijing, not an allowed region",
    ),
    settings: { regions: ["cn-shanghai"] },
  },
  one("fails", replication, { destination: { location: "oss-cn-beijing", transferType: "oss_acc" } }, accelerated),
  one("absent", replication, {}, "violation destination: absent"),
  one("absent", replication, { destination: {} }, "violation destination.location: absent"),
  one("unknown", replication, { destination: unknown }, "undecided destination"),
  one("unknown", replication, at("destination.location", unknown), "undecided destination.location"),
  one(
    "unknown",
    replication,
    { destination: { location: "oss-cn-beijing", transferType: unknown } },
    "undecided destination.transferType",
  ),
  one("secret", replication, at("destination.location", secret), "undecided destination.location"),
  one("wrong", replication, { destination: "oss-cn-beijing" }, "violation destination: a text"),
  one("wrong", replication, at("destination.location", 5), "violation destination.location: a number"),
];

const on = "violation transferAcceleration.enabled: transfer acceleration";

const accelerations: readonly Case[] = [
  one("passes", bucket, { transferAcceleration: { enabled: false } }),
  one("passes", acceleration, { enabled: "false" }),
  one("fails", bucket, { transferAcceleration: { enabled: true } }, on),
  one("twin", acceleration, { enabled: true }, "violation enabled: transfer acceleration"),
  one("absent", bucket, {}),
  one("absent", bucket, { transferAcceleration: {} }),
  one("absent", acceleration, {}),
  one("unknown", bucket, { transferAcceleration: unknown }, "undecided transferAcceleration"),
  one("unknown", bucket, { transferAcceleration: { enabled: unknown } }, "undecided transferAcceleration.enabled"),
  one("unknown", acceleration, { enabled: unknown }, "undecided enabled"),
  one("secret", acceleration, { enabled: secret }, "undecided enabled"),
  one("wrong", bucket, { transferAcceleration: true }, "violation transferAcceleration: true or false"),
  one("wrong", acceleration, { enabled: "on" }, "violation enabled: a text"),
];

export const copyCases: readonly RuleCases[] = [
  { rule: "cn-snapshot-copy", cases: snapshotCopies },
  { rule: "cn-disk-replica", cases: replicas },
  { rule: "cn-image-flow", cases: images },
  {
    rule: "cn-oss-replication",
    cases: replications,
    without: { twin: "a bucket's own inputs have no replication any more" },
  },
  { rule: "cn-oss-acceleration", cases: accelerations },
];
