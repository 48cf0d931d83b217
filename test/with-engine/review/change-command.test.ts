import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeReview } from "../../../review/pull-request/schema.ts";
import { china, copyProject, type Ran } from "../../support/command.ts";
import { projectFolder } from "../../support/stacks.ts";

/**
 * The command as a pipeline runs it, in a repository of the project's own files with branches beside main. No engine is needed,
 * but a process for each side of each review: too much for npm test.
 */
let folder = "";
function git(...args: string[]): string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
  return execFileSync("git", ["-C", folder, ...who, ...args], { encoding: "utf8" });
}

type Edits = Readonly<Record<string, (text: string) => string>>;

/** A branch with edited files. */
function branch(name: string, edits: Edits, from = "main"): void {
  git("checkout", "-q", "-b", name, from);
  for (const [file, edit] of Object.entries(edits)) {
    writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), "utf8")));
  }
  git("commit", "-q", "-a", "-m", name);
  git("checkout", "-q", "main");
}

function review(...args: string[]): Ran {
  return china(["review", ...(args.includes("--base") ? [] : ["--base", "main"]), ...args], {
    cwd: folder,
    env: { XDG_CACHE_HOME: join(folder, ".cache") },
    // The suite keeps the processors busy.
    timeout: 110_000,
  });
}

/** A judge that sees nothing. */
const blind: Edits = {
  "policies/judge.ts": (text) =>
    text.replace(
      /(export function judge\([\s\S]*?\{\n)/,
      "$1  return { violations: [], undecided: [], mended: [] } as never;\n",
    ),
  "review/hazards/judge.ts": (text) => text.replace(/(export function hazardsOf\([\s\S]*?\{\n)/, "$1  return [];\n"),
};

const opened = (text: string) =>
  text.replace(
    "    wayOut: nat #",
    "    sources: { world: 0.0.0.0/0 }\n    rules:\n      - { to: workers, from: world, protocol: tcp, ports: 8242 }\n    wayOut: nat #",
  );

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "china-change-"));
  copyProject(folder, ["Pulumi.beijing.yaml"]);
  symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, ".gitignore"), "node_modules\n.cache\n");
  execFileSync("git", ["init", "-q", "-b", "main", folder]);
  git("add", "-A");
  git("commit", "-q", "-m", "main");
  branch("port", { "Pulumi.shanghai.yaml": opened });
  branch("text", { "package.json": (text) => text, "python/README.md": (text) => `${text}\nmore\n` });
  branch("blind", { "Pulumi.shanghai.yaml": opened, ...blind });
  // A base whose judge was blind once, and a change that begins there.
  branch("lax", blind);
  branch(
    "strict",
    Object.fromEntries(Object.keys(blind).map((file) => [file, () => git("show", `main:${file}`)])),
    "lax",
  );
  branch("late", { "Pulumi.shanghai.yaml": opened, "index.ts": (text) => `${text}\n` }, "lax");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("an open port stops the change: what, where, what to do, in every format", () => {
  const run = review("--head", "port");
  expect(run.status, run.stderr).toBe(1);
  expect(run.stdout).toMatch(/^Stop: 1 rule broken, 1 hazard not accepted/);
  expect(run.stdout).toContain("Pulumi.shanghai.yaml:");
  expect(run.stdout).toMatch(/No change: beijing/);

  const json = review("--head", "port", "--format", "json");
  const { stops, after } = changeReview.parse(JSON.parse(json.stdout));
  expect(stops.map(({ id }) => id).toSorted()).toEqual(["cn-sg-data-ports", "exposure-widened"]);
  expect(after).toEqual({ ref: "port", commit: git("rev-parse", "port").trim() });

  const html = join(folder, ".cache", "review.html");
  expect(review("--head", "port", "--format", "html", "--output", html).stdout).toBe("");
  expect(readFileSync(html, "utf8")).toMatch(/^<!doctype html>/i);
});

test("an unrelated commit is one line", () => {
  const run = review("--head", "text");
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(run.stdout).toMatch(/^No change/);
});

test("a change that blinds its own judge is judged by the base's", () => {
  const run = review("--head", "blind");
  expect(run.status, run.stderr).toBe(1);
  expect(run.stdout).toContain("cn-sg-data-ports");
  expect(run.stdout).toContain("exposure-widened");
  expect(run.stdout).toMatch(/the review's own code: policies\/judge\.ts, review\/hazards\/judge\.ts/);
});

test("a change cannot choose an older judge by where it begins", () => {
  const run = review("--base", "strict", "--head", "late", "shanghai");
  expect(run.status, run.stderr).toBe(1);
  expect(run.stdout).toContain("cn-sg-data-ports");
  expect(run.stdout).toContain("exposure-widened");
});

test("the working tree is a change too", () => {
  const path = join(folder, "Pulumi.shanghai.yaml");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("count: 2", "count: 3"));
  const run = review("shanghai", "--format", "json");
  writeFileSync(path, text);
  const { after, stacks } = changeReview.parse(JSON.parse(run.stdout));
  expect(after).toEqual({ ref: "working tree" });
  expect(stacks[0]?.changes.resources.map(({ name }) => name)).toContain("workers-03");
});

test.each([
  [["--head", "nowhere"], "git knows no"],
  [["--head", "--upload-pack=x"], "git knows no"],
  [["--head", "port", "shanghia"], "neither main nor the change has a stack"],
])("%j is bad input", (args, said) => {
  const run = review(...args);
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(said)]);
});

test("the real engine's word about a foreign program", () => {
  const sample = join(projectFolder, "test/review/preview/samples/edited-short.json");
  const run = china(["review", "--preview", sample, "--format", "json"], { cwd: folder });
  const { source, stacks } = changeReview.parse(JSON.parse(run.stdout));
  expect(source).toBe("preview");
  expect(stacks[0]?.changes.resources.length).toBeGreaterThan(0);
});
