import type { Reads } from "./rule.ts";

/** What several parts of a rule read, together: a type may stand in more than one. */
export function together(...parts: readonly Reads[]): Reads {
  const all = new Map<string, readonly string[]>();
  for (const [type, properties] of parts.flatMap((part) => Object.entries(part))) {
    all.set(type, [...new Set([...(all.get(type) ?? []), ...properties])]);
  }
  return Object.fromEntries(all);
}
