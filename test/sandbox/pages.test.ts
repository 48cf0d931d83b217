import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assumptions, sandboxPages } from "../../sandbox/pages.ts";
import { projectFolder } from "../support/stacks.ts";

const pages = sandboxPages();

test.each(Object.keys(pages))("%s is current; otherwise: npm run generate", (name) => {
  expect(readFileSync(join(projectFolder, name), "utf8")).toBe(pages[name]);
});

test("every assumption is one sentence, said once", () => {
  const said = assumptions.map(({ what }) => what);
  expect(said.filter((what) => !/^[^\n]{20,}\.$/.test(what))).toEqual([]);
  expect(new Set(said).size).toBe(said.length);
});
