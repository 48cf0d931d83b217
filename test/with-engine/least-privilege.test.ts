import { describe, expect, test } from "vitest";
import { rootKey } from "../../sandbox/open.ts";
import { type PolicyDocument, policyDocument } from "../../sandbox/policy.ts";
import { defaultAccounts } from "../../sandbox/session.ts";
import { Client } from "../sandbox/client.ts";
import { smallSettings } from "../support/stacks.ts";
import { oneHost, recover, upKilledAfter } from "./interrupted.ts";
import { TestSandbox } from "./sandbox.ts";

const scope = { account: defaultAccounts.china, region: "cn-shanghai" };

/** Makes a RAM user who may do what a policy says and nothing else, by the API as one would in the real cloud. */
async function makeUser(sandbox: TestSandbox, name: string, document: PolicyDocument): Promise<void> {
  const { id } = sandbox.cloud.account(scope.account);
  const root = new Client(sandbox.cloud, rootKey(sandbox.cloud, id));
  await root.ok("ram", "CreateUser", { UserName: name });
  await root.ok("ram", "CreateAccessKey", { UserName: name });
  const policy = { PolicyName: `may-${name}`, PolicyType: "Custom" };
  await root.ok("ram", "CreatePolicy", { ...policy, PolicyDocument: JSON.stringify(document) });
  await root.ok("ram", "AttachPolicyToUser", { ...policy, UserName: name });
}

/** The policy without one action. */
function without(action: string, { Version, Statement }: PolicyDocument): PolicyDocument {
  const kept = Statement.map((one) => ({ ...one, Action: one.Action.filter((name) => name !== action) }));
  expect(kept).not.toEqual(Statement);
  return { Version, Statement: kept.filter(({ Action }) => Action.length > 0) };
}

/** Calls of a user that RAM has refused. */
function refusals(sandbox: TestSandbox, user: string): readonly string[] {
  const calls = sandbox.cloud.log.actions().filter(({ caller }) => caller.endsWith(`:user/${user}`));
  return calls.filter(({ outcome }) => /Forbidden\.RAM|NoPermission/.test(outcome)).map(({ action }) => action);
}

const lindorm = {
  ...smallSettings(),
  hosts: { workers: { ...smallSettings().hosts["workers"], count: 1 } },
  timeSeries: {
    lindorm: { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } },
    reachableFrom: ["workers"],
  },
};

/** The same, and something of each kind that is changed in place. */
function changed(settings: object): object {
  const { tags } = smallSettings();
  return { ...settings, tags: { ...tags, owner: "another-team" } };
}

describe.concurrent("the deploy policy is enough", () => {
  test.for([
    ["a way out, hosts, disks, snapshots, a role", oneHost()],
    ["hosts and Lindorm", lindorm],
  ] as const)(
    "for %s: preview, up, refresh, a change, destroy",
    { timeout: 600_000 },
    async ([, settings], context) => {
      const sandbox = await TestSandbox.open();
      context.onTestFinished(() => sandbox.close());
      await makeUser(sandbox, "deployer", policyDocument("deploy", scope));
      await makeUser(sandbox, "reviewer", policyDocument("review", scope));
      const as = (user: string, wanted: object, name?: string) => {
        return ["test", "--config", sandbox.stackFile(wanted, name), "--as", user];
      };
      const deployer = as("deployer", settings);

      await sandbox.ok(["preview", ...deployer]);
      await sandbox.ok(["up", ...deployer]);
      await sandbox.ok(["refresh", ...deployer]);

      // A review reads all, and changes nothing.
      await sandbox.ok(["refresh", ...as("reviewer", settings)]);
      expect(await sandbox.ok(["preview", ...as("reviewer", settings)])).toContain("no changes");
      const other = as("reviewer", changed(settings), "changed");
      await sandbox.ok(["preview", ...other]);
      const refused = await sandbox.sandbox(["up", ...other]);
      expect(refused.status).toBe(1);
      expect(refused.text).toMatch(/reviewer may not do (?:ecs|vpc|ram|lindorm):\w+/);

      await sandbox.ok(["up", ...as("deployer", changed(settings), "changed")]);
      await sandbox.ok(["destroy", ...as("deployer", changed(settings), "changed"), "--with-data"]);
      const left = (await sandbox.inventory()).filter(({ name }) => name.startsWith("china-"));
      expect(left.map(({ kind, name, status }) => `${kind} ${name} ${status}`)).toEqual([]);

      expect(refusals(sandbox, "deployer")).toEqual([]);
      expect(refusals(sandbox, "reviewer")).not.toEqual([]);
      // The account itself has made the users, and nothing else.
      const byRoot = sandbox.cloud.log.actions().filter(({ caller }) => caller.endsWith(":root"));
      const making = ["AttachPolicyToUser", "CreateAccessKey", "CreatePolicy", "CreateUser"];
      expect(byRoot.map(({ action }) => action)).toEqual(making);
    },
  );

  test("after a kill as well: what was left behind is found and taken in", { timeout: 400_000 }, async (context) => {
    const sandbox = await TestSandbox.open();
    context.onTestFinished(() => sandbox.close());
    await makeUser(sandbox, "deployer", policyDocument("deploy", scope));
    const deployer = ["test", "--config", sandbox.stackFile(oneHost()), "--as", "deployer"];
    await upKilledAfter(sandbox, deployer, 5);
    expect(await recover(sandbox, deployer)).not.toHaveLength(0);
  });
});

describe("one action less", () => {
  // In the order in which a deployment comes to them: what a run before has made is not asked for again.
  const actions = [
    ...["vpc:AllocateEipAddress", "ecs:CreateSecurityGroup", "vpc:CreateSnatEntry", "ecs:RunInstances", "ram:PassRole"],
  ];

  test("is refused, and named with what it stops; given back, the deployment goes on", {
    timeout: 400_000,
  }, async (context) => {
    const sandbox = await TestSandbox.open();
    context.onTestFinished(() => sandbox.close());
    const whole = policyDocument("deploy", scope);
    const file = sandbox.stackFile(oneHost());
    for (const [index, action] of actions.entries()) {
      await makeUser(sandbox, `user${index}`, without(action, whole));
      const { status, text } = await sandbox.sandbox(["up", "test", "--config", file, "--as", `user${index}`]);
      expect({ action, status }).toEqual({ action, status: 1 });
      expect(text).toContain(`user${index} may not do ${action} `);
    }
    await makeUser(sandbox, "deployer", whole);
    await sandbox.ok(["up", "test", "--config", file, "--as", "deployer"]);
  });

  test("a user who is not there, or has no key, is a mistake of who asks", async (context) => {
    const sandbox = await TestSandbox.open();
    context.onTestFinished(() => sandbox.close());
    const file = sandbox.stackFile(oneHost());
    const { status, text } = await sandbox.sandbox(["preview", "test", "--config", file, "--as", "nobody"]);
    expect(status).toBe(2);
    expect(text).toContain("no RAM user nobody with an active access key");
  });
});
