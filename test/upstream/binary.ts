import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { Failed } from "../../deploy/errors.ts";
import { goFailed } from "../../engine/build.ts";
import { gatherFacts } from "../../engine/build-facts.ts";
import { buildProblems } from "../../engine/build-problems.ts";
import { cacheFolder } from "../../engine/cache.ts";
import { withLock } from "../../engine/lock.ts";
import type { Progress } from "../../engine/progress.ts";
import { run } from "../../engine/run.ts";
import { engineFolder } from "../../engine/versions.ts";

/** Upstream's test program, built. */
export interface Binary {
  readonly path: string;
  /** Of terraform-provider-alicloud. */
  readonly version: string;
  readonly seconds: number;
  readonly bytes: number;
}

const gib = 2 ** 30;

/** Memory that compiling takes, measured; docs/upstream.md. */
const neededMemory = 14 * gib;

/** Longest time for one command of Go, milliseconds. */
const hour = 3_600_000;

const upstream = "github.com/aliyun/terraform-provider-alicloud";

const built = z.object({ seconds: z.number(), bytes: z.number() });

/** @param anyway build although memory or disk look short: a warm build cache needs less */
export async function testBinary(anyway: boolean, progress: Progress, signal: AbortSignal): Promise<Binary> {
  const module = join(engineFolder, "provider");
  const goMod = await readFile(join(module, "go.mod"), "utf8");
  const goSum = await readFile(join(module, "go.sum"), "utf8");
  const [, version = "?"] = new RegExp(`${upstream} v(\\S+)`).exec(goMod) ?? [];
  const hash = createHash("sha256").update(goMod).update(goSum).digest("hex").slice(0, 12);
  const folder = resolve(dirname(cacheFolder()), "upstream", `${version}-${process.platform}-${process.arch}-${hash}`);
  const path = join(folder, "upstream.test");
  return withLock(
    (text) => progress.say(text),
    signal,
    async () => {
      const facts = join(folder, "built.json");
      if (!(await isThere(facts))) {
        await mustBeAble(anyway, progress, signal);
        await build(module, path, facts, progress, signal);
      }
      return { path, version, ...built.parse(JSON.parse(await readFile(facts, "utf8"))) };
    },
  );
}

/** Says what is missing before anything is begun. */
async function mustBeAble(anyway: boolean, progress: Progress, signal: AbortSignal): Promise<void> {
  const { memory, ...facts } = await gatherFacts(signal);
  const problems = [...buildProblems(facts)];
  if (memory !== undefined && memory < neededMemory) {
    const text = `memory: ${(memory / gib).toFixed(1)} GiB available, compiling upstream's tests takes 14 GiB`;
    problems.push({ kind: "shortage", text });
  }
  const against = problems.filter(({ kind }) => !(anyway && kind === "shortage"));
  if (against.length > 0) {
    const hint = against.every(({ kind }) => kind === "shortage") ? "\nTo try all the same: --anyway" : "";
    throw new Failed(
      `nothing was begun; a build needs more than is here\n${against.map((p) => p.text).join("\n")}${hint}`,
    );
  }
  for (const { text } of problems) progress.say(`although short of ${text}`);
}

/** In a copy of the module: what Go adds to go.mod and go.sum for the tests' own imports stays out of the repository. */
async function build(module: string, path: string, facts: string, progress: Progress, signal: AbortSignal) {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  for (const name of ["go.mod", "go.sum"]) await copyFile(join(module, name), join(folder, name));
  progress.begin("building upstream's tests");
  const begun = performance.now();
  const unfinished = `${path}.new`;
  // The same flags as for the provider, whose compiled packages are used again.
  const flags = ["-c", "-mod=mod", "-trimpath", "-ldflags", "-s -w"];
  const args = ["test", ...flags, "-o", unfinished, `${upstream}/alicloud`];
  const onLine = (line: string) => progress.at(line.replace(/^go: /, ""));
  const done = await run("go", args, { cwd: folder, timeout: hour, signal, onLine });
  if (done.code !== 0) {
    await rm(unfinished, { force: true });
    throw goFailed("building upstream's tests", done);
  }
  await rename(unfinished, path);
  const { size } = await stat(path);
  const seconds = Math.round((performance.now() - begun) / 1000);
  await writeFile(facts, JSON.stringify({ seconds, bytes: size }));
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
