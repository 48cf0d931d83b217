import type { Clock } from "../core/clock.ts";
import { Kind, type Row, type Store } from "../core/store.ts";
import { disks, instances, snapshots } from "../ecs/rows.ts";
import { lindorms, tsdbs } from "../hitsdb/rows.ts";
import { addresses, natGateways } from "../vpc/rows.ts";
import { type About, type Ahead, type Meter, readMeter } from "./metering-read.ts";
import { type Length, renewalsUntil, termBetween } from "./metering-terms.ts";

/** What a resource was billed for by the hour from a moment on. */
export interface MeterChange {
  /** Cloud time, milliseconds. */
  readonly at: number;
  readonly meters: readonly Meter[];
}

/** A term that was paid ahead, on the day on which it begins; or what came back of one. */
export interface Order {
  /** Cloud time, milliseconds. */
  readonly at: number;
  readonly kind: "new" | "renewal" | "refund";
  /** It renewed itself. */
  readonly byItself: boolean;
  /** Absent for the rest of a host's term, and for a refund. */
  readonly term?: Length;
  readonly meters: readonly Meter[];
}

/** All that a resource was billed for, kept when it is gone: a bill is asked for later. Its id is the resource's. */
export interface UsageLog extends Row {
  readonly about: About;
  readonly changes: readonly MeterChange[];
  readonly orders: readonly Order[];
  /** While it is paid ahead; `settled`: up to when its orders are written down. */
  readonly ahead?: Ahead & { readonly settled: number };
}
export const usageLogs = new Kind<UsageLog>("usageLog");

const billable: readonly Kind<Row>[] = [instances, disks, snapshots, lindorms, tsdbs, natGateways, addresses];

/**
 * Writes down what every resource is billed for whenever one is made, changed or taken away: the store is the one place
 * through which all of it goes. What an older sandbox holds counts from its creation on, as it is now.
 */
export function logUsage(store: Store, clock: Clock): void {
  const names = new Set(billable.map(({ name }) => name));
  store.watch((kind, before, after) => {
    if (names.has(kind)) note(store, kind, before, after, clock.now());
  });
  for (const kind of billable) {
    for (const row of store.everywhere(kind)) {
      if (store.find(usageLogs, row.account, row.id) === undefined)
        note(store, kind.name, undefined, row, row.createdAt);
    }
  }
}

function note(store: Store, kind: string, before: Row | undefined, after: Row | undefined, now: number): void {
  const row = after ?? before;
  if (row === undefined) return;
  const known = store.find(usageLogs, row.account, row.id);
  const { id, account, region, createdAt } = row;
  const at = known === undefined ? createdAt : now;
  const reading = readMeter(kind, row, at);
  // A snapshot knows from the start when it goes; everything else is being released then, and not billed any more.
  const released = after === undefined || (kind !== snapshots.name && after.goneAt !== undefined);
  const steps = released ? [{ at, meters: [] }] : reading.steps;
  const log = known ?? { id, account, region, createdAt, about: reading.about, changes: [], orders: [] };
  const { orders, ahead } = aheadOf(store, log, reading.about, released ? undefined : reading.ahead, at);
  const next: UsageLog = {
    ...{ id, account, region, createdAt, about: reading.about },
    changes: withSteps(log.changes, steps),
    orders: [...log.orders, ...orders],
    ...(ahead === undefined ? {} : { ahead }),
  };
  if (JSON.stringify(next) !== JSON.stringify(known)) store.put(usageLogs, next);
}

/** What was announced for later falls when something else happens before. */
function withSteps(changes: readonly MeterChange[], steps: readonly MeterChange[]): readonly MeterChange[] {
  const from = steps[0]?.at ?? 0;
  const kept = changes.filter(({ at }) => at <= from);
  for (const step of steps) {
    if (JSON.stringify(kept.at(-1)?.meters ?? []) !== JSON.stringify(step.meters)) kept.push(step);
  }
  return kept;
}

/** Orders that a change makes, those that happened by themselves before it among them, and what is paid ahead from then on. */
function aheadOf(
  store: Store,
  log: UsageLog,
  about: About,
  ahead: Ahead | undefined,
  at: number,
): Pick<UsageLog, "ahead"> & { readonly orders: readonly Order[] } {
  const was = log.ahead;
  const passed = automaticOrders(log, at);
  if (ahead === undefined) {
    const nothingBack = was === undefined || passed.until <= at || isSystemDisk(was.meters);
    const refund: Order[] = nothingBack ? [] : [{ at, kind: "refund", byItself: false, meters: was.meters }];
    return { orders: [...passed.orders, ...refund] };
  }
  if (was !== undefined && was.until === ahead.until) {
    return { orders: passed.orders, ahead: { ...ahead, settled: passed.until } };
  }
  const host = hostOf(store, log.account, about);
  const isNew = log.changes.length === 0;
  // Another system disk of a host that is paid already.
  if (isNew && host !== undefined && isSystemDisk(ahead.meters)) {
    return { orders: [], ahead: { ...ahead, settled: ahead.until } };
  }
  const from = was === undefined ? at : Math.max(at, passed.until);
  // A disk is renewed together with its host, which may have renewed itself meanwhile; one bought later ends with it.
  const ofHost = !isNew && host?.ahead?.until === ahead.until ? host.orders.at(-1)?.term : undefined;
  const term = ofHost ?? termBetween(from, ahead.until);
  const order: Order = {
    at,
    kind: was === undefined ? "new" : "renewal",
    byItself: false,
    ...(term === undefined ? {} : { term }),
    meters: ahead.meters,
  };
  return { orders: [...passed.orders, order], ahead: { ...ahead, settled: ahead.until } };
}

function isSystemDisk(meters: readonly Meter[]): boolean {
  return meters.some(({ kind }) => kind === "system-disk");
}

export function hostOf(store: Store, account: string, { hostId }: About): UsageLog | undefined {
  return hostId === undefined ? undefined : store.find(usageLogs, account, hostId);
}

function automaticOrders(
  { ahead }: UsageLog,
  now: number,
): { readonly orders: readonly Order[]; readonly until: number } {
  if (ahead === undefined) return { orders: [], until: 0 };
  const { settled, renewal, meters } = ahead;
  const { begins, until } = renewalsUntil(settled, renewal, now);
  const term = renewal === undefined ? {} : { term: renewal };
  return { until, orders: begins.map((at) => ({ at, kind: "renewal", byItself: true, ...term, meters })) };
}

/** All orders of a resource until now. A disk that is paid ahead renews itself when its host does. */
export function ordersOf(store: Store, log: UsageLog, now: number): readonly Order[] {
  const own = [...log.orders, ...automaticOrders(log, now).orders];
  const { ahead, about } = log;
  const host = hostOf(store, log.account, about);
  if (ahead === undefined || host === undefined) return own;
  const withHost = ordersOf(store, host, now).filter(({ byItself, at }) => byItself && at > log.createdAt);
  return [...own, ...withHost.map((order) => ({ ...order, meters: ahead.meters }))];
}

/** Up to when a resource is paid ahead, renewals that happened by themselves included. */
export function paidUntil(log: UsageLog, now: number): number | undefined {
  return log.ahead === undefined ? undefined : automaticOrders(log, now).until;
}
