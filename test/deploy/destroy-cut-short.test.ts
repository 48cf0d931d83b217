import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { run } from "../../deploy/operation.ts";

test.each([
  "destroy",
  "refresh",
] as const)("a %s that is told to stop has not ended well, although the engine says so", async (name) => {
  const stop = new AbortController();
  // As Pulumi 3.259.0 does: it finishes what is under way, leaves the rest, and ends with 0.
  const stack = { [name]: async () => stop.abort() } as unknown as Stack;
  expect(await run(stack, name, { signal: stop.signal })).toMatchObject({
    ok: false,
    failures: [{ text: "operation cancelled" }],
  });
  const undisturbed = { [name]: async () => {} } as unknown as Stack;
  expect(await run(undisturbed, name)).toMatchObject({ ok: true, failures: [] });
});
