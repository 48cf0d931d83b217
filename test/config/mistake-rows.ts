import { describe, expect, test } from "vitest";
import { pathText } from "../../components/config/mistakes.ts";
import { type Edit, mistakesAfter } from "./settings.ts";

/** One mistake: how it is made, where it is reported, and a part of what is said. */
export interface Row {
  readonly what: string;
  readonly edits: readonly Edit[];
  /** As a user reads it; more than one when the edit makes more than one mistake. */
  readonly at: string | readonly string[];
  readonly wanted: string;
  readonly fix?: string;
}

/** Each row is one mistake and is reported as one, at its place and in these words. */
export function describeMistakes(topic: string, rows: readonly Row[]): void {
  describe(topic, () => {
    test.each(rows)("$what", ({ edits, at, wanted, fix }) => {
      const mistakes = mistakesAfter(edits);
      expect(mistakes.map(({ path }) => pathText(path))).toEqual([at].flat());
      expect(mistakes[0]?.wanted).toContain(wanted);
      if (fix !== undefined) expect(mistakes[0]?.fix).toContain(fix);
    });
  });
}
