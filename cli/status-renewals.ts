import { rounded, sum } from "../cost/amount.ts";
import { type Renewal, renewalsSoon, type Subscription } from "../cost/bill/renewals.ts";
import { termOfText } from "../cost/pay.ts";
import type { RenewalStatus } from "../deploy/status/schema.ts";
import { type BilledFacts, type CostOf, priceOfTerm } from "./status-cost.ts";

const day = 86_400_000;

/** Something paid ahead, and the host group that it is of; none for a database or an address. */
export interface Ahead extends BilledFacts {
  readonly group?: string;
  /** Term that was bought last, by the stack file: 1 month. */
  readonly term?: string;
}

export interface RenewalsOf extends CostOf {
  readonly ahead: readonly Ahead[];
  /** Days ahead that are looked at. */
  readonly days: number;
  /** Command that deploys the stack. */
  readonly deploy: string;
}

/** What ends or renews itself soon, and what has ended already and is still there, the first one first. */
export function renewalsOf(input: RenewalsOf): readonly RenewalStatus[] {
  const { ahead, now, days } = input;
  const rows = ahead.flatMap((one) => {
    const until = Date.parse(one.pay.until ?? "");
    if (one.pay.kind !== "subscription" || Number.isNaN(until) || one.power === "gone") return [];
    // What has ended stands in sight until it is released: told as of its own day.
    const [renewal] = renewalsSoon([subscriptionOf(one, until)], Math.min(now, until), days);
    return renewal === undefined ? [] : [{ one, renewal, days: Math.floor((until - now) / day) }];
  });
  const alike = Map.groupBy(rows, ({ one, renewal }) =>
    JSON.stringify([renewal.on, renewal.does, one.pay.every, one.group ?? one.name]),
  );
  return [...alike.values()]
    .flatMap((same): RenewalStatus[] => {
      const [first] = same;
      if (first === undefined) return [];
      const { one, renewal } = first;
      const next = sumOf(
        input,
        same.map((row) => row.one),
      );
      return [
        {
          ...{ names: same.map((row) => row.one.name).sort(), on: renewal.on, days: first.days },
          renews: renewal.does === "renews",
          ...(one.pay.every === undefined ? {} : { every: one.pay.every }),
          ...(next === undefined ? {} : { sum: next }),
          change: changeOf(one, renewal, input.deploy),
        },
      ];
    })
    .toSorted((a, b) => a.on.localeCompare(b.on) || Number(a.renews) - Number(b.renews));
}

function subscriptionOf({ id, name, pay, group }: Ahead, endsAt: number): Subscription {
  const product = group === undefined ? "" : "ecs";
  return { id, name, product, region: "", endsAt, renewsItself: pay.renews === true };
}

/** What the next term of all of them costs, by the length that they renew themselves by, or the one that was bought. */
function sumOf(input: CostOf, things: readonly Ahead[]): string | undefined {
  const prices = things.map((one) => {
    const term = termOfText(one.pay.every ?? one.term ?? "");
    return term === undefined ? undefined : priceOfTerm(input, one.id, { kind: "subscription", term });
  });
  const known = prices.filter((price) => price !== undefined);
  if (known.length === 0 || known.length < prices.length) return undefined;
  return rounded(sum(known), 2);
}

function changeOf({ group, term }: Ahead, { does, cancelBy, tooLate }: Renewal, deploy: string): string {
  const inConsole = "Expenses > Renewal in the console";
  if (group === undefined) return does === "renews" ? `${inConsole}, by ${cancelBy}` : inConsole;
  const where = `pay.subscription.renew of china:hosts.${group}`;
  if (does === "ends") return `${where}: { every: ${term ?? "1 month"} } and ${deploy}, or ${inConsole}`;
  if (tooLate === true) return `${inConsole}, at once: it may be tried any day`;
  return `${where}: never and ${deploy}, by ${cancelBy}`;
}
