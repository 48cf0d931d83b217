import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Each line of standard error as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface Ran {
  /** Exit code; undefined when it could not be started or was ended. */
  readonly code: number | undefined;
  /** Standard output, its first 32 MB. */
  readonly stdout: string;
  /** The last 60 lines of standard error. */
  readonly lines: readonly string[];
  /** Why there is no exit code. */
  readonly trouble?: string;
}

const outputLimit = 32e6;

/**
 * Runs a program to its end, without a shell and without standard input, in a process group of its own: ending it ends
 * the compilers that it started.
 */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  let trouble: string | undefined;
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  let hardly: NodeJS.Timeout | undefined;
  const stop = (why: string) => {
    trouble ??= why;
    kill("SIGTERM");
    hardly ??= setTimeout(() => kill("SIGKILL"), 5_000);
  };
  const timer = setTimeout(() => stop(`no end after ${options.timeout / 1000} s`), options.timeout);
  const onAbort = () => stop("interrupted");
  options.signal?.addEventListener("abort", onAbort);

  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (stdout.length < outputLimit) stdout += text;
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    if (lines.length > 60) lines.shift();
    options.onLine?.(line);
  });
  let code: number | undefined;
  try {
    const [ended] = await once(child, "close");
    if (typeof ended === "number") code = ended;
  } catch (error) {
    trouble ??= error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
    clearTimeout(hardly);
    options.signal?.removeEventListener("abort", onAbort);
    // Whatever the program left behind in its group ends with it.
    kill("SIGKILL");
  }
  options.signal?.throwIfAborted();
  return trouble === undefined ? { code, stdout, lines } : { code: undefined, stdout, lines, trouble };
}
