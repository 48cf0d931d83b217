import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { BadInput } from "../deploy/errors.ts";
import type { ExplainContext } from "../deploy/explain.ts";
import type { Candidate } from "../engine/candidates.ts";
import { bestOf, candidates } from "../engine/candidates.ts";
import { oldestCli } from "../engine/versions.ts";

/** Pulumi's commands, and their other names, that reach into a cloud by the provider. */
const reaching = ["preview", "pre", "up", "update", "refresh", "destroy", "down", "dn", "import", "watch"];

/** Commands whose failures are told once more, in words. */
const explained = ["preview", "up", "refresh", "destroy"];

/** Commands with commands of their own, some of the same names: `stack import` reaches into no cloud. */
const groups = ["config", "stack"];

/** Ours, not Pulumi's. */
const builtProviderOption = "--built-provider";

/**
 * Runs Pulumi's CLI, the user's own or that of `npm run engine`, so that its language host finds the Node that runs this:
 * it looks `node` up on the PATH, and an older one cannot read TypeScript.
 */
export async function pulumiCommand(args: readonly string[]): Promise<void> {
  const cli = await chooseCli();
  const given = args.filter((arg) => arg !== builtProviderOption);
  const provider = await chooseProvider(cli, given, args.length > given.length);
  const folders = [provider, dirname(process.execPath), cli.where === "PATH" ? undefined : dirname(cli.file)];
  const path = [...folders.filter((f) => f !== undefined), process.env["PATH"] ?? ""].join(delimiter);
  const log = eventLogFor(given);
  const child = spawn(cli.file, [...given, ...(log?.args ?? [])], {
    stdio: "inherit",
    env: { ...process.env, ...(await sessionFor(given)), PATH: path, ...log?.env },
  });
  // The terminal sends Ctrl-C to both; this process waits for Pulumi to end its own work.
  const wait = () => {};
  process.on("SIGINT", wait);
  process.on("SIGTERM", wait);
  process.exitCode = await new Promise<number>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
  if (log !== undefined) await explainFailures(log.file, given, process.exitCode !== 0);
  if (process.exitCode !== 0) await explainBackend();
}

/** Which of these commands Pulumi is asked for. */
function commandOf(args: readonly string[], among: readonly string[]): string | undefined {
  const first = args.find((arg) => among.includes(arg) || groups.includes(arg));
  return first === undefined || groups.includes(first) ? undefined : first;
}

/**
 * The credentials that are found here, for commands that need them: for the provider where it would not find the same, and
 * under the names by which Pulumi opens a bucket where the state is in OSS.
 */
async function sessionFor(args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const [{ engineVariables }, { wantsKey }, { findSession }, address] = await Promise.all([
    import("../deploy/hand-on.ts"),
    import("../deploy/state-keys.ts"),
    import("../deploy/session.ts"),
    addressOfState(),
  ]);
  if (commandOf(args, reaching) === undefined && !wantsKey(address, process.env)) return {};
  return engineVariables(address, process.env, await findSession(process.env));
}

async function addressOfState(): Promise<string | undefined> {
  const { backendAddress } = await import("../deploy/backend-address.ts");
  return backendAddress(process.cwd(), process.env).catch(() => undefined);
}

/** What is wrong with the address of the state: Pulumi has only the words of the S3 API for it. */
async function explainBackend(): Promise<void> {
  const { wrongInAddress } = await import("../preflight/state-address.ts");
  const address = await addressOfState();
  const wrong = address === undefined ? undefined : wrongInAddress(address, process.env);
  if (wrong !== undefined) process.stderr.write(`\nThe address of the state: ${wrong}\nMore: docs/state.md\n`);
}

interface EventLog {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The engine's own account of what failed, for commands that reach into a cloud; the flag is behind a variable. */
function eventLogFor(args: readonly string[]): EventLog | undefined {
  const told = args.some((arg) => ["--help", "-h", "--event-log"].includes(arg));
  if (told || commandOf(args, explained) === undefined) return undefined;
  const file = join(mkdtempSync(join(tmpdir(), "china-pulumi-")), "events.log");
  return { file, args: ["--event-log", file], env: { PULUMI_DEBUG_COMMANDS: "true" } };
}

/** After Pulumi's own output: each cause once, with what to do. */
async function explainFailures(file: string, args: readonly string[], failed: boolean): Promise<void> {
  try {
    if (!failed || !existsSync(file)) return;
    const { failuresIn } = await import("../deploy/event-log.ts");
    const { explainAll, explanationText } = await import("../deploy/explain.ts");
    const explanations = explainAll(failuresIn(readFileSync(file, "utf8")), await contextOf(args));
    if (explanations.length > 0) process.stderr.write(`\n${explanations.map(explanationText).join("\n\n")}\n`);
  } finally {
    rmSync(dirname(file), { recursive: true, force: true });
  }
}

/** Settings of the stack that was named, where it is one of this project's. */
async function contextOf(args: readonly string[]): Promise<ExplainContext> {
  const at = args.findIndex((arg) => arg === "-s" || arg === "--stack");
  const stack = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith("--stack="))?.slice("--stack=".length);
  if (stack === undefined) return {};
  const { loadStackFile } = await import("../components/config/load.ts");
  const settings = await loadStackFile(stack).then(
    (loaded) => loaded.settings,
    () => undefined,
  );
  return settings === undefined ? { stack } : { stack, settings, region: settings.region };
}

/** The user's own CLI, even if it does not tell its version; one that is too old only where there is no other. */
async function chooseCli(): Promise<Candidate> {
  let old: Candidate | undefined;
  for await (const candidate of candidates("pulumi")) {
    const unknown = candidate.where === "PATH" && candidate.version === undefined;
    if (unknown || candidate.unfit === undefined) return candidate;
    old ??= candidate;
  }
  if (old === undefined) {
    throw new BadInput(
      "the Pulumi CLI is not on the PATH and not in the cache. To get it: npm run engine. How, also inside the mainland: " +
        "docs/deploy.md",
    );
  }
  process.stderr.write(
    `${old.file} is ${old.version}: CLIs older than ${oldestCli} fail to write to OSS. A newer one: npm run engine\n`,
  );
  return old;
}

/** The folder to look the provider up in; undefined leaves it to Pulumi. Refuses a built one for what reaches a cloud. */
async function chooseProvider(cli: Candidate, args: readonly string[], allowed: boolean): Promise<string | undefined> {
  const provider = await bestOf("provider");
  if (provider === undefined) return undefined;
  if (provider.origin !== "built" || allowed) return dirname(provider.file);
  const command = commandOf(args, reaching);
  // Pulumi's own CLI gets the official plugin by itself when no other is on the PATH.
  if (command !== undefined && (provider.where === "PATH" || cli.origin === "built")) {
    throw new BadInput(
      `pulumi ${command} would run with a provider that was built here (${provider.file}).\n` +
        "It is an older Alibaba Cloud provider under the SDK's version, without Pulumi's own changes: good for the local cloud,\n" +
        "nothing to trust real hosts and data to. One of\n" +
        "  npm run engine -- --official            Pulumi's own, from where it is published\n" +
        "  npm run engine -- --from <archive>      Pulumi's own, packed on another machine: docs/deploy.md\n" +
        `  npm run pulumi -- ${command} ${builtProviderOption} ...   all the same, for a local cloud`,
    );
  }
  return undefined;
}
