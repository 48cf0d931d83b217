import { expect, test } from "vitest";
import { existingNetwork, networkRange, userDataSize, wayOut } from "../../preflight/checks/network.ts";
import { smallSettings } from "../support/stacks.ts";
import { found, type Listening, listening, situation } from "./cloud.ts";

const small = smallSettings();
const image = `docker.io/library/python@sha256:${"a".repeat(64)}`;
const workers = { ...small.hosts["workers"], software: { docker: true, images: [image] } };

async function vpcIn({ made }: Listening, cidr: string, name: string): Promise<string> {
  return String((await made("vpc", "CreateVpc", { CidrBlock: cidr, VpcName: name }))["VpcId"]);
}

async function switchIn({ made }: Listening, vpc: string, cidr: string, zone = "cn-shanghai-l"): Promise<string> {
  const answer = await made("vpc", "CreateVSwitch", { VpcId: vpc, CidrBlock: cidr, ZoneId: zone });
  return String(answer["VSwitchId"]);
}

test("a range that another VPC of the region has is warned of; the stack's own is none", async () => {
  const cloud = await listening();
  expect(await found(networkRange, cloud.situation())).toEqual([
    { status: "ok", text: "china:network.cidr 10.20.0.0/16: no other VPC is in the region" },
  ]);
  await vpcIn(cloud, "10.21.0.0/16", "beside");
  await vpcIn(cloud, "10.20.0.0/16", "china-test-network-vpc");
  expect(await found(networkRange, cloud.situation())).toMatchObject([
    { status: "ok", text: expect.stringContaining("clear of the region's 1 other VPC") },
  ]);
  const other = await vpcIn(cloud, "10.20.64.0/18", "legacy");
  expect(await found(networkRange, cloud.situation())).toMatchObject([
    { status: "warning", text: expect.stringContaining(`overlaps with legacy (${other}) 10.20.64.0/18:`) },
  ]);
  cloud.refuse("DescribeVpcs", "Forbidden.RAM");
  expect(await found(networkRange, cloud.situation())).toMatchObject([{ status: "not-checked" }]);
});

const inside = (vpc: string, vSwitch: string | { existing: string; cidr: string }, more = {}) => ({
  ...small,
  network: { cidr: "10.30.0.0/16", existing: vpc, vSwitches: { "cn-shanghai-l": vSwitch }, wayOut: "none", ...more },
});

test("a VPC and a vSwitch that exist are as the stack file says, with room", async () => {
  const cloud = await listening();
  const vpc = await vpcIn(cloud, "10.30.0.0/16", "shared");
  const existing = await switchIn(cloud, vpc, "10.30.0.0/20");
  const of = (stack: Readonly<Record<string, unknown>>) => found(existingNetwork, cloud.situation(stack));
  expect(await found(existingNetwork, cloud.situation())).toEqual([]);
  expect(await of(inside(vpc, { existing, cidr: "10.30.0.0/20" }))).toMatchObject([
    { status: "ok", on: vpc },
    { status: "ok", on: existing, text: expect.stringMatching(/addresses free for 2 new hosts$/) },
  ]);
  expect(await of(inside(vpc, "10.30.16.0/20"))).toMatchObject([
    { status: "ok" },
    { status: "ok", on: "cn-shanghai-l" },
  ]);

  expect(await of(inside("vpc-none", { existing, cidr: "10.30.0.0/20" }))).toMatchObject([
    { status: "fail", text: expect.stringContaining("no such VPC in cn-shanghai") },
  ]);
  const last = async (stack: Readonly<Record<string, unknown>>) => (await of(stack)).at(-1);
  expect(await last(inside(vpc, { existing: "vsw-none", cidr: "10.30.0.0/20" }))).toMatchObject({
    ...{ status: "fail", text: "china:network.vSwitches.cn-shanghai-l names a vSwitch that is not there" },
  });
  expect(await last(inside(vpc, { existing, cidr: "10.30.0.0/21" }))).toMatchObject({
    ...{ status: "fail", text: expect.stringContaining("its range is 10.30.0.0/20, not 10.30.0.0/21") },
  });
  const other = await vpcIn(cloud, "10.30.0.0/16", "another");
  expect(await last(inside(other, { existing, cidr: "10.30.0.0/20" }))).toMatchObject({
    ...{ status: "fail", text: expect.stringContaining(`it is in ${vpc}, not in ${other}`) },
  });
  const elsewhere = await switchIn(cloud, vpc, "10.30.64.0/20", "cn-shanghai-m");
  expect(await last(inside(vpc, { existing: elsewhere, cidr: "10.30.64.0/20" }))).toMatchObject({
    ...{ status: "fail", text: expect.stringContaining("it is in cn-shanghai-m") },
  });
  expect(await last(inside(vpc, "10.30.8.0/21"))).toMatchObject({
    ...{ status: "fail", text: expect.stringContaining(`overlaps with ${existing}`) },
  });
  const narrow = await vpcIn(cloud, "10.30.0.0/20", "narrow");
  expect(await last(inside(narrow, "10.30.128.0/20"))).toMatchObject({
    ...{ status: "fail", text: expect.stringContaining("outside of the VPC's 10.30.0.0/20") },
  });
});

test("a full vSwitch is told before the hosts are made", async () => {
  const cloud = await listening();
  const vpc = await vpcIn(cloud, "10.30.0.0/16", "shared");
  const existing = await switchIn(cloud, vpc, "10.30.0.0/29");
  const group = String(
    (await cloud.made("ecs", "CreateSecurityGroup", { VpcId: vpc, SecurityGroupName: "others" }))["SecurityGroupId"],
  );
  const host = { InstanceType: "ecs.g7.xlarge", ImageId: String(workers.image), "SystemDisk.Category": "cloud_essd" };
  await cloud.made("ecs", "RunInstances", { ...host, VSwitchId: existing, SecurityGroupId: group, Amount: 3 });
  const stack = inside(vpc, { existing, cidr: "10.30.0.0/29" });
  expect((await found(existingNetwork, cloud.situation(stack))).at(-1)).toMatchObject({
    ...{ status: "fail", text: "free addresses: 1, and 2 hosts are to be made in cn-shanghai-l" },
  });
});

test("what hosts fetch from the internet has a way out", async () => {
  const cloud = await listening();
  expect(await found(wayOut, cloud.situation())).toMatchObject([
    { status: "ok", text: expect.stringMatching(/^no host/) },
  ]);
  const nat = { ...small, network: { ...small.network, wayOut: "nat" }, hosts: { workers } };
  expect(await found(wayOut, cloud.situation(nat))).toMatchObject([
    { status: "ok", text: expect.stringContaining("docker.m.daocloud.io") },
  ]);

  const vpc = await vpcIn(cloud, "10.30.0.0/16", "shared");
  const existing = await switchIn(cloud, vpc, "10.30.0.0/20");
  const stack = {
    ...inside(vpc, { existing, cidr: "10.30.0.0/20" }, { wayOut: "existing" }),
    hosts: { workers },
  };
  expect(await found(wayOut, situation(stack))).toEqual([{ status: "not-checked", text: "no credentials" }]);
  expect(await found(wayOut, cloud.situation(stack))).toMatchObject([
    { status: "warning", text: expect.stringContaining(`no NAT gateway is in ${vpc}`) },
  ]);
  const gateway = await cloud.made("vpc", "CreateNatGateway", { VpcId: vpc, VSwitchId: existing, NatType: "Enhanced" });
  const id = String(gateway["NatGatewayId"]);
  expect(await found(wayOut, cloud.situation(stack))).toMatchObject([
    { status: "warning", text: expect.stringContaining(`${id} has no SNAT entry for ${existing}`) },
  ]);
  const address = await cloud.made("vpc", "AllocateEipAddress", { Bandwidth: "5" });
  const AllocationId = String(address["AllocationId"]);
  await cloud.made("vpc", "AssociateEipAddress", { AllocationId, InstanceId: id, InstanceType: "Nat" });
  const tables = gateway["SnatTableIds"] as unknown as { readonly SnatTableId: readonly string[] };
  const SnatTableId = String(tables.SnatTableId[0]);
  const entry = { SnatTableId, SnatIp: String(address["EipAddress"]) };
  await cloud.made("vpc", "CreateSnatEntry", { ...entry, SourceVSwitchId: existing });
  expect(await found(wayOut, cloud.situation(stack))).toMatchObject([
    { status: "ok", text: expect.stringMatching(new RegExp(`^${id} leads to `)) },
  ]);
  cloud.refuse("DescribeSnatTableEntries", "Forbidden.RAM");
  expect(await found(wayOut, cloud.situation(stack))).toMatchObject([{ status: "not-checked" }]);
});

test("user data that fits, that is large, and that is too large", async () => {
  const at = await situation(small);
  expect(await found(userDataSize, at)).toMatchObject([{ status: "ok", text: expect.stringMatching(/of 32\.0 KB$/) }]);
  const withData = (bytes: number) => ({
    ...at,
    plan: {
      ...at.plan,
      resources: at.plan.resources.map((resource) => ({
        ...resource,
        inputs: { ...resource.inputs, userData: Buffer.alloc(bytes).toString("base64") },
      })),
    },
  });
  expect(await found(userDataSize, withData(20 * 1024))).toMatchObject([
    { status: "warning", on: "workers-01", text: expect.stringContaining("20.0 KB") },
    { status: "warning", on: "workers-02" },
  ]);
  expect(await found(userDataSize, withData(32 * 1024 + 1))).toMatchObject([{ status: "fail" }, { status: "fail" }]);
  expect(await found(userDataSize, withData(32 * 1024))).toMatchObject([{ status: "warning" }, { status: "warning" }]);
});
