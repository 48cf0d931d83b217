import { randomBytes } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ProbeSettings } from "../components/bootstrap/probe/config.ts";
import { probeRemovalScript, probeScript } from "../components/bootstrap/probe/script.ts";
import { loadStackFile } from "../components/config/load.ts";
import { hasInternet } from "../components/stack.ts";
import { BadInput } from "../deploy/errors.ts";
import { fieldReport } from "../review/field-report/page.ts";
import { NotAResult, type ProbeResult, parseResult } from "../review/field-report/result.ts";

export interface CollectOptions {
  readonly output?: string;
}

export interface ScriptOptions {
  readonly own?: readonly string[];
  readonly remove?: boolean;
  readonly config?: string;
}

/** Bytes of one file; a result has 30 KB. */
const most = 4 * 1024 * 1024;

export async function collectCommand(files: readonly string[], options: CollectOptions): Promise<void> {
  const results: ProbeResult[] = [];
  const faults: string[] = [];
  for (const file of files) {
    try {
      results.push(parseResult(await readSmall(file), file));
    } catch (error) {
      if (!(error instanceof NotAResult || error instanceof BadInput)) throw error;
      faults.push(error.message);
    }
  }
  if (faults.length > 0) {
    throw new BadInput(`${faults.join("\n")}\nnothing was written: give /var/lib/china-probe/latest.json of hosts`);
  }
  const output = options.output ?? resolve(import.meta.dirname, "../docs/field-report.md");
  await writeWhole(output, fieldReport(results));
  const regions = new Set(results.map(({ region }) => region));
  process.stdout.write(
    `${options.output ?? "docs/field-report.md"}: ${results.length} runs, ${regions.size} regions\n`,
  );
}

export async function scriptCommand(stack: string, group: string, options: ScriptOptions): Promise<void> {
  const { settings } = await loadStackFile(stack, options.config);
  const groups = Object.keys(settings.hosts);
  if (!groups.includes(group)) {
    throw new BadInput(`stack ${stack} has no host group ${group}: it has ${groups.join(", ")}`);
  }
  const own = (options.own ?? []).map(ownPlace);
  const probe: ProbeSettings = {
    stack,
    group,
    region: settings.region,
    internet: hasInternet(settings, group),
    ...(own.length === 0 ? {} : { own }),
  };
  process.stdout.write(options.remove ? probeRemovalScript : probeScript(probe));
}

function ownPlace(written: string): { key: string; url: string } {
  const [, key, url] =
    /^([a-z][a-z0-9-]{0,39})=((?:tcp:\/\/[A-Za-z0-9.-]+:\d{1,5}|https?:\/\/[^\s"'\\@]+))$/.exec(written) ?? [];
  if (key === undefined || url === undefined) {
    throw new BadInput(`--own ${written}: wanted is name=tcp://host:port, or name=https://..., without a password`);
  }
  return { key: `own-${key}`, url };
}

async function readSmall(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > most) throw new BadInput(`${file} has ${size} bytes: a result has some 30 KB`);
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${file} cannot be read${codeOf(error)}`);
  }
}

/** Written beside and renamed: a reader sees the old page or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${randomBytes(4).toString("hex")}.new`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new BadInput(
      `--output ${file} cannot be written${codeOf(error)}: name a file in a folder that is there and yours`,
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
}
