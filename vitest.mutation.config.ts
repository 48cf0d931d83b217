import { defineConfig } from "vitest/config";

/** What judges the mutants of npm run mutate. */
export default defineConfig({
  test: {
    include: ["test/policies/**/*.test.ts"],
    // A process of its own, and a hundred thousand random inputs: neither sees a mutant that the cases do not.
    exclude: ["test/policies/pack.test.ts", "test/policies/robust.test.ts"],
    pool: "threads",
    isolate: false,
  },
});
