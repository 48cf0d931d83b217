import { expect, test } from "vitest";
import { quotaNetwork } from "../../preflight/checks/quota-network.ts";
import { quotaSecurityGroups } from "../../preflight/checks/quota-security-groups.ts";
import { quotaVcpu } from "../../preflight/checks/quota-vcpu.ts";
import { smallSettings } from "../support/stacks.ts";
import { answering, found, type Listening, listening, standingHosts } from "./cloud.ts";

const group = () => smallSettings().hosts?.["workers"] ?? {};
const paid = (pay: object) => ({ ...smallSettings(), hosts: { workers: { ...group(), pay } } });
const withNat = () => ({ ...smallSettings(), network: { ...smallSettings().network, wayOut: "nat" } });

const oneHost = (cloud: Listening) => standingHosts(cloud, ["china-test-workers-01"]);

test("vCPUs: by way of paying, and a host that stands already is not added again", async () => {
  const cloud = await listening({ account: { vcpu: 8 } });
  const { situation, account } = cloud;
  expect(await found(quotaVcpu, situation())).toEqual([
    { status: "ok", on: "pay-as-you-go", text: "0 of 8 vCPUs are used in cn-shanghai, and 8 are added" },
  ]);
  await oneHost(cloud);
  expect(await found(quotaVcpu, situation())).toMatchObject([
    { status: "ok", text: "4 of 8 vCPUs are used in cn-shanghai, and 4 are added" },
  ]);
  account({ vcpu: 7 });
  expect(await found(quotaVcpu, situation())).toMatchObject([
    {
      status: "fail",
      text: "4 of 7 vCPUs are used in cn-shanghai, and 4 are added: 1 too many",
      next: expect.stringContaining("ask for 8 vCPUs (pay-as-you-go) in https://quotas.console.aliyun.com/products"),
    },
  ]);
});

test("vCPUs: spot has a quota of its own, and that of subscriptions no call tells", async () => {
  const { situation } = await listening({ account: { vcpu: 8, quotas: { spotVcpu: 4 } } });
  expect(await found(quotaVcpu, situation(paid({ spot: { max: 0.4 } })))).toMatchObject([
    { status: "fail", on: "spot", text: expect.stringContaining("0 of 4 vCPUs") },
  ]);
  const term = paid({ subscription: { for: "1 month", renew: "never" } });
  expect(await found(quotaVcpu, situation(term))).toMatchObject([{ status: "not-checked", on: "subscription" }]);
});

test("vCPUs: without the attributes nothing is said to fit", async () => {
  const { situation, user } = await listening();
  expect(await found(quotaVcpu, situation(undefined, { client: await user() }))).toMatchObject([
    { status: "not-checked", on: "pay-as-you-go" },
  ]);
});

test("security groups: those of others count, the stack's own do not count twice", async () => {
  const cloud = await listening({ account: { quotas: { securityGroups: 1 } } });
  expect(await found(quotaSecurityGroups, cloud.situation())).toMatchObject([
    { status: "ok", text: "there are 0 in cn-shanghai and 1 is added, of 1" },
  ]);
  const { VpcId = "" } = await cloud.made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  await cloud.made("ecs", "CreateSecurityGroup", { VpcId, SecurityGroupName: "somebody-else" });
  expect(await found(quotaSecurityGroups, cloud.situation())).toMatchObject([
    { status: "fail", text: "there is 1 in cn-shanghai and 1 is added, of 1" },
  ]);
  cloud.account({ quotas: { securityGroups: 5 } });
  await oneHost(cloud);
  expect(await found(quotaSecurityGroups, cloud.situation())).toMatchObject([
    { status: "ok", text: "what the stack declares stands already" },
  ]);
});

test("network: VPCs and addresses by region, vSwitches and NAT gateways in the VPC", async () => {
  const cloud = await listening();
  const seen = async () =>
    Object.fromEntries((await found(quotaNetwork, cloud.situation(withNat()))).map((row) => [row.on, row]));
  expect(await seen()).toEqual({
    VPCs: { status: "ok", on: "VPCs", text: "there are 0 in cn-shanghai and 1 is added, of 10" },
    vSwitches: { status: "ok", on: "vSwitches", text: "there are 0 in the VPC and 1 is added, of 150" },
    "elastic addresses": {
      ...{ status: "ok", on: "elastic addresses" },
      text: "there are 0 in cn-shanghai and 1 is added, of 20",
    },
    "NAT gateways": { status: "ok", on: "NAT gateways", text: "there are 0 in the VPC and 1 is added, of 5" },
  });

  await oneHost(cloud);
  await cloud.made("vpc", "CreateVpc", { CidrBlock: "10.30.0.0/16", VpcName: "somebody-else" });
  await cloud.made("vpc", "AllocateEipAddress", { Name: "somebody-else", Bandwidth: "5" });
  cloud.account({ quotas: { vpcs: 1, vSwitchesPerVpc: 1, addresses: 1, natGatewaysPerVpc: 0 } });
  expect(await seen()).toMatchObject({
    VPCs: { status: "ok", text: "what the stack declares stands already" },
    vSwitches: { status: "ok", text: "what the stack declares stands already" },
    "elastic addresses": { status: "fail", text: "there is 1 in cn-shanghai and 1 is added, of 1" },
    "NAT gateways": { status: "fail", text: "there are 0 in the VPC and 1 is added, of 0" },
  });
});

test("network: where Quota Center may not be read, what is usual is told and nothing is said to fit", async () => {
  const { made, situation, refuse } = await listening({ account: { quotas: { vpcs: 99 } } });
  refuse("ListProductQuotas", "NoPermission");
  const vpcs = async () => (await found(quotaNetwork, situation())).find(({ on }) => on === "VPCs");
  expect(await vpcs()).toMatchObject({ status: "not-checked", text: expect.stringContaining("of 10 as usual") });
  for (let n = 0; n < 10; n += 1) await made("vpc", "CreateVpc", { CidrBlock: "10.40.0.0/16" });
  expect(await vpcs()).toMatchObject({ status: "warning", text: expect.stringContaining("there are 10") });
});

test("network: what another VPC has is not counted, and a VPC that is to be made has nothing", async () => {
  const cloud = await listening({ account: { quotas: { vSwitchesPerVpc: 2 } } });
  const { VpcId = "" } = await cloud.made("vpc", "CreateVpc", { CidrBlock: "10.30.0.0/16" });
  const other = { VpcId, ZoneId: "cn-shanghai-l" };
  await cloud.made("vpc", "CreateVSwitch", { ...other, CidrBlock: "10.30.0.0/20" });
  await cloud.made("vpc", "CreateVSwitch", { ...other, CidrBlock: "10.30.16.0/20" });
  const vSwitches = { "cn-shanghai-l": "10.20.0.0/20", "cn-shanghai-m": "10.20.16.0/20" };
  const two = { ...smallSettings(), network: { ...smallSettings().network, vSwitches } };
  const seen = async () => (await found(quotaNetwork, cloud.situation(two))).find(({ on }) => on === "vSwitches");
  expect(await seen()).toMatchObject({ status: "ok", text: "there are 0 in the VPC and 2 are added, of 2" });
  await oneHost(cloud);
  expect(await seen()).toMatchObject({ status: "ok", text: "there is 1 in the VPC and 1 is added, of 2" });
});

test("network: in a VPC of one's own choice its vSwitches count", async () => {
  const cloud = await listening({ account: { quotas: { vSwitchesPerVpc: 1 } } });
  const { VpcId = "" } = await cloud.made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  await cloud.made("vpc", "CreateVSwitch", { VpcId, ZoneId: "cn-shanghai-m", CidrBlock: "10.20.32.0/20" });
  const existing = { ...smallSettings(), network: { ...smallSettings().network, existing: VpcId } };
  expect(await found(quotaNetwork, cloud.situation(existing))).toMatchObject([
    { on: "vSwitches", status: "fail", text: "there is 1 in the VPC and 1 is added, of 1" },
  ]);
});

test("network: a quota of the region comes before the one of all regions, and may stand on a later page", async () => {
  const cloud = await listening();
  const row = (QuotaName: string, TotalQuota: number) => ({ QuotaName, TotalQuota });
  const client = answering(cloud.client, "ListProductQuotas", (_, { NextToken }) =>
    NextToken === undefined
      ? { NextToken: "more", Quotas: [row("vpc_quota_instances_num", 10)] }
      : { NextToken: "", Quotas: [row("vpc_quota_instances_num_cn-shanghai", 3)] },
  );
  const rows = await found(quotaNetwork, cloud.situation(undefined, { client }));
  expect(rows).toMatchObject([
    { on: "VPCs", status: "ok", text: "there are 0 in cn-shanghai and 1 is added, of 3" },
    { on: "vSwitches", status: "not-checked", text: expect.stringContaining("Quota Center does not name") },
  ]);
});
