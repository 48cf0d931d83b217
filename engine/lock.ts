import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder, clearUnfinished } from "./cache.ts";

const busy = 5;

/**
 * Does work that only one process at a time may do in the cache; others wait and say for whom. The lock is the operating
 * system's own, taken through SQLite: it is gone with its process, also after `kill -9`.
 */
export async function withLock<T>(
  say: (text: string) => void,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(cacheFolder(), { recursive: true });
  const database = new DatabaseSync(join(cacheFolder(), ".lock"), { timeout: 0 });
  const holder = join(cacheFolder(), ".lock-holder");
  try {
    for (let said = false; !tryLock(database); said = true) {
      if (!said) say(`waiting for another npm run engine: ${readHolder(holder)}`);
      await sleep(200, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    writeFileSync(holder, `process ${process.pid}, since ${new Date().toISOString()}\n`);
    await clearUnfinished();
    return await work();
  } finally {
    database.close();
  }
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return false;
    throw error;
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "just started";
  }
}
