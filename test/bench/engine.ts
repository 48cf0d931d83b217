/**
 * Previews of many hosts by the real engine and the real provider: npm run bench:engine. Whole processes, median of a few
 * runs after a warm-up; beside them a naive program of the same number of hosts, in the same run. Prints a Markdown table.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { manyHosts } from "./many-hosts.ts";

const runs = Number(process.argv[2] ?? 3);
const folder = resolve(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "china-bench-"));

function once(args: readonly string[]): number {
  // A sandbox of its own for each run: the stack is new, everything is to be created.
  const sandbox = mkdtempSync(join(work, "sandbox-"));
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 300_000,
    env: { ...process.env, CHINA_SANDBOX: sandbox },
  });
  const seconds = (performance.now() - began) / 1000;
  rmSync(sandbox, { recursive: true, force: true });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stdout.slice(-2000)}${stderr}`);
  return seconds;
}

function measure(what: string, args: readonly string[], times: number): void {
  const seconds = Array.from({ length: times }, () => once(args)).sort((a, b) => a - b);
  process.stdout.write(`| ${what} | ${seconds[Math.floor(times / 2)]?.toFixed(1)} s |\n`);
}

try {
  const preview = ["--max-semi-space-size=64", join(folder, "cli/china.js"), "sandbox", "preview", "many", "--config"];
  once([...preview, manyHosts(work, 1, false)]);
  process.stdout.write(
    `Node ${process.versions.node}, median of ${runs} (naive: of 1), whole processes\n\n| preview | wall |\n|---|---|\n`,
  );
  for (const disks of [false, true]) {
    for (const count of [1, 300, 1000]) {
      const what = `${count} host${count === 1 ? "" : "s"}${disks ? ", a data disk and its attachment each" : ""}`;
      measure(what, [...preview, manyHosts(work, count, disks)], runs);
    }
  }
  for (const count of [300, 1000])
    measure(`naive loop of ${count} hosts`, [join(import.meta.dirname, "naive-engine.ts"), String(count)], 1);
} finally {
  rmSync(work, { recursive: true, force: true });
}
