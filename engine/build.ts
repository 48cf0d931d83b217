import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Failed } from "../deploy/errors.ts";
import { gatherFacts } from "./build-facts.ts";
import { buildProblems, toolchainNote } from "./build-problems.ts";
import { cacheEntries, keep, keyOf, newFolder } from "./cache.ts";
import { programNames } from "./candidates.ts";
import { explainGo } from "./go-errors.ts";
import { describeFiles, type Manifest } from "./manifest.ts";
import { mustRun, type Work } from "./official.ts";
import { fileName, thisPlatform } from "./platform.ts";
import { run } from "./run.ts";
import { engineFolder, type Program, recipes } from "./versions.ts";

/** How one program is built: engine/README.md has the same lines. */
interface Target {
  readonly module: string;
  readonly package: string;
  /** What decides which packages there are. */
  readonly select: readonly string[];
  readonly flags: readonly string[];
}

function target(program: Program): Target {
  if (program === "provider") {
    return { module: "provider", package: ".", select: [], flags: ["-trimpath", "-ldflags", "-s -w"] };
  }
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${recipes().pulumi.version}`;
  return {
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    select: ["-tags", "osusergo,grpcnotrace"],
    flags: ["-trimpath", "-ldflags", `-s -w -X ${version}`],
  };
}

/** Longest time for one command of Go, milliseconds. */
const hour = 3_600_000;

/** Builds what is not in the cache yet, the CLI first. `anyway`: although memory or disk look short. */
export async function buildEngine(anyway: boolean, work: Work): Promise<void> {
  const there = new Set((await cacheEntries()).map((entry) => keyOf(entry.manifest)));
  const missing = (["pulumi", "provider"] as const).filter((program) => !there.has(keyOf(described(program))));
  if (missing.length === 0) return;
  await mustBeAble(anyway, work);
  for (const program of missing) await build(program, work);
}

/** Says what is missing for a build, before anything is begun. */
export async function mustBeAble(anyway: boolean, work: Work): Promise<void> {
  const facts = await gatherFacts(work.signal);
  const problems = buildProblems(facts);
  const against = problems.filter(({ kind }) => !(anyway && kind === "shortage"));
  if (against.length > 0) {
    const hint = against.every(({ kind }) => kind === "shortage") ? "\nTo try all the same: --anyway" : "";
    throw new Failed(
      `nothing was begun; a build needs more than is here\n${against.map((p) => p.text).join("\n")}${hint}`,
    );
  }
  for (const { text } of problems) work.progress.say(`although short of ${text}`);
  const note = toolchainNote(facts);
  if (note !== undefined) work.progress.say(note);
}

function described(program: Program): Omit<Manifest, "files" | "at"> {
  const { version, hash } = recipes()[program];
  const source = `engine/${target(program).module}`;
  const built = { origin: "built", came: "built", source, recipe: hash } as const;
  return { format: 1, program, version, ...thisPlatform(), ...built };
}

async function build(program: Program, { progress, signal }: Work): Promise<void> {
  const { module, package: path, select, flags } = target(program);
  const name = programNames[program];
  const cwd = join(engineFolder, module);
  progress.begin(`getting the modules of ${name}`);
  const onModule = (line: string) => progress.at(line.replace(/^go: /, ""));
  const list = await run("go", ["list", "-deps", ...select, path], { cwd, timeout: hour, signal, onLine: onModule });
  if (list.code !== 0) throw goFailed(`getting the modules of ${name}`, list);
  const total = list.stdout.split("\n").length - 1;

  progress.begin(`building ${name}`);
  progress.at("what is compiled already is taken from Go's build cache");
  let compiled = 0;
  const onPackage = (line: string) => {
    // `-v` names each package that is compiled; what Go complains of has spaces in it.
    if (/^[a-z0-9]\S*$/i.test(line)) progress.at(`package ${++compiled} of ${total} at most, ${line}`);
  };
  const folder = await newFolder();
  try {
    const out = join(folder, fileName(name));
    const args = ["build", "-v", "-buildvcs=false", ...select, ...flags, "-o", out, path];
    const built = await run("go", args, { cwd, timeout: hour, signal, onLine: onPackage });
    if (built.code !== 0) throw goFailed(`building ${name}`, built);
    const manifest = described(program);
    await mustRun(manifest, folder, manifest.source, signal);
    const files = await describeFiles(folder, [fileName(name)]);
    await keep(folder, { ...manifest, at: new Date().toISOString(), files });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function goFailed(
  what: string,
  { lines, trouble }: { readonly lines: readonly string[]; readonly trouble?: string },
): Failed {
  const said = lines.filter((line) => !/^[a-z0-9][^\s:]*$/i.test(line)).slice(-12);
  const advice = explainGo(lines);
  return new Failed(
    [`${what} failed${trouble === undefined ? "" : `: ${trouble}`}`, ...said, ...(advice ?? [])].join("\n  "),
  );
}
