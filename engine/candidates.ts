import { open, readdir, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { cacheEntries, type Entry } from "./cache.ts";
import type { Origin } from "./manifest.ts";
import { fileName, thisPlatform } from "./platform.ts";
import { run } from "./run.ts";
import { compareVersions, oldestCli, type Program, recipes, sdkVersions, versionIn } from "./versions.ts";

/** A program on this machine. */
export interface Candidate {
  readonly program: Program;
  readonly file: string;
  readonly where: "PATH" | "PULUMI_HOME" | "cache";
  /** Undefined when it does not tell. */
  readonly version?: string;
  readonly origin: Origin;
  /** Why it is not taken; undefined for one that is fit. */
  readonly unfit?: string;
}

/** File names, as the engine looks for them on the PATH. */
export const programNames = { pulumi: "pulumi", provider: "pulumi-resource-alicloud" } as const;

/** What an own build of the provider has in it and no other: its module's path, in Go's build information. */
const ownModule = "china-engine/provider";

/** A program that does not tell its version in this time, milliseconds, is not taken. */
const patience = 15_000;

/** What is there, best first: the user's own CLI, then the cache; for the provider official ones before built ones. */
export async function* candidates(program: Program): AsyncGenerator<Candidate> {
  const { os, arch } = thisPlatform();
  const entries = (await cacheEntries())
    .filter(({ manifest: m }) => m.program === program && m.os === os && m.arch === arch)
    .sort((a, b) => compareVersions(b.manifest.version, a.manifest.version))
    .map(fromCache);
  const built = entries.filter(({ origin }) => origin === "built");
  const others = entries.filter(({ origin }) => origin !== "built");
  if (program === "provider") yield* others;
  yield* installed(program);
  if (program === "pulumi") yield* others;
  yield* built;
}

/** The best one that is fit. */
export async function bestOf(
  program: Program,
  fit: (c: Candidate) => boolean = () => true,
): Promise<Candidate | undefined> {
  for await (const candidate of candidates(program)) {
    if (candidate.unfit === undefined && fit(candidate)) return candidate;
  }
  return undefined;
}

function fromCache({ folder, manifest }: Entry): Candidate {
  const { program, version, origin } = manifest;
  const file = join(folder, fileName(programNames[program]));
  const other = origin === "built" && manifest.recipe !== recipes()[program].hash;
  const unfit = other ? "built from another state of engine/" : unfitVersion(program, version);
  return { program, file, where: "cache", version, origin, ...(unfit === undefined ? {} : { unfit }) };
}

/** What is on the PATH and in Pulumi's own folder. */
async function* installed(program: Program): AsyncGenerator<Candidate> {
  const name = fileName(programNames[program]);
  const onPath = await firstOnPath(name);
  if (onPath !== undefined) yield await asked(program, onPath, "PATH");
  const home = process.env["PULUMI_HOME"] || join(homedir(), ".pulumi");
  if (program === "provider") {
    const { provider: version } = sdkVersions();
    const file = join(home, "plugins", `resource-alicloud-v${version}`, name);
    if (await isFile(file))
      yield { program, file, where: "PULUMI_HOME", version, origin: await originOf(program, file) };
    return;
  }
  // The npm launcher's folder tells the version; what the installer put beside it does not.
  const versions = (await readdir(join(home, "versions")).catch(() => [])).filter((v) => versionIn(v) !== undefined);
  for (const version of versions.sort(compareVersions).reverse()) {
    const file = join(home, "versions", version, "bin", name);
    if (await isFile(file))
      yield withVersion({ program, file, where: "PULUMI_HOME", origin: "path" }, versionIn(version));
  }
  const file = join(home, "bin", name);
  if (file !== onPath && (await isFile(file))) yield await asked(program, file, "PULUMI_HOME");
}

async function asked(program: Program, file: string, where: "PATH" | "PULUMI_HOME"): Promise<Candidate> {
  return withVersion({ program, file, where, origin: await originOf(program, file) }, await versionOf(program, file));
}

function withVersion(found: Omit<Candidate, "version" | "unfit">, version: string | undefined): Candidate {
  if (version === undefined) return { ...found, unfit: "does not tell its version" };
  const unfit = unfitVersion(found.program, version);
  return { ...found, version, ...(unfit === undefined ? {} : { unfit }) };
}

function unfitVersion(program: Program, version: string): string | undefined {
  if (program === "pulumi") {
    return compareVersions(version, oldestCli) < 0 ? `older than ${oldestCli}` : undefined;
  }
  const { provider } = sdkVersions();
  return compareVersions(version, provider) === 0 ? undefined : `the SDK is ${provider}`;
}

/** What a program says about itself. */
export async function versionOf(program: Program, file: string, signal?: AbortSignal): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const args = [program === "pulumi" ? "version" : "--version"];
  const { code, stdout } = await run(file, args, {
    env,
    timeout: patience,
    ...(signal === undefined ? {} : { signal }),
  });
  return code === 0 ? versionIn(stdout) : undefined;
}

/** Built or not is what a file is, wherever it stands: a copy of an own build on the PATH is one. */
export async function originOf(program: Program, file: string): Promise<Origin> {
  return program === "provider" && (await contains(await realpath(file), ownModule)) ? "built" : "path";
}

async function contains(file: string, text: string): Promise<boolean> {
  const wanted = Buffer.from(text);
  const chunk = Buffer.alloc(8 << 20);
  const handle = await open(file);
  try {
    for (let at = 0; ; at += chunk.length - wanted.length) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
      if (chunk.subarray(0, bytesRead).includes(wanted)) return true;
      if (bytesRead < chunk.length) return false;
    }
  } finally {
    await handle.close();
  }
}

/** Where a program stands that the PATH leads to. */
export async function firstOnPath(name: string, path = process.env["PATH"] ?? ""): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((f) => f !== "")) {
    const file = resolve(folder, name);
    if (await isFile(file)) return file;
  }
  return undefined;
}

/** A file that may be run. */
async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && (process.platform === "win32" || (found.mode & 0o111) !== 0);
}

/** Whether this CLI can run a TypeScript program by itself: the language host stands beside it or on the PATH. */
export async function hasLanguageHost(cli: string): Promise<boolean> {
  const name = fileName("pulumi-language-nodejs");
  return (await isFile(join(dirname(await realpath(cli)), name))) || (await firstOnPath(name)) !== undefined;
}
