import { createHash } from "node:crypto";
import type { BootstrapSettings } from "./settings.ts";

/** JSON with sorted keys and nothing undefined: equal values give equal text, whatever the order they were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/** Sha256 (hex) of what a host is wanted to be. The marker on the host holds the same: unequal means out of date. */
export function wantedHash(settings: BootstrapSettings): string {
  return createHash("sha256").update(canonicalJson(settings)).digest("hex");
}
