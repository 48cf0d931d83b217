import { type Amount, amount, compare, minus, plus, sum, times } from "../../cost/amount.ts";
import type { Account } from "../core/accounts.ts";
import type { Store } from "../core/store.ts";
import { vcpuOf } from "../ecs/instance-account.ts";
import { type Stretch, usesIn } from "./metering.ts";
import { hostOf, ordersOf, type UsageLog, usageLogs } from "./metering-log.ts";
import { hourlyPrice, termPrice } from "./metering-prices.ts";
import type { About, Meter } from "./metering-read.ts";
import { leastMinutes, leastOfLife } from "./metering-rules.ts";
import type { Length } from "./metering-terms.ts";

/** One billable item of one resource in a stretch of time, before discount and tax. */
export interface BillLine {
  readonly account: string;
  readonly region: string;
  /** Resource that the bill names: a system disk stands on its host's. */
  readonly id: string;
  readonly about: About;
  readonly item: "PayAsYouGoBill" | "SubscriptionOrder" | "Refund";
  readonly meter: Meter;
  /** Seconds of use; a term's length for what is paid ahead. */
  readonly seconds?: number;
  readonly term?: Length;
  /** All units for an hour; absent without a price. */
  readonly list?: Amount;
  /** Absent without a price: nothing is made up. */
  readonly gross?: Amount;
}

/** Everything that an account is billed for in a stretch of whole hours, in the order in which it was made. */
export function billLines(store: Store, account: Account, stretch: Stretch, now: number): readonly BillLine[] {
  const logs = store.list(usageLogs, account.id).toSorted((a, b) => a.createdAt - b.createdAt);
  const lines = logs.flatMap((log) => {
    const host = isPartOf(log) ? hostOf(store, account.id, log.about) : undefined;
    const about = host === undefined ? log.about : { ...log.about, name: host.about.name };
    const shared = { account: account.id, region: log.region, id: host?.id ?? log.id, about };
    return [
      ...byTheHour(log, account.site, stretch).map((line) => ({ ...shared, ...line })),
      ...ahead(store, log, account.site, stretch, now).map((line) => ({ ...shared, ...line })),
    ];
  });
  return together(lines);
}

function isPartOf({ about, changes, ahead }: UsageLog): boolean {
  const meters = [...changes.flatMap((change) => change.meters), ...(ahead?.meters ?? [])];
  return about.hostId !== undefined && meters.some(({ kind }) => kind === "system-disk");
}

type Line = Omit<BillLine, "account" | "region" | "id" | "about">;

function byTheHour({ changes, region }: UsageLog, site: Account["site"], stretch: Stretch): readonly Line[] {
  const lines = usesIn(changes, stretch, leastSeconds).map(({ meter, seconds, billedSeconds }): Line => {
    const list = hourlyPrice(meter, region, site);
    const priced = list === undefined ? {} : { list, gross: times(list, billedSeconds, 3_600) };
    return { item: "PayAsYouGoBill", meter, seconds, ...priced };
  });
  const [first, ...more] = lines;
  const [begin, end] = [changes[0], changes.at(-1)];
  const whole = end?.meters.length === 0 && end.at < stretch.to && (begin?.at ?? 0) >= stretch.from;
  if (!whole || first?.gross === undefined) return lines;
  // A whole life in this stretch: it costs something.
  const short = minus(amount(leastOfLife.amount), sum(lines.flatMap(({ gross }) => gross ?? [])));
  return compare(short, amount(0)) > 0 ? [{ ...first, gross: plus(first.gross, short) }, ...more] : lines;
}

function leastSeconds({ kind, what }: Meter): number {
  return kind === "host" ? leastMinutes.of(vcpuOf(what)) * 60 : 0;
}

function ahead(store: Store, log: UsageLog, site: Account["site"], { from, to }: Stretch, now: number): Line[] {
  return ordersOf(store, log, now)
    .filter(({ at }) => at >= from && at < to)
    .flatMap(({ kind, term, meters }) =>
      meters.map((meter): Line => {
        const gross = termPrice(meter, log.region, site, term);
        return {
          ...{ item: kind === "refund" ? "Refund" : "SubscriptionOrder", meter },
          ...(term === undefined ? {} : { term }),
          ...(gross === undefined ? {} : { gross }),
        };
      }),
    );
}

/** A host's system disks one after the other are one line, if they are the same. */
function together(lines: readonly BillLine[]): readonly BillLine[] {
  const alike = Map.groupBy(lines, ({ id, item, meter }) => JSON.stringify([id, item, meter]));
  return [...alike.values()].flatMap((of) => {
    const [first] = of;
    if (first?.seconds === undefined) return of;
    const seconds = of.reduce((total, line) => total + (line.seconds ?? 0), 0);
    return [
      { ...first, seconds, ...(first.gross === undefined ? {} : { gross: sum(of.flatMap((l) => l.gross ?? [])) }) },
    ];
  });
}
