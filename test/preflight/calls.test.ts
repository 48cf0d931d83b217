import { expect, test } from "vitest";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { checks } from "../../preflight/checks.ts";
import { preflight } from "../../preflight/run.ts";
import { ask } from "../../sandbox/control.ts";
import { policyDocument } from "../../sandbox/policy.ts";
import { shipped, shippedText, smallSettings } from "../support/stacks.ts";
import { accountId, listening } from "./cloud.ts";

const lindorm = {
  timeSeries: {
    lindorm: { generation: 1, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "standard" } },
    reachableFrom: ["workers"],
  },
};

/** Most calls for a shipped stack: each takes its time, and the account's quota of them is everybody's. */
const most = 40;

test.each(shipped)(`%s is asked about with ${most} calls at most, each of them once`, async (stack) => {
  const text = shippedText(stack);
  const { account } = parseStackFile(text, "china").values as { readonly account: { site: "china" | "international" } };
  const cloud = await listening({ site: account.site });
  const { calls, rows } = await preflight(checks, await cloud.situation(text, { stack }));
  expect(rows.filter(({ text: said }) => said.startsWith("the check itself failed"))).toEqual([]);
  expect(calls).toBeLessThanOrEqual(most);
  const made = ask(cloud.cloud, { ask: "calls", most: 1_000 });
  expect(made.map(({ action }) => action).sort()).toHaveLength(calls);
  // It only reads: nothing is there afterwards.
  expect(ask(cloud.cloud, { ask: "inventory" })).toEqual([]);
});

test("the policy review is enough for every question, and with deploy for the dry run too", async () => {
  const scope = { account: accountId, region: "cn-shanghai", prefix: "china-" };
  const cloud = await listening();
  const { VpcId = "" } = await cloud.made("vpc", "CreateVpc", { CidrBlock: "172.16.0.0/16" });
  await cloud.made("vpc", "CreateVSwitch", { VpcId, ZoneId: "cn-shanghai-l", CidrBlock: "172.16.0.0/24" });
  await cloud.made("ecs", "CreateSecurityGroup", { VpcId });
  const client = await cloud.user(policyDocument("review", scope));
  const denied = async () => {
    const before = ask(cloud.cloud, { ask: "calls", most: 10_000 }).length;
    for (const of of [shippedText("shanghai"), { ...smallSettings(), ...lindorm }]) {
      await preflight(checks, await cloud.situation(of, { client, stack: "shanghai" }));
    }
    const calls = ask(cloud.cloud, { ask: "calls", most: 10_000 }).slice(before);
    const refused = calls.filter(({ outcome }) => /Forbidden|NoPermission|NotAuthorized/.test(outcome));
    return [...new Set(refused.map(({ action }) => action))];
  };
  expect(await denied()).toEqual(["RunInstances"]);
  const PolicyDocument = JSON.stringify(policyDocument("deploy", scope));
  await cloud.made("ram", "CreatePolicy", { PolicyName: "deploy", PolicyDocument });
  const deploy = { PolicyName: "deploy", PolicyType: "Custom", UserName: "reader" };
  await cloud.made("ram", "AttachPolicyToUser", deploy);
  expect(await denied()).toEqual([]);
});
