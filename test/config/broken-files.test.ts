import fc from "fast-check";
import { expect, test } from "vitest";
import { readProjectFile } from "../../components/config.ts";
import { processorTime } from "../support/processor-time.ts";
import { mistakesOf, planOf, shipped, shippedText } from "../support/stacks.ts";
import { cases } from "../support/thorough.ts";
import { broken } from "./broken-text.ts";
import { expectGoodMistakes } from "./good-mistakes.ts";
import { checkedText, sdkLock } from "./settings.ts";

/** The project's files, its large locks replaced by a small one: reading those takes longer than all the rest. */
const readQuickly = (path: string) => (/^python\/pylock.*\.toml$/.test(path) ? sdkLock : readProjectFile(path));

const texts = shipped.map(shippedText);
const seed = 20261124;

/** Broken in a way that breaks no rule. */
const sound = new Set<string>();

test(`${cases(5_000)} broken stack files are read or refused, in words, each within two seconds`, {
  timeout: 60_000,
}, () => {
  let slowest = 0;
  fc.assert(
    fc.property(broken(texts), (text) => {
      const begin = processorTime();
      const { mistakes, locate } = checkedText(text, readQuickly);
      slowest = Math.max(slowest, processorTime() - begin);
      expectGoodMistakes(mistakes, locate);
      if (mistakes.length === 0) sound.add(text);
    }),
    { numRuns: cases(5_000), seed },
  );
  expect(slowest).toBeLessThan(2_000);
});

test("what has no mistake can be planned", async () => {
  // With the real locks: what the quick reader accepted may lack a package.
  const sample = [...sound]
    .filter((text) => !texts.includes(text))
    .slice(0, 20)
    .filter((text) => mistakesOf(text).length === 0);
  expect(sample.length).toBeGreaterThan(10);
  for (const text of sample) {
    const plan = await planOf(text).catch((error: unknown) => ({ error, text }));
    expect(plan).toHaveProperty("resources");
  }
});
