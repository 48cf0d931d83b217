import { mkdir, readdir, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { create } from "tar";
import { BadInput, Failed } from "../deploy/errors.ts";
import { cacheEntries, newFolder } from "./cache.ts";
import { bestOf, type Candidate, programNames } from "./candidates.ts";
import { withLock } from "./lock.ts";
import { type ArchiveManifest, describeFiles, type Manifest, sha256Of } from "./manifest.ts";
import type { Work } from "./official.ts";
import { fileName, thisPlatform } from "./platform.ts";
import { recipes } from "./versions.ts";

/** Writes an archive with this machine's engine, for `--from` on another; answers its hash. */
export async function packEngine(
  file: string,
  work: Work,
): Promise<{ readonly sha256: string; readonly what: string }> {
  const target = resolve(file);
  if (!/\.(tar\.gz|tgz)$/.test(target)) throw new BadInput(`${file}: name it .tar.gz, for that is what it will be`);
  const parts = [await bestOf("pulumi"), await bestOf("provider")].filter((part) => part !== undefined);
  if (parts.length < 2) {
    throw new Failed("there is no engine here to pack. First: npm run engine");
  }
  return await withLock(
    (text) => work.progress.say(text),
    work.signal,
    async () => {
      const folder = await newFolder();
      const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}`);
      try {
        work.progress.begin(`packing into ${file}`);
        const programs: Manifest[] = [];
        for (const part of parts) {
          work.progress.at(`reading ${part.file}`);
          programs.push(await stage(part, folder));
        }
        const what: ArchiveManifest = { format: 1, what: "china-engine", programs };
        await writeFile(join(folder, "manifest.json"), `${JSON.stringify(what, null, 2)}\n`);
        work.progress.at("compressing");
        work.signal.throwIfAborted();
        const members = programs.flatMap((p) => Object.keys(p.files).map((name) => `${p.program}/${name}`));
        // Staged as links: the archive gets what they lead to.
        await create(
          { file: unfinished, cwd: folder, gzip: { level: 6 }, portable: true, follow: true, strict: true },
          ["manifest.json", ...members],
        );
        work.signal.throwIfAborted();
        await rename(unfinished, target);
      } finally {
        await rm(unfinished, { force: true });
        await rm(folder, { recursive: true, force: true });
      }
      const names = parts.map((p) => `${programNames[p.program]} ${p.version} (${p.origin})`).join(", ");
      return { sha256: await sha256Of(target), what: names };
    },
  );
}

/** Links to a program's files in a folder of its own, and what they are. */
async function stage(part: Candidate, folder: string): Promise<Manifest> {
  const { program, version = "", origin } = part;
  const from = dirname(await realpath(part.file));
  const main = fileName(programNames[program]);
  const beside =
    program === "pulumi" ? (await readdir(from)).filter((f) => /^pulumi-[a-z-]+-nodejs(\.exe)?$/.test(f)) : [];
  const names = [main, ...beside.sort()];
  await mkdir(join(folder, program));
  for (const name of names) await symlink(join(from, name), join(folder, program, name));
  const files = await describeFiles(join(folder, program), names);
  const known = (await cacheEntries()).find((entry) => entry.folder === from)?.manifest;
  return {
    ...{ format: 1, program, version, ...thisPlatform(), origin, came: "packed" },
    source: known?.source ?? part.file,
    at: new Date().toISOString(),
    // An own build found elsewhere is taken for the current one: its version is checked, its recipe cannot be.
    ...(origin === "built" ? { recipe: known?.recipe ?? recipes()[program].hash } : {}),
    files,
  };
}
