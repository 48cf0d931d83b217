/** Measures the figures of docs/performance.md: npm run bench. Prints a Markdown table; judges nothing. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { manyHosts } from "./many-hosts.ts";

const runs = Number(process.argv[2] ?? 5);
const folder = resolve(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "china-bench-"));

interface Figure {
  readonly seconds: number;
  readonly megabytes: number;
}

function once(command: string, args: readonly string[]): Figure {
  const report = join(work, "memory");
  writeFileSync(report, "");
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 120_000,
    env: {
      ...process.env,
      BENCH_REPORT: report,
      NODE_OPTIONS: `--import ${join(import.meta.dirname, "report-memory.js")}`,
    },
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  // npm and what it starts report one line each: the largest process counts.
  return { seconds, megabytes: Math.max(...readFileSync(report, "utf8").trim().split("\n").map(Number)) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function measure(what: string, command: string, args: readonly string[], times = runs): void {
  once(command, args);
  const figures = Array.from({ length: times }, () => once(command, args));
  const seconds = median(figures.map((f) => f.seconds)).toFixed(2);
  const megabytes = median(figures.map((f) => f.megabytes)).toFixed(0);
  process.stdout.write(`| ${what} | ${seconds} s | ${megabytes} MB |\n`);
}

try {
  // As in package.json: a small young generation saves 30 MB and costs no time.
  const china = ["--max-semi-space-size=16", join(folder, "cli/china.js"), "review"];
  process.stdout.write(
    `Node ${process.versions.node}, median of ${runs} after one warm-up\n\n| what | wall | peak memory |\n|---|---|---|\n`,
  );
  measure("`npm start`", "npm", ["start", "--silent"]);
  measure("review of all three stacks in one call", process.execPath, china);
  measure("review of 1,000 hosts", process.execPath, [...china, "many", "--config", manyHosts(work, 1000, false)]);
  measure("review of 1,000 hosts, a data disk each", process.execPath, [
    ...china,
    "many",
    "--config",
    manyHosts(work, 1000, true),
  ]);
  measure(
    "a naive loop of 1,000 hosts in the SDK's test hooks",
    process.execPath,
    [join(import.meta.dirname, "naive.ts"), "1000"],
    3,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
