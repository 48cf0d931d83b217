import * as types from "../../../../review/hazards/types.ts";
import { of, type RuleCases } from "../cases.ts";
import { changesOf, created, deleted, replaced, secret, unknown, updated, urnOf } from "../made.ts";

const [disk, oldDisk] = types.disks;
const host = types.instance;
const own = { name: "workers-01-data" };
const isProtected = { ...own, options: { protect: true } };

export const dataCases: readonly RuleCases[] = [
  {
    rule: "data-disk-deleted",
    cases: [
      of("fires", "no longer declared", deleted(disk, { size: 20 }, own), ["high"], "deleted with everything on it"),
      of(
        "fires",
        "replaced by an empty one",
        replaced(disk, { encrypted: false }, { encrypted: true }, own),
        ["high"],
        "empty disk",
      ),
      of(
        "fires",
        "inline disks of a replaced host",
        replaced(host, { dataDisks: [{ size: 20 }, { size: 20, deleteWithInstance: false }] }, {}),
        ["high"],
        "the data disk written into it",
      ),
      of(
        "fires",
        "inline disks of a deleted host",
        deleted(host, { dataDisks: [{ size: 20, deleteWithInstance: true }] }),
        ["high"],
      ),
      of("opposite", "a disk grows", updated(disk, { size: 20 }, { size: 40 }, own), []),
      of("opposite", "a new disk", created(disk, { size: 20 }, own), []),
      of("opposite", "protected: refused", deleted(disk, {}, isProtected), []),
      of("opposite", "a scratch disk", deleted(disk, { category: "elastic_ephemeral_disk_standard" }, own), []),
      of(
        "opposite",
        "inline disk that outlives its host",
        deleted(host, { dataDisks: [{ size: 20, deleteWithInstance: false }] }),
        [],
      ),
      of("opposite", "the host is refused", deleted(host, { deletionProtection: true, dataDisks: [{ size: 20 }] }), []),
      of(
        "unknown",
        "whether the inline disk goes",
        deleted(host, { dataDisks: [{ deleteWithInstance: unknown }] }),
        [],
      ),
      of("unknown", "the list of disks", deleted(host, { dataDisks: unknown }), []),
      of("secret", "the list of disks", deleted(host, { dataDisks: secret }), []),
      of("twin", "the disk under its old name", deleted(oldDisk, { size: 20 }, own), ["high"]),
      of("create-only", "nothing existed", created(host, { dataDisks: [{ size: 20 }] }), []),
    ],
  },
  {
    rule: "database-deleted",
    cases: [
      of("fires", "deleted", deleted(types.lindormV1, { paymentType: "PayAsYouGo" }), ["high"], "everything"),
      of("fires", "replaced", replaced(types.lindormV1, { zoneId: "a" }, { zoneId: "b" }), ["high"], "an empty one"),
      of(
        "opposite",
        "changed in place",
        updated(types.lindormV1, { instanceStorage: "80" }, { instanceStorage: "160" }),
        [],
      ),
      of("opposite", "new", created(types.lindormV1, {}), []),
      of("opposite", "protected by its service", deleted(types.lindormV1, { deletionProection: true }), []),
      of("opposite", "a subscription stays", deleted(types.lindormV1, { paymentType: "Subscription" }), []),
      of("unknown", "how it is paid: told as deleted", deleted(types.lindormV1, { paymentType: unknown }), ["high"]),
      of("secret", "its name", updated(types.lindormV1, { instanceName: secret }, { instanceName: secret }), []),
      of("twin", "Lindorm 2", deleted(types.lindormV2, {}), ["high"]),
      of("twin", "TSDB", replaced(types.tsdb, {}, {}), ["high"]),
      of("twin", "RDS", deleted(types.rds, {}), ["high"]),
      of("twin", "a file system", deleted(types.fileSystem, {}), ["high"]),
      of("create-only", "new", created(types.tsdb, {}), []),
    ],
  },
  {
    rule: "bucket-deleted",
    cases: [
      of("fires", "with force", deleted(types.bucket, { forceDestroy: true }), ["high"], "every object"),
      of("fires", "without", deleted(types.bucket, {}), ["medium"], "if it is empty"),
      of("opposite", "force is only set", updated(types.bucket, { forceDestroy: false }, { forceDestroy: true }), []),
      of("opposite", "protected", deleted(types.bucket, { forceDestroy: true }, { options: { protect: true } }), []),
      of("unknown", "force unknown: not read as set", deleted(types.bucket, { forceDestroy: unknown }), ["medium"]),
      of("secret", "force secret: not read as set", deleted(types.bucket, { forceDestroy: secret }), ["medium"]),
      of("create-only", "new", created(types.bucket, { forceDestroy: true }), []),
    ],
    without: { twin: "a bucket has one type" },
  },
  {
    rule: "snapshot-deleted",
    cases: [
      of("fires", "deleted", deleted(types.snapshots[0], {}), ["high"]),
      of("fires", "replaced", replaced(types.snapshots[0], {}, {}), ["high"], "one of today"),
      of("opposite", "new", created(types.snapshots[0], {}), []),
      of("twin", "under its old name", deleted(types.snapshots[1], {}), ["high"]),
      of(
        "unknown",
        "renamed to what is not known",
        updated(types.snapshots[0], { snapshotName: "a" }, { snapshotName: unknown }),
        [],
      ),
      of(
        "secret",
        "renamed to a secret",
        updated(types.snapshots[0], { snapshotName: "a" }, { snapshotName: secret }),
        [],
      ),
      of("create-only", "new", created(types.snapshots[1], {}), []),
    ],
  },
  {
    rule: "key-deleted",
    cases: [
      of("fires", "deleted", deleted(types.key, {}), ["high"]),
      of("opposite", "protected", deleted(types.key, { deletionProtection: "Enabled" }), []),
      of("opposite", "disabled only", updated(types.key, { status: "Enabled" }, { status: "Disabled" }), []),
      of("unknown", "whether it is protected: told as deleted", deleted(types.key, { deletionProtection: unknown }), [
        "high",
      ]),
      of("secret", "an alias", updated(types.key, { description: secret }, { description: secret }), []),
      of("create-only", "new", created(types.key, {}), []),
    ],
    without: { twin: "a key has one type" },
  },
  {
    rule: "shrink-refused",
    cases: [
      of("fires", "a disk", updated(disk, { size: 40 }, { size: 20 }, own), ["high"], "refused"),
      of("fires", "a system disk", updated(host, { systemDiskSize: 60 }, { systemDiskSize: 40 }), ["high"]),
      of(
        "fires",
        "a database's storage, as text",
        updated(types.lindormV1, { instanceStorage: "160" }, { instanceStorage: "80" }),
        ["high"],
      ),
      of("opposite", "grows", updated(disk, { size: 20 }, { size: 40 }, own), []),
      of("opposite", "as text and as number", updated(disk, { size: "100" }, { size: 100 }, own), []),
      of("opposite", "made anew smaller", replaced(disk, { size: 40 }, { size: 20 }, own), []),
      of("unknown", "to a size that is not known", updated(disk, { size: 40 }, { size: unknown }, own), []),
      of("secret", "a secret size", updated(disk, { size: secret }, { size: secret }, own), []),
      of("twin", "the disk under its old name", updated(oldDisk, { size: 40 }, { size: 20 }, own), ["high"]),
      of("twin", "Lindorm 2", updated(types.lindormV2, { cloudStorageSize: 400 }, { cloudStorageSize: 320 }), ["high"]),
      of("create-only", "new", created(disk, { size: 20 }, own), []),
    ],
  },
  {
    rule: "protection-removed",
    cases: [
      of(
        "fires",
        "a disk",
        updated(disk, {}, {}, { ...own, options: { protect: true }, optionsAfter: {} }),
        ["high"],
        "by Pulumi",
      ),
      of("fires", "only the option changes", [], ["high"], "by Pulumi", {
        changes: changesOf([], {
          optionChanges: [
            {
              ...{ urn: urnOf(disk, "d"), type: disk, name: "d", component: "workers" },
              before: { inputs: {}, options: { protect: true } },
              after: { inputs: {}, options: {} },
            },
          ],
        }),
      }),
      of(
        "fires",
        "an address",
        updated(types.addresses[0], { deletionProtection: true }, { deletionProtection: false }),
        ["medium"],
        "by its service",
      ),
      of("fires", "a database, no longer said", updated(types.lindormV1, { deletionProection: true }, {}), ["high"]),
      of("opposite", "a disk is protected", updated(disk, {}, {}, { ...own, optionsAfter: { protect: true } }), []),
      of(
        "opposite",
        "turned on",
        updated(types.lindormV1, { deletionProection: false }, { deletionProection: true }),
        [],
      ),
      of(
        "unknown",
        "to what is not known",
        updated(host, { deletionProtection: true }, { deletionProtection: unknown }),
        [],
      ),
      of("secret", "to a secret", updated(host, { deletionProtection: true }, { deletionProtection: secret }), []),
      of(
        "twin",
        "disk under its old name",
        updated(oldDisk, {}, {}, { ...own, options: { protect: true }, optionsAfter: {} }),
        ["high"],
      ),
      of(
        "twin",
        "address under its old name",
        updated(types.addresses[1], { deletionProtection: "true" }, { deletionProtection: "false" }),
        ["medium"],
      ),
      of(
        "twin",
        "a key, whose word is another",
        updated(types.key, { deletionProtection: "Enabled" }, { deletionProtection: "Disabled" }),
        ["high"],
      ),
      of("create-only", "new without", created(disk, {}, own), []),
    ],
  },
  {
    rule: "encryption-removed",
    cases: [
      of("fires", "a disk", replaced(disk, { encrypted: true }, { encrypted: false }, own), ["high"]),
      of("fires", "no longer said", replaced(disk, { encrypted: true }, {}, own), ["high"]),
      of("fires", "system disk", replaced(host, { systemDiskEncrypted: true }, { systemDiskEncrypted: false }), [
        "high",
      ]),
      of(
        "fires",
        "inline disk",
        replaced(host, { dataDisks: [{ encrypted: true }] }, { dataDisks: [{ encrypted: false }] }),
        ["high"],
      ),
      of(
        "fires",
        "a bucket's rule goes",
        updated(types.bucket, { serverSideEncryptionRule: [{ sseAlgorithm: "AES256" }] }, {}),
        ["high"],
      ),
      of("opposite", "turned on", replaced(disk, { encrypted: false }, { encrypted: true }, own), []),
      of(
        "opposite",
        "another key of the bucket",
        updated(
          types.bucket,
          { serverSideEncryptionRule: { kmsMasterKeyId: "a" } },
          { serverSideEncryptionRule: { kmsMasterKeyId: "b" } },
        ),
        [],
      ),
      of("unknown", "to what is not known", replaced(disk, { encrypted: true }, { encrypted: unknown }, own), []),
      of("secret", "to a secret", replaced(disk, { encrypted: true }, { encrypted: secret }, own), []),
      of("twin", "disk under its old name", replaced(oldDisk, { encrypted: true }, { encrypted: false }, own), [
        "high",
      ]),
      of("twin", "a bucket's encryption of its own", deleted(types.bucketEncryption, {}), ["high"]),
      of("create-only", "new without", created(disk, { encrypted: false }, own), []),
    ],
  },
  {
    rule: "snapshots-reduced",
    cases: [
      of(
        "fires",
        "kept for fewer days",
        updated(types.snapshotPolicies[0], { retentionDays: 30 }, { retentionDays: 7 }),
        ["medium"],
      ),
      of(
        "fires",
        "no longer forever",
        updated(types.snapshotPolicies[0], { retentionDays: -1 }, { retentionDays: 7 }),
        ["medium"],
      ),
      of(
        "fires",
        "on fewer days",
        updated(types.snapshotPolicies[0], { repeatWeekdays: ["1", "2"] }, { repeatWeekdays: ["1"] }),
        ["medium"],
      ),
      of(
        "fires",
        "attachment goes, its disk stays",
        deleted(types.snapshotPolicyAttachment, {}, { options: { dependsOn: [urnOf(disk, "workers-01-data")] } }),
        ["medium"],
        "no more snapshots",
      ),
      of("fires", "versioning ends", updated(types.bucketVersioning, { status: "Enabled" }, { status: "Suspended" }), [
        "medium",
      ]),
      of("fires", "system disk", updated(host, { systemDiskAutoSnapshotPolicyId: "sp-1" }, {}), ["medium"]),
      of(
        "opposite",
        "attachment goes with its disk",
        [
          deleted(types.snapshotPolicyAttachment, {}, { options: { dependsOn: [urnOf(disk, "workers-01-data")] } }),
          deleted(disk, {}, own),
        ],
        [],
      ),
      of(
        "opposite",
        "kept longer",
        updated(
          types.snapshotPolicies[0],
          { retentionDays: 7, repeatWeekdays: ["1"] },
          { retentionDays: 30, repeatWeekdays: ["1", "2"] },
        ),
        [],
      ),
      of(
        "opposite",
        "kept forever",
        updated(types.snapshotPolicies[0], { retentionDays: 7 }, { retentionDays: -1 }),
        [],
      ),
      of(
        "unknown",
        "for how long",
        updated(types.snapshotPolicies[0], { retentionDays: 30 }, { retentionDays: unknown }),
        [],
      ),
      of(
        "secret",
        "for how long",
        updated(types.snapshotPolicies[0], { retentionDays: 30 }, { retentionDays: secret }),
        [],
      ),
      of(
        "twin",
        "the policy under its old name",
        updated(types.snapshotPolicies[1], { retentionDays: 30 }, { retentionDays: 7 }),
        ["medium"],
      ),
      of(
        "twin",
        "backups of RDS",
        updated("alicloud:rds/backupPolicy:BackupPolicy", { backupRetentionPeriod: 30 }, { backupRetentionPeriod: 7 }),
        ["medium"],
      ),
      of("create-only", "new", created(types.snapshotPolicies[0], { retentionDays: 1 }), []),
    ],
  },
];
