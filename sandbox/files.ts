import { renameSync, writeFileSync } from "node:fs";

/** Writes a file so that it is there whole or not at all. */
export function writeAtomically(path: string, content: string, mode: number): void {
  const unfinished = `${path}.${process.pid}.new`;
  writeFileSync(unfinished, content, { mode });
  renameSync(unfinished, path);
}
