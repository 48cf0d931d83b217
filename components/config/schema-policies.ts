import { z } from "zod";
import { date } from "./schema-basics.ts";

const port = z.int().min(1).max(65535);
const level = z.enum(["mandatory", "advisory", "disabled", "remediate"]);

/** Remote administration. CIS Alibaba Cloud 2.0 4.3 and 4.4, CKV_ALI_2 and 3. */
const adminPorts = [22, 3389];
/** Databases, caches and control ports that CloudSploit's open* plugins (2025-12) and Alibaba Cloud's own products name. */
const dataPorts = [
  1433, 1521, 2375, 2376, 2379, 2380, 3306, 4243, 5432, 5601, 6379, 6443, 8086, 8242, 8786, 8787, 8888, 9000, 9042,
  9092, 9200, 9300, 10250, 11211, 27017, 30020,
];

const attestation = z
  .strictObject({
    by: z.string().min(1).describe("Who says so"),
    on: date.describe("When it was said, yyyy-mm-dd"),
    note: z.string().min(1).optional().describe("Number of the filing, place of the document"),
  })
  .optional();

/**
 * Settings of the mainland rules: `china:policies` of a stack file, and the configuration of `cn-settings` for another
 * program. One schema for both.
 */
export const policies = z
  .strictObject({
    profile: z
      .enum(["baseline", "mlps-3"])
      .default("baseline")
      .describe("Set of levels: baseline, or mlps-3 for a system graded level 3 (GB/T 22239-2019)"),
    levels: z
      .record(z.string(), level)
      .default({})
      .describe(
        "Rule id: another level than the profile's. remediate: the engine mends it in place, where that is safe",
      ),
    regions: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Regions that are allowed; all of mainland China when left out, never others"),
    ports: z
      .strictObject({
        admin: z.array(port).default(adminPorts).describe("Never open to the internet: administration"),
        data: z.array(port).default(dataPorts).describe("Never open to the internet: data"),
        public: z.array(port).default([]).describe("May be open to the internet, for example 443"),
        widestSource: z
          .int()
          .min(1)
          .max(32)
          .default(24)
          .describe("Shortest prefix of a public source range, bits: 24 allows 203.0.113.0/24 and refuses /16"),
      })
      .prefault({}),
    userData: z
      .strictObject({
        hosts: z
          .array(z.string().min(1))
          .default([])
          .describe("Hosts that user data may name beside the catalogue's, for example pypi.corp.cn or *.corp.cn"),
      })
      .prefault({}),
    accounts: z
      .array(z.string().regex(/^\d{5,20}$/, "the account's number in quotes"))
      .default([])
      .describe("Other accounts that roles may trust and images may be shared with"),
    services: z.array(z.string().min(1)).default(["ecs.aliyuncs.com"]).describe("Services that roles may trust"),
    tags: z
      .array(z.string().min(1))
      .default(["owner", "env", "data-class"])
      .describe("Tags that every resource carries; mlps-3 asks for mlps-level too"),
    tagDefaults: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe("Tag: fixed value that `remediate` sets where it is missing"),
    stateBuckets: z
      .array(z.string().min(1))
      .default([])
      .describe("OSS buckets that hold Pulumi's state: versioned, encrypted, logged"),
    exportBuckets: z.array(z.string().min(1)).default([]).describe("OSS buckets that images may be exported to"),
    retention: z
      .strictObject({
        logDays: z.int().min(184).default(184).describe("Days that logs are kept; the law says six months"),
        snapshotDays: z.int().min(1).default(7).describe("Days that automatic snapshots are kept"),
      })
      .prefault({}),
    addresses: z
      .strictObject({
        tag: z.string().min(1).default("approved-by").describe("Tag of a public address that somebody approved"),
        Mbps: z.int().min(1).max(1000).default(200).describe("Highest bandwidth of a public address, Mbit/s"),
      })
      .prefault({}),
    icpNumber: z
      .string()
      .min(1)
      .optional()
      .describe("ICP filing of what is served to the public, for example 沪ICP备2021000001号-1"),
    attested: z
      .strictObject({
        "icp-filing": attestation.describe("The ICP filing is real and fits the domain"),
        "mlps-grading": attestation.describe("The system is graded, filed and tested (MLPS 2.0)"),
        "cross-border-assessment": attestation.describe(
          "No personal or important data leaves, or the assessment is there",
        ),
        "log-service": attestation.describe(
          "Logs of hosts and network are kept six months and reviewed, flow logs too",
        ),
        "audit-trail": attestation.describe("The account has an ActionTrail over all regions and all events"),
        "operations-in-china": attestation.describe("Operations are done from mainland China (8.2.7.1)"),
        "tsdb-allow-list": attestation.describe("TSDB's allow-list in the console holds no public range"),
        "commercial-cryptography": attestation.describe("Whether the cryptography assessment applies, and passed"),
      })
      .prefault({})
      .describe("What only a person can say: who and when. Not listed: shown as to attest"),
  })
  .describe("Settings of the mainland rules (docs/policies.md)");

export type PolicySettings = z.output<typeof policies>;
export type PolicySettingsInput = z.input<typeof policies>;
