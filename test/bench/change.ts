/** Measures reviews of a change: npm run bench:change. Both sides are recorded, as in a pipeline; the first review lays the files out. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { manyHosts } from "./many-hosts.ts";

const runs = 5;
const project = resolve(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "china-bench-"));
const clone = join(work, "clone");

function git(...args: readonly string[]): void {
  const who = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
  execFileSync("git", ["-C", clone, ...who, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}

function branch(name: string, from: string, file: string, edit: (text: string) => string): void {
  git("checkout", "-q", "-b", name, from);
  writeFileSync(join(clone, file), edit(readFileSync(join(clone, file), "utf8")));
  git("add", file);
  git("commit", "-q", "-m", name);
}

function review(...args: readonly string[]): { readonly seconds: number; readonly text: string } {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/china.js", "review", ...args], {
    cwd: clone,
    encoding: "utf8",
    maxBuffer: 100_000_000,
    timeout: 120_000,
    env: { ...process.env, XDG_CACHE_HOME: join(work, "cache"), NO_COLOR: "1" },
  });
  if (status !== 0 && status !== 1) throw new Error(`review ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - began) / 1000, text: stdout };
}

function measure(what: string, ...args: readonly string[]): void {
  const first = review(...args);
  const seconds = Array.from({ length: runs }, () => review(...args).seconds).toSorted((a, b) => a - b);
  const median = seconds[Math.floor(runs / 2)]?.toFixed(2);
  const size = `${first.text.length} characters, ${first.text.trimEnd().split("\n").length} lines`;
  process.stdout.write(`| ${what} | ${first.seconds.toFixed(2)} s | ${median} s | ${size} |\n`);
}

try {
  execFileSync("git", ["clone", "-q", "--shared", project, clone]);
  git("checkout", "-q", "-B", "base");
  symlinkSync(join(project, "node_modules"), join(clone, "node_modules"));
  branch("port", "base", "Pulumi.shanghai.yaml", (text) => text.replace("count: 2", "count: 3"));
  branch("text", "base", "README.md", (text) => `${text}\n`);
  git("checkout", "-q", "base");
  // 950 hosts that stay and 50 whose type changes.
  const many = readFileSync(manyHosts(work, 950, false), "utf8");
  const [, group = ""] = / {4}workers:\n([\s\S]*)$/.exec(many) ?? [];
  writeFileSync(join(clone, "Pulumi.many.yaml"), `${many}    batch:\n${group.replace("count: 950", "count: 50")}`);
  branch("many", "base", "Pulumi.many.yaml", (text) => text);
  branch("fifty", "many", "Pulumi.many.yaml", (text) =>
    text.replace(/(batch:[\s\S]*?)ecs\.g7\.xlarge/, "$1ecs.g7.2xlarge"),
  );
  git("checkout", "-q", "base");

  process.stdout.write(
    `Node ${process.versions.node}\n\n| what | first | median of ${runs} | answer |\n|---|---|---|---|\n`,
  );
  measure("three stacks, one changed, both sides", "--base", "base", "--head", "port");
  measure("three stacks, an unrelated commit", "--base", "base", "--head", "text");
  measure("1,000 hosts, 50 changed, as a comment", "many", "--base", "many", "--head", "fifty", "--format", "comment");
} finally {
  rmSync(work, { recursive: true, force: true });
}
