import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { debianRoot } from "../../sandbox/boot/root.ts";
import { hasMachine } from "../../sandbox/ecs/assistant-agents.ts";
import { instances } from "../../sandbox/ecs/rows.ts";
import { shippedText } from "../support/stacks.ts";
import { engineFolders } from "../with-engine/engine.ts";
import type { Ran, RunOptions } from "../with-engine/sandbox.ts";
import { Deployed } from "../with-engine/stacks/deployed.ts";
import { describeHosts } from "./needs.ts";

/** Without the database, which alone takes a minute of the provider's waiting, and with the short list of packages. */
const shanghai = shippedText("shanghai")
  .replace(/^ {2}china:timeSeries:[\s\S]*/m, "")
  .replace("python: python/pylock.toml", "python: python/pylock.sdk-v2.toml");
const broken = shanghai.replace("docker: true\n", 'docker: true\n        commands: ["echo no more >&2; exit 3"]\n');

describeHosts("npm run deploy -- shanghai --sandbox --boot", () => {
  let deployed: Deployed;
  beforeAll(async () => {
    await engineFolders();
    await debianRoot("trixie");
    deployed = await Deployed.open("shanghai");
  }, 1_200_000);
  afterAll(() => deployed?.close());

  const deploy = (text: string, options: RunOptions = {}): Promise<Ran> => {
    const file = join(deployed.sandbox.home.folder, "stack.yaml");
    writeFileSync(file, text);
    return deployed.sandbox.china(["deploy", "shanghai", "--sandbox", "--boot", "--yes", "--config", file], options);
  };

  test("ends with a host that is ready, by its real marker, and one that is simulated", async () => {
    const began = performance.now();
    // The first run on a machine makes wheels and images, too.
    const { status, text } = await deploy(shanghai, { timeout: 590_000 });
    console.log(`deploy --boot of shanghai without its database: ${((performance.now() - began) / 1000).toFixed(0)} s`);
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(text).toMatch(/workers-01 boots: Debian 13 in the place of ubuntu_24_04_\S+; \d+ of \d+ lines .* differ/);
    expect(text).toMatch(/workers-01: python ok, \d+ s/);
    expect(text).toMatch(/shanghai: deployed, 2 hosts: 1 ready, 1 simulated/);
    expect(text).toMatch(/workers-01 +10\.20\.\S+ +ready +python 3\.13\.\d+, docker 26/);
    expect(text).toMatch(/workers-02 +10\.20\.\S+ +simulated/);
    expect(processesOf(deployed)).toEqual([]);
  }, 600_000);

  test("killed while its host boots, leaves no machine", async () => {
    const { id } = deployed.row(instances, "workers-01");
    let seen = false;
    const { status, text } = await deploy(shanghai, {
      async onStart(_, pid) {
        for (const end = performance.now() + 60_000; performance.now() < end && !seen; await sleep(20)) {
          seen = hasMachine(deployed.sandbox.cloud.store, id);
        }
        process.kill(pid, "SIGKILL");
      },
    });
    expect({ seen, status }).toEqual({ seen: true, status: 137 });
    expect(text).toMatch(/workers-01 boots: /);
    for (const end = performance.now() + 15_000; performance.now() < end; await sleep(200)) {
      if (processesOf(deployed).length === 0) break;
    }
    expect(processesOf(deployed)).toEqual([]);
  }, 120_000);

  test("with changed software that fails on the host, run again there, says its step and ends with 1", async () => {
    const { status, text } = await deploy(broken);
    expect({ status, text }).toMatchObject({ status: 1 });
    expect(text).toMatch(/workers: running the bootstrap again on workers-01$/m);
    expect(text).toMatch(/shanghai: deployed, and 1 of 2 hosts failed/);
    expect(text).toMatch(/workers-01 +10\.20\.\S+ +FAILED +step command-1 failed: .*no more/);
    expect(processesOf(deployed)).toEqual([]);
  }, 300_000);
});

/** Commands of processes that were started for this sandbox and are still there: its folder is in their environment. */
function processesOf({ sandbox }: Deployed): readonly string[] {
  const mark = `CHINA_SANDBOX=${sandbox.home.folder}\0`;
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark)) return [];
      return [readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ")];
    } catch {
      return [];
    }
  });
}
