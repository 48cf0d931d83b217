import { z } from "zod";

/** A name that becomes part of resource names and is identity: changing it replaces what it names. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case letters, digits and single hyphens, starting with a letter")
  .max(40);

export const cidr = z.cidrv4("an IPv4 range such as 10.20.0.0/16");

export const path = z.string().regex(/^\/[^\0\n]*$/, "an absolute path");

/**
 * A day. Unquoted in YAML it reaches the program as the engine's Go writes a time (sdk/go resource/config/object.go):
 * both forms mean the same.
 */
export const date = z.union([
  z.iso.date("a day such as 2027-02-28"),
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} 00:00:00 \+0000 UTC$/, "a day such as 2027-02-28")
    .transform((text) => text.slice(0, 10)),
]);

/** Paid by use, ahead for a term, or what is left over. */
export const subscription = z.strictObject({
  for: z
    .string()
    .regex(/^[1-9]\d? (week|weeks|month|months|year|years)$/, "a term such as 1 week, 3 months or 1 year")
    .describe("Term paid ahead: 1 week, 1 month to 9 months, 1 year to 5 years (weeks on the China site only)"),
  renew: z
    .union([z.literal("never"), z.literal("by-hand"), z.strictObject({ every: z.string() })])
    .default("never")
    .describe("At the end: never, by-hand (it ends unless you renew it, and you are reminded), or { every: 1 month }"),
});

export const account = z
  .strictObject({
    site: z
      .enum(["china", "international"])
      .describe(
        "Where the account was opened: aliyun.com (china) or alibabacloud.com (international). Decides currency, price list, terms",
      ),
    id: z
      .string()
      .regex(/^\d{5,20}$/, "the account's number in quotes")
      .optional()
      .describe("Account id: with it a deployment into another account fails early"),
  })
  .describe("The account that this stack belongs to");

export const tags = z
  .object({ owner: z.string().min(1), env: z.string().min(1), "data-class": z.string().min(1) })
  .catchall(z.string().min(1))
  .describe("On every resource: owner, env and data-class, and others of your own");

const rule = z.strictObject({
  to: name.describe("Host group that is reached"),
  from: z.string().min(1).describe("Host group, named source of network.sources, or vpc"),
  protocol: z.enum(["tcp", "udp", "icmp", "all"]).default("tcp"),
  ports: z
    .union([
      z.int().min(1).max(65535),
      z.string().regex(/^\d{1,5}(-\d{1,5})?$/, "a port such as 8786 or a range such as 9000-9010"),
    ])
    .optional()
    .describe("Port or range; required for tcp and udp"),
});

export const network = z
  .strictObject({
    cidr: cidr.describe("Address range of the VPC"),
    existing: z
      .string()
      .regex(/^vpc-[a-z0-9]+$/, "a VPC id such as vpc-uf6...")
      .optional()
      .describe("Use this VPC; never change or delete it"),
    vSwitches: z
      .record(
        z.string(),
        z.union([
          cidr,
          z.strictObject({
            existing: z.string().regex(/^vsw-[a-z0-9]+$/, "a vSwitch id such as vsw-uf6..."),
            cidr: cidr,
          }),
        ]),
      )
      .describe("Zone: range of the vSwitch there; { existing, cidr } uses one that exists"),
    wayOut: z
      .enum(["none", "nat", "existing"])
      .describe(
        "none: hosts reach only what Alibaba Cloud serves inside the VPC; nat: a NAT gateway, outgoing only; existing: the existing VPC has its own",
      ),
    sources: z
      .record(name, cidr)
      .default({})
      .describe("Named address ranges for rules, for example office: 203.0.113.0/24"),
    rules: z.array(rule).default([]).describe("What may reach the hosts; nothing else can, not even within a group"),
  })
  .describe("VPC, one vSwitch per zone, what comes in and what goes out");

const registryHost = /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/[a-z0-9._/-]+)?$/;

export const mirrors = z
  .strictObject({
    pypi: z
      .union([z.enum(["vpc", "public"]), z.url({ protocol: /^https?$/ })])
      .default("vpc")
      .describe("vpc: Aliyun's mirror inside the VPC; public: the same from anywhere; or an index of your own"),
    docker: z
      .union([
        z.enum(["daocloud", "none"]),
        z.string().regex(registryHost, "a registry such as registry-vpc.cn-beijing.aliyuncs.com/acme"),
      ])
      .default("daocloud")
      .describe("Where docker.io images come from: daocloud (internet), your own registry, or none"),
    containerd: z
      .record(z.string().regex(registryHost, "a registry host such as quay.io"), z.url({ protocol: /^https$/ }))
      .default({})
      .describe("Mirrors of other registries for containerd, for example quay.io: https://quay.m.daocloud.io"),
    npm: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("npm registry; written only when given"),
    go: z.string().min(1).optional().describe("GOPROXY; written only when given"),
    huggingface: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("HF_ENDPOINT; written only when given"),
  })
  .describe("Where software comes from");
