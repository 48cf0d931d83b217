import type { Use as UseSetting } from "../components/config/schema-cost.ts";
import type { Settings } from "../components/config.ts";
import { hoursOfWeek, type Month, type Use } from "./use.ts";

/** What of a stack file decides how a month is counted. */
type Counted = Pick<Settings, "cost"> & { readonly hosts: Readonly<Record<string, { readonly use: UseSetting }>> };

/** How a stack file says that a month is counted: its hours, what each group is used for, what is used beside. */
export function monthOf({ cost, hosts }: Counted): Month {
  const hours = cost.hoursPerMonth;
  const always: Use = { hours, whenIdle: "run" };
  return {
    hours,
    useOf: (component) => {
      const group = Object.hasOwn(hosts, component) ? hosts[component] : undefined;
      return group === undefined ? always : useOf(group.use, hours);
    },
    ...(cost.trafficGB === undefined ? {} : { trafficGB: cost.trafficGB }),
    ...(cost.snapshotGiB === undefined ? {} : { snapshotGiB: cost.snapshotGiB }),
  };
}

function useOf(use: UseSetting, monthHours: number): Use {
  if (use === "always") return { hours: monthHours, whenIdle: "run" };
  if ("hoursPerMonth" in use) return { hours: Math.min(use.hoursPerMonth, monthHours), whenIdle: use.whenIdle };
  return { hours: hoursOfWeek(use.weekly.days * use.weekly.hours, monthHours), whenIdle: use.whenIdle };
}
