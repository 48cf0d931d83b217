import { defineConfig } from "vitest/config";

/** What runs the real engine and the real provider: npm run test:engine. */
export default defineConfig({
  test: {
    include: ["test/with-engine/**/*.test.ts"],
    // Each file makes its own environment from nothing, and most of the time is the provider's own waiting.
    pool: "forks",
    maxWorkers: 6,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
