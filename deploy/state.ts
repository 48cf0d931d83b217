import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

/** A resource as the engine's state holds it. Values are kept as they are: nobody edits them here. */
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().optional(),
  id: z.string().optional(),
  parent: z.string().optional(),
  /** URNs of what it is made from. */
  dependencies: z.array(z.string()).nullish(),
  provider: z.string().optional(),
  protect: z.boolean().optional(),
  external: z.boolean().optional(),
  /** ISO time at which the engine made it. */
  created: z.string().optional(),
  /** Replaced by another one of the same URN, and yet to be deleted: what a killed run leaves. */
  delete: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
export type StateResource = z.output<typeof resource>;

const deployment = z.object({
  resources: z.array(resource).default([]),
  pending_operations: z.array(z.object({ type: z.string(), resource })).default([]),
});

/** The state of a stack: what the engine knows to exist, and what it was about to do when it was killed. */
export interface State {
  readonly resources: readonly StateResource[];
  readonly pending: readonly { readonly type: string; readonly resource: StateResource }[];
}

/** Reads `pulumi stack export`. A stack that was never deployed has an empty one. */
export function readState(exported: unknown): State {
  const outer = z.object({ deployment: deployment.nullish() }).parse(exported);
  const { resources = [], pending_operations: pending = [] } = outer.deployment ?? {};
  return { resources, pending };
}

export async function stateOf(stack: Stack): Promise<State> {
  return readState(await stack.exportStack());
}

/** Resources that a provider made: no components, no providers, nothing that is only read. */
export function managedIn(state: State): readonly StateResource[] {
  return state.resources.filter((r) => r.custom === true && r.external !== true && !r.type.startsWith("pulumi:"));
}
