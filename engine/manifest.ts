import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

/** A plain file name: what is in the cache or in an archive is never a path. */
const name = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i);

const files = z.record(
  name,
  z.object({ size: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
);

/** What is known about one program in the cache. */
export const manifest = z.strictObject({
  format: z.literal(1),
  program: z.enum(["pulumi", "provider"]),
  version: z.string().regex(/^\d+\.\d+\.\d+[0-9a-z.+-]*$/i),
  os: z.enum(["linux", "darwin", "windows"]),
  arch: z.enum(["amd64", "arm64"]),
  /** Whose work it is: Pulumi's release, a build from engine/, or one that a user had installed. */
  origin: z.enum(["official", "built", "path"]),
  /** How it came into this cache. */
  came: z.enum(["official", "built", "packed"]),
  /** Where from: an address, a file, a Go module. */
  source: z.string(),
  /** When, in UTC. */
  at: z.string(),
  /** Hash of what it was built from; for builds only. */
  recipe: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .optional(),
  files,
});

export type Manifest = z.infer<typeof manifest>;
export type Files = Manifest["files"];
export type Origin = Manifest["origin"];

/** What is in an archive of `npm run engine -- pack`. */
export const archiveManifest = z.strictObject({
  format: z.literal(1),
  what: z.literal("china-engine"),
  programs: z.array(manifest).min(1).max(2),
});

export type ArchiveManifest = z.infer<typeof archiveManifest>;

/** Size and hash of files in one folder. */
export async function describeFiles(folder: string, names: readonly string[]): Promise<Files> {
  const described: Files = {};
  for (const file of names) {
    const path = join(folder, file);
    described[file] = { size: (await stat(path)).size, sha256: await sha256Of(path) };
  }
  return described;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}
