import type { PricedItem } from "../price.ts";
import type { BillRow } from "./rows.ts";

/**
 * Which rows of a bill are for which item of a review: by kind and physical name, since a rebuilt host has two ids and one
 * name; then, for what was renamed or has no name, by kind and component, one resource for one item that has nothing yet.
 */
export function matchRows(
  items: readonly PricedItem[],
  rows: readonly BillRow[],
  nameOf: (urn: string) => string | undefined,
): { readonly matched: ReadonlyMap<PricedItem, readonly BillRow[]>; readonly left: readonly BillRow[] } {
  const matched = new Map<PricedItem, BillRow[]>();
  const byName = Map.groupBy(items, ({ item }) => key(item.kind, nameOf(item.urn) ?? ""));
  const unnamed: BillRow[] = [];
  for (const row of rows) {
    const found = row.name === "" ? [] : (byName.get(key(row.kind, row.name)) ?? []);
    // A Lindorm has several groups of nodes: the one of the same specification.
    const item = found.find((one) => one.item.what === row.what) ?? found[0];
    if (item === undefined) unnamed.push(row);
    else matched.set(item, [...(matched.get(item) ?? []), row]);
  }
  const free = Map.groupBy(
    items.filter((item) => !matched.has(item)),
    ({ item }) => key(item.kind, item.component),
  );
  const left: BillRow[] = [];
  for (const of of Map.groupBy(unnamed, ({ id, kind }) => key(kind, id)).values()) {
    const [first] = of;
    const item = free.get(key(first?.kind ?? "", first?.tags["component"] ?? ""))?.shift();
    if (item === undefined) left.push(...of);
    else matched.set(item, of);
  }
  return { matched, left };
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
