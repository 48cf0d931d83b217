import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CloudRefusal, cloudClient } from "../../deploy/cloud-client.ts";
import { accepted } from "../../preflight/checks/credentials.ts";
import { dryRun, rights } from "../../preflight/checks/permission.ts";
import { answerOf, needsOf } from "../../preflight/rights.ts";
import { policyDocument } from "../../sandbox/policy.ts";
import { parsePolicy } from "../../sandbox/ram/document.ts";
import { planOf, projectFolder, smallSettings, stackFile } from "../support/stacks.ts";
import { accountId, found, type Listening, listening } from "./cloud.ts";

const scope = { account: accountId, region: "cn-shanghai", prefix: "china-" };
const deploy = policyDocument("deploy", scope);
const without = (pattern: RegExp) => ({
  ...deploy,
  Statement: deploy.Statement.map((one) => ({
    ...one,
    Action: one.Action.filter((action) => !pattern.test(action)),
  })).filter(({ Action }) => Action.length > 0),
});
/** What preflight itself reads of RAM. */
const reading = {
  Effect: "Allow",
  Action: ["ram:ListPoliciesForUser", "ram:ListGroupsForUser", "ram:ListPoliciesForGroup", "ram:GetPolicyVersion"],
  Resource: ["*"],
};
const policyWith = (document: { readonly Statement: readonly object[] }) => ({
  Version: "1",
  Statement: [...document.Statement, reading],
});
const full = { ...smallSettings(), network: { ...smallSettings().network, wayOut: "nat" } } as const;

test("a key that the cloud does not know is told at once, and whose one is that it knows", async () => {
  const cloud = await listening();
  expect(await found(accepted, cloud.situation())).toEqual([
    { status: "ok", text: `it is the account ${accountId} itself` },
  ]);
  const user = await cloud.user();
  expect(await found(accepted, cloud.situation(full, { client: user }))).toMatchObject([
    { status: "ok", text: `it is the RAM user reader of the account ${accountId}` },
  ]);
  const environment = { ...cloud.environment, ALICLOUD_SECRET_KEY: "wrong" };
  const wrong = cloudClient({ region: "cn-shanghai", environment, authority: cloud.authority });
  expect(await found(accepted, cloud.situation(full, { client: wrong }))).toMatchObject([
    { status: "fail", text: "The cloud does not accept the access key.", next: expect.stringContaining("ALICLOUD_") },
  ]);
  cloud.fault({ action: "GetCallerIdentity", effect: { kind: "cut" } });
  const lost = await found(accepted, cloud.situation(full));
  expect(lost).toMatchObject([{ status: "fail" }]);
  const busy = { call: () => Promise.reject(new CloudRefusal("Throttling.User", "GetCallerIdentity", "", undefined)) };
  const asked = cloud.situation(full, { client: busy });
  expect(await found(accepted, asked)).toMatchObject([{ status: "not-checked" }]);
});

test("the policy that deploys is enough, and what is taken out of it is named", async () => {
  const cloud = await listening();
  const enough = await cloud.user(policyWith(deploy));
  expect(await found(rights, cloud.situation(full, { client: enough }))).toMatchObject([
    { status: "ok", text: expect.stringMatching(/RAM user reader .* may do all \d+ actions .*policies reader/) },
  ]);
});

test("what is needed now is a failure, what only later a warning", async () => {
  const cloud = await listening();
  const client = await cloud.user(policyWith(without(/^(ecs:RunInstances|vpc:CreateVSwitch|vpc:DeleteVpc)$/)));
  expect(await found(rights, cloud.situation(full, { client }))).toMatchObject([
    {
      status: "fail",
      text: expect.stringContaining("may not do ecs:RunInstances, vpc:CreateVSwitch (policies reader)"),
    },
    { status: "warning", text: expect.stringContaining("may not do vpc:DeleteVpc") },
  ]);
});

test("groups count; a group whose policies cannot be read leaves it open", async () => {
  const cloud = await listening();
  const client = await cloud.user({ Version: "1", Statement: [reading] });
  const group = { GroupName: "deployers" };
  const policy = { PolicyName: "deploy", PolicyType: "Custom" };
  await cloud.made("ram", "CreateGroup", group);
  await cloud.made("ram", "AddUserToGroup", { ...group, UserName: "reader" });
  expect(await found(rights, cloud.situation(full, { client }))).toMatchObject([
    { status: "fail", text: expect.stringMatching(/and \d+ more/) },
    { status: "warning" },
    { status: "warning", text: expect.stringContaining("CreateServiceLinkedRole, which the first NAT gateway") },
  ]);
  await cloud.made("ram", "CreatePolicy", { ...policy, PolicyDocument: JSON.stringify(deploy) });
  await cloud.made("ram", "AttachPolicyToGroup", { ...policy, ...group });
  expect(await found(rights, cloud.situation(full, { client }))).toMatchObject([
    { status: "ok", text: expect.stringContaining("policies reader, deploy") },
  ]);
  cloud.refuse("ListPoliciesForGroup", "NoPermission");
  expect(await found(rights, cloud.situation(full, { client }))).toMatchObject([
    { status: "not-checked", text: expect.stringContaining("Without it, not found: ") },
  ]);
});

test("who may not read its own policies is told so, and the account itself is warned of", async () => {
  const cloud = await listening();
  const client = await cloud.user();
  expect(await found(rights, cloud.situation(full, { client }))).toMatchObject([
    { status: "not-checked", text: expect.stringContaining("ram:ListPoliciesForUser") },
  ]);
  expect(await found(rights, cloud.situation(full))).toMatchObject([{ status: "ok" }]);
  expect(await found(rights, cloud.situation(full, { workplace: { sandbox: false } }))).toMatchObject([
    { status: "warning", text: expect.stringContaining("whoever gets hold of this key") },
  ]);
});

test("somebody in a role is judged by the role's policies", async () => {
  const cloud = await listening();
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: [`acs:ram::${accountId}:root`] } };
  const policy = { PolicyName: "deploy", PolicyType: "Custom" };
  const RoleName = "pipeline";
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "1", Statement: [trust] });
  await cloud.made("ram", "CreateRole", { RoleName, AssumeRolePolicyDocument });
  const PolicyDocument = JSON.stringify({
    Version: "1",
    Statement: [
      ...without(/^(ecs:CreateSecurityGroup|ram:ListPoliciesForRole|ram:GetPolicyVersion)$/).Statement,
      { ...reading, Action: ["ram:ListPoliciesForRole", "ram:GetPolicyVersion"] },
    ],
  });
  await cloud.made("ram", "CreatePolicy", { ...policy, PolicyDocument });
  await cloud.made("ram", "AttachPolicyToRole", { ...policy, RoleName });
  const user = await cloud.user({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: ["sts:AssumeRole"], Resource: ["*"] }],
  });
  const RoleArn = `acs:ram::${accountId}:role/${RoleName}`;
  const answer = await user.call("sts", "AssumeRole", { RoleArn, RoleSessionName: "run-1" });
  const { Credentials: keys } = answer as { readonly Credentials: Record<string, string> };
  const client = cloudClient({
    region: "cn-shanghai",
    environment: {
      ...cloud.environment,
      ALICLOUD_ACCESS_KEY: keys["AccessKeyId"],
      ALICLOUD_SECRET_KEY: keys["AccessKeySecret"],
      ALICLOUD_SECURITY_TOKEN: keys["SecurityToken"],
    },
    authority: cloud.authority,
  });
  expect(await found(accepted, cloud.situation(full, { client }))).toMatchObject([
    { status: "ok", text: `it is the role pipeline of the account ${accountId}` },
  ]);
  expect(await found(rights, cloud.situation(full, { client }))).toMatchObject([
    { status: "fail", text: expect.stringContaining("may not do ecs:CreateSecurityGroup (policies deploy)") },
  ]);
});

test("a condition of which nothing is known leaves a right open, a refusal that always applies does not", async () => {
  const plan = await planOf(stackFile(full));
  const need = needsOf(plan, scope).find(({ action }) => action === "vpc:CreateVpc");
  if (need === undefined) throw new Error("a stack makes a VPC");
  const allow = { Effect: "Allow", Action: "vpc:*", Resource: "*" };
  const deny = { Effect: "Deny", Action: "vpc:CreateVpc", Resource: "*" };
  const here = { Condition: { IpAddress: { "acs:SourceIp": ["203.0.113.0/24"] } } };
  const tls = { Condition: { Bool: { "acs:SecureTransport": ["true"] } } };
  const answer = (...Statement: readonly object[]) =>
    answerOf(parsePolicy(JSON.stringify({ Version: "1", Statement })), need);
  expect(answer(allow)).toBe("allowed");
  expect(answer({ ...allow, ...tls })).toBe("allowed");
  expect(answer({ ...allow, ...here })).toBe("undecided");
  expect(answer(allow, { ...deny, ...here })).toBe("undecided");
  expect(answer(allow, deny)).toBe("missing");
  expect(answer({ ...allow, Resource: `acs:vpc:cn-beijing:${accountId}:*` })).toBe("missing");
  expect(answer({ ...allow, Action: "ecs:*" })).toBe("missing");
});

/** A network with a security group, of the stack or of somebody else. */
async function network({ made }: Listening, names = "china-test-network") {
  const { VpcId } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16", VpcName: `${names}-vpc` });
  const zone = { ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20", VSwitchName: `${names}-cn-shanghai-l` };
  const { VSwitchId } = await made("vpc", "CreateVSwitch", { VpcId: VpcId ?? "", ...zone });
  await made("ecs", "CreateSecurityGroup", { VpcId: VpcId ?? "", SecurityGroupName: `${names}-workers` });
  return String(VSwitchId);
}

test("a dry run goes through in the stack's own network or in another one, and is left open where there is none", async () => {
  const cloud = await listening();
  expect(await found(dryRun, cloud.situation())).toMatchObject([
    { status: "not-checked", on: "ecs.g7.xlarge in cn-shanghai-l", text: expect.stringContaining("no vSwitch") },
  ]);
  const other = await network(cloud, "somebody");
  expect(await found(dryRun, cloud.situation())).toMatchObject([
    { status: "ok", text: `the cloud would make 2; tried in ${other}, which is of another network` },
  ]);
  await network(cloud);
  expect(await found(dryRun, cloud.situation())).toMatchObject([
    { status: "ok", text: "the cloud would make 2; tried in the stack's own network" },
  ]);
  const hosts = (await cloud.client.call("ecs", "DescribeInstances", { RegionId: "cn-shanghai" })) as {
    readonly TotalCount: number;
  };
  expect(hosts.TotalCount).toBe(0);
});

test("what a dry run says is explained: no right, no registration, no stock", async () => {
  const cloud = await listening();
  await network(cloud);
  const client = await cloud.user(policyWith(without(/^ecs:RunInstances$/)));
  expect(await found(dryRun, cloud.situation(full, { client }))).toMatchObject([
    { status: "fail", text: expect.stringContaining("ecs:RunInstances"), next: expect.stringContaining("allow") },
  ]);
  cloud.account({ realName: false });
  expect(await found(dryRun, cloud.situation())).toMatchObject([
    { status: "fail", text: expect.stringContaining("real-name") },
  ]);
  cloud.account({ realName: true });
  cloud.sellOut("cn-shanghai-l", "ecs.g7.xlarge");
  const [finding] = await found(dryRun, cloud.situation());
  expect(finding).toMatchObject({ status: "fail", on: "ecs.g7.xlarge in cn-shanghai-l" });
  cloud.fault({ action: "RunInstances", effect: { kind: "cut" } });
  expect(await found(dryRun, cloud.situation())).toMatchObject([{ status: "not-checked" }]);
});

test("the review policy is enough to find out what is missing, with the cloud's own policies as well", async () => {
  const cloud = await listening();
  const client = await cloud.user(policyDocument("review", scope));
  const policy = { PolicyName: "AliyunECSFullAccess", PolicyType: "System" };
  await cloud.made("ram", "AttachPolicyToUser", { ...policy, UserName: "reader" });
  const [first] = await found(rights, cloud.situation(smallSettings(), { client }));
  expect(first).toMatchObject({
    status: "fail",
    text: expect.stringContaining("policies reader, AliyunECSFullAccess"),
  });
  expect(first?.text).toContain("vpc:CreateVpc");
  expect(first?.text).not.toContain("ecs:");
});

test.each([
  "shanghai",
  "beijing",
  "hangzhou",
])("%s: the deploy policy has every need, and each is missed without it", async (stack) => {
  const plan = await planOf(readFileSync(`${projectFolder}/Pulumi.${stack}.yaml`, "utf8"), stack);
  const needs = needsOf(plan, scope);
  expect(needs.length).toBeGreaterThan(60);
  const statements = parsePolicy(JSON.stringify(deploy));
  expect(needs.filter((need) => answerOf(statements, need) !== "allowed").map(({ action }) => action)).toEqual([]);
  const found = needs.filter((need) => {
    const rest = statements.map((one) => ({
      ...one,
      actions: (one.actions ?? []).filter((action) => !need.questions.some(({ actions }) => actions.includes(action))),
    }));
    return answerOf(rest, need) === "missing";
  });
  expect(found.map(({ action }) => action)).toEqual(needs.map(({ action }) => action));
});
