import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";
import { BadInput } from "../deploy/errors.ts";
import type { Candidate } from "../engine/candidates.ts";
import { bestOf, candidates } from "../engine/candidates.ts";
import { oldestCli } from "../engine/versions.ts";

/** Pulumi's commands, and their other names, that reach into a cloud by the provider. */
const reaching = ["preview", "pre", "up", "update", "refresh", "destroy", "down", "dn", "import", "watch"];

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
  const child = spawn(cli.file, given, { stdio: "inherit", env: { ...process.env, PATH: path } });
  // The terminal sends Ctrl-C to both; this process waits for Pulumi to end its own work.
  const wait = () => {};
  process.on("SIGINT", wait);
  process.on("SIGTERM", wait);
  process.exitCode = await new Promise<number>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
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
  const command = args.find((arg) => reaching.includes(arg));
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
