import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AskedOfHost, hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { instances } from "../../sandbox/ecs/rows.ts";
import { smallSettings } from "../support/stacks.ts";
import type { Ran } from "./sandbox.ts";
import { Deployed, withGroup } from "./stacks/deployed.ts";

const month = { subscription: { for: "1 month", renew: "never" } };
const bought = withGroup(smallSettings(), { count: 1, pay: month, onSoftwareChange: "rerun" });
const changed = withGroup(bought, { software: { docker: true } });

describe("npm run deploy, into the local cloud", () => {
  let deployed: Deployed;
  let runs = 0;
  let broken = false;
  let sum = "";
  /** Settings hash by host, as its marker has it. */
  const applied = new Map<string, string>();
  beforeAll(async () => {
    deployed = await Deployed.open("test");
  });
  afterAll(() => deployed.close());

  const deploy = (settings: object, ...flags: readonly string[]): Promise<Ran> => {
    const file = deployed.sandbox.stackFile(settings);
    return deployed.sandbox.china(["deploy", "test", "--sandbox", "--config", file, ...flags]);
  };

  test("a purchase is named with its sum, and another sum does not agree to it", async () => {
    const { status, text } = await deploy(bought);
    expect({ status, text }).toMatchObject({ status: 2 });
    [, sum = ""] = /npm run deploy -- test --yes --buy (\S+)/.exec(text) ?? [];
    expect(Number(sum)).toBeGreaterThan(300);
    expect(text).toMatch(/bought for 1 month: workers-01/);
    const wrong = await deploy(bought, "--yes", "--buy", String(Number(sum) - 1));
    expect(wrong).toMatchObject({ status: 2, text: expect.stringContaining("Nothing was touched") });
    expect(await deployed.things()).toEqual({});
  });

  test("agreed, it ends with hosts that are simulated, where they are, and a record of it", async () => {
    const record = join(deployed.sandbox.home.folder, "record.jsonl");
    const { status, text } = await deploy(bought, "--yes", "--buy", sum, "--record", record);
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(text).toMatch(/test: deployed, 1 host: 1 simulated/);
    expect(text).toMatch(/workers-01 +10\.20\.\S+ +simulated/);
    expect(text).toMatch(/commit +[0-9a-f]{40}/);
    const kept = readFileSync(record, "utf8");
    for (const what of ["RunCommand", "GetCallerIdentity", "alicloud:ecs/instance:Instance"])
      expect(kept).toContain(what);
    expect(kept).not.toContain(deployed.row(instances, "workers-01").id);
  });

  test("a stack that somebody else works on right now is left alone", async () => {
    const locks = join(deployed.sandbox.home.backend, ".pulumi/locks/organization/china/test");
    const lock = join(locks, "other.json");
    mkdirSync(locks, { recursive: true });
    const holder = { pid: 7, username: "ops", hostname: "elsewhere", timestamp: "2026-11-25T08:30:12Z" };
    writeFileSync(lock, JSON.stringify(holder));
    const text = expect.stringMatching(/another command works on test right now: process 7 of ops on elsewhere/);
    expect(await deploy(bought, "--yes")).toMatchObject({ status: 1, text });
    rmSync(lock);
  });

  test("changed software is run again on its hosts, by their markers; a host that fails is exit code 1", async () => {
    const before = await deploy(bought);
    expect({ ...before, status: before.status }).toMatchObject({
      status: 0,
      text: expect.stringMatching(/No changes/),
    });
    hostsAnswer(deployed.sandbox.cloud.store, (asked) => machine(asked));
    applied.set(deployed.row(instances, "workers-01").id, "of before");
    broken = true;
    const failed = await deploy(changed, "--yes");
    expect(failed).toMatchObject({ status: 1, text: expect.stringMatching(/test: deployed, and 1 of 1 host failed/) });
    expect(failed.text).toMatch(/workers: changed software is run again on workers-01/);
    expect(runs).toBe(1);
    broken = false;
    const mended = await deploy(changed);
    expect(mended.text).toContain("No changes to 1 stack");
    expect(mended).toMatchObject({ status: 0, text: expect.stringMatching(/test: deployed, 1 host: 1 ready/) });
    expect(runs).toBe(2);
  });

  /** A host as its marker shows it: the re-run script is unpacked, and is of the hash that it says. */
  function machine({ instance, content }: AskedOfHost) {
    const script = content.toString();
    const [, settings] = /, settings ([0-9a-f]{64})$/m.exec(script) ?? [];
    if (settings !== undefined) {
      runs++;
      const [, packed = ""] = /<<'END'\n([\s\S]*?)\nEND/.exec(script) ?? [];
      const files = gunzipSync(Buffer.from(packed, "base64")).toString();
      expect(files).toContain(`settings=${settings}`);
      if (broken) return { exitCode: 1, output: "docker: no route to host\n", seconds: 30 };
      applied.set(instance.id, settings);
      return { exitCode: 0, output: "docker ok, 12 s\n", seconds: 30 };
    }
    const times = { startedAt: "2026-11-25T06:00:00Z", finishedAt: "2026-11-25T06:04:00Z" };
    const marker = { schema: 1, settings: applied.get(instance.id), result: "ok", ...times, steps: [], versions: {} };
    return { exitCode: 0, output: `china-marker 1\nidle\n${JSON.stringify(marker)}\n`, seconds: 1 };
  }
});
