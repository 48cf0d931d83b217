import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type Manifest, manifest } from "./manifest.ts";

/** A program in the cache, whole. */
export interface Entry {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Where engines are kept, outside the repository: CHINA_ENGINE_CACHE, or the user's cache folder. */
export function cacheFolder(): string {
  const { CHINA_ENGINE_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  return resolve(own || join(xdg || join(homedir(), ".cache"), "computing-in-china"), "engine");
}

/** All whole entries. What is damaged, half-made or not known is none. */
export async function cacheEntries(): Promise<Entry[]> {
  const names = await readdir(cacheFolder()).catch(() => []);
  const entries: Entry[] = [];
  for (const name of names.filter((n) => !n.startsWith(".")).sort()) {
    const folder = join(cacheFolder(), name);
    const found = await readManifest(folder);
    if (found !== undefined && name === keyOf(found) && (await isWhole(folder, found)))
      entries.push({ folder, manifest: found });
  }
  return entries;
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")));
  } catch {
    return undefined;
  }
}

/** Whether every file has its size; hashes were checked when it was put there. */
async function isWhole(folder: string, { files }: Manifest): Promise<boolean> {
  for (const [name, { size }] of Object.entries(files)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() !== true || found.size !== size) return false;
  }
  return true;
}

/** The folder's name; the same work has the same one, however it came. */
export function keyOf({ program, version, os, arch, origin, recipe }: Omit<Manifest, "files" | "at">): string {
  return [program, version, os, arch, origin, recipe].filter((part) => part !== undefined).join("-");
}

/** An empty folder beside the entries. `clearUnfinished` takes it away if nobody else does. */
export async function newFolder(): Promise<string> {
  const folder = join(cacheFolder(), `.new-${process.pid}-${randomUUID().slice(0, 8)}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Takes away what killed runs left. Only for who holds the lock. */
export async function clearUnfinished(): Promise<void> {
  for (const name of await readdir(cacheFolder()).catch(() => [])) {
    if (/^\.(new|old)-/.test(name)) await rm(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

/** Makes a folder with the manifest's files an entry, in one step; one of the same key is replaced. */
export async function keep(folder: string, entry: Manifest): Promise<Entry> {
  for (const name of Object.keys(entry.files)) await chmod(join(folder, name), 0o755);
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify(entry, null, 2)}\n`);
  const target = join(cacheFolder(), keyOf(entry));
  const old = join(cacheFolder(), `.old-${process.pid}-${randomUUID().slice(0, 8)}`);
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(folder, target);
  await rm(old, { recursive: true, force: true });
  return { folder: target, manifest: entry };
}
