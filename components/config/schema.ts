import { z } from "zod";
import { account, date, mirrors, name, network, path, tags } from "./schema-basics.ts";
import { budget, cost } from "./schema-cost.ts";
import { hosts } from "./schema-hosts.ts";
import { policies } from "./schema-policies.ts";
import { timeSeries } from "./schema-time-series.ts";

export const accept = z
  .strictObject({
    what: z
      .string()
      .min(1)
      .describe("Id of the rule, hazard or budget that is accepted, for example data-disk-deleted"),
    on: name.describe("The component or host that it is accepted on, for example workers-03; stack for a budget"),
    why: z.string().min(1).describe("The reason, for the reader of a review"),
    by: z.string().min(1).describe("Who answers for it"),
    until: date.describe("The day it ends, yyyy-mm-dd"),
  })
  .describe("The only place where a rule, a hazard or a budget overrun is accepted");

const containers = z
  .strictObject({
    user: z
      .string()
      .min(1)
      .default("root")
      .describe("Linux user for the SSH connection; must be allowed to use Docker"),
    registry: z
      .strictObject({
        address: z.string().min(1).describe("Registry host, for example registry-vpc.cn-shanghai.aliyuncs.com"),
        user: z.string().min(1),
        password: z.strictObject({ secret: name }).describe("Name of an entry of china:secrets"),
      })
      .optional()
      .describe("Sign-in for one's own registry"),
    run: z
      .record(
        name,
        z.strictObject({
          on: z.array(name).min(1).describe("Host groups; each of their hosts runs one"),
          image: z.string().min(1).describe("Image with its digest: name@sha256:..."),
          command: z.array(z.string()).optional(),
          environment: z
            .record(z.string(), z.union([z.string(), z.strictObject({ secret: name })]))
            .default({})
            .describe("Variables: a text, or { secret: name } for an entry of china:secrets"),
          ports: z.array(z.int().min(1).max(65535)).default([]).describe("Published on the host's private address"),
          volumes: z.record(path, path).default({}).describe("Path on the host: path in the container"),
        }),
      )
      .describe("Name: what runs"),
  })
  .describe("Containers on the hosts through Docker over SSH; needs access: ssh and a way to reach the hosts");

/** Everything that a stack file can say under `config`, without the project's prefix. */
export const settings = z.strictObject({
  account: account,
  region: z.string().describe("A region in mainland China, for example cn-shanghai"),
  tags: tags,
  network: network,
  mirrors: mirrors.prefault({}),
  buckets: z
    .record(
      name,
      z.strictObject({
        existing: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "a bucket's name: 3 to 63 lower-case letters, digits and hyphens")
          .describe("Name of the bucket; it must exist, it is never changed"),
        hosts: z
          .enum(["read", "write", "read-write"])
          .describe("What the hosts' role may do with it, and nothing else"),
      }),
    )
    .default({})
    .describe("Existing OSS buckets that the hosts may use, through the endpoint inside the VPC"),
  hosts: hosts,
  timeSeries: timeSeries.optional(),
  containers: containers.optional(),
  accept: z
    .array(accept)
    .default([])
    .describe("Rules, hazards and budget overruns that are accepted, each with its reason and its last day"),
  policies: policies.prefault({}),
  cost: cost,
  budget: budget,
  secrets: z
    .record(name, z.string())
    .default({})
    .describe("The only place for `secure:` values; set with: pulumi config set --secret --path china:secrets.NAME"),
});

/** Validated settings, defaults filled in; cross-checks are in ./checks. */
export type Settings = z.output<typeof settings>;
/** The same as a user writes it. */
export type SettingsInput = z.input<typeof settings>;
export type Network = Settings["network"];
export type Mirrors = Settings["mirrors"];
export type HostGroupSettings = Settings["hosts"][string];
export type Pay = HostGroupSettings["pay"];
export type TimeSeries = NonNullable<Settings["timeSeries"]>;
export type ContainerSettings = NonNullable<Settings["containers"]>;
export type Accept = Settings["accept"][number];
