import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, begun first so that everything else runs beside them: the provider sleeps ten minutes when it
 * deletes a Lindorm of the second generation, a page of recipes is run through, and a deployment is killed at each of its
 * calls.
 */
const longest = [
  ...["/stacks/lindorm-2.test.ts", "/operate.test.ts", "/kill.test.ts"],
  ...["/faults/furnished.test.ts", "/faults/network.test.ts"],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(name));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** What runs the real engine and the real provider, and what gets them: npm run test:engine. */
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
