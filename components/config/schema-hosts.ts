import { z } from "zod";
import { name, path, subscription } from "./schema-basics.ts";
import { use } from "./schema-cost.ts";

const disk = {
  category: z
    .enum(["cloud_essd", "cloud_auto", "cloud_essd_entry", "cloud_ssd", "cloud_efficiency"])
    .default("cloud_essd")
    .describe("Disk category; cloud_essd fits every generation since 6"),
  level: z
    .enum(["PL0", "PL1", "PL2", "PL3"])
    .optional()
    .describe("Performance level of a cloud_essd disk; PL0 when left out"),
};

const snapshots = z
  .union([
    z.literal("none"),
    z.strictObject({
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):00$/, 'a full hour in quotes, such as "03:00"')
        .describe("Full hour, UTC+8"),
      keepDays: z.int().min(1).max(65536),
    }),
  ])
  .default({ at: "03:00", keepDays: 7 })
  .describe("Daily snapshot of each data disk, or none");

/** What a host gets at its first boot. */
export const software = z
  .strictObject({
    python: z
      .string()
      .optional()
      .describe(
        "Lock file, pylock.toml or uv.lock; its packages go into /opt/venv, with hashes. Left out: the SDK alone",
      ),
    sdk: z
      .enum(["v2", "v1", "both", "none"])
      .default("v2")
      .describe("Alibaba Cloud Python SDK: v2 (alibabacloud-*), v1 (aliyun-python-sdk-core, -ecs, -rds), both or none"),
    uv: z.boolean().default(false).describe("Also point uv at the mirror"),
    docker: z.boolean().default(false).describe("Install Docker"),
    images: z.array(z.string().min(1)).default([]).describe("Images to pull at boot, each with its digest"),
    ntp: z
      .union([z.enum(["vpc", "public", "image"]), z.array(z.string().min(1)).min(1)])
      .default("vpc")
      .describe("Time servers: Alibaba's inside the VPC or public, as the image has it, or a list"),
    timezone: z
      .string()
      .regex(/^[A-Za-z_]+(\/[A-Za-z_+-]+)*$/, "a time zone such as Asia/Shanghai")
      .default("Asia/Shanghai"),
    users: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, "a Linux user name"),
          sudo: z.boolean().default(false),
          docker: z.boolean().default(false),
          sshKeys: z.array(z.string().min(1)).default([]).describe("Public keys"),
        }),
      )
      .default([]),
    files: z
      .array(
        z.strictObject({
          path: path,
          from: z.string().min(1).describe("File beside the stack file; no secrets: user data can be read on the host"),
          mode: z
            .string()
            .regex(/^0[0-7]{3}$/, 'four octal digits in quotes, such as "0644"')
            .default("0644"),
          owner: z
            .string()
            .regex(/^[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*$/, "user:group")
            .default("root:root"),
        }),
      )
      .default([]),
    commands: z.array(z.string().min(1)).default([]).describe("Shell commands, run last; each must be safe to repeat"),
    probe: z
      .enum(["off", "daily"])
      .default("off")
      .describe(
        "daily: a small program tries once after boot and once a day what works from the host, overseas places too; without a way out only what the VPC serves. Adds 10 KB of user data (docs/field-report.md)",
      ),
  })
  .describe("What the bootstrap puts on each host");

export const pay = z
  .union([
    z.literal("pay-as-you-go"),
    z.strictObject({ subscription: subscription }),
    z.strictObject({
      spot: z.union([
        z.literal("market"),
        z.strictObject({ max: z.number().positive().describe("Highest price per hour, in the account's currency") }),
      ]),
    }),
  ])
  .describe("pay-as-you-go | subscription: { for: 1 month, renew: never } | spot: { max: 0.40 }");

const group = z
  .strictObject({
    count: z.int().min(0).max(2000).describe("Hosts: workers-01, workers-02, ...; fewer removes the last"),
    type: z.string().regex(/^ecs\.[a-z0-9-]+\.[a-z0-9-]+$/, "an instance type such as ecs.g7.xlarge"),
    zones: z
      .array(z.string())
      .min(1)
      .describe("Zone of the first host, the second, ...; repeated when shorter than count"),
    image: z
      .string()
      .min(1)
      .describe("Image id, pinned with its date; never a family: a newer image would wipe the system disk"),
    systemDisk: z
      .strictObject({ GiB: z.int().min(20).max(2048), ...disk })
      .describe("Holds the system; lost when a host is rebuilt. Always encrypted"),
    dataDisk: z
      .strictObject({
        GiB: z.int().min(1).max(65536),
        ...disk,
        mount: path.default("/data"),
        snapshots: snapshots,
        keep: z
          .array(name)
          .default([])
          .describe("Hosts that have left the group and whose disks stay; see china:accept data-disk-deleted"),
      })
      .optional()
      .describe("One per host: encrypted, protected, kept when the host is rebuilt"),
    pay: pay.default("pay-as-you-go"),
    use: use,
    publicAddress: z
      .union([z.literal("none"), z.strictObject({ Mbps: z.int().min(1).max(100) })])
      .default("none")
      .describe("none, or { Mbps } of outgoing bandwidth paid by traffic"),
    access: z
      .union([
        z.literal("cloud-assistant"),
        z.strictObject({
          ssh: z.strictObject({
            from: z.string().min(1).describe("Host group, named source of network.sources, or vpc"),
            key: z.string().min(1).describe("File with the public key"),
          }),
        }),
      ])
      .default("cloud-assistant")
      .describe("cloud-assistant (no open port), or ssh: { from, key }"),
    role: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,64}$/, "a RAM role's name")
      .optional()
      .describe("Existing RAM role; left out, the group gets one of its own when there are buckets"),
    deletionProtection: z
      .boolean()
      .default(false)
      .describe(
        "Off by default: the provider never lifts it, so a replacement would fail half-way. Data is on the data disk",
      ),
    software: software.prefault({}),
    onSoftwareChange: z
      .enum(["rerun", "rebuild", "at-next-rebuild"])
      .default("rerun")
      .describe(
        "rerun: the deploy command runs the bootstrap again; rebuild: new hosts at once; at-next-rebuild: wait",
      ),
    onImageChange: z
      .enum(["rebuild", "at-next-rebuild"])
      .default("at-next-rebuild")
      .describe("rebuild: new hosts at once, system disks lost; at-next-rebuild: wait"),
    rebuild: z
      .array(name)
      .default([])
      .describe("Hosts that take image and software of this file now, by being rebuilt where they differ"),
  })
  .describe("A group of equal hosts");

/** What user data is made from, and whether a host can fetch what it names. */
export const softwareParts = group.pick({ image: true, software: true, publicAddress: true, dataDisk: true });

export const hosts = z.record(name, group).describe("Host groups by name; the name is identity");
