import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "./cache.ts";
import { groupsBegin, removeGroups, sweepGroups } from "./groups.ts";
import { output, type Ran, run } from "./run.ts";

/**
 * Processes, mounts and network of one run. All of it ends with the process that started it, however that ends: the
 * first process of the world waits on a pipe from it, and takes everything along. It has no way to any other network.
 */
export interface World {
  /** On disk, gone when the world has stopped: overlays on memory would fill it with what pip installs. */
  readonly folder: string;
  /** Process id of its first process, as this machine sees it. */
  readonly pid: number;
  /** How the names of its control groups begin. */
  readonly group: string;
  /** Runs a shell script in it, to its end. */
  readonly sh: (script: string, ...args: string[]) => Ran;
  /** The same; its output, and an error when it fails. */
  readonly out: (script: string, ...args: string[]) => string;
  /** Starts something that goes on; what it prints goes to a file in `folder`. */
  readonly start: (name: string, command: readonly string[]) => ChildProcess;
  readonly stop: () => Promise<void>;
}

const spaces = ["-m", "-p", "-n"];

/** @param longest seconds after which it ends, whatever runs in it */
export async function startWorld(longest = 3000): Promise<World> {
  const runs = join(cacheFolder(), "runs");
  mkdirSync(runs, { recursive: true });
  sweep(runs);
  sweepGroups();
  const folder = mkdtempSync(join(runs, "run-"));
  const alive = join(folder, "alive");
  const first = spawn(
    "unshare",
    [...spaces, "-f", "--kill-child", "--mount-proc", "--propagation", "private"].concat(
      ...[
        "flock",
        "-n",
        alive,
        "sh",
        "-c",
        `mount -t tmpfs -o mode=755 run /run; echo ready; exec timeout ${longest} cat`,
      ],
    ),
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  let said = "";
  first.stdout.on("data", (data: Buffer) => (said += data.toString()));
  for (let tries = 0; !said.includes("ready\n"); tries++) {
    if (first.exitCode !== null || tries > 200) throw new Error(`no world: ${said || `exit code ${first.exitCode}`}`);
    await sleep(20);
  }
  const pid = children(first.pid ?? 0)[0];
  if (pid === undefined) throw new Error("the world ended at once");
  const group = `${groupsBegin}${pid}`;
  const enter = ["-t", String(pid), ...spaces];
  const sh = (script: string, ...args: string[]) => run("nsenter", [...enter, "sh", "-euc", script, "sh", ...args]);
  const out = (script: string, ...args: string[]) => output("nsenter", [...enter, "sh", "-euc", script, "sh", ...args]);
  const start = (name: string, command: readonly string[]) => {
    const log = openSync(join(folder, `${name}.log`), "a");
    return spawn("nsenter", [...enter, ...command], { stdio: ["ignore", log, log] });
  };
  const stop = async () => {
    const ended = new Promise((resolve) => first.once("close", resolve));
    if (first.exitCode === null && first.signalCode === null) {
      first.stdin.end();
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
      first.kill("SIGKILL");
    }
    rmSync(folder, { recursive: true, force: true });
    removeGroups(group);
  };
  return { folder, pid, group, sh, out, start, stop };
}

/** Process ids of a process's children. */
export function children(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Takes away the folders of runs that have ended: nobody holds their lock any more. */
function sweep(runs: string): void {
  for (const name of readdirSync(runs)) {
    const folder = join(runs, name);
    // One that is just being made holds no lock yet.
    if (Date.now() - statSync(folder).mtimeMs < 60_000) continue;
    const free = run("flock", ["-n", join(folder, "alive"), "true"], { install: "util-linux" }).status === 0;
    if (free) rmSync(folder, { recursive: true, force: true });
  }
}
