import { refusesHttp } from "../bucket-policy.ts";
import { mlps } from "../clauses.ts";
import { about, demand, unread } from "../demand.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, Judged, Stack, StackRule } from "../rule.ts";

const bucketType = "alicloud:oss/bucket:Bucket";

/** Part of the name of a bucket that holds Pulumi's state, where the settings name none. */
const statePart = "pulumi-state";

/** One thing that a state bucket has: in a block of the bucket, or in a resource of its own. */
interface Aspect {
  /** Property or block of the bucket. */
  readonly inline: (bucket: Props) => Reading<string>;
  /** The resource that says it instead; where one is there, it has the last word. */
  readonly split: string;
  readonly property: string;
  readonly holds: (value: string, bucket: string) => boolean;
  readonly found: string;
  readonly absent: string;
  readonly wanted: string;
  /** That something stands there is enough, for example the name of a bucket that is made in the same stack. */
  readonly presence?: true;
}

const algorithms: ReadonlySet<string> = new Set(["AES256", "KMS", "SM4"]);

const aspects: readonly Aspect[] = [
  {
    inline: (bucket) => inBlock(bucket, "versioning", "status"),
    split: "alicloud:oss/bucketVersioning:BucketVersioning",
    property: "status",
    // The provider takes any case.
    holds: (status) => status.toLowerCase() === "enabled",
    found: "versions that are not kept",
    absent: "no versioning",
    wanted: "Enabled: an earlier state can be had back",
  },
  {
    inline: (bucket) => inBlock(bucket, "serverSideEncryptionRule", "sseAlgorithm"),
    split: "alicloud:oss/bucketServerSideEncryption:BucketServerSideEncryption",
    property: "sseAlgorithm",
    holds: (algorithm) => algorithms.has(algorithm),
    found: "an algorithm that OSS does not know",
    absent: "no encryption at rest",
    wanted: "KMS, AES256 or SM4",
  },
  {
    inline: (bucket) => bucket.text("policy"),
    split: "alicloud:oss/bucketPolicy:BucketPolicy",
    property: "policy",
    holds: refusesHttp,
    found: "a policy that lets requests without TLS in",
    absent: "no policy that refuses requests without TLS",
    wanted: 'Deny of oss:* to "*" for the bucket\'s objects where acs:SecureTransport is false',
  },
  {
    inline: (bucket) => inBlock(bucket, "logging", "targetBucket"),
    split: "alicloud:oss/bucketLogging:BucketLogging",
    property: "targetBucket",
    holds: () => true,
    found: "",
    absent: "no access log",
    wanted: "a bucket for the access log",
    presence: true,
  },
];

export const ossState: StackRule = {
  id: "cn-oss-state",
  title: "The bucket of Pulumi's state",
  description:
    "A bucket that holds Pulumi's state keeps its versions, is encrypted, refuses requests without TLS, logs who reads it, and is not emptied by a deletion. Without its state a stack is lost to Pulumi; with it a reader knows every resource.",
  severity: "high",
  clause: mlps("8.1.4.8", "confidentiality of stored data; 8.1.4.9 recovery, 8.1.2.2 transport"),
  tags: [
    "checkov:CKV_ALI_6",
    "checkov:CKV_ALI_10",
    "checkov:CKV_ALI_12",
    "cis:5.3",
    "cis:5.4",
    "cis:5.8",
    "kics:70919c0b",
    "kics:c01d10de",
    "kics:05db341e",
    "cloud-config:oss-bucket-versioning-enabled",
    "cloud-config:oss-bucket-server-side-encryption-enabled",
    "cloud-config:oss-bucket-only-https-enabled",
    "cloud-config:oss-bucket-logging-enabled",
  ],
  source: {
    source: "InfraGuard 0.10, rules oss-bucket-versioning-enabled, -only-https-enabled, -logging-enabled",
    observedAt: "2026-06",
  },
  fix: "the stack makes no bucket; china:policies.stateBuckets names the state's one for a program that does. There: versioning, serverSideEncryptionRule, logging and policy on the bucket, or BucketVersioning, BucketServerSideEncryption, BucketLogging and BucketPolicy; no forceDestroy",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [bucketType]: [
      "bucket",
      "forceDestroy",
      "versioning",
      "versioning.status",
      "serverSideEncryptionRule",
      "serverSideEncryptionRule.sseAlgorithm",
      "policy",
      "logging",
      "logging.targetBucket",
    ],
    ...Object.fromEntries(aspects.map(({ split, property }) => [split, ["bucket", property]])),
  },
  *checkStack(stack, { settings }) {
    for (const bucket of stack.ofType(bucketType)) {
      const name = bucket.props.text("bucket");
      // Left out, the provider makes up a name: nobody logs in to a bucket whose name is not known beforehand.
      for (const finding of unread(name, { wanted: "a name" })) yield about(bucket.urn, finding);
      if (name.state !== "known") continue;
      if (!name.value.includes(statePart) && !settings.stateBuckets.includes(name.value)) continue;
      yield* stateBucket(stack, bucket, name.value);
    }
  },
};

function* stateBucket(stack: Stack, bucket: Judged, name: string): Generator<Finding> {
  const forced = demand(bucket.props.flag("forceDestroy"), (on) => !on, {
    found: "a deletion that takes every object with it",
    wanted: "false",
  });
  for (const finding of forced) yield about(bucket.urn, finding);
  for (const aspect of aspects) {
    const splits = stack.ofType(aspect.split).filter((split) => isOf(stack, split, bucket, name));
    for (const split of splits) yield* judged(aspect, split.urn, split.props.text(aspect.property), name);
    if (splits.length === 0) yield* judged(aspect, bucket.urn, aspect.inline(bucket.props), name);
  }
}

function* judged(aspect: Aspect, urn: string, reading: Reading<string>, bucket: string): Generator<Finding> {
  if (aspect.presence && reading.state === "undecided") return;
  for (const finding of demand(reading, (value) => aspect.holds(value, bucket), aspect)) yield about(urn, finding);
}

/** Whether a resource is of this bucket: by the bucket's name, or made from it where the name is not known yet. */
function isOf(stack: Stack, split: Judged, bucket: Judged, name: string): boolean {
  const own = split.props.text("bucket");
  return own.state === "known" ? own.value === name : own.state === "undecided" && stack.dependsOn(split, bucket);
}

function inBlock(bucket: Props, block: string, property: string): Reading<string> {
  const inner = bucket.map(block);
  return inner.state === "known" ? inner.value.text(property) : inner;
}
