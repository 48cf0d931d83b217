import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Interrupted } from "../../deploy/errors.ts";
import { Progress } from "../../engine/progress.ts";
import { homeOf } from "../../sandbox/home.ts";
import { serve } from "../../sandbox/session.ts";
import { newAccount } from "./account.ts";
import { type Binary, testBinary } from "./binary.ts";
import type { Outcome } from "./outcome.ts";
import { inPage, markdown, percentage, type Result, tableText } from "./report.ts";
import { furtherResources, type Resource, resources, wanted } from "./resources.ts";
import { runTest, testsOf } from "./run-test.ts";

/** How fast time runs in the cloud: the tests wait for the provider's own sleeps, not for the cloud. */
const speed = 600;

const usage = `npm run test:upstream -- [options]
Runs upstream's own acceptance tests against a local cloud. The first time it builds them: 14 GiB of memory.
  --jobs N      tests at a time (6)
  --more        also further resources of the stacks, counted for nothing
  --run REGEXP  these tests of upstream's instead, counted for nothing
  --record      write the figures into docs/upstream.md
  --anyway      build although memory or disk look short
`;

const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "6" },
    more: { type: "boolean", default: false },
    run: { type: "string" },
    record: { type: "boolean", default: false },
    anyway: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function command(signal: AbortSignal, progress: Progress): Promise<number> {
  const jobs = Math.max(1, Math.trunc(Number(values.jobs)) || 1);
  const asked = askedFor();
  const binary = await testBinary(values.anyway, progress, signal);
  const { results, seconds } = await runAll(binary, asked, jobs, progress, signal);
  progress.end();
  process.stdout.write(tableText(results));
  if (values.record && values.run === undefined) {
    const date = new Date().toISOString().slice(0, 10);
    const { version, ...build } = binary;
    const page = resolve(import.meta.dirname, "../../docs/upstream.md");
    const figures = markdown(results, { version, build, seconds, jobs, date });
    writeFileSync(page, inPage(readFileSync(page, "utf8"), figures));
  }
  if (values.run === undefined) return percentage(results) >= wanted ? 0 : 1;
  return results.some(({ outcomes }) => outcomes.some(({ verdict }) => verdict === "failed")) ? 1 : 0;
}

function askedFor(): readonly Resource[] {
  if (values.run !== undefined) return [{ name: "asked for", pattern: values.run, counts: false }];
  return values.more ? [...resources, ...furtherResources] : resources;
}

interface Queued {
  readonly resource: Resource;
  readonly test: string;
}

/** All tests, `jobs` at a time, in a cloud that is gone afterwards. What they printed stays beside the binary. */
async function runAll(
  { path }: Binary,
  asked: readonly Resource[],
  jobs: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ readonly results: readonly Result[]; readonly seconds: number }> {
  const home = homeOf(mkdtempSync(join(tmpdir(), "china-upstream-")));
  const session = await serve(home, { speed });
  const logs = join(dirname(path), "logs");
  mkdirSync(logs, { recursive: true });
  const ending = new AbortController();
  const until = AbortSignal.any([signal, ending.signal]);
  const workers: Promise<void>[] = [];
  try {
    const queue: Queued[] = [];
    for (const resource of asked) {
      for (const test of await testsOf(path, resource.pattern, home, signal)) queue.push({ resource, test });
    }
    progress.begin(`${queue.length} tests of upstream's`);
    const begun = performance.now();
    const outcomes = new Map<string, Outcome>();
    const waiting = queue.entries();
    const work = async () => {
      for (const [n, { test }] of waiting) {
        const access = await newAccount(session, n);
        const outcome = await runTest(path, test, access, home, logs, until);
        outcomes.set(test, outcome);
        progress.say(`${outcome.verdict} ${test} (${outcome.seconds.toFixed(0)} s)`);
        progress.at(`${outcomes.size} done`);
      }
    };
    for (let i = 0; i < jobs; i++) workers.push(work());
    await Promise.all(workers);
    const results = asked.map((resource) => ({
      resource,
      outcomes: queue.filter((one) => one.resource === resource).flatMap(({ test }) => outcomes.get(test) ?? []),
    }));
    progress.say(`what they printed: ${logs}`);
    return { results, seconds: (performance.now() - begun) / 1000 };
  } finally {
    ending.abort();
    await Promise.allSettled(workers);
    await session.close();
    rmSync(home.folder, { recursive: true, force: true });
  }
}

if (values.help) {
  process.stdout.write(usage);
} else {
  const progress = new Progress();
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => ending.abort(new Interrupted(name)));
  }
  try {
    process.exitCode = await command(ending.signal, progress);
  } catch (error) {
    progress.end();
    if (!(error instanceof Error && "hideStack" in error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = "exitCode" in error ? Number(error.exitCode) : 1;
  }
}
