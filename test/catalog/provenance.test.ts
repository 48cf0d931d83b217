import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fact } from "../../catalog/fact.ts";

const folder = new URL("../../catalog/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
const modules = files.filter((file) => file.endsWith(".ts")).sort();

/** Plain lists whose provenance stands in an export beside them. */
const besides: Readonly<Record<string, string>> = {
  allowed: "allowListFrom",
  refused: "allowListFrom",
  officialImages: "officialImagesFrom",
  daocloudHosts: "daocloudHostsFrom",
  providerPatience: "providerPatienceFrom",
};
/** Words and numbers of this project's own, not facts about the cloud. */
const vocabulary = ["diskCategories", "performanceLevels", "oldAfterDays", "tsdbSuccessor"];

const dated = /^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;

function faults(row: unknown, path: string): string[] {
  if (typeof row !== "object" || row === null) return [`${path}: a bare value`];
  const { source, observedAt, confidence } = row as Partial<Fact>;
  if (source === undefined && observedAt === undefined) {
    const parts = Object.entries(row);
    return parts.length === 0 ? [`${path}: empty`] : parts.flatMap(([key, value]) => faults(value, `${path}.${key}`));
  }
  const found: string[] = [];
  if (typeof source !== "string" || source.length < 8) found.push(`${path}: no source`);
  if (typeof observedAt !== "string" || !dated.test(observedAt)) found.push(`${path}: no date`);
  else if (Date.parse(observedAt) > Date.now()) found.push(`${path}: a date to come`);
  if (confidence !== undefined && !["inferred", "unverified", "low"].includes(confidence))
    found.push(`${path}: ${confidence}`);
  return found;
}

describe("provenance", () => {
  it("finds the modules it is meant to walk", () => {
    expect(modules.length).toBeGreaterThan(20);
  });

  it.each(modules)("every row exported by %s names source and date", async (file) => {
    const exports: Record<string, unknown> = await import(new URL(file, folder).href);
    const problems = Object.entries(exports).flatMap(([name, value]) => {
      if (typeof value === "function" || vocabulary.includes(name)) return [];
      const beside = besides[name];
      return faults(beside === undefined ? value : exports[beside], name);
    });
    expect(problems).toEqual([]);
  });

  it.each(files.filter((file) => file.endsWith(".json")).sort())("%s names source and date", (file) => {
    const data = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as { groups?: unknown[] };
    expect((data.groups ?? [data]).flatMap((row, index) => faults(row, `${file}[${index}]`))).toEqual([]);
  });

  it("notices a row without a date", () => {
    expect(faults([{ source: "some document" }], "rows")).toEqual(["rows.0: no date"]);
    expect(faults([{ source: "some document", observedAt: "2099-01-01" }], "rows")).toEqual(["rows.0: a date to come"]);
    expect(faults({ plain: 3 }, "rows")).toEqual(["rows.plain: a bare value"]);
  });
});
