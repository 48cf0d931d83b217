/**
 * Measures what the cost review adds to a review: npm run bench:cost. Prints a Markdown table; judges nothing. Each figure is
 * taken in a process of its own, since modules are loaded once.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manyHosts } from "./many-hosts.ts";

const runs = Number(process.argv[2] ?? 5);
const work = mkdtempSync(join(tmpdir(), "china-bench-"));

/** Milliseconds: loading the modules that nothing else needs, and pricing and comparing a stack for the first time. */
interface Figure {
  readonly load: number;
  readonly price: number;
}

function once(config: string): Figure {
  const script = join(import.meta.dirname, "cost-once.ts");
  const run = spawnSync(process.execPath, [script, config], { encoding: "utf8", timeout: 120_000 });
  if (run.status !== 0) throw new Error(`${config}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Figure;
}

function median(values: readonly number[]): string {
  return (values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN).toFixed(1);
}

try {
  process.stdout.write(
    `Node ${process.versions.node}, median of ${runs}\n\n| stack | load | price and compare |\n|---|--:|--:|\n`,
  );
  const stacks = [
    ["shanghai, as in `npm start`", "Pulumi.shanghai.yaml"],
    ["1,000 hosts", manyHosts(work, 1000, false)],
    ["1,000 hosts, a data disk each", manyHosts(work, 1000, true)],
  ] as const;
  for (const [name, config] of stacks) {
    const figures = Array.from({ length: runs }, () => once(config));
    const load = median(figures.map((f) => f.load));
    process.stdout.write(`| ${name} | ${load} ms | ${median(figures.map((f) => f.price))} ms |\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
