import { waysIn } from "../bucket-policy.ts";
import { mlps } from "../clauses.ts";
import { demand, violation } from "../demand.ts";
import { demandStatements } from "../policy-document.ts";
import type { Props } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";
import { ossState } from "./oss-state.ts";

const bucket = "alicloud:oss/bucket:Bucket";
const acl = "alicloud:oss/bucketAcl:BucketAcl";
const object = "alicloud:oss/bucketObject:BucketObject";
const policy = "alicloud:oss/bucketPolicy:BucketPolicy";
const bucketBlock = "alicloud:oss/bucketPublicAccessBlock:BucketPublicAccessBlock";
const accountBlock = "alicloud:oss/accountPublicAccessBlock:AccountPublicAccessBlock";
const accessPoint = "alicloud:oss/accessPoint:AccessPoint";
const website = "alicloud:oss/bucketWebsite:BucketWebsite";

/** Access control lists that open nothing; "default" of an object is its bucket's. */
const closed: ReadonlySet<string> = new Set(["private", "default"]);
const blocked = { found: "public access not blocked", wanted: "true" } as const;
const nobody = "named accounts and roles in every statement that allows";
const noWebsite = {
  found: "a static website",
  wanted: "no website: serve files through a gateway that is filed",
} as const;

const ossPrivate: ResourceRule = {
  id: "cn-oss-private",
  title: "No bucket open to everyone",
  description:
    "No bucket, object or access point of OSS can be read or written without a key: by its access control list, by a policy for everyone, or as a website. What anyone can read is a leak, and a website needs an ICP filing.",
  severity: "critical",
  clause: mlps("8.1.3.2", "access control at the boundary: refused unless allowed"),
  tags: [
    "checkov:CKV_ALI_1",
    "cis:5.1",
    "cis:5.2",
    "kics:ec62a32c",
    "kics:8c0695d8",
    "kics:fe286195",
    "kics:88541597",
    "kics:62232513",
    "kics:2b13c6ff",
    "cloud-config:oss-bucket-public-read-prohibited",
    "cloud-config:oss-bucket-public-write-prohibited",
    "cloud-config:oss-bucket-policy-no-any-anonymous",
  ],
  source: {
    source: "InfraGuard 0.10, rules oss-bucket-public-read-prohibited and oss-bucket-policy-no-any-anonymous",
    observedAt: "2026-06",
  },
  fix: 'the stack makes no bucket; it grants its hosts those of china:buckets. In another program: acl "private", no `*` among the principals that are allowed, blockPublicAccess true, no website',
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [bucket]: ["acl", "policy", "website"],
    [acl]: ["acl"],
    [object]: ["acl"],
    [policy]: ["policy"],
    [bucketBlock]: ["blockPublicAccess"],
    [accountBlock]: ["blockPublicAccess"],
    [accessPoint]: ["publicAccessBlockConfiguration", "publicAccessBlockConfiguration.blockPublicAccess"],
    [website]: [],
  },
  *check({ type, props }) {
    switch (type) {
      case bucketBlock:
      case accountBlock:
        yield* demandBlocked(props);
        return;
      case accessPoint: {
        // Without the block nothing is said; within it, false is OSS's default (PutAccessPointPublicAccessBlock).
        const block = props.map("publicAccessBlockConfiguration");
        if (block.state === "known") yield* demandBlocked(block.value);
        else yield* demand(block, () => true, blocked);
        return;
      }
      case website:
        yield violation("", noWebsite.found, noWebsite.wanted);
        return;
    }
    if (type !== policy) {
      // Left out, an access control list is private.
      yield* demand(props.text("acl"), (value) => closed.has(value), { found: "public access", wanted: "private" });
    }
    if (type === bucket || type === policy) yield* demandStatements(props.text("policy"), nobody, waysIn);
    if (type === bucket) yield* demand(props.map("website"), () => false, noWebsite);
  },
};

function demandBlocked(props: Props): Iterable<Finding> {
  return demand(props.flag("blockPublicAccess"), (on) => on, { ...blocked, absent: "absent" });
}

export const ossRules = [ossPrivate, ossState] as const;
