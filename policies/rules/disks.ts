import { mlps } from "../clauses.ts";
import { demand, unread, violation } from "../demand.ts";
import { type DiskNames, eachDisk, readsOfDisks } from "../described-disks.ts";
import { disks, instance, instanceSet, scalingConfiguration } from "../host-types.ts";
import type { Props } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";
import { snapshotPolicy } from "./snapshots.ts";

const encryptedWords = { found: "not encrypted", wanted: "true" };

const diskEncrypted: ResourceRule = {
  id: "cn-disk-encrypted",
  title: "Disks are encrypted",
  description:
    "System disks, data disks and separate disks are encrypted, in launch templates and scaling configurations too. A disk made from a snapshot is encrypted if that is, which nobody can see here: advice only.",
  severity: "medium",
  clause: mlps("8.1.4.8", "confidentiality of stored data"),
  tags: [
    "checkov:CKV_ALI_7",
    "checkov:CKV_ALI_32",
    "cis:4.1",
    "cis:4.2",
    "kics:39750e32",
    "kics:1455cb21",
    "cloud-config:ecs-disk-encrypted",
    "cloud-config:ecs-in-use-disk-encrypted",
    "cloud-config:ecs-available-disk-encrypted",
  ],
  source: {
    source: "InfraGuard 0.10, rules ecs-disk-encrypted and ecs-in-use-disk-encrypted (MLPS level 3 pack)",
    observedAt: "2026-06",
  },
  fix: "the stack encrypts every disk; in another program: systemDiskEncrypted: true and dataDisks[].encrypted: true on the host (also where a launch template says so), encrypted: true on a disk of its own. Each replaces what exists: copy the data first",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: readsOfDisks(["encrypted", "snapshotId"]),
  *check(resource) {
    yield* eachDisk(resource, isEncrypted, {
      wanted: "encrypted: true",
      absent: "a system disk that is not encrypted",
    });
    if (resource.type === instanceSet) {
      // The type has no property for it; only the account's default in the region could encrypt it.
      yield violation("", "system disks that this type cannot encrypt", "hosts of type Instance", "advisory");
    }
  },
};

function* isEncrypted(disk: Props, { encrypted, snapshotId }: DiskNames): Generator<Finding> {
  const flag = disk.flag(encrypted);
  if (flag.state === "known" && !flag.value && snapshotId !== undefined && disk.has(snapshotId)) {
    yield violation(flag.path, "as its snapshot is", encryptedWords.wanted, "advisory");
    return;
  }
  yield* demand(flag, (on) => on, encryptedWords);
}

const diskCmk: ResourceRule = {
  id: "cn-disk-cmk",
  title: "Disks under a key of one's own",
  description:
    "Encrypted disks name a key in Key Management Service (KMS) that you can rotate, disable and audit. Without one ECS takes the key that it manages itself.",
  severity: "medium",
  clause: mlps("8.1.4.8", "confidentiality of stored data"),
  tags: ["checkov:CKV_ALI_8", "kics:f262118c", "cloud-config:ecs-disk-all-encrypted-by-kms"],
  source: { source: "InfraGuard 0.10, rule ecs-disk-all-encrypted-by-kms", observedAt: "2026-06" },
  fix: "the stack file has no setting for it: `transforms` of the HostGroup in index.ts give kmsKeyId to EcsDisk and systemDiskKmsKeyId to Instance; in another program the same properties, and dataDisks[].kmsKeyId. A changed key replaces what exists",
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: readsOfDisks(["encrypted", "kmsKeyId"]),
  *check(resource) {
    yield* eachDisk(resource, hasOwnKey, { wanted: aKey });
  },
};

const aKey = "the id of a key of your own";

function* hasOwnKey(disk: Props, { encrypted, kmsKeyId }: DiskNames): Generator<Finding> {
  const flag = disk.flag(encrypted);
  // cn-disk-encrypted speaks of those.
  if (flag.state === "known" && !flag.value) return;
  const key = disk.text(kmsKeyId);
  if (key.state === "absent") yield violation(key.path, "the service's own key", aKey);
  if (key.state === "wrong") yield violation(key.path, key.found, aKey);
}

const bucket = "alicloud:oss/bucket:Bucket";
const bucketEncryption = "alicloud:oss/bucketServerSideEncryption:BucketServerSideEncryption";
const key = "alicloud:kms/key:Key";
const logStore = "alicloud:log/store:Store";

/** Where a disk's algorithm is chosen. Disks inside a host's dataDisks have no such property. */
const algorithms: Readonly<Record<string, string>> = {
  [instance]: "systemDiskEncryptAlgorithm",
  [scalingConfiguration]: "systemDiskEncryptAlgorithm",
  ...Object.fromEntries(disks.map((type) => [type, "encryptAlgorithm"])),
};

const smCrypto: ResourceRule = {
  id: "cn-sm-crypto",
  title: "Chinese commercial cryptography",
  description:
    "Disks, buckets, logs and keys use SM4 or SM2 where the provider lets one choose. Whether that is asked of a system is for its cryptography assessment to say, so no profile turns this on.",
  severity: "low",
  clause: mlps("8.1.4.8", "confidentiality of stored data, with cryptography that the state recognises"),
  tags: [],
  source: { source: "@pulumi/alicloud 3.108.0, property comments that name SM4", observedAt: "2026-08" },
  fix: 'the stack file has no setting for it: `transforms` of the HostGroup in index.ts give systemDiskEncryptAlgorithm to Instance and encryptAlgorithm to EcsDisk; in another program also kmsDataEncryption: "SM4", encryptConf.encryptType: "m4", keySpec: "Aliyun_SM4"',
  levels: { baseline: "disabled", "mlps-3": "disabled" },
  reads: {
    ...Object.fromEntries(Object.entries(algorithms).map(([type, property]) => [type, [property]])),
    [bucket]: ["serverSideEncryptionRule", "serverSideEncryptionRule.kmsDataEncryption"],
    [bucketEncryption]: ["kmsDataEncryption"],
    [key]: ["keySpec"],
    [logStore]: ["encryptConf", "encryptConf.enable", "encryptConf.encryptType"],
  },
  *check({ type, props }) {
    const algorithm = algorithms[type];
    if (algorithm !== undefined) yield* chosen(props, algorithm, /^sm4-128$/i, "sm4-128");
    else if (type === bucketEncryption) yield* inBucket(props);
    else if (type === key) yield* chosen(props, "keySpec", /^(?:Aliyun_SM4|EC_SM2)$/, "Aliyun_SM4 or EC_SM2");
    else if (type === logStore) yield* inLogStore(props);
    else {
      const rule = props.map("serverSideEncryptionRule");
      // Absent: the bucket's encryption is a resource of its own, or none, which the rules of OSS find.
      if (rule.state === "known") yield* inBucket(rule.value);
      else yield* unread(rule, { wanted: "kmsDataEncryption: SM4" });
    }
  },
};

const otherAlgorithm = "another algorithm";

function chosen(props: Props, property: string, is: RegExp, wanted: string): Iterable<Finding> {
  const words = { found: otherAlgorithm, wanted, absent: "AES, as nothing is chosen" };
  return demand(props.text(property), (value) => is.test(value), words);
}

function inBucket(encryption: Props): Iterable<Finding> {
  return chosen(encryption, "kmsDataEncryption", /^SM4$/, "SM4");
}

function* inLogStore(props: Props): Generator<Finding> {
  const encryption = props.map("encryptConf");
  if (encryption.state !== "known") {
    yield* unread(encryption, { wanted: "encryptType: m4", absent: "not encrypted" });
    return;
  }
  yield* demand(encryption.value.flag("enable"), (on) => on, {
    found: "not encrypted",
    wanted: "true",
    absent: "not encrypted",
  });
  // What Log Service calls SM4.
  yield* chosen(encryption.value, "encryptType", /^m4$/, "m4");
}

export const diskRules = [diskEncrypted, diskCmk, smCrypto, snapshotPolicy] as const;
