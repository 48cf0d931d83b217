import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { loadStackFile } from "../../components/config/load.ts";
import { temporaryFolder } from "../support/command.ts";
import { projectFolder } from "../support/stacks.ts";
import { answersIn, edited, fileOf, inSandbox, missing, page, readPage } from "../with-engine/operate-page.ts";

// That its commands do what it says is tested with the engine: test/with-engine/operate.test.ts.
const sections = readPage();
const blocks = (kind: string) => sections.flatMap((section) => section.blocks.filter((block) => block.kind === kind));

test.each(
  sections.map((section) => [section.title, section] as const),
)("%s: fifteen lines at most, one to know when it is over", (_, { text }) => {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("```") && line !== "...");
  expect(lines.length).toBeLessThanOrEqual(15);
  expect(text).toMatch(/\bOver /);
});

test("every edit fits the stack file that is shipped, and the one before it, and makes a stack file", async () => {
  const diffs = blocks("diff").map(({ text }) => text);
  expect(diffs.length).toBeGreaterThan(3);
  const folder = temporaryFolder();
  for (const [file, own] of Map.groupBy(diffs, fileOf)) {
    const path = join(folder, file);
    writeFileSync(path, own.reduce(edited, readFileSync(join(projectFolder, file), "utf8")));
    expect((await loadStackFile("shanghai", path)).settings.account.site).toBe("china");
  }
});

test("every command of this project exists, and can be practised", () => {
  const { scripts }: { scripts: object } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  const commands = sections.flatMap(({ text }) =>
    [...text.matchAll(/npm run (?:-s )?([a-z]+)/g)].map(([, name]) => name),
  );
  expect(commands.length).toBeGreaterThan(20);
  for (const command of commands) expect(Object.keys(scripts)).toContain(command);
  for (const { text } of blocks("sh")) inSandbox(text);
});

test("every relative link leads to a page, and to a heading of it", () => {
  const text = readFileSync(join(projectFolder, page), "utf8");
  const links = [...text.matchAll(/\]\((?!https:)([^)\s]*)\)/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(8);
  for (const link of links) {
    const [path = "", anchor] = link.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    expect(existsSync(join(projectFolder, file)), link).toBe(true);
    if (anchor !== undefined)
      expect(anchorsIn(readFileSync(join(projectFolder, file), "utf8")), link).toContain(anchor);
  }
});

function anchorsIn(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test("what does not fit, was not printed, or would reach the real cloud is seen", () => {
  expect(() => edited("a\nb\n", "--- Pulumi.x.yaml\n-c\n+d\n")).toThrow("0 places");
  expect(edited("a\nb\nc\n", "--- Pulumi.x.yaml\n a\n-b\n+B\n@@\n-c\n")).toBe("a\nB\n");
  expect(missing("x: 3 to change\n...\nup in 3.1 s", "x: 2 to change\nnpm\nup in 94.0 s")).toEqual(["x: 3 to change"]);
  expect(missing("two\none", "one\ntwo")).toEqual(["one"]);
  expect(missing("x: done; ...", "x: done; 7 not checked")).toEqual([]);
  expect(inSandbox("npm run deploy -- s --rebuild a\nnpm run host -- s a -- df")).toBe(
    "npm run deploy -- s --sandbox --rebuild a\nnpm run host -- s --sandbox a -- df",
  );
  expect(() => inSandbox("npm run leftovers -- s")).toThrow("without --sandbox");
  expect(answersIn("Type yes to deploy: yes\nx: y\nPlease confirm it by typing `s`: s")).toEqual(["yes", "s"]);
});
