/** Loads the tests of the current folder so that they can be run again and again in one process. */
import { globSync } from "node:fs";
import { enableCompileCache, flushCompileCache, registerHooks } from "node:module";
import { resolve } from "node:path";
import { watching } from "./caches.mjs";
import { collect } from "./suite.mjs";

/** The cases of all rules first: they see most mutants, and the first test that fails is enough. */
export const first = "test/policies/rules.test.ts";

/** Processes, random inputs by the thousand, and names in the SDK's files: they take most of the time and see little else. */
const slow = [
  "test/policies/{pack,robust,reading-properties,sdk-types,taggable,defaults,region-properties}.test.ts",
  "test/policies/user-data/{rules,fields}.test.ts",
];

export function testFiles() {
  const files = globSync("test/policies/**/*.test.ts", { exclude: slow }).toSorted();
  return [first, ...files.filter((file) => file !== first)];
}

/** The same inside files that are quick otherwise. */
const slowTests =
  /> (nothing hostile takes long or throws|never throws, and lets no other host pass|can be read when the whole can, and says no more) #/;

// Each thread loads everything anew.
enableCompileCache(".cache/compile");

const suite = new URL("suite.mjs", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" && context.parentURL !== suite
      ? { url: suite, shortCircuit: true }
      : next(specifier, context),
});

export function load(files) {
  return watching(async () => {
    for (const file of files) await collect(resolve(file), slowTests);
    flushCompileCache();
  });
}
