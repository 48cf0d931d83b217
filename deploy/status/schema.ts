import { z } from "zod";

/** ISO time, UTC. */
const time = z.string();
/** Decimal text, two places, in the currency of the cost. */
const money = z.string();

const pay = z.object({
  kind: z.enum(["pay-as-you-go", "spot", "subscription"]),
  until: time.optional(),
  renews: z.boolean().optional().describe("Whether a subscription renews itself; absent: not told"),
  every: z.string().optional().describe("By how much it renews itself: 1 month"),
});
export type Pay = z.output<typeof pay>;

const probe = z.object({
  at: time,
  works: z.int().describe("Places that work, of those that were asked"),
  asked: z.int(),
  others: z.array(z.string()).describe("What does not: pypi timed out"),
});
export type Probe = z.output<typeof probe>;

const software = z.object({
  verdict: z.enum(["ready", "running", "rerun", "waits", "off", "simulated", "failed", "unknown"]),
  why: z.string(),
  versions: z.record(z.string(), z.string()).optional(),
});
export type Software = z.output<typeof software>;

const host = z.object({
  key: z.string(),
  group: z.string(),
  id: z.string(),
  address: z.string(),
  zone: z.string(),
  type: z.string(),
  image: z.string(),
  power: z.string().describe("Running, Stopped ... as the cloud says it; gone: the cloud has none of this id"),
  free: z.boolean().describe("Stopped without charge"),
  locked: z.string().optional().describe("Why the cloud has locked it: financial, for want of payment"),
  createdAt: time.optional(),
  pay,
  software,
  probe: probe.optional(),
});
export type HostStatus = z.output<typeof host>;

const disk = z.object({
  name: z.string(),
  id: z.string(),
  GiB: z.number(),
  category: z.string(),
  level: z.string(),
  on: z.string().describe("Key or id of the host that it hangs on; empty: none"),
  power: z.string(),
  protected: z.boolean().describe("By Pulumi: an update that would delete it is refused"),
  snapshots: z.boolean().describe("By a schedule"),
  createdAt: time.optional(),
  pay,
});
export type DiskStatus = z.output<typeof disk>;

const database = z.object({
  name: z.string(),
  id: z.string(),
  engine: z.enum(["Lindorm", "Lindorm V2", "TSDB"]),
  power: z.string(),
  address: z.string().describe("host:port inside the VPC; empty: the outputs name none"),
  createdAt: time.optional(),
  pay,
});
export type DatabaseStatus = z.output<typeof database>;

const way = z.object({
  name: z.string(),
  id: z.string(),
  kind: z.enum(["address", "NAT gateway"]),
  address: z.string(),
  power: z.string(),
  createdAt: time.optional(),
  pay,
});
export type WayStatus = z.output<typeof way>;

const changed = z.object({
  name: z.string(),
  type: z.string(),
  id: z.string(),
  properties: z.array(
    z.object({
      path: z.string().describe("As the provider names it: tags.env"),
      what: z.string().describe("In words: tag env"),
      was: z.string().describe("By the state"),
      is: z.string().describe("In the cloud"),
    }),
  ),
});
export type Changed = z.output<typeof changed>;

const drift = z.discriminatedUnion("looked", [
  z.object({
    looked: z.literal(true),
    seconds: z.number(),
    changed: z.array(changed),
    gone: z.array(z.object({ name: z.string(), type: z.string(), id: z.string() })),
  }),
  z.object({ looked: z.literal(false), why: z.string() }),
]);
export type Drift = z.output<typeof drift>;

const strangeRule = z.object({
  group: z.string(),
  id: z.string(),
  direction: z.enum(["in", "out"]),
  protocol: z.string(),
  ports: z.string().describe("first/last; -1/-1: all"),
  peer: z.string().describe("Range, security group or prefix list"),
  policy: z.string().describe("accept or drop"),
  createdAt: time.optional(),
});
export type StrangeRule = z.output<typeof strangeRule>;

const leftover = z.object({
  type: z.string(),
  id: z.string(),
  name: z.string(),
  billed: z.boolean(),
  paidAhead: z.boolean(),
  next: z.string().describe("The import to type, or what to delete"),
});

const cost = z.object({
  currency: z.enum(["CNY", "USD"]),
  list: z.string(),
  /** Days of the figures. */
  dates: z.string(),
  sizeOnly: z.boolean().describe("Another site's list: the figures show the size and nothing else"),
  byTheHour: z.object({ perDay: money, perMonth: money }).describe("Run rate of what is billed as it is used"),
  usedSoFar: money.describe("The same since each thing was made, as if it had run all the time"),
  since: time.optional(),
  unpriced: z.array(z.string()).describe("Billed as used, and in no sum: what, and why"),
  paidAhead: z.array(
    z.object({
      names: z.array(z.string()),
      term: z.string(),
      perTerm: money.optional().describe("Of all of them, for one term; absent: no price"),
      until: time.optional(),
      daysLeft: z.int().optional(),
    }),
  ),
});
export type CostStatus = z.output<typeof cost>;

const renewal = z.object({
  names: z.array(z.string()),
  on: z.string().describe("yyyy-mm-dd, China's clock"),
  days: z.int().describe("From now; negative: past"),
  renews: z.boolean(),
  every: z.string().optional(),
  sum: money.optional().describe("What the renewal costs; absent: no price"),
  change: z.string().describe("What changes it"),
});
export type RenewalStatus = z.output<typeof renewal>;

/** What runs of a stack, and how it stands. */
export const statusReport = z.object({
  version: z.literal(1),
  stack: z.string(),
  region: z.string(),
  cloud: z.enum(["alibaba-cloud", "local-cloud"]),
  at: time.describe("The cloud's time: the local one's runs ahead"),
  commit: z.string().optional(),
  verdict: z.enum(["well", "wrong"]),
  wrong: z.array(z.string()).describe("Why it is not well, each in one sentence"),
  cutShort: z
    .array(z.object({ name: z.string(), what: z.string().describe("creating, updating, deleting ...") }))
    .describe("What the engine was doing when it was killed"),
  hosts: z.array(host),
  disks: z.array(disk),
  databases: z.array(database),
  wayOut: z.array(way),
  drift,
  strangeRules: z.array(strangeRule).describe("Of the stack's security groups, and not in its state"),
  leftovers: z.array(leftover).optional().describe("Absent: not looked for"),
  cost,
  renewals: z.array(renewal),
  notLooked: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type StatusReport = z.output<typeof statusReport>;
