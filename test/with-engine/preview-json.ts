import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pulumiPreview } from "./pulumi-preview.ts";

type Values = Readonly<Record<string, unknown>>;

/** A resource as the engine would have it after the operation (apitype ResourceV3). */
export interface NewState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: Values;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly retainOnDelete?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly customTimeouts?: Values;
}

export interface EnginePreview {
  readonly steps: readonly {
    readonly op: string;
    readonly urn: string;
    readonly newState?: NewState;
    /** Inputs that differ to the provider, and those of them that force a replacement. */
    readonly diffReasons?: readonly string[];
    readonly replaceReasons?: readonly string[];
  }[];
  /** URN -> what the program asked for, from the engine's plan file: the one place that has deleteBeforeReplace. */
  readonly goals: Readonly<Record<string, { readonly deleteBeforeReplace?: boolean }>>;
}

/** Runs `pulumi preview --json` on a stack of the current environment; the program runs in this process. */
export async function previewJson(
  folder: string,
  stack: string,
  program: () => Promise<unknown>,
  withPlan = false,
  more: readonly string[] = [],
): Promise<EnginePreview> {
  const plan = join(folder, "plan.json");
  const flags = [...more, ...(withPlan ? ["--save-plan", plan] : [])];
  const { steps } = JSON.parse(await pulumiPreview(folder, stack, program, flags));
  const plans: Record<string, { goal: { deleteBeforeReplace?: boolean } }> = withPlan
    ? JSON.parse(readFileSync(plan, "utf8")).resourcePlans
    : {};
  return { steps, goals: Object.fromEntries(Object.entries(plans).map(([urn, { goal }]) => [urn, goal])) };
}
