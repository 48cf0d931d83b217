import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Check } from "../../preflight/check.ts";
import { checks } from "../../preflight/checks.ts";
import { preflightPages } from "../../preflight/pages.ts";
import { examples } from "../../preflight/report/examples.ts";
import { projectFolder } from "../support/stacks.ts";

const pages = preflightPages();

test.each(Object.keys(pages))("%s is current; otherwise: npm run generate", (name) => {
  expect(readFileSync(join(projectFolder, name), "utf8")).toBe(pages[name]);
});

test("every check that is written is in the list, once, under an id of its own", async () => {
  const folder = join(projectFolder, "preflight/checks");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".ts"));
  const written = await Promise.all(files.map((name): Promise<Record<string, unknown>> => import(join(folder, name))));
  const all = written.flatMap((module) => Object.values(module)).filter(isCheck);
  expect(all.length).toBeGreaterThan(3);
  expect(all.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort());
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

function isCheck(value: unknown): value is Check {
  return typeof value === "object" && value !== null && "find" in value && "asks" in value;
}

test("every check says what it looks at and how a failure reads, and no example is of a check that is gone", () => {
  for (const { id, what, title } of checks) {
    expect(id).toMatch(/^[a-z][a-z0-9-]+$/);
    expect(what, id).toMatch(/^[A-Z].*\.$/);
    expect(title.length, id).toBeLessThanOrEqual(30);
    expect(examples[id] ?? "", `preflight/report/examples.ts: ${id}`).not.toBe("");
  }
  expect(Object.keys(examples).filter((id) => !checks.some((check) => check.id === id))).toEqual([]);
  expect(Object.keys(examples)).toEqual(Object.keys(examples).toSorted());
});
