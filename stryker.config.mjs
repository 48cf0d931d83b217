/**
 * npm run mutate: changes the rules in thousands of small ways, each a defect that some test of test/policies must see.
 * Takes about fifteen minutes on two cores; a part of it: npm run mutate -- --mutate policies/ranges.ts
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
  plugins: ["@stryker-mutator/vitest-runner", "./test/mutation/words.mjs"],
  // Texts for people are no conditions: no test should repeat them.
  ignorers: ["words"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  // TypeScript 7 has no API that Stryker knows; the types stay, and Vite strips them.
  tsconfigFile: "none.json",
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".stryker-tmp/mutation.json" },
  thresholds: { high: 95, low: 90, break: 90 },
};
