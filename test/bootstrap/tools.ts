import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a real tool. One that is missing fails the test and says what to install: a skipped judge has judged nothing. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Ran {
  const ran = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 29, timeout: 120_000, ...options });
  if (ran.error !== undefined)
    throw new Error(`${command}: ${ran.error.message}. Install ${options.install ?? command}`);
  return ran;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Debian package that has the command. */
  readonly install?: string;
}

/** What PyYAML makes of each text, in one process. */
export function readYaml(texts: readonly string[], reader: "pure" | "c"): unknown[] {
  const script = fileURLToPath(new URL("read_yaml.py", import.meta.url));
  const ran = run("/usr/bin/python3", [script, reader], {
    input: JSON.stringify(texts),
    install: "python3 and python3-yaml",
  });
  if (ran.status !== 0) throw new Error(`python3 with PyYAML (Debian: python3-yaml): ${ran.stderr.slice(-2000)}`);
  return JSON.parse(ran.stdout) as unknown[];
}
