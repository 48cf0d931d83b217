import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";
import { snapshotCases } from "./snapshots.ts";

const instance = "alicloud:ecs/instance:Instance";
const scaling = "alicloud:ess/scalingConfiguration:ScalingConfiguration";
const set = "alicloud:ecs/ecsInstanceSet:EcsInstanceSet";
const template = "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate";
const templates = [template, "alicloud:ecs/launchTemplate:LaunchTemplate"];
const ecsDisk = "alicloud:ecs/ecsDisk:EcsDisk";
const disk = "alicloud:ecs/disk:Disk";

/** A case of one resource: kind, name, type, what stands in it, and everything that is said. */
function one(kind: Case["kind"], name: string, type: string, values: ValueMap, ...says: readonly string[]): Case {
  return { kind, name, resources: [resource(type, values)], says };
}

const noSystem = "violation systemDiskEncrypted: not encrypted";
const noFirst = "violation dataDisks[0].encrypted: not encrypted";
const cannot = "advice : system disks that this type cannot encrypt";
const copy = "advice encrypted: as its snapshot is";
const system = { systemDiskEncrypted: true };

const encrypted: readonly Case[] = [
  one("passes", "system disk and data disk", instance, { ...system, dataDisks: [{ size: 20, encrypted: true }] }),
  one("passes", "no data disk", instance, { ...system, dataDisks: [] }),
  one("passes", "a disk of its own", ecsDisk, { encrypted: true }),
  one("passes", "true as text", ecsDisk, { encrypted: "true" }),
  one("passes", "an encrypted copy of a snapshot", ecsDisk, { encrypted: true, snapshotId: "s-1" }),
  one("passes", "a template", template, { systemDisk: { encrypted: true }, dataDisks: [{ encrypted: true }] }),
  one("fails", "a disk of its own", ecsDisk, { encrypted: false }, "violation encrypted: not encrypted"),
  one("fails", "false as text", ecsDisk, { encrypted: "false" }, "violation encrypted: not encrypted"),
  one("fails", "a copy of a snapshot may be", ecsDisk, { snapshotId: "s-1" }, copy),
  one("fails", "a copy that says no", ecsDisk, { encrypted: false, snapshotId: unknown }, copy),
  one(
    "fails",
    "system disk and second data disk",
    instance,
    { systemDiskEncrypted: false, dataDisks: [{ encrypted: true }, { encrypted: false }] },
    noSystem,
    "violation dataDisks[1].encrypted: not encrypted",
  ),
  one(
    "fails",
    "only the copy is advice",
    instance,
    { ...system, dataDisks: [{ snapshotId: "s-1" }, {}] },
    "advice dataDisks[0].encrypted: as its snapshot is",
    "violation dataDisks[1].encrypted: not encrypted",
  ),
  one("fails", "an instance set", set, { dataDisks: [{ encrypted: false }] }, noFirst, cannot),
  one("fails", "an instance set's system disks cannot be", set, { dataDisks: [{ encrypted: true }] }, cannot),
  ...[instance, scaling].flatMap((type) => [
    one("fails", type, type, { systemDiskEncrypted: false, dataDisks: [{ encrypted: false }] }, noSystem, noFirst),
    one("absent", type, type, { dataDisks: [{ size: 20 }] }, noSystem, noFirst),
  ]),
  one("twin", "Disk", disk, { encrypted: false }, "violation encrypted: not encrypted"),
  ...templates.flatMap((type) => [
    one(
      "twin",
      type,
      type,
      { systemDisk: { encrypted: false }, dataDisks: [{ encrypted: false }] },
      "violation systemDisk.encrypted: not encrypted",
      noFirst,
    ),
    one(
      "absent",
      `${type} says nothing of its disks`,
      type,
      { systemDisk: { category: "cloud_essd" }, dataDisks: [{ size: 20 }] },
      "violation systemDisk.encrypted: not encrypted",
      noFirst,
    ),
    one("absent", `${type} has no disk`, type, {}, "violation systemDisk: a system disk that is not encrypted"),
  ]),
  one("absent", "an instance set", set, { dataDisks: [{ diskSize: 20 }] }, noFirst, cannot),
  one("absent", "EcsDisk", ecsDisk, { size: 20 }, "violation encrypted: not encrypted"),
  one("absent", "Disk", disk, { size: 20 }, "violation encrypted: not encrypted"),
  one(
    "unknown",
    "what is known is judged all the same",
    instance,
    { systemDiskEncrypted: unknown, dataDisks: [unknown, { encrypted: unknown }, { encrypted: false }] },
    "undecided systemDiskEncrypted",
    "undecided dataDisks[0]",
    "undecided dataDisks[1].encrypted",
    "violation dataDisks[2].encrypted: not encrypted",
  ),
  one("unknown", "all data disks", instance, { ...system, dataDisks: unknown }, "undecided dataDisks"),
  one("unknown", "a template's disk", template, { systemDisk: unknown }, "undecided systemDisk"),
  one("unknown", "a copy", ecsDisk, { encrypted: unknown, snapshotId: "s-1" }, "undecided encrypted"),
  one("secret", "a flag", ecsDisk, { encrypted: secret }, "undecided encrypted"),
  one("wrong", "a number", ecsDisk, { encrypted: 1, snapshotId: "s-1" }, "violation encrypted: a number"),
  one("wrong", "texts", instance, { ...system, dataDisks: ["encrypted"] }, "violation dataDisks[0]: a text"),
  one("wrong", "no list", instance, { ...system, dataDisks: true }, "violation dataDisks: true or false"),
];

const servicesKey = (path: string) => `violation ${path}: the service's own key`;
const bothKeys = [servicesKey("systemDiskKmsKeyId"), servicesKey("dataDisks[0].kmsKeyId")];
const bothEncrypted = { ...system, dataDisks: [{ encrypted: true }] };

const ownKey: readonly Case[] = [
  one("passes", "a key for each disk", instance, {
    ...system,
    systemDiskKmsKeyId: "key-1",
    dataDisks: [{ encrypted: true, kmsKeyId: "key-1" }],
  }),
  one("passes", "a key that is made now", ecsDisk, { encrypted: true, kmsKeyId: unknown }),
  one("passes", "what is not encrypted is another rule's", ecsDisk, { encrypted: false }),
  one("passes", "a template without a system disk too", template, {}),
  one("fails", "an instance", instance, bothEncrypted, ...bothKeys),
  one("fails", "a scaling configuration", scaling, bothEncrypted, ...bothKeys),
  one("fails", "an instance set", set, { dataDisks: [{ encrypted: true }] }, servicesKey("dataDisks[0].kmsKeyId")),
  ...templates.map((type) =>
    one(
      "twin",
      type,
      type,
      { systemDisk: { encrypted: true }, dataDisks: [{ encrypted: true }] },
      servicesKey("systemDisk.kmsKeyId"),
      servicesKey("dataDisks[0].kmsKeyId"),
    ),
  ),
  one("twin", "Disk", disk, { encrypted: true }, servicesKey("kmsKeyId")),
  one("absent", "no key", ecsDisk, { encrypted: true }, servicesKey("kmsKeyId")),
  one("absent", "nothing at all is not encrypted", ecsDisk, {}),
  one("unknown", "no key, encrypted or not", ecsDisk, { encrypted: unknown }, servicesKey("kmsKeyId")),
  one("unknown", "data disks", instance, { systemDiskEncrypted: false, dataDisks: unknown }, "undecided dataDisks"),
  one("secret", "the id of a key is one", ecsDisk, { encrypted: true, kmsKeyId: secret }),
  one("wrong", "a flag", ecsDisk, { encrypted: true, kmsKeyId: true }, "violation kmsKeyId: true or false"),
  one("wrong", "numbers", instance, { systemDiskEncrypted: false, dataDisks: [7] }, "violation dataDisks[0]: a number"),
];

const bucket = "alicloud:oss/bucket:Bucket";
const bucketEncryption = "alicloud:oss/bucketServerSideEncryption:BucketServerSideEncryption";
const kmsKey = "alicloud:kms/key:Key";
const store = "alicloud:log/store:Store";

/** Type, property, and what is accepted there. */
const algorithms = [
  [instance, "systemDiskEncryptAlgorithm", ["sm4-128"]],
  [scaling, "systemDiskEncryptAlgorithm", ["SM4-128"]],
  [ecsDisk, "encryptAlgorithm", ["sm4-128"]],
  [disk, "encryptAlgorithm", ["sm4-128"]],
  [bucketEncryption, "kmsDataEncryption", ["SM4"]],
  [kmsKey, "keySpec", ["Aliyun_SM4", "EC_SM2"]],
] as const;

const another = (path: string) => `violation ${path}: another algorithm`;
const nothing = (path: string) => `violation ${path}: AES, as nothing is chosen`;
const inBucket = "serverSideEncryptionRule.kmsDataEncryption";

const chinese: readonly Case[] = [
  ...algorithms.flatMap(([type, property, accepted]) => [
    ...accepted.map((value) => one("passes", `${type} ${value}`, type, { [property]: value })),
    // Whole names only.
    one("fails", `${type}, a longer name`, type, { [property]: `${accepted[0]}-x` }, another(property)),
    one("fails", `${type}, a longer name before`, type, { [property]: `x-${accepted.at(-1)}` }, another(property)),
    one("fails", `${type}, AES`, type, { [property]: "AES-256" }, another(property)),
    one("absent", type, type, {}, nothing(property)),
    one("unknown", type, type, { [property]: unknown }, `undecided ${property}`),
    one("wrong", type, type, { [property]: 4 }, `violation ${property}: a number`),
  ]),
  one("passes", "a bucket", bucket, { serverSideEncryptionRule: { sseAlgorithm: "KMS", kmsDataEncryption: "SM4" } }),
  one("fails", "a bucket", bucket, { serverSideEncryptionRule: { kmsDataEncryption: "AES256" } }, another(inBucket)),
  one("absent", "a bucket under a key of AES", bucket, { serverSideEncryptionRule: {} }, nothing(inBucket)),
  one("absent", "a bucket whose encryption stands elsewhere", bucket, {}),
  one("unknown", "a bucket", bucket, { serverSideEncryptionRule: unknown }, "undecided serverSideEncryptionRule"),
  one("wrong", "a bucket", bucket, { serverSideEncryptionRule: 1 }, "violation serverSideEncryptionRule: a number"),
  one("passes", "logs", store, { encryptConf: { enable: true, encryptType: "m4" } }),
  one(
    "fails",
    "logs under AES",
    store,
    { encryptConf: { enable: true, encryptType: "default" } },
    another("encryptConf.encryptType"),
  ),
  one(
    "fails",
    "logs under m44",
    store,
    { encryptConf: { enable: true, encryptType: "m44" } },
    another("encryptConf.encryptType"),
  ),
  one(
    "fails",
    "logs under sm4",
    store,
    { encryptConf: { enable: true, encryptType: "sm4" } },
    another("encryptConf.encryptType"),
  ),
  one(
    "fails",
    "logs, off",
    store,
    { encryptConf: { enable: false, encryptType: "m4" } },
    "violation encryptConf.enable: not encrypted",
  ),
  one("absent", "logs", store, {}, "violation encryptConf: not encrypted"),
  one(
    "absent",
    "logs, nothing said",
    store,
    { encryptConf: {} },
    "violation encryptConf.enable: not encrypted",
    nothing("encryptConf.encryptType"),
  ),
  one("unknown", "logs", store, { encryptConf: unknown }, "undecided encryptConf"),
  one("secret", "an algorithm", ecsDisk, { encryptAlgorithm: secret }, "undecided encryptAlgorithm"),
  one("twin", "Disk", disk, { encryptAlgorithm: "aes-256" }, another("encryptAlgorithm")),
];

export const diskCases: readonly RuleCases[] = [
  { rule: "cn-disk-encrypted", cases: encrypted },
  { rule: "cn-disk-cmk", cases: ownKey },
  { rule: "cn-sm-crypto", cases: chinese },
  snapshotCases,
];
