import type { MeterChange } from "./metering-log.ts";
import type { Meter } from "./metering-read.ts";
import { chinaOffset } from "./metering-rules.ts";

/** A stretch of cloud time, milliseconds; the end is no part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How long one thing was used in a stretch. */
export interface Use {
  readonly meter: Meter;
  /** Seconds in which it was there. */
  readonly seconds: number;
  /** Seconds that are billed: more where an hour has a minimum. */
  readonly billedSeconds: number;
}

const hour = 3_600;

/**
 * A billing cycle of China: "2026-11", or a day "2026-11-03". Undefined for what is none.
 */
export function cycleOf(text: string): Stretch | undefined {
  const [, year = "", month = "", day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  const [y, m, d] = [Number(year), Number(month) - 1, Number(day ?? 1)];
  const at = (date: number) => date - chinaOffset;
  const first = new Date(Date.UTC(y, m, d));
  if (year === "" || first.getUTCMonth() !== m || first.getUTCDate() !== d) return undefined;
  return { from: at(first.getTime()), to: at(day === undefined ? Date.UTC(y, m + 1, 1) : Date.UTC(y, m, d + 1)) };
}

/** The part of a stretch that is settled: hours are settled when they are over. */
export function settled({ from, to }: Stretch, now: number): Stretch {
  const over = now - (now % (hour * 1000));
  return { from, to: Math.max(from, Math.min(to, over)) };
}

/**
 * What was used in a stretch of whole hours: per second, and hour by hour where the hour has a minimum. China is whole hours
 * away from UTC, so its hours are the clock's.
 *
 * @param least seconds of an hour that a meter is billed for at least
 */
export function usesIn(changes: readonly MeterChange[], stretch: Stretch, least: (meter: Meter) => number): Use[] {
  const spans = new Map<string, { readonly meter: Meter; readonly spans: (readonly [from: number, to: number])[] }>();
  changes.forEach(({ at, meters }, n) => {
    const from = wholeSeconds(Math.max(at, stretch.from));
    const to = wholeSeconds(Math.min(changes[n + 1]?.at ?? stretch.to, stretch.to));
    if (to <= from) return;
    for (const meter of meters) {
      const key = JSON.stringify(meter);
      const one = spans.get(key) ?? { meter, spans: [] };
      one.spans.push([from, to]);
      spans.set(key, one);
    }
  });
  return [...spans.values()].map(({ meter, spans: of }) => {
    const seconds = of.reduce((sum, [from, to]) => sum + to - from, 0);
    return { meter, seconds, billedSeconds: seconds + missing(of, least(meter)) };
  });
}

/** Only hours in which a span begins or ends can be short. */
function missing(spans: readonly (readonly [from: number, to: number])[], least: number): number {
  if (least === 0) return 0;
  const hours = new Map<number, number>();
  for (const [from, to] of spans) {
    const [first, last] = [Math.floor(from / hour), Math.floor((to - 1) / hour)];
    for (const one of new Set([first, last])) {
      const inHour = Math.min(to, (one + 1) * hour) - Math.max(from, one * hour);
      hours.set(one, (hours.get(one) ?? 0) + inHour);
    }
  }
  return [...hours.values()].reduce((sum, used) => sum + Math.max(0, least - used), 0);
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
