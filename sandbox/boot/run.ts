import { spawnSync } from "node:child_process";

interface Options {
  readonly input?: string | Uint8Array;
  /** Milliseconds; two minutes when left out. */
  readonly timeout?: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Debian package that has the command. */
  readonly install?: string;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool to its end, at most two minutes unless told otherwise. */
export function run(command: string, args: readonly string[], options: Options = {}): Ran {
  const { install, ...rest } = options;
  const ran = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 28, timeout: 120_000, ...rest });
  if (ran.error !== undefined) throw new Error(`${command}: ${ran.error.message}. Install ${install ?? command}`);
  return ran;
}

/** What it prints; an error with all it said when it fails. */
export function output(command: string, args: readonly string[], options: Options = {}): string {
  const { status, stdout, stderr } = run(command, args, options);
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
