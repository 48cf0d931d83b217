import type { Path } from "./mistakes.ts";

export type ValueMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Maps with their keys sorted, as the engine hands them over whatever their order in the file: so a review and a
 * deployment see the same first vSwitch, and reordering a file changes nothing.
 */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKeyOrder(inner)]));
}

/** The value at a path of plain data; undefined where there is none. Own keys only: a key named constructor finds nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as ValueMap)[key];
  }
  return here;
}
