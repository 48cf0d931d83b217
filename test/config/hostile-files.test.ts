import { expect, test } from "vitest";
import { readProjectFile } from "../../components/config.ts";
import { processorTime } from "../support/processor-time.ts";
import { expectGoodMistakes } from "./good-mistakes.ts";
import { hostileFiles } from "./hostile-files.ts";
import { checkedText } from "./settings.ts";

test.each(Object.entries(hostileFiles))("a file that no slip makes is refused in words: %s", (_, text) => {
  const begin = processorTime();
  const { mistakes, locate } = checkedText(text, readProjectFile);
  expectGoodMistakes(mistakes, locate);
  expect(processorTime() - begin).toBeLessThan(2_000);
  expect(mistakes).not.toEqual([]);
});
