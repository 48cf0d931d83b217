import type { Situation } from "./check.ts";
import type { WantedDisks, WantedHosts } from "./demand.ts";
import { standing } from "./standing.ts";

/** Hosts that a deployment makes. All of them where the list may not be read: too careful, and never too little. */
export async function missingHosts(situation: Situation): Promise<readonly WantedHosts[]> {
  const hosts = await standing(situation, "host");
  return hosts.ok ? only(situation.demand.hosts, hosts.value.missing) : situation.demand.hosts;
}

/** The same for data disks. */
export async function missingDisks(situation: Situation): Promise<readonly WantedDisks[]> {
  const disks = await standing(situation, "disk");
  return disks.ok ? only(situation.demand.disks, disks.value.missing) : situation.demand.disks;
}

function only<T extends { readonly names: readonly string[] }>(
  all: readonly T[],
  missing: readonly string[],
): readonly T[] {
  const names = new Set(missing);
  return all
    .map((one) => ({ ...one, names: one.names.filter((name) => names.has(name)) }))
    .filter((one) => one.names.length > 0);
}

/** Logical names: workers-01 of china-shanghai-workers-01. */
export function logicalNames({ plan, stack }: Situation, names: readonly string[]): readonly string[] {
  const prefix = `${plan.project}-${stack}-`;
  return names.map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name));
}
