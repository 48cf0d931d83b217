import { parseStackFile } from "../../../components/config/stack-file.ts";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile } from "../../../components/config.ts";
import { buildReview } from "../../../review/build.ts";
import type { ReviewedStack } from "../../../review/cost-report/infracost.ts";
import type { PrintedStack } from "../../../review/review.ts";
import { planOf, shipped, shippedText, smallSettings, stackFile } from "../../support/stacks.ts";

const asOf = "2026-11-25";

/** The review of a stack file, and with another one of what changed. */
export async function reviewed(text: string, against?: string): Promise<ReviewedStack> {
  const load = async (of: string) => {
    const checked = validate(parseStackFile(of, "china").values, "test", readProjectFile);
    if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
    return { stack: "test", file: "Pulumi.test.yaml", settings: checked.settings, plan: await planOf(of) };
  };
  const loaded = await load(text);
  if (against === undefined) return { now: buildReview(loaded, asOf) };
  const before = await load(against);
  return { now: buildReview(loaded, asOf, undefined, { before }), before: buildReview(before, asOf) };
}

const small = smallSettings();
const { workers } = small.hosts;

/** The smallest stack with other workers. */
export const withWorkers = (change: object) => stackFile({ ...small, hosts: { workers: { ...workers, ...change } } });

export const smallStack = withWorkers({});

/** Groups in several ways of paying and of use, one of them without a price; a budget that is passed. */
const mixed = stackFile({
  ...small,
  budget: { currency: "CNY", month: 100, payNow: 10 },
  hosts: {
    workers: { ...workers, use: { hoursPerMonth: 200, whenIdle: "stop" } },
    bound: {
      ...workers,
      type: "ecs.g6.xlarge",
      pay: { subscription: { for: "1 month", renew: { every: "1 month" } } },
    },
    nightly: { ...workers, use: { hoursPerMonth: 90, whenIdle: "delete" } },
    bids: { ...workers, pay: { spot: { max: 0.4 } } },
  },
  timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } },
});

/** Every shipped stack, and stacks that have what those have not. */
export const reviews: (readonly [name: string, stack: ReviewedStack])[] = [];

// One after the other: Pulumi's runtime is one per process.
for (const [name, text] of [
  ...shipped.map((stack) => [stack, shippedText(stack)] as const),
  ["mixed", mixed],
  ["mostly idle", withWorkers({ use: { hoursPerMonth: 20, whenIdle: "stop" } })],
  ["empty", stackFile({ ...small, hosts: {} })],
] as const) {
  reviews.push([name, await reviewed(text)]);
}

export function reviewOf(name: string): ReviewedStack {
  const found = reviews.find(([of]) => of === name);
  if (found === undefined) throw new Error(`no review of ${name}`);
  return found[1];
}

export const changed = await reviewed(withWorkers({ count: 3, pay: { subscription: { for: "1 month" } } }), smallStack);

/** Texts that would be markup where nobody escapes them. */
export const hostile =
  '<script>alert(1)</script> <img src=x onerror=alert(1)> | a | `code` **bold** [link](https://example.com) ![i](https://example.com/i.png) &amp; "quoted" \'s\n# heading\n\n```mermaid\n</details> ~~gone~~ ]]> --> %%{init: {}}%%';

/** A review whose every text is hostile, figures and keys left as they are. */
export function hostileReview(stack: PrintedStack): PrintedStack {
  const keep = new Set(["kind", "verdict", "operation", "currency", "list", "prices", "price", "whenIdle", "upfront"]);
  const spoil = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => spoil(one, key));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoil(one, name)]));
    }
    return typeof value === "string" && !keep.has(key) && !/^-?\d+(\.\d+)?$/.test(value) ? hostile : value;
  };
  return {
    ...stack,
    stack: hostile,
    file: hostile,
    city: hostile,
    cost: spoil(stack.cost, "") as PrintedStack["cost"],
  };
}
