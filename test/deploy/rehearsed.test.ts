import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { Failed } from "../../deploy/errors.ts";
import { run } from "../../deploy/operation.ts";

/** A stack whose engine tells one event in a preview, and counts what it is asked to do. */
function stackWith(event: EngineEvent) {
  const done: string[] = [];
  const operation = (name: string) => async (options: { readonly onEvent?: (event: EngineEvent) => void }) => {
    done.push(name);
    options.onEvent?.(event);
  };
  return { done, stack: { preview: operation("preview"), up: operation("up") } as unknown as Stack };
}

const event = { sequence: 1, timestamp: 1, stdoutEvent: { message: "hello", color: "never" } } as EngineEvent;

test("an up begins with a preview, whose events are shown before anything is touched", async () => {
  const { stack, done } = stackWith(event);
  const seen: (readonly EngineEvent[])[] = [];
  const { ok } = await run(stack, "up", {
    onRehearsed: (events) => {
      seen.push([...events]);
      expect(done).toEqual(["preview"]);
    },
  });
  expect([ok, done, seen]).toEqual([true, ["preview", "up"], [[event]]]);
});

test("what is thrown at them stops the up, and is the failure", async () => {
  const { stack, done } = stackWith(event);
  const outcome = await run(stack, "up", {
    onRehearsed: () => {
      throw new Failed("not what was shown");
    },
  });
  expect([outcome.ok, done]).toEqual([false, ["preview"]]);
  expect(outcome.failures).toEqual([{ text: "not what was shown" }]);
});
