import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDeployCommands } from "../../cli/deploy-commands.ts";
import { ask } from "../../sandbox/control.ts";
import { accounts } from "../../sandbox/core/accounts.ts";
import { rootKey } from "../../sandbox/open.ts";
import { defaultAccounts } from "../../sandbox/session.ts";
import { Client } from "../sandbox/client.ts";
import { command, said } from "../support/in-process.ts";
import { connections, furnished, type RehearsedFault, refusedCalls, switches } from "../support/rehearsed-faults.ts";
import { TestSandbox } from "./sandbox.ts";

/**
 * `npm run deploy` with each fault of the local cloud in turn: it is named, and nothing is created. What no preflight can see is
 * listed with the reason; that it is explained when it comes, and that the next run goes on, is in ./faults/.
 */

const account = defaultAccounts.china;
const cases = [
  ...Object.entries({ ...switches, ...connections }),
  ...refusedCalls.flatMap(({ code, fault }) => (fault === undefined ? [] : [[`calls answer ${code}`, fault] as const])),
];

let sandbox: TestSandbox;
/** What stood before, so that a dry run has a network to be tried in. */
let before: readonly string[];

beforeAll(async () => {
  sandbox = await TestSandbox.open();
  const { cloud } = sandbox;
  cloud.account(account, "china");
  const root = new Client(cloud, rootKey(cloud, account), "cn-shanghai");
  const { VpcId } = await root.ok("vpc", "CreateVpc", { CidrBlock: "172.16.0.0/16", VpcName: "old" });
  cloud.clock.skip(600_000);
  await root.ok("vpc", "CreateVSwitch", { VpcId, ZoneId: "cn-shanghai-l", CidrBlock: "172.16.0.0/24" });
  await root.ok("ecs", "CreateSecurityGroup", { VpcId });
  cloud.clock.skip(600_000);
  before = await things();
});

afterAll(() => sandbox.close());

const things = async () => (await sandbox.inventory()).map(({ id }) => id);

/** Calls that are no questions. A dry run never ends well; a deployment would begin with the network, not with hosts. */
function writes(): readonly string[] {
  return sandbox.cloud.log
    .recent(100_000)
    .map(({ action, outcome }) => (action === "RunInstances" && !outcome.startsWith("ok") ? "" : action))
    .filter((action) => !/^(Describe|Get|List|Query|$)/.test(action));
}

async function deployed({ of = furnished() }: Pick<RehearsedFault, "of">) {
  const file = sandbox.stackFile({ ...of }, "test");
  const args = ["deploy", "test", "--sandbox", "--config", file, "--yes"];
  return said({ CHINA_SANDBOX: sandbox.home.folder }, command([addDeployCommands], ...args));
}

describe("npm run deploy, with each fault in turn", () => {
  test.each(cases)("%s: named, and nothing is made", async (_, fault) => {
    const { cloud } = sandbox;
    const [well] = cloud.store.list(accounts, account);
    if (well === undefined) throw new Error("no account");
    const written = writes().length;
    fault.on(cloud, account);
    try {
      const { out, refusal, exitCode } = await deployed(fault);
      expect({ exitCode, refusal, out }).toMatchObject({ exitCode: 1, refusal: "" });
      const [, despite = ""] = /Nothing was touched\. If you know better: --despite (.*)/.exec(out) ?? [];
      expect(despite.split(" "), out).toContain(fault.id);
      expect(out.replace(/\s+/g, " ")).toMatch(fault.says);
    } finally {
      cloud.store.put(accounts, well);
      ask(cloud, { ask: "clear-conditions" });
    }
    expect(writes().slice(written)).toEqual([]);
    expect(await things()).toEqual(before);
  });

  test("every code of the catalogue is either in turn above or cannot be seen before, and why", () => {
    const reasons = Object.groupBy(refusedCalls, ({ unseen = "" }) => unseen);
    expect(refusedCalls.every(({ fault, unseen }) => (fault === undefined) !== (unseen === undefined))).toBe(true);
    expect(Object.keys(reasons).length).toBe(5);
    expect(reasons[""]?.length).toBeGreaterThan(30);
  });
});
