import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { withoutDebugMessages } from "../plan/runtime-internals.ts";
import type { Failure } from "./explain.ts";

/** What can be done with a stack. */
export type OperationName = "preview" | "up" | "refresh" | "destroy";

/** One program of the form of index.ts: an async function that declares nothing on import. */
export type Program = () => Promise<Record<string, unknown>>;

/** How an operation ended. */
export interface Outcome {
  readonly ok: boolean;
  /** Operation -> number of resources: create, update, replace, delete, same ... */
  readonly changes: Readonly<Record<string, number>>;
  /** What failed, as the engine and the provider said it. */
  readonly failures: readonly Failure[];
  readonly warnings: readonly string[];
  readonly seconds: number;
}

export interface OpenStackOptions {
  readonly project: string;
  readonly stack: string;
  readonly program: Program;
  /** Folder with Pulumi.yaml and the stack's file. */
  readonly folder: string;
}

/**
 * Opens a stack of the backend that the environment names, and makes it when it is not there. Goes through Pulumi's
 * Automation API: this process serves the program, so no language host is needed, and where one is installed the plan is
 * the same.
 */
export async function openStack(options: OpenStackOptions): Promise<Stack> {
  const { project, stack, program, folder } = options;
  return LocalWorkspace.createOrSelectStack({ projectName: project, stackName: stack, program }, { workDir: folder });
}

export interface RunOptions {
  readonly onEvent?: (event: EngineEvent) => void;
  /** Stops after the resources under way, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  readonly parallel?: number;
}

/** Runs one operation to its end. A failed operation is an outcome; it rejects only when the CLI cannot be run. */
export async function run(stack: Stack, name: OperationName, options: RunOptions = {}): Promise<Outcome> {
  const started = performance.now();
  const collected = new Collected();
  const given = {
    onEvent: (event: EngineEvent) => {
      collected.add(event);
      options.onEvent?.(event);
    },
    color: "never",
    suppressProgress: true,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
  } as const;
  let failed = false;
  const operation = async () => {
    if (name === "preview") await stack.preview(given);
    else if (name === "up") await stack.up({ ...given, suppressOutputs: true });
    else if (name === "refresh") await stack.refresh(given);
    else await stack.destroy(given);
  };
  try {
    await withoutDebugMessages(operation);
  } catch (error) {
    failed = true;
    collected.fail(error);
  }
  return { ...collected.outcome(), ok: !failed, seconds: (performance.now() - started) / 1000 };
}

/** What the engine says while it works, gathered. */
class Collected {
  readonly #failures: Failure[] = [];
  readonly #warnings: string[] = [];
  #changes: Record<string, number> = {};

  add(event: EngineEvent): void {
    const said = event.diagnosticEvent;
    if (said?.severity === "error") {
      this.#failures.push({ text: said.message.trim(), ...(said.urn ? { urn: said.urn } : {}) });
    } else if (said?.severity === "warning") {
      this.#warnings.push(said.message.trim());
    }
    if (event.summaryEvent !== undefined) this.#changes = { ...event.summaryEvent.resourceChanges };
  }

  /** The CLI's own words count only where the engine named no cause. */
  fail(error: unknown): void {
    if (this.#failures.some((failure) => failure.urn !== undefined)) return;
    const text = error instanceof Error ? error.message : String(error);
    if (this.#failures.length === 0) this.#failures.push({ text });
  }

  outcome() {
    return { changes: this.#changes, failures: this.#failures, warnings: this.#warnings };
  }
}
