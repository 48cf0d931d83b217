import { homedir } from "node:os";
import { BadInput, Failed, Interrupted } from "../deploy/errors.ts";
import { cacheFolder } from "../engine/cache.ts";
import { candidates } from "../engine/candidates.ts";
import type { Engine } from "../engine/engine.ts";
import { type GetOptions, getEngine } from "../engine/get.ts";
import { listInputs } from "../engine/inputs.ts";
import type { Work } from "../engine/official.ts";
import { packEngine } from "../engine/pack.ts";
import { Progress } from "../engine/progress.ts";

export interface EngineOptions extends GetOptions {
  /** Seconds without an answer or a byte after which a download is given up. */
  readonly timeout?: string;
}

/** Gets Pulumi's CLI and the provider plugin, and says where they are. */
export async function engineCommand(options: EngineOptions): Promise<void> {
  await working(options.timeout, async (work) => {
    process.stdout.write(described(await getEngine(options, work)));
  });
}

export async function packCommand(file: string): Promise<void> {
  await working(undefined, async (work) => {
    const { sha256, what } = await packEngine(file, work);
    work.progress.end();
    process.stdout.write(
      `${file}: ${what}\nsha256 ${sha256}\n` +
        `on the other machine: npm run engine -- --from ${file} --sha256 ${sha256}\n`,
    );
  });
}

/** What there is on this machine, best first. */
export async function statusCommand(): Promise<void> {
  const lines = [`cache     ${short(cacheFolder())}`];
  for (const program of ["pulumi", "provider"] as const) {
    let used = false;
    let count = 0;
    for await (const { version = "?", origin, where, unfit, file } of candidates(program)) {
      const note = unfit ?? (used ? "" : "used");
      used ||= unfit === undefined;
      count++;
      lines.push(
        `${program.padEnd(9)} ${version.padEnd(9)} ${origin.padEnd(9)} ${where.padEnd(12)} ${short(file)}  ${note}`,
      );
    }
    if (count === 0) lines.push(`${program.padEnd(9)} none: npm run engine`);
  }
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join("\n")}\n`);
}

export async function inputsCommand(options: { readonly check?: boolean; readonly anyway?: boolean }): Promise<void> {
  await working(undefined, async (work) => {
    const check = options.check ?? false;
    const found = await listInputs(!check, options.anyway ?? false, work);
    work.progress.end();
    const file = "engine/provider-inputs.json";
    if (check && found === "changed") throw new Failed(`${file} is not current: npm run engine -- inputs`);
    process.stdout.write(found === "current" ? `${file} is current\n` : `${file}: written\n`);
  });
}

/** Work with progress that Ctrl-C ends: it stops what runs, clears away and exits with the signal's code. */
async function working(timeout: string | undefined, work: (work: Work) => Promise<void>): Promise<void> {
  const seconds = Number(timeout ?? 20);
  if (!(seconds > 0 && seconds <= 3600)) throw new BadInput(`--timeout takes seconds, up to 3600, not ${timeout}`);
  const progress = new Progress();
  const ending = new AbortController();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const handlers = signals.map((signal) => [signal, () => ending.abort(new Interrupted(signal))] as const);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  try {
    await work({ progress, signal: ending.signal, patience: seconds * 1000 });
  } finally {
    progress.end();
    for (const [signal, handler] of handlers) process.off(signal, handler);
  }
}

function described({ pulumi, provider, origin, versions, languageHost }: Engine): string {
  const host = languageHost ? "" : "   no language host: for npm run sandbox, not for programs by itself";
  const only = origin === "built" ? "   self-built: for the local cloud only" : "";
  return `pulumi    ${versions.pulumi}   ${short(pulumi)}${host}\nprovider  ${versions.provider}   ${short(provider)}${only}\n`;
}

function short(path: string): string {
  return path.startsWith(`${homedir()}/`) ? `~${path.slice(homedir().length)}` : path;
}
