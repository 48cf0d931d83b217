import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { canonicalJson } from "../../components/bootstrap/hash.ts";

/** Where roots, packages and the folders of runs are kept, outside the repository. */
export function cacheFolder(): string {
  const { CHINA_HOSTS_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  return resolve(own || join(xdg || join(homedir(), ".cache"), "computing-in-china"), "hosts");
}

/**
 * A folder with what `build` puts into it, made once and named by its recipe: another recipe is another folder. Several
 * processes may ask at once; what a killed one left is taken away by the next.
 */
export async function builtOnce(
  name: string,
  recipe: unknown,
  build: (folder: string) => void | Promise<void>,
): Promise<string> {
  const hash = createHash("sha256").update(canonicalJson(recipe)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder(), `${name}-${hash}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const lock = new DatabaseSync(join(cacheFolder(), `.lock-${name}`), { timeout: 0 });
  try {
    for (let tries = 0; !locked(lock); tries++) {
      if (tries > 3000) throw new Error(`another process has been making ${name} for ten minutes`);
      await sleep(200);
    }
    if (existsSync(folder)) return folder;
    for (const left of readdirSync(cacheFolder())) {
      if (left.startsWith(`.new-${name}-`)) rmSync(join(cacheFolder(), left), { recursive: true, force: true });
    }
    const fresh = join(cacheFolder(), `.new-${name}-${randomUUID().slice(0, 8)}`);
    mkdirSync(fresh);
    await build(fresh);
    renameSync(fresh, folder);
    return folder;
  } finally {
    lock.close();
  }
}

/** The operating system's own lock, taken through SQLite: it is gone with its process. */
function locked(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === 5) return false;
    throw error;
  }
}
