import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rootKey } from "../../sandbox/open.ts";
import { defaultAccounts } from "../../sandbox/session.ts";
import { Client } from "../sandbox/client.ts";
import { isWrite, oneHost, recover, shapeOf } from "./interrupted.ts";
import { TestSandbox } from "./sandbox.ts";

/** What the provider orders with a ClientToken of its own: asked again, the cloud gives the same answer. */
const withToken = ["CreateVpc", "AllocateEipAddress", "CreateNatGateway", "CreateDisk", "RunInstances"] as const;

/** With a key pair as well: all kinds of things that the stacks have. */
const { network, hosts, ...rest } = oneHost();
const settings = {
  ...rest,
  network: { ...network, sources: { office: "203.0.113.0/24" } },
  hosts: {
    workers: { ...hosts["workers"], access: { ssh: { from: "office", key: "test/config/fixtures/team.pub" } } },
  },
  timeSeries: {
    lindorm: { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } },
    reachableFrom: ["workers"],
  },
};

test("answers that are lost, and then the whole state", {
  timeout: 400_000,
}, async (context) => {
  const sandbox = await TestSandbox.open();
  context.onTestFinished(() => sandbox.close());
  const args = ["test", "--config", sandbox.stackFile(settings)];
  for (const action of [...withToken, "CreateRole", "CreateLindormInstance"]) {
    await sandbox.session.ask({ ask: "add-fault", rule: { action, effect: { kind: "lost-answer" }, nth: 1 } });
  }

  // The provider takes the role for one of somebody else when it asks again. It is found as left behind.
  const first = await sandbox.sandbox(["up", ...args]);
  expect(first).toEqual({ status: 1, text: expect.stringContaining("EntityAlreadyExists.Role") });
  const second = await sandbox.sandbox(["up", ...args]);
  expect(second).toEqual({ status: 1, text: expect.stringContaining("import test workers-role china-test-workers") });
  await sandbox.ok(["import", "test", "workers-role", "china-test-workers", ...args.slice(1)]);

  // All is made now, and what is there twice is said at once.
  const third = await sandbox.sandbox(["up", ...args]);
  expect(third.status).toBe(1);
  const [, double = ""] = /ReleaseLindormInstance --InstanceId (ld-\w+)/.exec(third.text) ?? [];
  expect(third.text).toMatch(/1 thing of china-test in cn-shanghai that the state does not know, 1 billed, 1 doubled/);
  expect(third.text).toContain("there are two of this name");

  const ordered = sandbox.cloud.log.recent(10_000).filter(isWrite);
  for (const action of withToken) {
    expect({ action, orders: ordered.filter((call) => call.action === action).length }).toEqual({ action, orders: 2 });
  }
  const items = await sandbox.inventory();
  const names = items.map(({ kind, name }) => `${kind} ${name}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  expect(twice).toEqual(["Lindorm china-test-time-series"]);

  // As it says: the one that the state does not have is released, and all is well.
  const root = rootKey(sandbox.cloud, defaultAccounts.china);
  await new Client(sandbox.cloud, root).ok("lindorm", "ReleaseLindormInstance", { InstanceId: double });
  await recover(sandbox, args);
  expect(await sandbox.ok(["preview", ...args])).toContain("no changes");
  const lindorms = (await shapeOf(sandbox)).filter((line) => line.startsWith("Lindorm") && !line.includes("RELEASING"));
  expect(lindorms).toEqual(["Lindorm china-test-time-series ACTIVATION"]);

  // A state that is gone is an interruption of everything: all of it is found, and nothing is made anew.
  sandbox.cloud.clock.skip(3_600_000);
  const before = await shapeOf(sandbox);
  rmSync(sandbox.home.backend, { recursive: true });
  mkdirSync(sandbox.home.backend);
  writeFileSync(join(sandbox.home.folder, "work/test/under-way"), "");
  const [imported = ""] = await recover(sandbox, args);
  // Rules, and a policy on a disk, have no id of their own: given again, they are there already.
  expect(imported.split(" ").filter((part) => /^(?:network|workers|time-series)-/.test(part))).toHaveLength(17);
  expect(await sandbox.ok(["preview", ...args])).toContain("no changes");
  expect(await shapeOf(sandbox)).toEqual(before);
});
