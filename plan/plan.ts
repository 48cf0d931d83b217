/**
 * A plan: every resource that a program would declare, with what the engine would be told about it.
 * Plain data, byte-stable for the same program and stack file.
 */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  /** Sorted by URN. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, PlanValue>>;
}

/**
 * An input or output value. A value that only a deployment can tell is `{"__pulumiUnknown": true}`; a secret is
 * `{"__pulumiSecret": true}` and its text is nowhere in the plan.
 */
export type PlanValue = null | boolean | number | string | readonly PlanValue[] | { readonly [key: string]: PlanValue };

export interface PlannedResource {
  readonly urn: string;
  /** Three-part token, for example alicloud:ecs/instance:Instance. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; absent for the stack itself. */
  readonly parent?: string;
  /** A resource of a provider, in contrast to a component. */
  readonly custom: boolean;
  /** Id of an existing resource that is only read. */
  readonly read?: string;
  /** URN of the explicit provider. */
  readonly provider?: string;
  readonly inputs: Readonly<Record<string, PlanValue>>;
  readonly options: PlannedOptions;
  /** Input -> URNs of the resources whose outputs it is made from, sorted; what uses none is left out. */
  readonly uses?: Readonly<Record<string, readonly string[]>>;
}

/** Resource options as the engine receives them: inherited ones resolved, lists sorted, defaults left out. */
export interface PlannedOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly dependsOn?: readonly string[];
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  readonly timeouts?: { readonly create?: string; readonly update?: string; readonly delete?: string };
  readonly deletedWith?: string;
  readonly importId?: string;
}

export const unknown: PlanValue = { __pulumiUnknown: true };
export const secret: PlanValue = { __pulumiSecret: true };

export function isUnknown(value: PlanValue | undefined): boolean {
  return typeof value === "object" && value !== null && "__pulumiUnknown" in value;
}

/** URN as the engine computes it: the qualified type holds every parent's type, the stack's own left out. */
export function urnOf(project: string, stack: string, type: string, name: string, parent: string | undefined): string {
  const parentType = parent?.split("::")[2];
  const qualified = parentType && parentType !== stackType ? `${parentType}$${type}` : type;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

export const stackType = "pulumi:pulumi:Stack";

/** Resources that a provider would make: neither the stack, components nor providers, nor what is only read. */
export function managed(plan: Plan): readonly PlannedResource[] {
  return plan.resources.filter((r) => r.custom && r.read === undefined && !r.type.startsWith("pulumi:"));
}
