import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { z } from "zod";
import { projectFolder } from "../support/stacks.ts";

const folder = join(projectFolder, "docs/pipelines");
const step = z.strictObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  id: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
/** What Actions knows, as far as these files go: a misspelt key is red. */
const workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.enum(["pull_request", "workflow_run"]), z.unknown()).or(z.unknown()),
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean().optional() }),
  jobs: z.record(z.string(), z.strictObject({ if: z.string(), "runs-on": z.string(), steps: z.array(step) })),
});

function read(name: string) {
  const text = readFileSync(join(folder, name), "utf8");
  const document = parseDocument(text, { strict: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  const parsed = workflow.parse(document.toJS());
  return { text, parsed, steps: Object.values(parsed.jobs).flatMap(({ steps }) => steps) };
}

/** As Actions writes what it fills in. */
const filledIn = (what: string) => ["$", "{{ ", what, " }}"].join("");

const workflows = readdirSync(folder).filter((name) => name.endsWith(".yml"));

describe.each(workflows)("%s", (name) => {
  test("a pull request's words never stand in a shell's line", () => {
    const { steps } = read(name);
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.includes("${{"))).toEqual([]);
  });

  test("runs the base's code: what is checked out is never the change", () => {
    const checkouts = read(name).steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBe(1);
    for (const { with: options } of checkouts) {
      const { ref = "the default branch", "persist-credentials": persist } = options ?? {};
      expect(["the default branch", filledIn("github.event.pull_request.base.sha")]).toContain(ref);
      expect(persist).toBe(false);
    }
  });

  test("dependencies are installed without their scripts; commands are the project's own", () => {
    const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
    const runs = read(name).steps.flatMap(({ run }) => run ?? []);
    expect(runs.filter((run) => /npm (ci|i|install)\b/.test(run) && !run.includes("--ignore-scripts"))).toEqual([]);
    const named = runs.flatMap((run) => [...run.matchAll(/npm run --silent (\S+)/g)].map((found) => found[1] ?? ""));
    expect(named.length).toBeGreaterThan(0);
    for (const command of named) expect(Object.keys(scripts)).toContain(command);
  });
});

test("a fork's first stage has no secret and may write nothing; the second has the token and none of the fork's code", () => {
  const first = read("review-fork.yml");
  expect(first.parsed.permissions).toEqual({ contents: "read" });
  expect(first.text).not.toMatch(/secrets\.|github\.token/);
  expect(first.text).toContain("--head");

  const second = read("review-fork-post.yml");
  expect(second.text).not.toContain("--head");
  expect(second.parsed.on).toEqual({
    workflow_run: { workflows: [first.parsed.name], types: ["completed"] },
  });
  const written = Object.entries(second.parsed.permissions).filter(([, right]) => right === "write");
  expect(written).toEqual([["pull-requests", "write"]]);
  expect(second.steps.at(-1)?.env).toEqual({ GITHUB_TOKEN: filledIn("github.token") });
});

test("branches of the same repository: forks are left to the other two", () => {
  const { parsed } = read("review.yml");
  expect(parsed.jobs["review"]?.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  expect(parsed.permissions).toEqual({ contents: "read", "pull-requests": "write", statuses: "write" });
});
