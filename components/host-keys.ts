/** Key of the nth host of a group, counted from 1: workers-01. Identity: it never depends on how many there are. */
export function hostKey(group: string, n: number): string {
  return `${group}-${String(n).padStart(2, "0")}`;
}

/**
 * Hosts of a group with their zones. `zones` is a pattern: the first host stands in the first zone, and so on from the
 * start again. A longer count moves no host. A longer pattern that begins with the old one moves those, and only those,
 * for which the old one was repeated: none while it is at least as long as the group.
 */
export function hostsOf(group: string, count: number, zones: readonly string[]): { key: string; zone: string }[] {
  return Array.from({ length: count }, (_, i) => place(group, i + 1, zones));
}

/** Zone of a host by its key, in the group or gone from it. */
export function place(group: string, n: number, zones: readonly string[]): { key: string; zone: string } {
  const zone = zones[(n - 1) % zones.length];
  if (zone === undefined) throw new Error(`group ${group} has no zones`);
  return { key: hostKey(group, n), zone };
}

/** Number of a host by its key: workers-03 -> 3. */
export function hostNumber(key: string): number {
  return Number(key.slice(key.lastIndexOf("-") + 1));
}
