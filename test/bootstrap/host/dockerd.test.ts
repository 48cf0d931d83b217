import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { daemonConfigProblems, daemonJson } from "../../../components/bootstrap/config-docker.ts";
import { run } from "../tools.ts";

const folder = mkdtempSync(join(tmpdir(), "dockerd-"));
const config = join(folder, "daemon.json");
const socket = `unix://${folder}/socket`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a real dockerd on this daemon.json, with folder and mounts of its own, and stops it when `use` is done. */
async function withDockerd(content: string, use: (log: () => string, pid: number) => Promise<void>): Promise<void> {
  run("dockerd", ["--version"], { install: "docker.io" });
  writeFileSync(config, content);
  const own = ["data-root", "exec-root", "pidfile"].map((flag) => `--${flag}=${join(folder, flag)}`);
  const net = ["--iptables=false", "--ip6tables=false", "--bridge=none"];
  const daemon = spawn("unshare", ["-m", "dockerd", ...net, ...own, "-H", socket, "--config-file", config]);
  let said = "";
  daemon.stderr.on("data", (data: Buffer) => (said += data.toString()));
  daemon.stdout.on("data", (data: Buffer) => (said += data.toString()));
  const ended = new Promise((resolve) => daemon.on("close", resolve));
  for (let tries = 0; !/API listen on/.test(said) && daemon.exitCode === null && tries < 200; tries++)
    await setTimeout(50);
  try {
    await use(() => said, daemon.exitCode === null ? (daemon.pid ?? 0) : 0);
  } finally {
    daemon.kill("SIGTERM");
    await ended;
  }
}

function mirrors(): unknown {
  const ran = run("docker", ["-H", socket, "info", "--format", "{{json .RegistryConfig.Mirrors}}"], {
    install: "docker.io",
  });
  return JSON.parse(ran.stdout);
}

const mirror = "https://docker.m.daocloud.io";

describe("a real dockerd", () => {
  test("has our mirror, and loses it by a reload with the empty list, not with the key missing", async () => {
    await withDockerd(daemonJson({ mirror, images: [], maxConcurrentDownloads: 2 }), async (log, pid) => {
      expect(mirrors(), log()).toEqual([`${mirror}/`]);
      expect(log()).not.toMatch(/level=(error|fatal)/);
      const reload = async (text: string) => {
        writeFileSync(config, text);
        process.kill(pid, "SIGHUP");
        await setTimeout(500);
        return mirrors();
      };
      expect(await reload("{}")).toEqual([`${mirror}/`]);
      expect(await reload(daemonJson({ images: [] }))).toEqual([]);
      expect(await reload(daemonJson({ mirror, images: [] }))).toEqual([`${mirror}/`]);
    });
  }, 60_000);

  test.each([
    [{ "registry-mirrors": ["docker.m.daocloud.io"] }],
    [{ "registry-mirrors": [`${mirror}?x=1`] }],
    [{ "registry-mirrors": mirror }],
    [{ "max-concurrent-downloads": "2" }],
    [{ "max-concurrent-downloads": -1 }],
    [{ "no-such-key": true }],
  ])("does not start with %j, which our own check refuses", async (wrong) => {
    expect(daemonConfigProblems(wrong)).not.toEqual([]);
    await withDockerd(JSON.stringify(wrong), async (log, pid) => expect(pid, log()).toBe(0));
  }, 60_000);

  test("starts with the misspelt registry-mirror and has none: only our own check says so", async () => {
    const wrong = { "registry-mirror": [mirror] };
    expect(daemonConfigProblems(wrong)).toEqual([expect.stringMatching(/write registry-mirrors/)]);
    await withDockerd(JSON.stringify(wrong), async () => expect(mirrors()).toEqual([]));
  }, 60_000);
});
