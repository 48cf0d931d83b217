import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pagesWithOutput, readmeOutputs } from "../../cli/generate.ts";
import { outputIn, withoutTimes } from "../../review/readme.ts";
import { projectFolder } from "../support/stacks.ts";

const outputs = await readmeOutputs(1);
const pages = ["README.md", "README.zh.md"];

const read = (page: string) => readFileSync(join(projectFolder, page), "utf8");

test("every output stands in a page", () => {
  const shown = pagesWithOutput.flatMap((page) => Object.keys(outputs).filter((mark) => outputIn(read(page), mark)));
  expect(new Set(shown)).toEqual(new Set(Object.keys(outputs)));
});

test.each(
  pagesWithOutput.flatMap((page) =>
    Object.keys(outputs).flatMap((mark) => (outputIn(read(page), mark) === undefined ? [] : [[page, mark] as const])),
  ),
)("%s shows what %s really prints; otherwise: npm run generate", (page, mark) => {
  const shown = outputIn(read(page), mark);
  expect(withoutTimes(shown ?? "missing").trim()).toBe(withoutTimes(outputs[mark] ?? "").trim());
});

test.each(pages)("every file that %s links to exists", (page) => {
  const links = [...readFileSync(join(projectFolder, page), "utf8").matchAll(/\]\(([^)#]+)\)/g)].map(
    (match) => match[1] ?? "",
  );
  expect(links.length).toBeGreaterThan(8);
  for (const link of links) expect(() => readFileSync(join(projectFolder, link)), link).not.toThrow();
});

test("every page that code, stack files or pages send a reader to exists", () => {
  const files = globSync("**/*.{ts,yaml,md,sh}", {
    cwd: projectFolder,
    exclude: (name) => name.startsWith("node_modules"),
  });
  const sent = files
    .filter((file) => !file.startsWith("test/"))
    .flatMap(
      (file) =>
        readFileSync(join(projectFolder, file), "utf8").match(/\b(?:docs|python|engine)\/[a-z-]+\.md\b/gi) ?? [],
    );
  expect(sent.length).toBeGreaterThan(10);
  for (const page of new Set(sent)) expect(existsSync(join(projectFolder, page)), page).toBe(true);
});

test("the Chinese page has the same sections, tables and commands as the English one", () => {
  const shape = (page: string) => {
    const text = readFileSync(join(projectFolder, page), "utf8");
    return {
      headings: text.match(/^#+ /gm)?.length,
      rows: text.match(/^\|/gm)?.length,
      commands: [...new Set(text.match(/npm (?:run [\w:]+|ci|start|test)/g))].sort(),
    };
  };
  expect(shape("README.zh.md")).toEqual(shape("README.md"));
});
