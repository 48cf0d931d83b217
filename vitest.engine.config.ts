import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The provider sleeps ten minutes when it deletes a Lindorm of the second generation: everything else runs beside it. */
const longest = "/stacks/lindorm-2.test.ts";

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(longest);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** What runs the real engine and the real provider: npm run test:engine. */
export default defineConfig({
  test: {
    include: ["test/with-engine/**/*.test.ts"],
    // Each file makes its own environment from nothing, and most of the time is the provider's own waiting.
    pool: "forks",
    maxWorkers: 6,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
  },
});
