import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";

const lockFile = z.object({ pid: z.int(), username: z.string(), hostname: z.string(), timestamp: z.string() });

/** A run that has a stack to itself, as Pulumi's own file of its lock tells it (pkg/backend/diy/lock.go, 3.259.0). */
export type StateLock = z.output<typeof lockFile>;

/**
 * Locks of a stack whose state is in a folder; undefined for one that was not written to its end. Of a bucket and of
 * Pulumi's service nothing is known here: the engine refuses there by itself.
 *
 * @param address of the state: file://...
 */
export function locksIn(
  address: string | undefined,
  projectFolder: string,
  project: string,
  stack: string,
): readonly (StateLock | undefined)[] {
  if (!address?.startsWith("file://")) return [];
  const path = address.replace(/^file:\/\//, "").replace(/\?.*$/, "");
  const state = resolve(projectFolder, path.replace(/^~(?=$|\/)/, homedir()));
  const folder = join(state, ".pulumi", "locks", "organization", project, stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => read(join(folder, name)));
}

function read(file: string): StateLock | undefined {
  try {
    return lockFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * Whether the run of a lock still goes on: a process of another machine counts as one. A number that was given to another
 * program does not count, nor does one that was killed and whose end nobody has taken note of yet (state Z in proc(5)).
 */
export function isAlive({ pid, hostname: host }: StateLock): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || /^\d+ \(pulumi[^)]*\) [^ZX]/.test(readFileSync(stat, "utf8"));
  } catch {
    return false;
  }
}

/** Who has the stack to themselves right now, in words; undefined for nobody. */
export function holderOf(locks: readonly (StateLock | undefined)[]): string | undefined {
  const living = locks.find((lock) => lock !== undefined && isAlive(lock));
  if (living === undefined) return undefined;
  const { pid, username, hostname: host, timestamp } = living;
  return `process ${pid} of ${username} on ${host}, since ${timestamp.slice(0, 16).replace("T", " ")} UTC`;
}
