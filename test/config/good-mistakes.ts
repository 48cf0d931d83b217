import { expect } from "vitest";
import { type Locate, type Mistake, report } from "../../components/config/mistakes.ts";

/** Controls, and characters that turn the direction of reading or begin a line where no one sees it. */
const unprintable = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What every mistake has, whatever it is about: a place, words that are words, and a report that a terminal can show. */
export function expectGoodMistakes(mistakes: readonly Mistake[], locate: Locate): void {
  const poor = mistakes.filter(
    ({ path, wanted }) =>
      !Array.isArray(path) || wanted.trim() === "" || /\bundefined\b|\[object |\bNaN\b|call stack/.test(wanted),
  );
  expect(poor).toEqual([]);
  expect(unprintable.exec(report("Pulumi.test.yaml", mistakes, locate))?.[0]).toBeUndefined();
}
