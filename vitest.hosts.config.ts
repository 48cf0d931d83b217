import { defineConfig } from "vitest/config";

/** What needs root, Python, cloud-init or Docker on a Debian: npm run test:hosts. */
export default defineConfig({
  test: {
    include: ["test/**/host/**/*.test.ts", "test/hosts/**/*.test.ts"],
    // Real tools that start daemons and mount disks: one after the other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
