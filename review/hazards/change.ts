import type { PropertyChange, ResourceChange, Side } from "../changes/change.ts";
import { withIgnored } from "../changes/ignored.ts";
import { type Inputs, isDecided, isSame } from "./values.ts";

/** What becomes of a resource, as rules ask for it. */

const nothing: Inputs = {};

export const before = ({ before: side }: Pick<ResourceChange, "before">): Inputs => side?.inputs ?? nothing;

/** Inputs as the engine gives them to the provider: what it was told to ignore stays as it was. */
export function after({ before: old, after: next }: Pick<ResourceChange, "before" | "after">): Inputs {
  if (next === undefined) return nothing;
  return old === undefined ? next.inputs : withIgnored(old.inputs, next.inputs, next.options.ignoreChanges);
}

/** It ends, or another one takes its place. */
export function isGone({ operation }: ResourceChange): boolean {
  return operation === "delete" || operation === "replace";
}

/** The engine forgets it, and it stays in the cloud: the option of the state counts. */
export function isRetained({ before: side }: Pick<ResourceChange, "before">): boolean {
  return side?.options.retainOnDelete === true;
}

/** It is really deleted in the cloud, unless something refuses. */
export function isDeleted(change: ResourceChange): boolean {
  return isGone(change) && !isRetained(change);
}

/** There is a new one afterwards. */
export function isMade({ operation }: ResourceChange): boolean {
  return operation === "create" || operation === "replace";
}

/**
 * The changes in one property, nested ones too. What is unknown or secret on a side is no change, since nobody here can
 * tell; nor is what the engine was told to ignore.
 */
export function changesIn(change: ResourceChange, ...names: readonly string[]): readonly PropertyChange[] {
  const ignored = change.after?.options.ignoreChanges ?? [];
  return change.properties.filter(({ path, before: old, after: next }) => {
    const name = rootOf(path);
    return (
      names.includes(name) &&
      !ignored.includes(name) &&
      !ignored.includes(path) &&
      isDecided(old) &&
      isDecided(next) &&
      !isSame(old, next)
    );
  });
}

/** dataDisks[0].size is in dataDisks. */
export function rootOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** Both sides of what stays the same resource. */
export function sidesOf(change: ResourceChange): { readonly old: Side; readonly next: Side } | undefined {
  const { before: old, after: next } = change;
  return old === undefined || next === undefined ? undefined : { old, next };
}
