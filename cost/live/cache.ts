import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Place } from "./cloud.ts";
import type { Figure } from "./figure.ts";

/** A list price that was told, and when. What this account pays is never kept: a cache is shared more easily than a key. */
export interface Kept {
  readonly list: string;
  readonly currency: string;
  readonly per: Figure["per"];
  readonly source: string;
  /** ISO time. */
  readonly at: string;
}

/** Milliseconds for which a kept price is today's. */
export const freshFor = 24 * 3_600_000;

const decimal = z.string().regex(/^\d{1,15}(\.\d{1,15})?$/);
const file = z.strictObject({
  version: z.literal(1),
  prices: z.record(
    z.string(),
    z.strictObject({
      list: decimal,
      currency: z.enum(["CNY", "USD"]),
      per: z.enum(["hour", "term"]),
      source: z.string().regex(/^[\w ]{1,80}$/),
      at: z.iso.datetime(),
    }),
  ),
});

/** One file for each site and region, outside of the repository; each cloud that is not Alibaba's own has a folder of its own. */
export function cacheFile({ site, region }: Place, env: Environment = process.env): string {
  const home = env["XDG_CACHE_HOME"] || (env["HOME"] ? join(env["HOME"], ".cache") : tmpdir());
  const other = otherCloud(env)?.replace(/[^\w.-]/g, "_");
  return join(home, "computing-in-china", "prices", ...(other === undefined ? [] : [other]), `${site}-${region}.json`);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The address that the environment names in place of Alibaba's own: a local cloud, a gateway. */
export function otherCloud(env: Environment): string | undefined {
  return env["ALIBABA_CLOUD_ENDPOINT_ECS"] || env["ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI"] || undefined;
}

export interface Cache {
  readonly prices: ReadonlyMap<string, Kept>;
  /** Why the file was passed over. */
  readonly note?: string;
}

/** Reads a cache; one that is broken or somebody else's is passed over and told. */
export async function readCache(path: string): Promise<Cache> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return { prices: new Map() };
  try {
    return { prices: new Map(Object.entries(file.parse(JSON.parse(text)).prices)) };
  } catch {
    return { prices: new Map(), note: `the cache ${path} is broken and was passed over` };
  }
}

export function isFresh({ at }: Kept, now: number): boolean {
  const age = now - Date.parse(at);
  return age >= 0 && age < freshFor;
}

/** Writes beside and renames: a reader finds the old prices or the new ones. Two at once: the later one's stay. */
export async function writeCache(path: string, prices: ReadonlyMap<string, Kept>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomBytes(4).toString("hex")}.new`;
  const sorted = Object.fromEntries([...prices].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  try {
    await writeFile(unfinished, `${JSON.stringify({ version: 1, prices: sorted }, null, 1)}\n`, { mode: 0o600 });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
