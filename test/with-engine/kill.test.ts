import { beforeAll, describe, expect, test } from "vitest";
import { isWrite, oneHost, recover, shapeOf, upKilledAfter } from "./interrupted.ts";
import { TestSandbox } from "./sandbox.ts";

async function sandboxWithStack(): Promise<{ readonly sandbox: TestSandbox; readonly args: readonly string[] }> {
  const sandbox = await TestSandbox.open();
  return { sandbox, args: ["test", "--config", sandbox.stackFile(oneHost())] };
}

/** Changes that one deployment of this stack makes in the cloud, each in one call. */
const changes = 25;
let undisturbed: readonly string[] = [];

beforeAll(async () => {
  const { sandbox, args } = await sandboxWithStack();
  let made = 0;
  sandbox.cloud.log.follow((call) => {
    if (isWrite(call)) made += 1;
  });
  await sandbox.ok(["up", ...args]);
  undisturbed = await shapeOf(sandbox);
  await sandbox.close();
  // One more call in a deployment is one more place to be killed at.
  expect(made).toBe(changes);
});

const points = Array.from({ length: changes }, (_, index) => index + 1);

describe.concurrent("killed at the moment at which the cloud has made a change", () => {
  test.for(points)(
    "change %i: the next run finds what the state does not know, and the cloud ends up the same",
    {
      timeout: 400_000,
    },
    async (nth, { onTestFinished }) => {
      const { sandbox, args } = await sandboxWithStack();
      onTestFinished(() => sandbox.close());
      const killed = await upKilledAfter(sandbox, args, nth);
      expect(killed.status).toBe(137);
      // What is printed works in both forms; together it is quicker.
      await recover(sandbox, args, nth !== 1);
      expect(await sandbox.ok(["preview", ...args])).toContain("no changes");
      expect(await shapeOf(sandbox)).toEqual(undisturbed);
    },
  );
});
