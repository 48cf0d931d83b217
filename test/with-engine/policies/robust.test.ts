import { expect, test } from "vitest";
import { tryRandom } from "../../policies/robust.ts";

// Here since it takes seconds; npm test tries a part of them.
test("100,000 random resources: no rule fails, and no message holds a value", { timeout: 300_000 }, () => {
  expect(tryRandom(100_000, 1)).toEqual([]);
});
