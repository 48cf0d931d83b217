import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readmeOutputs, readmeWidth } from "../../cli/generate.ts";
import { explainAll, explanationText } from "../../deploy/explain.ts";
import { buildReview } from "../../review/build.ts";
import { loadStack } from "../../review/load.ts";
import { outputIn } from "../../review/readme.ts";
import { plainStyle } from "../../review/terminal/layout.ts";
import { reviewText } from "../../review/terminal/stack.ts";
import { projectFolder, shippedText } from "../support/stacks.ts";
import { guides, inEnglish, type Language, readGuide, type Section, sourceMark } from "./guide.ts";

const languages: readonly Language[] = ["en", "zh"];
const english = readGuide("en");
const chinese = readGuide("zh");
const both = { en: english, zh: chinese };

const linksIn = (text: string) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
const marksIn = (text: string) =>
  [...text.matchAll(sourceMark)].map((match) => `${match[1]}, ${inEnglish(match[2] ?? "")}`);
/** Columns of each row of each table. */
const tablesIn = (text: string) => text.match(/^\|.*\|$/gm)?.map((row) => row.split("|").length - 2) ?? [];
const numbersIn = (text: string) =>
  text
    .replace(/\]\([^)]*\)|<[^>]*>/g, "]")
    .replace(sourceMark, "")
    .match(/\d+(?:[.,:-]\d+)*/g) ?? [];
const anchorsIn = (text: string) => [
  ...[...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  ),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1] ?? ""),
];

describe("the Chinese page is in step with the English one", () => {
  test("the same headings", () => {
    const levels = (sections: readonly Section[]) => sections.map((section) => section.level);
    expect(levels(chinese.sections)).toEqual(levels(english.sections));
    expect(english.sections.length).toBeGreaterThan(12);
  });

  test.each(
    english.sections.map((section, at) => [section.title, section, chinese.sections[at]] as const),
  )("%s: the same tables, sources, links and figures", (_, here, there) => {
    const shape = ({ prose }: Section) => ({
      tables: tablesIn(prose),
      marks: marksIn(prose).sort(),
      links: linksIn(prose)
        .filter((link) => !Object.values(guides).includes(`docs/${link}`))
        .sort(),
      numbers: [...new Set(numbersIn(prose))].sort(),
    });
    expect(shape(there ?? { level: "", title: "", prose: "" })).toEqual(shape(here));
  });

  test("the same sources, of the same days, and the same commands and output", () => {
    const dated = (guide: typeof english) => guide.sources.map(({ number, date }) => ({ number, date }));
    expect(dated(chinese)).toEqual(dated(english));
    const blocks = (text: string) => text.match(/^```[\s\S]*?^```$/gm);
    expect(blocks(chinese.text)).toEqual(blocks(english.text));
  });
});

describe.each(languages)("in the page in %s", (language) => {
  const { text, prose, sources, sections } = both[language];
  const body = sections.slice(0, -1).map((section) => section.prose);

  test("each mark is in the list of sources with its month, and each source is used", () => {
    const marks = new Set(body.flatMap(marksIn));
    const listed = sources.map(
      ({ number, date }) => `${number}, ${date.replace(/^((?:read )?\d{4}(?:-\d\d)?).*/, "$1")}`,
    );
    expect(marks).toEqual(new Set(listed));
    expect(sources.map((source) => source.number)).toEqual(sources.map((_, at) => at + 1));
    for (const { date } of sources) expect(date).toMatch(/^(read )?\d{4}(-\d\d){0,2}$/);
  });

  test("what looks like a mark is one", () => {
    expect(prose.match(/\[\d[^\]]*\]/g)?.length).toBe([...prose.matchAll(sourceMark)].length);
    expect(text.match(/@@|\[@/g)).toBeNull();
  });

  test("every relative link resolves, to a heading as well", () => {
    const relative = linksIn(text).filter((link) => !/^https:/.test(link));
    expect(relative.length).toBeGreaterThan(10);
    for (const link of relative) {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? guides[language] : join(dirname(guides[language]), path);
      expect(existsSync(join(projectFolder, file)), link).toBe(true);
      if (anchor !== undefined)
        expect(anchorsIn(readFileSync(join(projectFolder, file), "utf8")), link).toContain(anchor);
    }
  });

  test("every command exists", () => {
    const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { scripts: object };
    const commands = [...text.matchAll(/npm (?:run (?:-s )?)?([a-z][\w:-]*)/g)].map((match) => match[1] ?? "");
    expect(commands.length).toBeGreaterThan(8);
    for (const command of commands) expect([...Object.keys(scripts), "ci"], command).toContain(command);
  });

  test("others of this project send a reader to Day 0", () => expect(anchorsIn(text)).toContain("day-0"));
});

test("it is read in fifteen minutes", () => {
  const words = english.sections.slice(0, -1).flatMap((section) => section.prose.split(/\s+/));
  expect(words.length).toBeLessThan(3_500);
});

describe("output in the page is what the commands print", async () => {
  const shanghai = shippedText("shanghai");
  const outputs: Readonly<Record<string, string>> = {
    refused: await refusalOf("RealNameAuthenticationError", "CreateDisk"),
    "npm start": (await readmeOutputs(1))["npm start"] ?? "",
    tuna: await reviewOf(shanghai.replace("pypi: vpc", "pypi: https://pypi.tuna.tsinghua.edu.cn/simple")),
    dask: await reviewOf(shanghai.replace("docker.io/library/python@", "docker.io/daskdev/dask@")),
    "200 hours": await reviewOf(
      shanghai.replace(
        "      pay: pay-as-you-go",
        "      use: { hoursPerMonth: 200, whenIdle: stop }\n      pay: pay-as-you-go",
      ),
    ),
  };

  test.each(Object.keys(outputs))("%s", (mark) => {
    const shown = outputIn(english.text, mark)?.trimEnd().split("\n") ?? [];
    expect(shown.length).toBeGreaterThan(1);
    let rest = withoutPlaces(outputs[mark] ?? "").split("\n");
    for (const line of shown.filter((line) => line !== "...")) {
      const at = rest.indexOf(withoutPlaces(line));
      expect(at, line).toBeGreaterThanOrEqual(0);
      rest = rest.slice(at + 1);
    }
  });

  test("each marked block was looked at", () => {
    expect(new Set(english.text.match(/(?<=^<!-- ).*(?= -->$)/gm))).toEqual(new Set(Object.keys(outputs)));
  });
});

/** Numbers of lines inside the user data move with every change of the bootstrap. */
const withoutPlaces = (text: string) => text.replace(/\bline \d+/g, "line N");

/** What `up` says of a refusal by the cloud; that the local cloud refuses so is tested with the engine. */
async function refusalOf(code: string, action: string): Promise<string> {
  const { settings } = await loadStack("shanghai");
  const text = `Resource alicloud_ecs_disk ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:\nSDKError:\n   StatusCode: 403\n   Code: ${code}\n`;
  return explainAll([{ text }], { settings, region: settings.region, stack: "shanghai" })
    .map(explanationText)
    .join("\n");
}

async function reviewOf(stackFile: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "china-guide-"));
  try {
    const file = join(folder, "Pulumi.shanghai.yaml");
    writeFileSync(file, stackFile);
    const asOf = "2026-11-25";
    const stacks = [buildReview(await loadStack("shanghai", file), asOf)];
    return reviewText({ version: 1, asOf, compared: "files", stacks }, plainStyle(readmeWidth), 1);
  } catch (mistakes) {
    return mistakes instanceof Error ? mistakes.message : String(mistakes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
