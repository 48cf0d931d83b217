/** Measures what the mainland rules cost: npm run bench:policies. Prints a Markdown table; judges nothing. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policies } from "../../components/config/schema-policies.ts";
import { stackType } from "../../plan/plan.ts";
import { resourcesOf } from "../../policies/from-plan.ts";
import { judge } from "../../policies/judge.ts";
import type { Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { loadStack } from "../../review/load.ts";
import { PackProcess } from "../policies/pack-process.ts";
import { manyHosts } from "./many-hosts.ts";

const runs = 7;
const folder = mkdtempSync(join(tmpdir(), "china-bench-"));

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(what: string, milliseconds: number): void {
  const time = milliseconds < 1_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
  process.stdout.write(`| ${what} | ${time} |\n`);
}

async function several(run: () => number | Promise<number>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) times.push(await run());
  return median(times);
}

async function timed(run: () => unknown): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Process start to port. */
async function boot(): Promise<number> {
  const pack = await PackProcess.start({ config: {} });
  await pack.stop();
  return pack.bootMs;
}

function judged(resources: readonly Resource[]): Promise<number> {
  const settings = policies.parse({});
  const context = { settings, profile: settings.profile };
  return timed(() => judge({ resources, context, accept: [], today: "2026-11-25" }));
}

interface OverGrpc {
  readonly serial: number;
  readonly parallel: number;
  readonly stack: number;
}

/**
 * One request after the other, as in a deployment of one resource at a time; several at once, as the engine does; then the
 * stack as a whole. Two seconds of the first are this process's own; the engine's client is a compiled one.
 */
async function overGrpc(resources: readonly Resource[], atOnce = 16): Promise<OverGrpc> {
  const pack = await PackProcess.start({ config: {} });
  try {
    const serial = await timed(async () => {
      for (const resource of resources) await pack.analyze(resource);
    });
    const parallel = await timed(async () => {
      const waiting = resources.values();
      const some = async () => {
        for (const resource of waiting) await pack.analyze(resource);
      };
      await Promise.all(Array.from({ length: atOnce }, some));
    });
    return { serial, parallel, stack: await timed(() => pack.analyzeStack(resources)) };
  } finally {
    await pack.stop();
  }
}

/** What `npm start` does more than without rules: it loads them, and asks them about three stacks. In a process of its own. */
function startPart(): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "policies-start.ts")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

try {
  const { plan } = await loadStack("many", manyHosts(folder, 1_000, true));
  const resources = resourcesOf(plan).toSorted((a, b) => Number(b.type === stackType) - Number(a.type === stackType));
  process.stdout.write(
    `Node ${process.versions.node}, ${rules.length} rules, median of ${runs} after one warm-up\n\n| what | time |\n|---|---|\n`,
  );
  row("the pack: process start to port", await several(boot));
  row(`all rules on ${resources.length} resources, in this process`, await several(() => judged(resources)));
  const { serial, parallel, stack } = await overGrpc(resources);
  row("the same resources through the pack, one request after the other (one run)", serial);
  row("the same, sixteen requests at once (one run)", parallel);
  row("the stack as a whole through the pack, one request (one run)", stack);
  row("what `npm start` takes longer for the rules", await several(startPart));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
