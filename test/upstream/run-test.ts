import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../engine/run.ts";
import { type Access, clientEnvironment } from "../../sandbox/environment.ts";
import type { Home } from "../../sandbox/home.ts";
import { testRegion } from "./account.ts";
import { type Outcome, readOutcome } from "./outcome.ts";

/** Longest time for one test, minutes: the provider's own waits for a create end after five to ten. */
const longest = 15;

/**
 * Products that tests ask for and the local cloud does not have. It says so at once; a host that cannot be reached is
 * asked again for five minutes.
 */
const absent = ["VPCIPAM", "KMS"];

/** @returns names of the tests that a pattern means */
export async function testsOf(binary: string, pattern: string, home: Home, signal: AbortSignal): Promise<string[]> {
  const env = { PATH: "/usr/bin:/bin", HOME: home.home, TMPDIR: home.temporary };
  const { stdout } = await run(binary, ["-test.list", pattern], { cwd: home.temporary, env, timeout: 120_000, signal });
  return stdout.split("\n").filter((line) => line.startsWith("Test"));
}

/** Runs one test in a process of its own, which has an environment made from nothing. */
export async function runTest(
  binary: string,
  test: string,
  access: Access,
  home: Home,
  logs: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const cwd = join(home.temporary, test);
  mkdirSync(cwd, { recursive: true });
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: home.home,
    TMPDIR: home.temporary,
    LANG: "C.UTF-8",
    ...clientEnvironment(access),
    ...Object.fromEntries(absent.map((code) => [`ALIBABA_CLOUD_ENDPOINT_${code}`, `127.0.0.1:${access.tlsPort}`])),
    TF_ACC: "1",
    ALICLOUD_REGION: testRegion,
  };
  const args = ["-test.run", `^${test}$`, "-test.v", "-test.timeout", `${longest}m`];
  const begun = performance.now();
  const { stdout, lines, trouble } = await run(binary, args, { cwd, env, timeout: (longest + 1) * 60_000, signal });
  const seconds = (performance.now() - begun) / 1000;
  const output = `${stdout}\n${lines.join("\n")}\n`;
  writeFileSync(join(logs, `${test}.txt`), output);
  return readOutcome(test, output, seconds, trouble);
}
