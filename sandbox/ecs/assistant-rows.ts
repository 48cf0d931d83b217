import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

export interface Command extends Row {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** Base64. */
  readonly content: string;
  /** Seconds. */
  readonly timeout: number;
  readonly workingDir: string;
  readonly enableParameter: boolean;
  readonly tags: Tags;
}
export const commands = new Kind<Command>("command");

/** One host's part of a run, known in full from the start and told as its time comes. */
export interface HostRun {
  readonly instanceId: string;
  /** "" when it went well; ClientNotRunning, InstanceNotRunning, TaskTimeout, ExitCodeNonzero ... */
  readonly errorCode: string;
  readonly exitCode: number;
  /** Base64. */
  readonly output: string;
  /** Cloud time, milliseconds. */
  readonly finishedAt: number;
}

/** A run of a command, or of a file being sent, on one or several hosts. */
export interface Invocation extends Row {
  readonly of: "command" | "file";
  /** "" for a file. */
  readonly commandId: string;
  readonly name: string;
  readonly description: string;
  /** RunShellScript, RunPythonScript ... */
  readonly type: string;
  /** Base64. */
  readonly content: string;
  /** Seconds. */
  readonly timeout: number;
  readonly workingDir: string;
  readonly username: string;
  /** JSON text. */
  readonly parameters: string;
  /** Once, or a kind of schedule, which never comes to a run here. */
  readonly repeatMode: string;
  readonly frequency: string;
  readonly runs: readonly HostRun[];
  /** Cloud time at which it was stopped by hand. */
  readonly stoppedAt?: number;
  /** Where a file goes, and how. */
  readonly file?: {
    readonly directory: string;
    readonly owner: string;
    readonly group: string;
    readonly mode: string;
    readonly overwrite: boolean;
  };
  readonly tags: Tags;
}
export const invocations = new Kind<Invocation>("invocation");
