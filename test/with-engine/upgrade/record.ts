/**
 * Records what a release leaves behind when it deploys: the states of the shipped stacks, for upgrade.test.ts. Run it by
 * hand, with a commit that stands for a release; it takes some minutes, most of it the provider's own waiting:
 *
 *     npx node test/with-engine/upgrade/record.ts a55ede4
 *
 * The commit's own code deploys its own stack files into a local cloud of its own (docs/sandbox.md), with this machine's
 * Pulumi and provider (npm run engine). The states hold made-up ids and placeholders for secrets; the passphrase
 * "sandbox" opens them. Beside each state stands the stack file that it was deployed from.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder, shipped } from "../../support/stacks.ts";
import { packed } from "./texts.ts";

const fixtures = join(import.meta.dirname, "fixtures");
/** Milliseconds for one stack. */
const patience = 600_000;

const [wanted] = process.argv.slice(2);
if (wanted === undefined) throw new Error("which commit: npx node test/with-engine/upgrade/record.ts <commit>");
const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: projectFolder, encoding: "utf8" }).trim();
const commit = git("rev-parse", "--verify", `${wanted}^{commit}`);

const folder = mkdtempSync(join(tmpdir(), "china-release-"));
try {
  const release = join(folder, "release");
  mkdirSync(release);
  git("archive", "--output", join(folder, "release.tar"), commit);
  execFileSync("tar", ["-xf", join(folder, "release.tar"), "-C", release]);
  // The release's own dependencies are those of this checkout while the locks are the same.
  const lock = "package-lock.json";
  if (git("show", `${commit}:${lock}`) !== readFileSync(join(projectFolder, lock), "utf8").trim()) {
    throw new Error(`${lock} of ${commit} is another one: npm ci in a checkout of it, and run its own record.ts there`);
  }
  symlinkSync(join(projectFolder, "node_modules"), join(release, "node_modules"));
  for (const stack of shipped) {
    const cloud = join(folder, "sandbox");
    execFileSync(process.execPath, [join(release, "cli/china.js"), "sandbox", "up", stack, "--speed", "600"], {
      ...{ cwd: release, stdio: "inherit", timeout: patience },
      env: { ...process.env, CHINA_SANDBOX: cloud },
    });
    const kept = readFileSync(join(cloud, "backend/.pulumi/stacks/china", `${stack}.json`), "utf8");
    const { version, checkpoint }: { version: number; checkpoint: { latest: object } } = JSON.parse(
      kept,
      withoutPlaces,
    );
    const state = JSON.stringify(packed({ version, deployment: checkpoint.latest }));
    writeFileSync(join(fixtures, `${stack}.state.json`), `${state}\n`);
    copyFileSync(join(release, `Pulumi.${stack}.yaml`), join(fixtures, `Pulumi.${stack}.yaml`));
  }
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(join(fixtures, "release.json"), `${JSON.stringify({ commit, day })}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Without the lines of code that declared a resource: paths of this machine, which the engine keeps for its messages only. */
function withoutPlaces(name: string, value: unknown): unknown {
  return name === "sourcePosition" || name === "stackTrace" ? undefined : value;
}
