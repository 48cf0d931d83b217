import { BadInput } from "../../deploy/errors.ts";
import type { Plan, PlannedOptions, PlannedResource } from "../../plan/plan.ts";
import { providerInputs } from "./hidden.ts";
import { plainValues } from "./plain-value.ts";
import type { EnginePreview, EngineState, EngineStep } from "./read.ts";

/** What becomes of one URN, in one word. */
export type Fate = "create" | "update" | "replace" | "delete" | "same" | "read" | "unknown";

/** Everything that a preview says of one resource. */
export interface Told {
  readonly urn: string;
  readonly fate: Fate;
  /** As it is before; absent for what is made. */
  readonly before?: PlannedResource;
  readonly after?: PlannedResource;
  /** The step that says why; absent for what only stands in bookkeeping. */
  readonly step: EngineStep;
  /** Of the cloud; absent for what is to be made. */
  readonly id?: string;
  readonly imported: boolean;
  readonly deletedFirst: boolean;
  /** Outputs before, as the engine has them: what a difference was found against. */
  readonly outputs: unknown;
}

/** A preview as resources before and after. */
export interface Sides {
  readonly project: string;
  readonly stack: string;
  /** Sorted by URN. */
  readonly told: readonly Told[];
  readonly before: Plan;
  readonly after: Plan;
  /** Old resources that an earlier deployment left to be deleted, and that this one will delete. */
  readonly leftovers: readonly string[];
  /** Operation -> steps, of operations that this review has no word for. */
  readonly unknownOps: ReadonlyMap<string, number>;
  /** Operation -> steps that change nothing in the cloud: refresh, read, discard ... */
  readonly quietOps: ReadonlyMap<string, number>;
}

/** Operations of the engine (pulumi/pulumi v3.246, pkg/resource/deploy/step.go, read 2026-11-25). */
const fates: ReadonlyMap<string, Fate> = new Map([
  ["replace", "replace"],
  ["create-replacement", "replace"],
  ["delete-replaced", "replace"],
  ["import-replacement", "replace"],
  ["create", "create"],
  ["import", "create"],
  ["update", "update"],
  ["delete", "delete"],
  ["same", "same"],
  ["read", "read"],
  ["read-replacement", "read"],
  ["refresh", "same"],
] as const);

/** Bookkeeping of the engine's own: what was only read is forgotten, a replacement is finished. */
const bookkeeping: ReadonlySet<string> = new Set([
  "discard",
  "discard-replaced",
  "read-discard",
  "remove-pending-replace",
]);

/** The strongest word of all that is said of a URN counts. */
const strongest: readonly Fate[] = ["unknown", "replace", "create", "update", "delete", "read", "same"];

/** @throws BadInput for a preview that names no resource, and for URNs that are none */
export function sidesOf(preview: EnginePreview): Sides {
  const steps = Map.groupBy(preview.steps, ({ urn }) => urn);
  const unknownOps = new Map<string, number>();
  const quietOps = new Map<string, number>();
  const leftovers: string[] = [];
  const told: Told[] = [];
  for (const [urn, all] of steps) {
    const waiting = all.filter((step) => step.op === "delete" && step.old?.delete === true);
    const others = all.filter((step) => !waiting.includes(step));
    for (const { op } of others) {
      const fate = fates.get(op);
      if (fate === undefined && !bookkeeping.has(op)) count(unknownOps, op);
      if (bookkeeping.has(op) || fate === "read" || op === "refresh") count(quietOps, op);
    }
    const counted = others.filter(({ op }) => !bookkeeping.has(op));
    if (waiting.length > 0 && counted.length > 0) leftovers.push(urn);
    const one = toldOf(urn, counted.length > 0 ? counted : waiting);
    if (one !== undefined) told.push(one);
  }
  const first = told.find(({ urn }) => urn.includes("::pulumi:pulumi:Stack::")) ?? told[0];
  if (first === undefined) throw new BadInput("this preview names no resource, and so no stack");
  const { stack, project } = partsOf(first.urn);
  told.sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const plan = (side: "before" | "after"): Plan => ({
    project,
    stack,
    resources: told.flatMap((one) => one[side] ?? []).sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    outputs: {},
  });
  return { project, stack, told, before: plan("before"), after: plan("after"), leftovers, unknownOps, quietOps };
}

function count(counts: Map<string, number>, of: string): void {
  counts.set(of, (counts.get(of) ?? 0) + 1);
}

function toldOf(urn: string, steps: readonly EngineStep[]): Told | undefined {
  const found = steps.map((step) => ({ step, fate: fates.get(step.op) ?? ("unknown" as const) }));
  const fate = strongest.find((word) => found.some((one) => one.fate === word));
  if (fate === undefined) return undefined;
  const own = found.filter((one) => one.fate === fate).map(({ step }) => step);
  const [first] = own;
  if (first === undefined) return undefined;
  const step = own.find(({ op }) => op === "replace") ?? first;
  const imported = own.some(({ op }) => op === "import" || op === "import-replacement");
  // What only the refresh speaks of stays as the refresh found it.
  const refreshed = own.every(({ op }) => op === "refresh");
  const next = own.findLast((one) => one.new !== undefined)?.new;
  const old = refreshed ? next : own.find((one) => one.old !== undefined)?.old;
  const before = fate === "create" || old === undefined ? undefined : resourceOf(urn, old, false);
  const after = fate === "delete" || next === undefined ? undefined : resourceOf(urn, next, imported);
  const id = fate === "replace" ? undefined : next?.id || old?.id;
  const gone = own.findIndex(({ op }) => op === "delete-replaced");
  const made = own.findIndex(({ op }) => op === "create-replacement");
  return {
    urn,
    fate,
    ...(before === undefined ? {} : { before: fate === "read" ? onlyRead(before) : before }),
    ...(after === undefined ? {} : { after: sameUrn(fate === "read" ? onlyRead(after) : after, urn) }),
    step,
    ...(id ? { id } : {}),
    imported,
    deletedFirst: gone >= 0 && made >= 0 && gone < made,
    outputs: old?.outputs,
  };
}

function onlyRead(resource: PlannedResource): PlannedResource {
  return { ...resource, read: resource.read ?? "" };
}

function sameUrn(resource: PlannedResource, urn: string): PlannedResource {
  return resource.urn === urn ? resource : { ...resource, ...named(urn), urn };
}

function resourceOf(stepUrn: string, state: EngineState, imported: boolean): PlannedResource {
  const urn = state.urn ?? stepUrn;
  const { type, name } = named(urn);
  const inputs = plainValues(state.inputs);
  const provider = state.provider?.split("::").slice(0, 4).join("::");
  return {
    urn,
    type,
    name,
    ...(state.parent ? { parent: state.parent } : {}),
    custom: state.custom === true,
    ...(state.external === true ? { read: state.id ?? "" } : {}),
    ...(provider ? { provider } : {}),
    inputs: type.startsWith("pulumi:providers:") ? providerInputs(inputs) : inputs,
    options: optionsOf(state, imported),
    ...usesOf(state),
  };
}

function optionsOf(state: EngineState, imported: boolean): PlannedOptions {
  const { create, update, delete: remove } = state.customTimeouts ?? {};
  const timeouts = {
    ...(typeof create === "number" && create > 0 ? { create: `${create}s` } : {}),
    ...(typeof update === "number" && update > 0 ? { update: `${update}s` } : {}),
    ...(typeof remove === "number" && remove > 0 ? { delete: `${remove}s` } : {}),
  };
  return {
    ...(state.protect === true ? { protect: true } : {}),
    ...(state.retainOnDelete === true ? { retainOnDelete: true } : {}),
    ...list("dependsOn", state.dependencies),
    ...list("ignoreChanges", state.ignoreChanges),
    ...list("replaceOnChanges", state.replaceOnChanges),
    ...list("additionalSecretOutputs", state.additionalSecretOutputs),
    ...list("aliases", state.aliases),
    ...(Object.keys(timeouts).length > 0 ? { timeouts } : {}),
    ...(state.deletedWith ? { deletedWith: state.deletedWith } : {}),
    ...(imported ? { importId: state.importID ?? state.id ?? "" } : {}),
  };
}

function list<K extends string>(key: K, values: readonly string[] | null | undefined) {
  const result: Partial<Record<string, readonly string[]>> =
    values && values.length > 0 ? { [key]: values.toSorted() } : {};
  return result;
}

function usesOf({ propertyDependencies }: EngineState): Pick<PlannedResource, "uses"> {
  const some = Object.entries(propertyDependencies ?? {}).flatMap(([property, urns]) =>
    urns && urns.length > 0 ? [[property, urns.toSorted()] as const] : [],
  );
  return some.length > 0 ? { uses: Object.fromEntries(some) } : {};
}

/**
 * Parts of a URN: urn:pulumi:<stack>::<project>::<types of its parents, its own last>::<name>.
 *
 * @throws BadInput for a text that is none
 */
function partsOf(urn: string): {
  readonly stack: string;
  readonly project: string;
  readonly types: string;
  readonly name: string;
} {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  const stack = /^urn:pulumi:(.+)$/s.exec(head)?.[1];
  // A type is package:module:name; the engine takes no other.
  if (stack === undefined || project === "" || !/:[^$]*$/.test(types) || name.length === 0) {
    throw new BadInput("this is no preview: a step names a resource by what is no URN");
  }
  return { stack, project, types, name: name.join("::") };
}

function named(urn: string): { readonly type: string; readonly name: string } {
  const { types, name } = partsOf(urn);
  return { type: types.split("$").at(-1) ?? "", name };
}
