import { globSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importsOf, projectImports } from "../support/imports.ts";
import { projectFolder } from "../support/stacks.ts";

/**
 * What each folder must never import; "other" is any other part of the project. Every file stands in one of these: a new
 * folder is added here with a decision.
 */
const never: Readonly<Record<string, readonly string[]>> = {
  catalog: ["other"],
  components: [
    "index.ts",
    "cost",
    "plan",
    "policies",
    "preflight",
    "review",
    "sandbox",
    "deploy",
    "cli",
    "engine",
    "test",
  ],
  cost: ["index.ts", "review", "cli", "sandbox", "deploy", "test"],
  plan: ["index.ts", "review", "cli", "test"],
  policies: ["index.ts", "review", "cli", "test"],
  preflight: ["review", "cli", "test"],
  deploy: ["review", "sandbox", "cli", "test"],
  sandbox: ["review", "cli", "test"],
  engine: ["review", "cli", "test"],
  forges: ["other"],
  review: ["cli", "test"],
  cli: ["test"],
  test: [],
  "index.ts": [
    "catalog",
    "cost",
    "plan",
    "policies",
    "preflight",
    "review",
    "sandbox",
    "deploy",
    "cli",
    "engine",
    "test",
  ],
  "vitest.config.ts": ["other"],
  "vitest.hosts.config.ts": ["other"],
  "vitest.engine.config.ts": ["other"],
};

/** The part of the project that a file belongs to: its folder at the top, or itself. */
function partOf(path: string): string {
  return path.split("/")[0] ?? path;
}

const files = globSync("**/*.ts", { cwd: projectFolder, exclude: ["**/node_modules/**", "**/.*/**"] }).map((file) =>
  file.replaceAll("\\", "/"),
);

describe("dependencies point one way", () => {
  test("every file of the tree belongs to a part with a rule", () => {
    expect(files.length).toBeGreaterThan(100);
    const unruled = files.filter((file) => !Object.hasOwn(never, partOf(file)));
    expect(unruled, "decide in this test what the new part must never import").toEqual([]);
  });

  test.each(Object.entries(never))("%s never imports %j", (part, forbidden) => {
    const wrong = files
      .filter((file) => partOf(file) === part)
      .flatMap((file) => projectImports(file).map((to) => ({ file, to })))
      .filter(({ to }) => forbidden.includes(partOf(to)) || (forbidden.includes("other") && partOf(to) !== part))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test("every import of the project is a file: none is missed by a strange path", () => {
    const known = new Set(files);
    const odd = files
      .filter((file) => partOf(file) !== "test")
      .flatMap((file) => projectImports(file).map((to) => ({ file, to })))
      .filter(({ to }) => !known.has(to) && !/\.(json|js)$/.test(to));
    expect(odd).toEqual([]);
  });
});

test("all forms of an import are seen", () => {
  const text = [
    'import a from "./a.ts";',
    'import { type B, b } from "./b.ts";',
    'import type {\n  C,\n} from "./c.ts";',
    'export { d } from "./d.ts";',
    'export * from "./e.ts";',
    'import "./f.ts";',
    'const g = await import("./g.ts");',
    'const h = require("./h.ts");',
    'new Worker(new URL("./i.ts", import.meta.url));',
    'const none = "./none.ts";',
  ].join("\n");
  expect(importsOf(text).sort()).toEqual("abcdefghi".split("").map((letter) => `./${letter}.ts`));
});
