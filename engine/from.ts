import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BadInput, Failed } from "../deploy/errors.ts";
import { keep, newFolder } from "./cache.ts";
import { download, Unavailable } from "./download.ts";
import { type ArchiveManifest, archiveManifest, type Manifest, sha256Of } from "./manifest.ts";
import { mustRun, type Work } from "./official.ts";
import { thisPlatform } from "./platform.ts";
import { unpack, type Verdict } from "./unpack.ts";
import { compareVersions, oldestCli, recipes, sdkVersions } from "./versions.ts";

/** Bytes of an archive. */
const archiveLimit = 2e9;

/** Installs what `npm run engine -- pack` has packed elsewhere. Nothing is installed unless all of it is right. */
export async function getFrom(source: string, sha256: string | undefined, work: Work): Promise<void> {
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new BadInput(`--sha256 takes 64 hex digits, as npm run engine -- pack prints them`);
  }
  const folder = await newFolder();
  try {
    const archive = await fetched(source, folder, sha256?.toLowerCase(), work);
    work.progress.begin(`checking ${source}`);
    const content = join(folder, "content");
    await mkdir(content);
    const installed = await checked(archive, content, work).catch((error) => {
      throw error instanceof Failed ? new Failed(`${source}: refused, nothing was installed\n${error.message}`) : error;
    });
    for (const program of installed) {
      await keep(join(content, program.program), { ...program, came: "packed", source });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The archive as a file on this machine, with the hash that the user was told. */
async function fetched(source: string, folder: string, wanted: string | undefined, work: Work): Promise<string> {
  let file = resolve(source);
  let found: string | undefined;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    file = join(folder, ".archive");
    const { progress, patience, signal } = work;
    progress.begin(`downloading ${source}`);
    const bounds = { limit: archiveLimit, patience, signal, onProgress: (text: string) => progress.at(text) };
    found = await download(source, file, bounds).then(
      (digests) => digests.sha256,
      (error: unknown) => {
        throw error instanceof Unavailable ? new Failed(`${source}: ${error.message}`) : error;
      },
    );
  } else {
    const there = await stat(file).catch(() => undefined);
    if (there?.isFile() !== true) throw new BadInput(`there is no file ${source}`);
    if (wanted !== undefined) found = await sha256Of(file);
  }
  if (wanted !== undefined && found !== wanted) {
    throw new Failed(`${source}: refused, nothing was installed\nits SHA-256 is ${found}, not ${wanted}`);
  }
  return file;
}

async function checked(archive: string, folder: string, work: Work): Promise<readonly Manifest[]> {
  await unpack(archive, folder, known);
  const { programs } = await readArchiveManifest(folder);
  for (const program of programs) {
    refuseUnfit(program);
    for (const [name, { size, sha256 }] of Object.entries(program.files)) {
      const path = join(folder, program.program, name);
      const there = await stat(path).catch(() => undefined);
      if (there === undefined) throw new Failed(`${program.program}/${name} is missing`);
      if (there.size !== size || (await sha256Of(path)) !== sha256) {
        throw new Failed(`${program.program}/${name} is not what its manifest says: damaged or changed`);
      }
    }
    await mustRun(program, join(folder, program.program), "the archive", work.signal);
  }
  return programs;
}

/** An archive has a manifest and programs; anything else in it was not put there by `pack`. */
function known(path: string): Verdict {
  if (path === "manifest.json" || /^(pulumi|provider)\/[a-z0-9][a-z0-9._-]*$/i.test(path)) return { as: path };
  return { refused: "not in an archive of npm run engine -- pack" };
}

async function readArchiveManifest(folder: string): Promise<ArchiveManifest> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  } catch {
    throw new Failed("it has no manifest: not an archive of npm run engine -- pack");
  }
  const parsed = archiveManifest.safeParse(value);
  if (!parsed.success)
    throw new Failed("its manifest is of another kind: pack it again with this version of the project");
  const names = parsed.data.programs.map((p) => p.program).sort();
  if (names.join() !== "provider,pulumi") throw new Failed("it needs Pulumi's CLI and the provider, each once");
  return parsed.data;
}

function refuseUnfit({ program, version, os, arch, origin, recipe }: Manifest): void {
  const here = thisPlatform();
  if (os !== here.os || arch !== here.arch) {
    throw new Failed(
      `it was made for ${os} on ${arch}, this is ${here.os} on ${here.arch}: pack it on a machine like this`,
    );
  }
  if (origin === "built" && recipe !== recipes()[program].hash) {
    throw new Failed(
      "it was built from another state of engine/: build and pack it there with the same commit as here",
    );
  }
  const { provider } = sdkVersions();
  if (program === "provider" && version !== provider) {
    throw new Failed(
      `its provider is ${version}, this project's SDK is ${provider}: pack it there with the same commit as here`,
    );
  }
  if (program === "pulumi" && compareVersions(version, oldestCli) < 0) {
    throw new Failed(`its CLI is ${version}, older than ${oldestCli}`);
  }
}
