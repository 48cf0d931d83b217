import type { Value, ValueMap } from "../../../policies/reading.ts";
import type { Resource } from "../../../policies/rule.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const types = {
  bucket: "alicloud:oss/bucket:Bucket",
  acl: "alicloud:oss/bucketAcl:BucketAcl",
  object: "alicloud:oss/bucketObject:BucketObject",
  policy: "alicloud:oss/bucketPolicy:BucketPolicy",
  bucketBlock: "alicloud:oss/bucketPublicAccessBlock:BucketPublicAccessBlock",
  accountBlock: "alicloud:oss/accountPublicAccessBlock:AccountPublicAccessBlock",
  accessPoint: "alicloud:oss/accessPoint:AccessPoint",
  website: "alicloud:oss/bucketWebsite:BucketWebsite",
  versioning: "alicloud:oss/bucketVersioning:BucketVersioning",
  encryption: "alicloud:oss/bucketServerSideEncryption:BucketServerSideEncryption",
  logging: "alicloud:oss/bucketLogging:BucketLogging",
} as const;

const one = (type: keyof typeof types, values: ValueMap) => [resource(types[type], values)];
const statement = (values: ValueMap): string => JSON.stringify({ Version: "1", Statement: [values] });

const everyone = statement({ Effect: "Allow", Principal: ["*"], Action: ["oss:GetObject"], Resource: ["*"] });
const named = statement({
  Effect: "Allow",
  Principal: ["20214760404935", "arn:sts::20214760404935:assumed-role/reader/*"],
  Action: ["oss:GetObject"],
  Resource: ["acs:oss:*:*:acme-raw/*"],
});
const refused = statement({ Effect: "Deny", Principal: ["*"], Action: ["oss:*"], Resource: ["*"] });

const privateCases: readonly Case[] = [
  {
    kind: "passes",
    name: "a private bucket with a policy for an account and a role",
    resources: one("bucket", { acl: "private", policy: named }),
    says: [],
  },
  { kind: "passes", name: "everyone is refused something", resources: one("policy", { policy: refused }), says: [] },
  { kind: "passes", name: "an object as open as its bucket", resources: one("object", { acl: "default" }), says: [] },
  {
    kind: "passes",
    name: "public access blocked",
    resources: [
      ...one("bucketBlock", { blockPublicAccess: true }),
      ...one("accountBlock", { blockPublicAccess: true }),
      ...one("accessPoint", { publicAccessBlockConfiguration: { blockPublicAccess: true } }),
    ],
    says: [],
  },
  {
    kind: "fails",
    name: "anyone reads",
    resources: one("bucket", { acl: "public-read" }),
    says: ["violation acl: public access"],
  },
  {
    kind: "fails",
    name: "everyone is allowed something",
    resources: one("bucket", { policy: everyone }),
    says: ["violation policy: everyone"],
  },
  {
    kind: "fails",
    name: "everyone under a condition: OSS lets anonymous requests in that meet it",
    resources: one("bucket", {
      policy: statement({ Effect: "Allow", Principal: "*", Condition: { StringEquals: { "acs:SourceVpc": "vpc-1" } } }),
    }),
    says: ["violation policy: everyone"],
  },
  {
    kind: "fails",
    name: "roles of any account",
    resources: one("policy", { policy: statement({ Principal: ["arn:sts::*:assumed-role/reader/*"] }) }),
    says: ["violation policy: everyone"],
  },
  {
    kind: "fails",
    name: "everyone but one account",
    resources: one("policy", { policy: statement({ Effect: "Allow", NotPrincipal: ["20214760404935"] }) }),
    says: ["violation policy: everyone but some"],
  },
  {
    kind: "fails",
    name: "two statements with the same fault, said once",
    resources: one("policy", { policy: JSON.stringify({ Statement: [{ Principal: "*" }, { Principal: ["*"] }] }) }),
    says: ["violation policy: everyone"],
  },
  {
    kind: "fails",
    name: "a website",
    resources: one("bucket", { website: { indexDocument: "index.html" } }),
    says: ["violation website: a static website"],
  },
  {
    kind: "absent",
    name: "nothing said: private, no policy, no website",
    resources: [...one("bucket", {}), ...one("object", {}), ...one("accessPoint", {})],
    says: [],
  },
  {
    kind: "absent",
    name: "a block that does not say what it blocks",
    resources: [
      ...one("bucketBlock", {}),
      ...one("accountBlock", {}),
      ...one("accessPoint", { publicAccessBlockConfiguration: {} }),
    ],
    says: [
      "violation blockPublicAccess: absent",
      "violation blockPublicAccess: absent",
      "violation publicAccessBlockConfiguration.blockPublicAccess: absent",
    ],
  },
  {
    kind: "unknown",
    name: "everything unknown",
    resources: [
      ...one("bucket", { acl: unknown, policy: unknown, website: unknown }),
      ...one("bucketBlock", { blockPublicAccess: unknown }),
      ...one("accessPoint", { publicAccessBlockConfiguration: unknown }),
    ],
    says: [
      "undecided acl",
      "undecided policy",
      "undecided website",
      "undecided blockPublicAccess",
      "undecided publicAccessBlockConfiguration",
    ],
  },
  {
    kind: "unknown",
    name: "an open list beside an unknown policy",
    resources: one("bucket", { acl: "public-read-write", policy: unknown }),
    says: ["violation acl: public access", "undecided policy"],
  },
  {
    kind: "secret",
    name: "a policy that is a secret",
    resources: one("policy", { policy: secret }),
    says: ["undecided policy"],
  },
  {
    kind: "wrong",
    name: "no JSON, no statements, and values of other types",
    resources: [
      ...one("bucket", { acl: 1, policy: "{", website: "index.html" }),
      ...one("policy", { policy: "{}" }),
      ...one("bucketBlock", { blockPublicAccess: "yes" }),
      ...one("accessPoint", { publicAccessBlockConfiguration: true }),
    ],
    says: [
      "violation acl: a number",
      "violation policy: no policy document in JSON",
      "violation website: a text",
      "violation policy: no policy document in JSON",
      "violation blockPublicAccess: a text",
      "violation publicAccessBlockConfiguration: true or false",
    ],
  },
  {
    kind: "twin",
    name: "the same in resources of their own",
    resources: [
      ...one("acl", { acl: "public-read" }),
      ...one("object", { acl: "public-read-write" }),
      ...one("policy", { policy: everyone }),
      ...one("website", {}),
      ...one("bucketBlock", { blockPublicAccess: false }),
      ...one("accountBlock", { blockPublicAccess: false }),
      ...one("accessPoint", { publicAccessBlockConfiguration: { blockPublicAccess: false } }),
    ],
    says: [
      "violation acl: public access",
      "violation acl: public access",
      "violation policy: everyone",
      "violation : a static website",
      "violation blockPublicAccess: public access not blocked",
      "violation blockPublicAccess: public access not blocked",
      "violation publicAccessBlockConfiguration.blockPublicAccess: public access not blocked",
    ],
  },
];

const state = "acme-pulumi-state";
const overTls = (bucket = state): string =>
  statement({
    Effect: "Deny",
    Principal: ["*"],
    Action: ["oss:*"],
    Resource: [`acs:oss:*:*:${bucket}`, `acs:oss:*:*:${bucket}/*`],
    Condition: { Bool: { "acs:SecureTransport": ["false"] } },
  });
const good: ValueMap = {
  bucket: state,
  versioning: { status: "Enabled" },
  serverSideEncryptionRule: { sseAlgorithm: "KMS" },
  policy: overTls(),
  logging: { targetBucket: "acme-logs" },
};
const but = (values: ValueMap) => one("bucket", { ...good, ...values });
const bare = resource(types.bucket, { bucket: state });
const nothing = [
  "violation versioning: no versioning",
  "violation serverSideEncryptionRule: no encryption at rest",
  "violation policy: no policy that refuses requests without TLS",
  "violation logging: no access log",
];

/** A bare state bucket with the four resources that say the rest, each naming the bucket as given. */
function split(values: Partial<Record<keyof typeof types, ValueMap>>, name: Value = state): readonly Resource[] {
  const all: Partial<Record<keyof typeof types, ValueMap>> = {
    versioning: { status: "Enabled" },
    encryption: { sseAlgorithm: "AES256" },
    policy: { policy: overTls() },
    logging: { targetBucket: "acme-logs" },
    ...values,
  };
  const made = (["versioning", "encryption", "policy", "logging"] as const).map((type) =>
    resource(types[type], { bucket: name, ...all[type] }, { dependsOn: [bare] }),
  );
  return [bare, ...made];
}

const stateCases: readonly Case[] = [
  { kind: "passes", name: "all of it on the bucket", resources: one("bucket", good), says: [] },
  {
    kind: "passes",
    name: "each algorithm that OSS knows",
    resources: ["AES256", "KMS", "SM4"].map((sseAlgorithm) =>
      resource(types.bucket, { ...good, serverSideEncryptionRule: { sseAlgorithm } }, { name: sseAlgorithm }),
    ),
    says: [],
  },
  {
    kind: "passes",
    name: "a bucket that holds no state",
    resources: one("bucket", { bucket: "acme-raw", forceDestroy: true }),
    settings: { stateBuckets: ["acme-infra"] },
    says: [],
  },
  {
    kind: "passes",
    name: "forceDestroy said to be false",
    resources: but({ forceDestroy: false }),
    says: [],
  },
  {
    kind: "fails",
    name: "named in the settings",
    resources: one("bucket", { bucket: "acme-infra" }),
    settings: { stateBuckets: ["acme-infra"] },
    says: nothing,
  },
  {
    kind: "fails",
    name: "each thing undone",
    resources: but({
      forceDestroy: true,
      versioning: { status: "Suspended" },
      serverSideEncryptionRule: { sseAlgorithm: "None" },
      policy: named,
    }),
    says: [
      "violation forceDestroy: a deletion that takes every object with it",
      "violation versioning.status: versions that are not kept",
      "violation serverSideEncryptionRule.sseAlgorithm: an algorithm that OSS does not know",
      "violation policy: a policy that lets requests without TLS in",
    ],
  },
  {
    kind: "fails",
    name: "a policy that refuses requests for another bucket",
    resources: but({ policy: overTls("other") }),
    says: ["violation policy: a policy that lets requests without TLS in"],
  },
  {
    kind: "fails",
    name: "the resources of another bucket do not count",
    resources: split({}, "acme-raw"),
    says: nothing,
  },
  { kind: "absent", name: "a bare bucket", resources: [bare], says: nothing },
  {
    kind: "absent",
    name: "blocks without what they are for",
    resources: but({ versioning: {}, serverSideEncryptionRule: {}, logging: {} }),
    says: [
      "violation versioning.status: no versioning",
      "violation serverSideEncryptionRule.sseAlgorithm: no encryption at rest",
      "violation logging.targetBucket: no access log",
    ],
  },
  { kind: "absent", name: "a bucket without a name", resources: one("bucket", {}), says: [] },
  {
    kind: "unknown",
    name: "the name",
    resources: one("bucket", { bucket: unknown }),
    says: ["undecided bucket"],
  },
  {
    kind: "unknown",
    name: "what stands in it; a log bucket that is made in the same stack is enough",
    resources: but({
      forceDestroy: unknown,
      versioning: { status: unknown },
      serverSideEncryptionRule: unknown,
      policy: unknown,
      logging: { targetBucket: unknown },
    }),
    says: [
      "undecided forceDestroy",
      "undecided versioning.status",
      "undecided serverSideEncryptionRule",
      "undecided policy",
    ],
  },
  {
    kind: "unknown",
    name: "resources made from the bucket, before its name is known to them",
    resources: split({}, unknown),
    says: [],
  },
  {
    kind: "unknown",
    name: "resources made from another bucket",
    resources: [bare, resource(types.versioning, { bucket: unknown, status: "Enabled" })],
    says: nothing,
  },
  { kind: "secret", name: "a policy", resources: but({ policy: secret }), says: ["undecided policy"] },
  {
    kind: "wrong",
    name: "values of other types",
    resources: but({ forceDestroy: 1, versioning: "Enabled", serverSideEncryptionRule: { sseAlgorithm: true } }),
    says: [
      "violation forceDestroy: a number",
      "violation versioning: a text",
      "violation serverSideEncryptionRule.sseAlgorithm: true or false",
    ],
  },
  {
    kind: "wrong",
    name: "a name that is none, and a policy that is no JSON",
    resources: [resource(types.bucket, { bucket: 7 }, { name: "numbered" }), ...but({ policy: "{" })],
    says: ["violation bucket: a number", "violation policy: a policy that lets requests without TLS in"],
  },
  { kind: "twin", name: "all of it in resources of their own", resources: split({}), says: [] },
  {
    kind: "twin",
    name: "resources that say it wrongly",
    resources: split({
      versioning: { status: "Suspended" },
      encryption: { sseAlgorithm: "None" },
      policy: { policy: named },
      logging: { targetBucket: "" },
    }),
    says: [
      "violation status: versions that are not kept",
      "violation sseAlgorithm: an algorithm that OSS does not know",
      "violation policy: a policy that lets requests without TLS in",
      "violation targetBucket: no access log",
    ],
  },
  {
    kind: "twin",
    name: "the resource has the last word; the provider takes any case of a status",
    resources: [
      ...but({ versioning: { status: "Suspended" } }),
      ...one("versioning", { bucket: state, status: "enabled" }),
    ],
    says: [],
  },
  {
    kind: "twin",
    name: "a resource that names no bucket",
    resources: [bare, resource(types.versioning, { status: "Enabled" }, { dependsOn: [bare] })],
    says: nothing,
  },
];

export const ossCases: readonly RuleCases[] = [
  { rule: "cn-oss-private", cases: privateCases },
  { rule: "cn-oss-state", cases: stateCases },
];
