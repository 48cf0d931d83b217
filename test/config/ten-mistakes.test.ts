import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { report } from "../../components/config/mistakes.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { mistakesOf } from "../support/stacks.ts";

const text = readFileSync(join(import.meta.dirname, "fixtures/ten-mistakes.yaml"), "utf8");
const mistakes = mistakesOf(text);
const { locate } = parseStackFile(text, "china");

/** Lines whose comment begins with the number of a mistake. */
const marked = text.split("\n").flatMap((line, i) => (/# \d+: /.test(line) ? [i + 1] : []));

describe("a stack file with ten different mistakes", () => {
  test("reports exactly ten, each on its line, in the order of the file", async () => {
    expect(marked).toHaveLength(10);
    expect(mistakes.map(({ path }) => locate(path) ?? 0).toSorted((a, b) => a - b)).toEqual(marked);
    await expect(report("Pulumi.test.yaml", mistakes, locate)).toMatchFileSnapshot("fixtures/ten-mistakes.txt");
  });

  test("each says what is allowed; each but a missing one says what stands there", () => {
    for (const { found, wanted } of mistakes) {
      expect(wanted).not.toBe("");
      expect(found).toBeDefined();
    }
  });
});
