import { statSync } from "node:fs";
import type { Home } from "./home.ts";

/** Milliseconds. */
const pace = 1_000;

/**
 * Tells when a sandbox's database is no longer where it was: what is written then is lost, and a client that gets an error
 * for each call asks again for hours.
 *
 * @returns ends the watch
 */
export function watchHome({ database }: Pick<Home, "database">, gone: () => void): () => void {
  const inode = inodeOf(database);
  const timer = setInterval(() => {
    if (inodeOf(database) === inode) return;
    clearInterval(timer);
    gone();
  }, pace);
  timer.unref();
  return () => clearInterval(timer);
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
