import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { BadInput } from "../deploy/errors.ts";
import type { AllowList } from "./workplace.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** registry/path, with * for a segment and ** for the rest. */
const entry = /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/([a-z0-9._*-]+))+$/;

/** More is no list of images. */
const mostBytes = 5_000_000;

const kept = z.strictObject({
  version: z.literal(1),
  at: z.iso.datetime(),
  entries: z.array(z.string().regex(entry)).min(1),
});

/** Outside of the repository, beside the prices. */
export function allowListFile(env: Environment = process.env): string {
  const home = env["XDG_CACHE_HOME"] || (env["HOME"] ? join(env["HOME"], ".cache") : tmpdir());
  return join(home, "computing-in-china", "daocloud-allow-list.json");
}

/**
 * The entries of DaoCloud's allows.txt, in order; lines with # and empty ones are none.
 *
 * @throws BadInput for a text that is no such list, with the first line that is none
 */
export function parseAllowList(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.replace(/#.*$/, "").trim(), at: index + 1 }));
  const entries = lines.filter(({ line }) => line !== "");
  const wrong = entries.find(({ line }) => !entry.test(line));
  if (wrong !== undefined) {
    throw new BadInput(
      `line ${wrong.at} is no entry of a list of images: ${JSON.stringify(wrong.line.slice(0, 80))}; an entry is registry/path, for example docker.io/library/python or quay.io/jupyter/*`,
    );
  }
  if (entries.length === 0) throw new BadInput("the list is empty: it has one image on each line");
  return [...new Set(entries.map(({ line }) => line))];
}

/** Keeps a list for later preflights. @throws BadInput for a file that cannot be read or is no list */
export async function keepAllowList(file: string, now: Date, env: Environment = process.env): Promise<AllowList> {
  const text = await readFile(file, "utf8").catch((error: { readonly code?: string }) => {
    throw new BadInput(
      `${file} cannot be read (${error.code}); get it from github.com/DaoCloud/public-image-mirror, allows.txt`,
    );
  });
  if (text.length > mostBytes) throw new BadInput(`${file} is too large for a list of images`);
  const list = { entries: parseAllowList(text), at: now.toISOString() };
  const target = allowListFile(env);
  const unfinished = `${target}.${randomBytes(4).toString("hex")}.new`;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  try {
    await writeFile(unfinished, `${JSON.stringify({ version: 1, ...list }, null, 1)}\n`);
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { force: true });
  }
  return list;
}

/** The list that was kept; undefined where there is none, or one that is broken. */
export async function readAllowList(env: Environment = process.env): Promise<AllowList | undefined> {
  const text = await readFile(allowListFile(env), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { entries, at } = kept.parse(JSON.parse(text));
    return { entries, at };
  } catch {
    return undefined;
  }
}
