import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import {
  LocalWorkspace,
  type Stack,
  StackAlreadyExistsError,
  StackNotFoundError,
} from "@pulumi/pulumi/automation/index.js";
import { withoutDebugMessages } from "../plan/runtime-internals.ts";
import { backendAddress } from "./backend-address.ts";
import type { Failure } from "./explain.ts";
import { engineVariables } from "./hand-on.ts";
import type { Session } from "./session.ts";

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
  /** What policy packs said, each once. */
  readonly policies: readonly PolicySaid[];
  readonly seconds: number;
}

/** A violation of a policy, as the engine reports it. */
export interface PolicySaid {
  readonly rule: string;
  readonly mandatory: boolean;
  readonly message: string;
  readonly urn?: string;
}

export interface OpenStackOptions {
  readonly project: string;
  readonly stack: string;
  readonly program: Program;
  /** Folder with Pulumi.yaml and the stack's file. */
  readonly folder: string;
  /** Credentials that the provider shall work with; left out: what it finds in the environment. */
  readonly session?: Session;
}

/**
 * Opens a stack of the backend that the environment names, and makes it when it is not there. Goes through Pulumi's
 * Automation API: this process serves the program, so no language host is needed, and where one is installed the plan is
 * the same.
 */
export async function openStack(options: OpenStackOptions): Promise<Stack> {
  const { what, where } = await placeOf(options);
  try {
    return await LocalWorkspace.createOrSelectStack(what, where);
  } catch (error) {
    // Another command has made it since we looked.
    if (error instanceof StackAlreadyExistsError) return LocalWorkspace.selectStack(what, where);
    throw error;
  }
}

/** The same for one that is there; nothing is made. Undefined where the backend has none of that name. */
export async function findStack(options: OpenStackOptions): Promise<Stack | undefined> {
  const { what, where } = await placeOf(options);
  try {
    return await LocalWorkspace.selectStack(what, where);
  } catch (error) {
    if (error instanceof StackNotFoundError) return undefined;
    throw error;
  }
}

async function placeOf({ project, stack, program, folder, session }: OpenStackOptions) {
  const address = await backendAddress(folder, process.env);
  return {
    what: { projectName: project, stackName: stack, program },
    where: { workDir: folder, envVars: { ...engineVariables(address, process.env, session) } },
  };
}

export interface RunOptions {
  readonly onEvent?: (event: EngineEvent) => void;
  /** Stops after the resources under way, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  readonly parallel?: number;
  /** Folders of policy packs, absolute: the inline workspace runs in a folder of its own. Preview and up only. */
  readonly policyPacks?: readonly string[];
  /** Events of the preview that an up begins with. What it throws stops the up before anything is touched. */
  readonly onRehearsed?: (events: readonly EngineEvent[]) => void;
  /** URNs to make anew, whether they have changed or not. Preview and up only. */
  readonly replace?: readonly string[];
  /** URNs that are looked at, or destroyed with what depends on them; all when left out. Refresh and destroy only. */
  readonly targets?: readonly string[];
  /** Looks and writes nothing into the state, nor locks it. Refresh only. */
  readonly previewOnly?: boolean;
}

/** Runs one operation to its end. A failed operation is an outcome; it rejects only when the CLI cannot be run. */
export async function run(stack: Stack, name: OperationName, options: RunOptions = {}): Promise<Outcome> {
  const started = performance.now();
  const collected = new Collected();
  const stop = new Stop(options.signal);
  const given = {
    onEvent: (event: EngineEvent) => {
      collected.add(event);
      stop.add(event);
      options.onEvent?.(event);
    },
    color: "never",
    suppressProgress: true,
    signal: stop.signal,
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
  } as const;
  const judged = {
    ...given,
    ...(options.policyPacks === undefined ? {} : { policyPacks: [...options.policyPacks] }),
    ...(options.replace === undefined ? {} : { replace: [...options.replace] }),
  };
  const looked = {
    ...given,
    ...(options.targets === undefined ? {} : { target: [...options.targets] }),
    ...(options.previewOnly === undefined ? {} : { previewOnly: options.previewOnly }),
  };
  let failed = false;
  // As `pulumi up` itself begins, and the Automation API does not: what a preview refuses, such as a protected disk
  // that would go, must stop all of it and not only what is left when its turn comes.
  const rehearse = async () => {
    const said: EngineEvent[] = [];
    try {
      await stack.preview({
        ...judged,
        onEvent: (event) => {
          said.push(event);
          stop.add(event);
        },
      });
    } catch (error) {
      for (const event of said) {
        if (event.diagnosticEvent !== undefined || event.policyEvent !== undefined) collected.add(event);
      }
      throw error;
    }
    options.onRehearsed?.(said);
  };
  const operation = async () => {
    if (name === "up") await rehearse();
    stop.signal.throwIfAborted();
    if (name === "preview") await stack.preview(judged);
    else if (name === "up") await stack.up({ ...judged, suppressOutputs: true });
    else if (name === "refresh") await stack.refresh(looked);
    else await stack.destroy({ ...looked, ...(options.targets === undefined ? {} : { targetDependents: true }) });
  };
  try {
    await withoutDebugMessages(operation);
    // A refresh or destroy that is told to stop ends well for the engine, with the rest not done.
    failed = stop.wanted;
    if (failed) collected.interrupt();
  } catch (error) {
    failed = true;
    if (stop.wanted) collected.interrupt();
    collected.fail(error);
  }
  return { ...collected.outcome(), ok: !failed, seconds: (performance.now() - started) / 1000 };
}

/** How long the engine takes to say that it has had a signal itself, milliseconds. */
const acknowledged = 1_000;

/**
 * Passes the wish to stop on to the engine, unless it has had it already: what ends a whole process group (a terminal,
 * a pipeline that is cancelled) tells the engine too, and told twice it drops the resources under way.
 */
class Stop {
  readonly #stop = new AbortController();
  readonly #wish: AbortSignal | undefined;
  #told = false;

  constructor(wish: AbortSignal | undefined) {
    this.#wish = wish;
    wish?.addEventListener("abort", () => {
      setTimeout(() => {
        if (!this.#told) this.#stop.abort();
      }, acknowledged);
    });
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether somebody wanted it to stop, here or at the engine. */
  get wanted(): boolean {
    return this.#told || this.#wish?.aborted === true;
  }

  add(event: EngineEvent): void {
    if (/received; cancelling/.test(event.stdoutEvent?.message ?? "")) this.#told = true;
  }
}

/** What the engine says while it works, gathered. */
class Collected {
  readonly #failures: Failure[] = [];
  readonly #warnings: string[] = [];
  readonly #policies = new Map<string, PolicySaid>();
  #changes: Record<string, number> = {};

  add(event: EngineEvent): void {
    const said = event.diagnosticEvent;
    if (said?.severity === "error") {
      this.#failures.push({ text: said.message.trim(), ...(said.urn ? { urn: said.urn } : {}) });
    } else if (said?.severity === "warning") {
      this.#warnings.push(said.message.trim());
    }
    const policy = event.policyEvent;
    if (policy !== undefined) {
      const { policyName, enforcementLevel, resourceUrn } = policy;
      const message = policy.message.trim();
      this.#policies.set(JSON.stringify([policyName, resourceUrn, message]), {
        rule: policyName,
        mandatory: enforcementLevel === "mandatory",
        message,
        ...(resourceUrn ? { urn: resourceUrn } : {}),
      });
    }
    if (event.summaryEvent !== undefined) this.#changes = { ...event.summaryEvent.resourceChanges };
  }

  /** What was stopped on request says so once, whatever else failed with it. */
  interrupt(): void {
    this.#failures.push({ text: "operation cancelled" });
  }

  /** The CLI's own words count only where the engine named no cause. */
  fail(error: unknown): void {
    if (this.#failures.some((failure) => failure.urn !== undefined)) return;
    const text = error instanceof Error ? error.message : String(error);
    if (this.#failures.length === 0) this.#failures.push({ text });
  }

  outcome() {
    return {
      changes: this.#changes,
      failures: this.#failures,
      warnings: this.#warnings,
      policies: [...this.#policies.values()],
    };
  }
}
