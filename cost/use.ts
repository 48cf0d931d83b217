import { Decimal } from "decimal.js";
import { hoursPerMonth } from "./amount.ts";
import type { BillableItem } from "./items.ts";

/** How long hosts work, and what happens to them meanwhile. */
export interface Use {
  /** Hours a month in which the hosts work. */
  readonly hours: number;
  /** Stopped without charge, deleted and made again, or left running. */
  readonly whenIdle: "run" | "stop" | "delete";
}

/** Figures that a month is counted with. */
export interface Month {
  /** Hours of a month, 730 unless the stack file says otherwise. */
  readonly hours: number;
  /** What the hosts of a component are used for. */
  readonly useOf: (component: string) => Use;
  /** Traffic to the internet, GB a month; absent when nobody said. */
  readonly trafficGB?: number;
  /** Snapshots kept, GiB; absent when nobody said. */
  readonly snapshotGiB?: number;
}

export const alwaysOn: Month = { hours: hoursPerMonth, useOf: () => ({ hours: hoursPerMonth, whenIdle: "run" }) };

/**
 * Hours of a month in which something is billed by the hour. A stopped host costs nothing, if it is stopped without charge;
 * its disks and addresses go on. A deleted host takes its system disk with it; data disks are resources of their own and stay.
 */
export function billedHours(item: Pick<BillableItem, "kind" | "component" | "withHost">, month: Month): number {
  const { hours, whenIdle } = month.useOf(item.component);
  const worked = Math.min(hours, month.hours);
  if (whenIdle === "run" || !item.withHost) return month.hours;
  return item.kind === "host" || item.kind === "bandwidth" || whenIdle === "delete" ? worked : month.hours;
}

/** Hours a month of a weekly schedule: 365 days, seven to a week, twelve months. */
export function hoursOfWeek(hoursAWeek: number, monthHours: number): number {
  return new Decimal(hoursAWeek).times(monthHours).div(168).toDecimalPlaces(2).toNumber();
}
