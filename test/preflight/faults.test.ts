import { expect, test } from "vitest";
import { type CloudClient, CloudRefusal } from "../../deploy/cloud-client.ts";
import { asker } from "../../preflight/ask.ts";
import { checks } from "../../preflight/checks.ts";
import { preflight, type Row } from "../../preflight/run.ts";
import { ask } from "../../sandbox/control.ts";
import { accounts } from "../../sandbox/core/accounts.ts";
import { furnished, switches } from "../support/rehearsed-faults.ts";
import { accountId, type Listening, listening } from "./cloud.ts";

const zone = "cn-shanghai-l";

/** A network of somebody's in the zone: a dry run needs one. */
async function someNetwork({ made }: Listening): Promise<void> {
  const { VpcId } = await made("vpc", "CreateVpc", { CidrBlock: "172.16.0.0/16", VpcName: "old" });
  await made("vpc", "CreateVSwitch", { VpcId: VpcId ?? "", ZoneId: zone, CidrBlock: "172.16.0.0/24" });
  await made("ecs", "CreateSecurityGroup", { VpcId: VpcId ?? "" });
}

const provider = { way: "itself", renews: false } as const;
const session = { kind: "access-key", from: "variables of a test", temporary: false, provider } as const;

async function rowsOf(cloud: Listening, of: object = furnished()): Promise<readonly Row[]> {
  const { rows } = await preflight(checks, await cloud.situation({ ...of }, { workplace: { session } }));
  return rows;
}

const failures = (rows: readonly Row[]) => rows.filter(({ status }) => status === "fail").map(({ id }) => id);

test("with no fault nothing fails, and each one in turn is named, by its check and with what to do", async () => {
  const cloud = await listening();
  await someNetwork(cloud);
  const { store } = cloud.cloud;
  const [well] = store.list(accounts, accountId);
  if (well === undefined) throw new Error("no account");
  const none = await rowsOf(cloud);
  expect(failures(none)).toEqual([]);
  expect(none.filter(({ text }) => text.startsWith("the check itself failed"))).toEqual([]);

  // Calls that are refused, and the rest of a deployment: test/with-engine/deploy-faults.test.ts.
  for (const [name, { on, id, says, of }] of Object.entries(switches)) {
    on(cloud.cloud, accountId);
    const rows = await rowsOf(cloud, of);
    const said = rows.filter((row) => row.id === id && row.status === "fail");
    expect(said.map(({ on: about, text }) => `${about}: ${text}`).join("; "), name).toMatch(says);
    for (const { next = "" } of said) expect(next, name).not.toBe("");
    store.put(accounts, well);
    ask(cloud.cloud, { ask: "clear-conditions" });
  }
});

test("what shows in a dry run only is not checked where there is no network to try in", async () => {
  const cloud = await listening({ account: { riskControl: true, payMethod: false } });
  const rows = (await rowsOf(cloud)).filter(({ id }) => id === "orders" || id === "dry-run");
  expect(rows.map(({ status }) => status)).toEqual(["not-checked", "not-checked"]);
});

test("what the cloud does not tell is not checked: with every call refused, nothing that asks is ok", async () => {
  const cloud = await listening();
  cloud.refuse("*", "Forbidden.RAM");
  const asking = new Set(checks.filter(({ asks }) => asks).map(({ id }) => id));
  const rows = (await rowsOf(cloud)).filter(({ id }) => asking.has(id));
  expect(rows.length).toBeGreaterThan(10);
  // What no call decides can be well all the same.
  const ok = rows.filter(({ status }) => status === "ok" || status === "warning");
  expect(ok.filter(({ id }) => id !== "way-out")).toEqual([]);
});

/** Lists of what stands: without one everything counts as new, which is too careful, and never too little. */
const careful = ["DescribeDisks", "DescribeInstances", "GetLindormInstanceList"];

test("whatever single call is refused, somebody says so", async () => {
  const cloud = await listening();
  await someNetwork(cloud);
  const seen = await cloud.situation({ ...furnished() }, { workplace: { session } });
  const answers = new Map<string, Promise<unknown>>();
  const actions = new Set<string>();
  /** Answers that were given before are given again, so that the cloud is asked once for all rounds. */
  const refusing = (refused: string): CloudClient => ({
    async call(api, action, parameters) {
      actions.add(action);
      if (action === refused) throw new CloudRefusal("Forbidden.RAM", action, "Refused by a test.", undefined);
      const key = JSON.stringify([api, action, parameters]);
      const answer = answers.get(key) ?? cloud.client.call(api, action, parameters);
      answers.set(key, answer);
      return answer;
    },
  });
  const told = async (refused: string) => {
    const { rows } = await preflight(checks, { ...seen, ask: asker(refusing(refused)) });
    return rows.filter(({ status }) => status !== "ok").map((row) => JSON.stringify(row));
  };
  const before = new Set(await told("none"));
  const asked = [...actions];
  const silent: string[] = [];
  for (const action of asked) {
    if ((await told(action)).every((row) => before.has(row))) silent.push(action);
  }
  expect(asked.length).toBeGreaterThan(15);
  expect(silent.sort()).toEqual(careful);
});
