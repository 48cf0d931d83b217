import type { PlannedOptions, PlanValue } from "../../plan/plan.ts";

/** What becomes of a resource, in the engine's words: a replacement is one operation here. */
export type Operation = "create" | "update" | "replace" | "delete";

/** One side of a resource: inputs and options as the engine gets them, secrets and unknowns as in a plan. */
export interface Side {
  readonly inputs: Readonly<Record<string, PlanValue>>;
  readonly options: PlannedOptions;
  /** URN of the parent. */
  readonly parent?: string;
}

/** One property, by its path as Pulumi writes it: `tags.env`, `dataDisks[0].size`, `tags["a.b"]`. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  /** Absent for what was added. Secrets are `{"__pulumiSecret": true}` on both sides, also where they differ. */
  readonly before?: PlanValue;
  readonly after?: PlanValue;
}

/** Why a resource is replaced and not updated. */
export interface ReplaceReason {
  /** Path of the property, or "" for the whole resource. */
  readonly path: string;
  /** provider: its schema says so; option: replaceOnChanges; dependency: what it uses gets another id; engine: a preview said so. */
  readonly why: "provider" | "option" | "dependency" | "engine";
  /** URN of the replaced resource that it uses. */
  readonly of?: string;
}

/** What becomes of one resource. */
export interface ResourceChange {
  readonly operation: Operation;
  /** As it is afterwards; of what is deleted, as it was. */
  readonly urn: string;
  /** As it was, where an alias says that it is the same one. */
  readonly formerUrn?: string;
  readonly type: string;
  readonly name: string;
  /** Last part of the parent's URN: the component it belongs to. */
  readonly component: string;
  readonly before?: Side;
  readonly after?: Side;
  readonly properties: readonly PropertyChange[];
  /** Empty unless it is replaced. */
  readonly replaceBecause: readonly ReplaceReason[];
  /** The old one goes before the new one comes. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * A resource that stays as it is and whose options change, such as `protect`: the engine calls it the same, writes the
 * options into its state and asks the provider nothing.
 */
export interface OptionChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Last part of the parent's URN: the component it belongs to. */
  readonly component: string;
  readonly before: Side;
  readonly after: Side;
}

/** All changes of a stack. Both sources give this shape. */
export interface Changes {
  /** files: two plans were compared; preview: the engine's own steps. */
  readonly source: "files" | "preview";
  /** Sorted by URN; what stays as it is is counted only. */
  readonly resources: readonly ResourceChange[];
  readonly unchanged: number;
  /** Of those that stay as they are, the ones whose options change, sorted by URN. */
  readonly optionChanges?: readonly OptionChange[];
  /** Types that this project's catalogue of inputs does not know, with how many resources: counted, never dropped. */
  readonly unknownTypes: Readonly<Record<string, number>>;
}
