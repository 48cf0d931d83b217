import { z } from "zod";
import type { Plan } from "../plan/plan.ts";
import { rulesReview } from "./rules.ts";

/**
 * A review as one JSON value; terminal and every other output are renderings of it. Versioned: a field that changes its
 * meaning raises `version`.
 */
const money = z
  .string()
  .regex(/^\d+\.\d+$/)
  .describe("Decimal text in the currency of the list");

const signedMoney = z.string().regex(/^-?\d+\.\d+$/);

const ownPay = [
  z.strictObject({ kind: z.literal("pay-as-you-go") }),
  z.strictObject({ kind: z.literal("spot"), limit: z.number().optional() }),
  z.strictObject({ kind: z.literal("subscription"), term: z.string() }),
] as const;

/** How a resource is paid. */
const pay = z.discriminatedUnion("kind", ownPay);

/** How it could be paid: also by a commitment of the account. */
const anyPay = z.discriminatedUnion("kind", [
  ...ownPay,
  z.strictObject({
    kind: z.literal("savings-plan"),
    years: z.union([z.literal(1), z.literal(3)]),
    upfront: z.enum(["all", "half", "none"]),
  }),
]);

const disk = z.strictObject({ GiB: z.number(), category: z.string(), level: z.string().optional() });

const group = z.strictObject({
  name: z.string(),
  hosts: z.array(z.string()).describe("Keys, in order"),
  type: z.string(),
  vcpu: z.number().optional(),
  memoryGiB: z.number().optional(),
  image: z.string(),
  system: z.string().describe("System family of the image, for example ubuntu-24.04"),
  pay,
  publicMbps: z.number().describe("0: no public address"),
  access: z.enum(["cloud-assistant", "ssh"]),
  systemDisk: disk,
  dataDisk: disk
    .extend({ mount: z.string(), snapshots: z.strictObject({ at: z.string(), keepDays: z.number() }).optional() })
    .optional(),
  keptDisks: z.array(z.string()).describe("Hosts that have left and whose disks stay"),
  onSoftwareChange: z.enum(["rerun", "rebuild", "at-next-rebuild"]),
  onImageChange: z.enum(["rebuild", "at-next-rebuild"]),
});

const boot = z.strictObject({
  group: z.string(),
  userDataBytes: z.number().describe("Bytes that count against the limit, before base64"),
  userDataLimit: z.number(),
  compressed: z.boolean(),
  hash: z.string().describe("sha256 of the wanted settings, compared with the host's marker"),
  python: z.strictObject({ version: z.string(), packages: z.number() }).optional(),
  docker: z.boolean(),
  images: z.number(),
  sources: z.array(
    z.strictObject({
      what: z.string(),
      address: z.string(),
      reachableFrom: z.enum(["vpc", "internet"]),
      needed: z.boolean(),
    }),
  ),
});

const span = z.tuple([money, money]).readonly();

const costLine = z.strictObject({
  kind: z.string(),
  component: z.string(),
  what: z.string(),
  count: z.number(),
  quantity: z.number(),
  unit: z.string(),
  level: z.string().optional(),
  pay,
  perHour: money.optional().describe("All of them while they are billed by the hour"),
  perMonth: money.optional().describe("In a month as it is used; of a subscription its share of a month"),
  payNow: money.optional().describe("Paid at once for the whole term"),
  hours: z.number().describe("Hours of the month in which each is billed"),
  unpriced: z.string().optional().describe("Why there is no price"),
  atMostPerHour: money.optional().describe("Upper bound by the hour, in no sum"),
  spanPerMonth: span.optional().describe("Two figures of low confidence, in no sum"),
  spanPayNow: span.optional().describe("The same for what is paid at once"),
  whileStopped: z.boolean(),
  source: z.string().optional(),
  observedAt: z.string().optional(),
  confidence: z.string().optional(),
  price: z.enum(["list", "account"]).optional().describe("Everybody's price, or this account's"),
});

const option = z.strictObject({
  pay: anyPay,
  perMonth: money.optional().describe("Hosts and disks of the group in a month as they are used"),
  payNow: money.optional(),
  bound: money.optional().describe("Owed over the whole term, whatever runs"),
  savesPerMonth: signedMoney.optional().describe("Against pay-as-you-go as it is used; negative costs more"),
  breakEven: z
    .strictObject({ stop: z.number().optional(), delete: z.number().optional() })
    .optional()
    .describe("Hours a month from which it is cheaper than pay-as-you-go, if idle hosts are stopped or deleted"),
  coveredAfterMonths: z.number().optional().describe("Months after which leaving early has cost nothing"),
  sizeOnly: z.boolean().describe("Only shows the size: an average, a third party's figure"),
  note: z.string().optional(),
  line: z
    .strictObject({ fixed: money, perHour: money })
    .optional()
    .describe("Cost of a month: fixed + perHour x hours, while idle hosts are stopped"),
  from: z
    .strictObject({
      kind: z.enum(["list", "account"]),
      source: z.string(),
      observedAt: z.string(),
      confidence: z.string().optional(),
    })
    .optional(),
});

const comparison = z.strictObject({
  component: z.string().optional().describe("Absent: all groups of the stack together"),
  hosts: z.number(),
  use: z
    .strictObject({ hours: z.number(), whenIdle: z.enum(["run", "stop", "delete"]) })
    .optional()
    .describe("Absent where groups are used differently"),
  declared: z
    .strictObject({ pay: pay.optional(), perMonth: money.optional(), payNow: money.optional() })
    .describe("As the stack file has it; without figures where something has no price"),
  options: z.array(option).readonly(),
  recommendation: z
    .strictObject({
      pay: anyPay,
      reason: z.string(),
      maybeLess: z.boolean().describe("A way of which only the size is known may cost less"),
    })
    .optional(),
});

const side = z.strictObject({
  what: z.string(),
  quantity: z.number(),
  pay,
  perMonth: money.optional(),
  payNow: money.optional(),
  unpriced: z.string().optional(),
});

const changed = z.strictObject({
  operation: z.enum(["added", "removed", "changed"]),
  component: z.string(),
  kind: z.string(),
  before: side.optional(),
  after: side.optional(),
  delta: signedMoney.optional().describe("Absent when one side has no price"),
});

const costChange = z.strictObject({
  before: money,
  after: money,
  delta: signedMoney.describe("In a month, of what has a price on both sides: a price that is lost is no saving"),
  byUse: signedMoney.describe("Of it, what is paid by use, as stated before and after"),
  payNow: money.describe("New payments for a term, once"),
  sizePayNow: span.optional().describe("The same where only a size is known, in no sum"),
  incomparable: z
    .strictObject({ items: z.number(), before: money, after: money })
    .describe("Changed items without a price on one side, and what they cost on the other"),
  items: z.array(changed.extend({ urn: z.string(), name: z.string() })).readonly(),
  groups: z
    .array(changed.extend({ names: z.array(z.string()).readonly() }))
    .readonly()
    .describe("The same items, those that change alike together: their money is added before it is rounded"),
  givenUp: z
    .array(z.strictObject({ name: z.string(), what: z.string(), term: z.string() }))
    .readonly()
    .describe("Subscriptions that would be given up; what comes back only the cloud can say"),
  paidOn: money.describe("A month of what is given up, in delta as a saving: it is paid to the end of its term"),
  notBought: z
    .array(z.strictObject({ name: z.string(), from: z.string(), to: z.string() }))
    .readonly()
    .describe("Terms that the stack file changes: a term counts at the purchase only"),
});

const cost = z.strictObject({
  currency: z.enum(["CNY", "USD"]),
  list: z.enum(["China site", "international site"]),
  prices: z.enum(["catalogue", "live", "account"]),
  notes: z.array(z.string()).readonly().describe("What to know of where the prices come from"),
  sizeOnly: z.boolean().describe("Another site's list: it shows the size and nothing else"),
  hoursPerMonth: z.number(),
  lines: z.array(costLine).readonly(),
  sum: z
    .strictObject({ perHour: money, perMonth: money, perYear: money })
    .describe("A lower bound when unpricedLines is not 0"),
  payNow: z.strictObject({ amount: money, unpriced: z.number() }).describe("Paid at once; in no other sum"),
  commitments: z
    .array(
      z.strictObject({
        kind: z.string(),
        component: z.string(),
        what: z.string(),
        count: z.number(),
        term: z.string(),
        renews: z.string().optional(),
      }),
    )
    .readonly(),
  unpricedLines: z.number(),
  byUse: z
    .array(
      z.strictObject({
        what: z.string(),
        price: money,
        unit: z.string(),
        quantity: z.number().optional(),
        perMonth: money.optional(),
        source: z.string(),
        observedAt: z.string(),
      }),
    )
    .readonly(),
  comparisons: z.array(comparison).readonly(),
  traps: z
    .array(z.strictObject({ id: z.string(), text: z.string(), source: z.string(), observedAt: z.string() }))
    .readonly(),
  change: costChange.optional().describe("Against another state of the stack"),
  budget: z
    .array(
      z.strictObject({
        what: z.enum(["budget-month", "budget-increase", "budget-pay-now", "budget-no-price"]),
        verdict: z.enum(["over", "cannot-judge"]),
        text: z.string(),
        accepted: z.strictObject({ why: z.string(), by: z.string(), until: z.string() }).optional(),
        accept: z.string().optional().describe("The entry of china:accept that accepts it"),
      }),
    )
    .readonly(),
});

/** Any JSON value; unknown is {"__pulumiUnknown": true}, a secret {"__pulumiSecret": true}. */
const planValue = z.json();

const plannedResource = z.strictObject({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  parent: z.string().optional(),
  custom: z.boolean().describe("A resource of a provider, in contrast to a component"),
  read: z.string().optional().describe("Id of an existing resource that is only read"),
  provider: z.string().optional(),
  inputs: z.record(z.string(), planValue),
  uses: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("Inputs that are made from outputs of other resources: input -> their URNs"),
  options: z.record(z.string(), planValue).describe("Resource options as the engine gets them, defaults left out"),
});

export const plan = z
  .strictObject({
    project: z.string(),
    stack: z.string(),
    resources: z.array(plannedResource).describe("Sorted by URN"),
    outputs: z.record(z.string(), planValue),
  })
  .describe("Every resource that the program declares, as the engine would be told");

const stackReview = z.strictObject({
  stack: z.string(),
  file: z.string(),
  region: z.string(),
  city: z.string(),
  site: z.enum(["china", "international"]),
  resources: z.strictObject({
    total: z.number().describe("Resources of the cloud; neither components nor providers"),
    byType: z.record(z.string(), z.number()),
  }),
  network: z.strictObject({
    cidr: z.string(),
    existing: z.string().optional(),
    zones: z.array(z.string()),
    wayOut: z.enum(["none", "nat", "existing"]),
    rules: z.array(z.strictObject({ to: z.string(), from: z.string(), protocol: z.string(), ports: z.string() })),
  }),
  groups: z.array(group),
  timeSeries: z
    .strictObject({
      product: z.enum(["lindorm-1", "lindorm-2", "tsdb"]),
      size: z.string(),
      zone: z.string(),
      reachableFrom: z.array(z.string()),
      allowList: z.array(z.string()),
    })
    .optional(),
  buckets: z.array(z.strictObject({ name: z.string(), existing: z.string(), hosts: z.string() })),
  containers: z.array(z.strictObject({ name: z.string(), image: z.string(), on: z.array(z.string()) })),
  policies: rulesReview,
  cost,
  boot: z.array(boot),
  warnings: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  accepted: z.array(
    z.strictObject({ what: z.string(), on: z.string(), why: z.string(), by: z.string(), until: z.string() }),
  ),
  unknown: z.array(z.string()).describe("What nobody can say without an account"),
});

export const review = z.strictObject({
  version: z.literal(1),
  asOf: z.string().describe("Day that ages of prices are counted to"),
  compared: z.literal("files").describe("Recorded from the files: no account, no network, nothing created"),
  stacks: z.array(stackReview.extend({ plan })),
});

export interface Review extends Omit<z.output<typeof review>, "stacks"> {
  readonly stacks: readonly PrintedStack[];
}
export type StackReview = z.output<typeof stackReview>;
/** A review as it is printed: each stack with its plan. */
export type PrintedStack = StackReview & { readonly plan: Plan };
export type BootReview = z.output<typeof boot>;
export type GroupReview = z.output<typeof group>;
