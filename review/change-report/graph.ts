import { managed, type Plan, type PlannedResource } from "../../plan/plan.ts";
import type { Operation } from "../changes/change.ts";
import type { ReviewedChange } from "../pull-request/pull-request.ts";

/** What becomes of resources. */
export type Fate = Operation | "same";

/** Resources of one component and type that share a fate. */
export interface GraphRow {
  readonly fate: Fate;
  readonly type: string;
  readonly names: readonly string[];
}

export interface GraphBox {
  /** Name of the component; "" is the stack itself. */
  readonly component: string;
  readonly rows: readonly GraphRow[];
  /** Indices of boxes whose resources it uses. */
  readonly uses: readonly number[];
  /** Column: 0 uses nothing, the others stand right of what they use. */
  readonly layer: number;
}

/**
 * Resources by component, what becomes of each, and which component uses which.
 *
 * @param after the plan after the change, with what stays as it is; without it only what changes is drawn
 */
export function graphOf({ changes }: ReviewedChange, after?: Plan): readonly GraphBox[] {
  const fates = new Map<string, Fate>(changes.resources.map(({ urn, operation }) => [urn, operation]));
  const planned = new Map(after === undefined ? [] : managed(after).map((one) => [one.urn, one]));
  const all = new Map<string, { component: string; type: string; name: string; uses: readonly string[] }>();
  for (const one of planned.values()) {
    all.set(one.urn, { component: lastName(one.parent), type: one.type, name: one.name, uses: usesOf(one) });
  }
  for (const { urn, component, type, name, after: is, before } of changes.resources) {
    if (all.has(urn)) continue;
    all.set(urn, { component, type, name, uses: (is ?? before)?.options.dependsOn ?? [] });
  }
  const components = [...Map.groupBy(all, ([, { component }]) => component)].sort(([a], [b]) => (a < b ? -1 : 1));
  const indexOf = new Map(components.flatMap(([, those], index) => those.map(([urn]) => [urn, index] as const)));
  const uses = components.map(([, those], own) => {
    const used = those.flatMap(([, { uses: urns }]) => urns.flatMap((urn) => indexOf.get(urn) ?? []));
    return [...new Set(used)].filter((index) => index !== own).sort((a, b) => a - b);
  });
  const layers = layersOf(uses);
  return components.map(([component, those], index) => ({
    component,
    rows: rowsOf(those.map(([urn, one]) => ({ ...one, fate: fates.get(urn) ?? "same" }))),
    uses: uses[index] ?? [],
    layer: layers[index] ?? 0,
  }));
}

const order: readonly Fate[] = ["delete", "replace", "create", "update", "same"];

function rowsOf(resources: readonly { fate: Fate; type: string; name: string }[]): GraphRow[] {
  const alike = Map.groupBy(resources, ({ fate, type }) => JSON.stringify([order.indexOf(fate), type]));
  return [...alike]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, those]) => {
      const [first] = those;
      return first === undefined ? [] : [{ fate: first.fate, type: first.type, names: those.map(({ name }) => name) }];
    });
}

function usesOf({ uses, options }: PlannedResource): readonly string[] {
  return [...Object.values(uses ?? {}).flat(), ...(options.dependsOn ?? [])];
}

function lastName(urn: string | undefined): string {
  return urn?.split("::").slice(3).join("::") ?? "";
}

/** Longest way to something that uses nothing; a circle between components is cut where it closes. */
export function layersOf(uses: readonly (readonly number[])[]): readonly number[] {
  const layers = new Map<number, number>();
  const open = new Set<number>();
  const visit = (index: number): number => {
    const known = layers.get(index);
    if (known !== undefined) return known;
    open.add(index);
    const below = (uses[index] ?? []).filter((one) => !open.has(one)).map(visit);
    open.delete(index);
    const layer = below.length === 0 ? 0 : Math.max(...below) + 1;
    layers.set(index, layer);
    return layer;
  };
  return uses.map((_, index) => visit(index));
}
