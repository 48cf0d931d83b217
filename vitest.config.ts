import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What needs root or more than Node is run by its own command, and fails there when something is missing.
    exclude: ["test/host/**", "test/**/host/**", "test/hosts/**", "test/with-engine/**", "node_modules/**"],
    // Importing Pulumi's SDK once per worker instead of once per file: 2 s instead of 11 s for eight files.
    pool: "threads",
    isolate: false,
    // One more than processors: a test that waits for a command or a timer leaves one idle (67 s to 61 s on two).
    maxWorkers: availableParallelism() + 1,
    testTimeout: 20_000,
  },
});
