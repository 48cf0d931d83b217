/**
 * npm run mutate: changes the rules in thousands of small ways, each a defect that some test of test/policies must see.
 * A part of it: npm run mutate -- --mutate policies/ranges.ts
 */
// biome-ignore lint/style/noDefaultExport: Stryker reads it.
export default {
  mutate: [
    "policies/**/*.ts",
    // A document, compared as a whole with the committed one.
    "!policies/page.ts",
    // Runs in a process of its own, where no mutant reaches: test/policies/pack.test.ts.
    "!policies/pack.ts",
    // Nothing but texts: names of clauses, of rules and of profiles.
    "!policies/{clauses,own-rules,profiles}.ts",
  ],
  plugins: ["./test/mutation/runner.mjs", "./test/mutation/words.mjs"],
  testRunner: "in-process",
  coverageAnalysis: "perTest",
  // Texts for people are no conditions: a test that repeats them would only be a second place to change.
  ignorers: ["words"],
  // TypeScript 7 has no API that Stryker knows. The types stay in the mutants, and Node strips them.
  tsconfigFile: "none.json",
  disableTypeChecks: false,
  // What a module holds from its start would have to be loaded anew for each mutant: hours, for tables and words.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: ".cache/stryker",
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".cache/mutation.json" },
  thresholds: { high: 95, low: 90, break: 90 },
};
