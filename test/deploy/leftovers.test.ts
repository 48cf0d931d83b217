import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { leftoversText } from "../../cli/leftovers-text.ts";
import { type ApiName, CloudRefusal, cloudClient } from "../../deploy/cloud-client.ts";
import { declaredInPlan, findLeftovers, type LeftoverQuery } from "../../deploy/leftovers.ts";
import { loadStack } from "../../review/load.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { openCloud, rootKey } from "../../sandbox/open.ts";
import { certificates } from "../../sandbox/server/certificates.ts";
import { listen } from "../../sandbox/server/serve.ts";

const account = "1000000000000001";
const region = "cn-shanghai";

/** A sandbox that really listens, and Alibaba's own SDK as its client. */
async function listening() {
  const folder = mkdtempSync(join(tmpdir(), "china-leftovers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const cloud = openCloud(":memory:", 60);
  onTestFinished(() => cloud.close());
  cloud.account(account);
  const key = rootKey(cloud, account);
  const tls = await certificates(folder);
  const server = await listen(cloud, tls);
  onTestFinished(() => server.close());
  const environment = clientEnvironment({
    ...{ tlsPort: server.tlsPort, plainPort: server.plainPort, authority: tls.authority },
    ...{ accessKeyId: key.id, accessKeySecret: key.secret },
  });
  const client = await cloudClient({ region, environment, authority: readFileSync(tls.authority, "utf8") });
  const ok = async (api: ApiName, action: string, parameters: Record<string, string | number> = {}) =>
    (await client.call(api, action, { RegionId: region, ...parameters })) as Record<string, never>;
  return { cloud, client, environment, authority: readFileSync(tls.authority, "utf8"), ok };
}

const tagged = (stack: string) => ({
  ...{ "Tag.1.Key": "project", "Tag.1.Value": "china", "Tag.2.Key": "stack", "Tag.2.Value": stack },
});

const query = (more: Partial<LeftoverQuery> = {}): LeftoverQuery => {
  return { project: "china", stack: "shanghai", region, known: new Set(), ...more };
};

/** The network of a stack as the provider makes it, with an interrupted run's things among it. */
async function network({ ok, cloud }: Awaited<ReturnType<typeof listening>>) {
  const vpc: string =
    (await ok("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16", VpcName: "china-shanghai-network-vpc" }))["VpcId"] ?? "";
  cloud.clock.skip(60_000);
  const vSwitch: string =
    (
      await ok("vpc", "CreateVSwitch", {
        ...{ VpcId: vpc, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20" },
        VSwitchName: "china-shanghai-network-cn-shanghai-l",
      })
    )["VSwitchId"] ?? "";
  cloud.clock.skip(60_000);
  const group: string =
    (
      await ok("ecs", "CreateSecurityGroup", {
        VpcId: vpc,
        SecurityGroupName: "china-shanghai-network-workers",
        ...tagged("shanghai"),
      })
    )["SecurityGroupId"] ?? "";
  return { vpc, vSwitch, group };
}

const lindorm = (vpc: string, vSwitch: string) => ({
  ...{ ZoneId: "cn-shanghai-l", VPCId: vpc, VSwitchId: vSwitch, InstanceAlias: "china-shanghai-time-series" },
  ...{ DiskCategory: "cloud_efficiency", InstanceStorage: "160", PayType: "POSTPAY" },
  ...{ TsdbSpec: "lindorm.g.xlarge", TsdbNum: 2 },
});

test("what the state does not know is found, by tag or by name, and nothing else", async () => {
  const sandbox = await listening();
  const { ok, client, cloud } = sandbox;
  const { vpc, vSwitch, group } = await network(sandbox);
  const address: string =
    (
      await ok("vpc", "AllocateEipAddress", {
        Name: "china-shanghai-network-address",
        Bandwidth: "100",
        InternetChargeType: "PayByTraffic",
      })
    )["AllocationId"] ?? "";
  const disk: string =
    (
      await ok("ecs", "CreateDisk", {
        ZoneId: "cn-shanghai-l",
        Size: 200,
        DiskCategory: "cloud_essd",
        DiskName: "renamed",
        ...tagged("shanghai"),
      })
    )["DiskId"] ?? "";
  // Of others: another stack, another project, and no stack at all.
  await ok("ecs", "CreateDisk", {
    ZoneId: "cn-shanghai-l",
    Size: 40,
    DiskCategory: "cloud_essd",
    DiskName: "another",
    ...tagged("beijing"),
  });
  await ok("vpc", "AllocateEipAddress", { Name: "china-shanghai2-network-address", Bandwidth: "5" });
  await ok("ram", "CreateRole", { RoleName: "other-role", AssumeRolePolicyDocument: trust });
  await ok("ram", "CreateRole", { RoleName: "china-shanghai-workers", AssumeRolePolicyDocument: trust });
  cloud.clock.skip(60_000);

  const found = await findLeftovers(client, query({ known: new Set([vpc, group]) }));
  expect(found.map(({ id, found: how, billed }) => [id, how, billed])).toEqual([
    [address, "name", true],
    [disk, "tag", true],
    [vSwitch, "name", false],
    ["china-shanghai-workers", "name", false],
  ]);
  expect(found[0]?.createdAt).toMatch(/^20\d\d-\d\d-\d\dT/);
});

const trust = JSON.stringify({
  Version: "1",
  Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: ["ecs.aliyuncs.com"] } }],
});

test("nothing is found when the state knows everything", async () => {
  const sandbox = await listening();
  const { vpc, vSwitch, group } = await network(sandbox);
  const found = await findLeftovers(sandbox.client, query({ known: new Set([vpc, vSwitch, group]) }));
  expect(found).toEqual([]);
  expect(leftoversText(found, query(), 100)).toContain("nothing is left over");
});

test("a doubled Lindorm is named as the double of the one in the state, and is to be deleted", async () => {
  const sandbox = await listening();
  const { ok, client } = sandbox;
  const { vpc, vSwitch, group } = await network(sandbox);
  const first: string = (await ok("hitsdb", "CreateLindormInstance", lindorm(vpc, vSwitch)))["InstanceId"] ?? "";
  const second: string = (await ok("hitsdb", "CreateLindormInstance", lindorm(vpc, vSwitch)))["InstanceId"] ?? "";
  const { plan } = await loadStack("shanghai");
  const found = await findLeftovers(
    client,
    query({ known: new Set([vpc, vSwitch, group, second]), declared: declaredInPlan(plan) }),
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ id: first, doubleOf: second, billed: true });
  expect(found[0]?.importCommand).toBe(
    `delete it: aliyun hitsdb ReleaseLindormInstance --InstanceId ${first} --RegionId cn-shanghai (there are two of this name; the state has ${second})`,
  );
});

test("of two that nobody knows the older is imported and the younger deleted", async () => {
  const sandbox = await listening();
  const { ok, client, cloud } = sandbox;
  const { vpc, vSwitch, group } = await network(sandbox);
  const first: string = (await ok("hitsdb", "CreateLindormInstance", lindorm(vpc, vSwitch)))["InstanceId"] ?? "";
  cloud.clock.skip(60_000);
  const second: string = (await ok("hitsdb", "CreateLindormInstance", lindorm(vpc, vSwitch)))["InstanceId"] ?? "";
  const { plan } = await loadStack("shanghai");
  const found = await findLeftovers(
    client,
    query({ known: new Set([vpc, vSwitch, group]), declared: declaredInPlan(plan) }),
  );
  const next = Object.fromEntries(found.map((one) => [one.id, one.importCommand]));
  expect(next[first]).toMatch(/^pulumi import alicloud:lindorm\/instance:Instance time-series-lindorm ld-/);
  expect(next[second]).toMatch(/^delete it:/);
});

test("what the program declares gets the import to type, with parent and provider", async () => {
  const sandbox = await listening();
  const { vpc } = await network(sandbox);
  const { plan } = await loadStack("shanghai");
  const found = await findLeftovers(sandbox.client, query({ declared: declaredInPlan(plan) }));
  const one = found.find(({ id }) => id === vpc);
  expect(one?.logicalName).toBe("network-vpc");
  expect(one?.importCommand).toBe(
    `pulumi import alicloud:vpc/network:Network network-vpc ${vpc} ` +
      "--parent network=urn:pulumi:shanghai::china::china:index:Network::network " +
      "--provider cn-shanghai=urn:pulumi:shanghai::china::pulumi:providers:alicloud::cn-shanghai " +
      "--stack shanghai --generate-code=false --protect=false",
  );
});

test("the way out is followed to its entries, and an address on its gateway is a tie of its own", async () => {
  const sandbox = await listening();
  const { ok, client, cloud } = sandbox;
  const { vpc, vSwitch, group } = await network(sandbox);
  const gateway = await ok("vpc", "CreateNatGateway", {
    ...{
      VpcId: vpc,
      VSwitchId: vSwitch,
      NatType: "Enhanced",
      NetworkType: "internet",
      Name: "china-shanghai-network-nat",
    },
    ...{ InstanceChargeType: "PostPaid", InternetChargeType: "PayByLcu" },
  });
  const nat: string = gateway["NatGatewayId"] ?? "";
  const tables = gateway["SnatTableIds"] as { SnatTableId?: string[] } | undefined;
  const table = tables?.SnatTableId?.[0] ?? "";
  const allocated = await ok("vpc", "AllocateEipAddress", { Name: "china-shanghai-network-address", Bandwidth: "100" });
  const address: string = allocated["AllocationId"] ?? "";
  cloud.clock.skip(600_000);
  await ok("vpc", "AssociateEipAddress", { AllocationId: address, InstanceId: nat, InstanceType: "Nat" });
  cloud.clock.skip(600_000);
  const entry = await ok("vpc", "CreateSnatEntry", {
    ...{ SnatTableId: table, SourceVSwitchId: vSwitch, SnatIp: allocated["EipAddress"] ?? "" },
    SnatEntryName: "china-shanghai-network-out-cn-shanghai-l",
  });
  cloud.clock.skip(600_000);
  const { plan } = await loadStack("shanghai");
  const known = new Set([vpc, vSwitch, group, nat, address]);
  const found = await findLeftovers(client, query({ known, declared: declaredInPlan(plan) }));
  expect(found.map(({ id, logicalName }) => [id, logicalName])).toEqual([
    [`${address}:${nat}`, "network-address-on-nat"],
    [`${table}:${entry["SnatEntryId"]}`, "network-out-cn-shanghai-l"],
  ]);
});

test("a disk that hangs on its host without the state's knowing is a tie to import", async () => {
  const sandbox = await listening();
  const { ok, client, cloud } = sandbox;
  const { vpc, vSwitch, group } = await network(sandbox);
  const made = await ok("ecs", "RunInstances", {
    ...{ ImageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd", InstanceType: "ecs.g7.xlarge", SecurityGroupId: group },
    ...{ VSwitchId: vSwitch, ZoneId: "cn-shanghai-l", InstanceName: "china-shanghai-workers-01", Amount: 1 },
    ...{
      "SystemDisk.Category": "cloud_essd",
      "SystemDisk.Size": 40,
      InstanceChargeType: "PostPaid",
      ...tagged("shanghai"),
    },
  });
  const ids = made["InstanceIdSets"] as { InstanceIdSet?: string[] } | undefined;
  const host = ids?.InstanceIdSet?.[0] ?? "";
  const disk: string =
    (
      await ok("ecs", "CreateDisk", {
        ZoneId: "cn-shanghai-l",
        Size: 200,
        DiskCategory: "cloud_essd",
        DiskName: "china-shanghai-workers-01-data",
      })
    )["DiskId"] ?? "";
  cloud.clock.skip(600_000);
  await ok("ecs", "AttachDisk", { DiskId: disk, InstanceId: host });
  cloud.clock.skip(600_000);
  const { plan } = await loadStack("shanghai");
  const found = await findLeftovers(
    client,
    query({ known: new Set([vpc, vSwitch, group, host, disk]), declared: declaredInPlan(plan) }),
  );
  // The system disk belongs to its host and is not listed.
  expect(found.map(({ id, logicalName }) => [id, logicalName])).toEqual([
    [`${disk}:${host}`, "workers-01-data-attachment"],
  ]);
});

test("another stack whose name begins alike keeps its own", async () => {
  const sandbox = await listening();
  const name = "china-shanghai-test-network-address";
  await sandbox.ok("vpc", "AllocateEipAddress", { Name: name, Bandwidth: "5" });
  const alone = await findLeftovers(sandbox.client, query());
  const beside = await findLeftovers(sandbox.client, query({ otherStacks: ["shanghai-test"] }));
  expect([alone.map((one) => one.name), beside]).toEqual([[name], []]);
});

test("lists are read to their last page", async () => {
  const sandbox = await listening();
  const { ok, client, cloud } = sandbox;
  const { vpc, vSwitch, group } = await network(sandbox);
  const names = Array.from({ length: 230 }, (_, n) => `china-shanghai-${n}`);
  for (const RoleName of names) await ok("ram", "CreateRole", { RoleName, AssumeRolePolicyDocument: trust });
  for (const SecurityGroupName of names.slice(0, 70)) {
    await ok("ecs", "CreateSecurityGroup", { VpcId: vpc, SecurityGroupName });
  }
  const found = await findLeftovers(client, query({ known: new Set([vpc, vSwitch, group]) }));
  const namesOf = (type: string) => found.filter((one) => one.type === type).map((one) => one.name);
  expect(namesOf("alicloud:ram/role:Role")).toEqual(names.toSorted());
  expect(namesOf("alicloud:ecs/securityGroup:SecurityGroup")).toEqual(names.slice(0, 70).toSorted());
  const calls = Object.fromEntries(cloud.log.actions().map((row) => [row.action, row.calls]));
  // 230 roles by 100, 71 groups by 50.
  expect([calls["ListRoles"], calls["DescribeSecurityGroups"]]).toEqual([3, 2]);
});

test("only reads: no action that changes anything is called", async () => {
  const sandbox = await listening();
  await network(sandbox);
  const before = sandbox.cloud.log.recent(1_000).length;
  await findLeftovers(sandbox.client, query());
  const actions = sandbox.cloud.log
    .recent(1_000)
    .slice(before)
    .map((call) => call.action);
  expect(actions.length).toBeGreaterThanOrEqual(13);
  for (const action of actions) expect(action).toMatch(/^(Describe|List|Get)/);
});

test("a list that may not be read is no empty list", async () => {
  const { environment, authority } = await listening();
  const client = await cloudClient({
    ...{ region, authority, environment: { ...environment, ALICLOUD_SECRET_KEY: "wrong" } },
  });
  await expect(findLeftovers(client, query())).rejects.toThrow(/SignatureDoesNotMatch/);
});

test("no connection says so, without a key in the message", async () => {
  const environment = {
    ...{ ALICLOUD_ACCESS_KEY: "LTAI5tExampleKeyId00", ALICLOUD_SECRET_KEY: "secret-of-the-key" },
    ...{ ALIBABA_CLOUD_ENDPOINT_VPC: "127.0.0.1:9" },
  };
  const client = await cloudClient({ region, environment });
  const error = await client.call("vpc", "DescribeVpcs", { RegionId: region }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CloudRefusal);
  expect(error).toMatchObject({ code: "NoConnection", action: "DescribeVpcs" });
  expect(String(error)).not.toMatch(/LTAI5tExample|secret-of-the-key/);
});

test("the table names each thing, warns without a state, and keeps commands whole", async () => {
  const sandbox = await listening();
  const { vpc } = await network(sandbox);
  const asked = query({ known: undefined });
  const text = leftoversText(await findLeftovers(sandbox.client, asked), asked, 80);
  expect(text).toContain("3 things of china-shanghai in cn-shanghai");
  expect(text).toContain("There is no state to compare with");
  expect(text.split("\n")).toContain(
    `    delete it: aliyun vpc DeleteVpc --VpcId ${vpc} --RegionId cn-shanghai (the program does not declare it)`,
  );
});
