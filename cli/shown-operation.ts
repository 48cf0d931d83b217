import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type OperationName, type Outcome, type RunOptions, run } from "../deploy/operation.ts";
import { Progress } from "../deploy/progress.ts";

export interface Shown {
  readonly outcome: Outcome;
  /** Of a preview only. */
  readonly events: readonly EngineEvent[];
}

/** Runs an operation with a line for each resource that is done; a preview says nothing. Signals end it in order. */
export async function shownOperation(
  stack: Stack,
  name: OperationName,
  options: Omit<RunOptions, "signal"> = {},
): Promise<Shown> {
  const { stdout } = process;
  const progress = new Progress({ live: stdout.isTTY === true, write: (text) => stdout.write(text) });
  const events: EngineEvent[] = [];
  const stop = new AbortController();
  // The terminal sends Ctrl-C to the engine as well, which then ends in order; only a signal to this process alone is
  // passed on.
  const onInterrupt = () => (stdout.isTTY ? undefined : stop.abort());
  const onTerminate = () => stop.abort();
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  if (name !== "preview") progress.start();
  try {
    const outcome = await run(stack, name, {
      ...options,
      signal: stop.signal,
      onEvent: (event) => {
        if (name === "preview") events.push(event);
        else progress.on(event);
        options.onEvent?.(event);
      },
    });
    return { outcome, events };
  } finally {
    progress.stop();
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
  }
}
