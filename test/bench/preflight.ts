/**
 * Measures a preflight against the local cloud with 50 ms for each call: npm run bench:preflight. Prints a Markdown table;
 * judges nothing. Whole processes; the cloud is another one.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const runs = Number(process.argv[2] ?? 5);
const latency = "50";
const folder = resolve(import.meta.dirname, "../..");
const sandbox = mkdtempSync(join(tmpdir(), "china-bench-"));
const env = { ...process.env, CHINA_SANDBOX: sandbox };
const china = (...args: readonly string[]) => [join(folder, "cli/china.js"), ...args];

async function serving(): Promise<ChildProcess> {
  const child = spawn(process.execPath, china("sandbox", "serve"), {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

interface Ran {
  readonly seconds: number;
  readonly calls: number;
  readonly rows: number;
}

function preflight(stacks: readonly string[]): Ran {
  const began = performance.now();
  const args = china("preflight", ...stacks, "--sandbox", "--format", "json");
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 120_000,
  });
  const seconds = (performance.now() - began) / 1000;
  if (!stdout.startsWith("{")) throw new Error(stderr);
  const report: { readonly calls: number; readonly stacks: readonly { readonly rows: readonly unknown[] }[] } =
    JSON.parse(stdout);
  return { seconds, calls: report.calls, rows: report.stacks.reduce((all, one) => all + one.rows.length, 0) };
}

const cloud = await serving();
try {
  spawnSync(process.execPath, china("sandbox", "faults", "add", "*", "latency", "--ms", latency), { cwd: folder, env });
  process.stdout.write(
    `Node ${process.versions.node}, median of ${runs} after one warm-up, ${latency} ms for each call\n\n| preflight of | wall | calls | rows |\n|---|--:|--:|--:|\n`,
  );
  for (const stacks of [["shanghai"], ["beijing"], ["hangzhou"], ["shanghai", "beijing", "hangzhou"]]) {
    preflight(stacks);
    const ran = Array.from({ length: runs }, () => preflight(stacks)).toSorted((a, b) => a.seconds - b.seconds);
    const middle = ran[Math.floor(ran.length / 2)];
    if (middle === undefined) break;
    const { seconds, calls, rows } = middle;
    process.stdout.write(`| ${stacks.join(", ")} | ${seconds.toFixed(2)} s | ${calls} | ${rows} |\n`);
  }
} finally {
  cloud.kill("SIGTERM");
  await once(cloud, "exit");
  rmSync(sandbox, { recursive: true, force: true });
}
