/**
 * npm's ecs20140526 of Alibaba Cloud, run by ecs-node.test.ts in a process that gets the variables of `sandbox serve` and
 * nothing else. It writes what it saw as JSON; the network comes from calls by name, as users do for what lies in
 * another package.
 */
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

const require = createRequire(import.meta.url);
const ecs: typeof import("@alicloud/ecs20140526") = require("@alicloud/ecs20140526");
const core: typeof import("@alicloud/openapi-core") = require("@alicloud/openapi-core");
const dara: typeof import("@darabonba/typescript") = require("@darabonba/typescript");

const regionId = "cn-shanghai";
const userData = Buffer.from("#!/bin/bash\necho 你好 > /root/hello\n").toString("base64");

function config(product: "ECS" | "VPC", more: object = {}) {
  return new core.$OpenApiUtil.Config({
    accessKeyId: process.env["ALIBABA_CLOUD_ACCESS_KEY_ID"],
    accessKeySecret: process.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
    regionId,
    endpoint: process.env[`ALIBABA_CLOUD_ENDPOINT_${product}`],
    ...more,
  });
}
const client = new ecs.default(config("ECS"));
const network = new core.default(config("VPC"));

/** An action by its name: what it answers is any JSON. */
async function vpc(action: string, query: Record<string, string>, bodyType = "json"): Promise<Record<string, unknown>> {
  const answer = await network.callApi(
    new core.$OpenApiUtil.Params({
      action,
      version: "2016-04-28",
      protocol: "HTTPS",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType,
    }),
    new core.$OpenApiUtil.OpenApiRequest({ query: { RegionId: regionId, ...query } }),
    new dara.RuntimeOptions({}),
  );
  return answer["body"];
}

/** Polls as users do; what was answered at last. */
async function until<T>(ask: () => Promise<T>, wanted: T): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (JSON.stringify(answer) === JSON.stringify(wanted) || Date.now() > end) return answer;
    await sleep(100);
  }
}

/** Name, code and HTTP status of the SDK's own error, for a call that must not go through. */
async function refused(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, code, statusCode } = error as Error & { readonly code?: string; readonly statusCode?: number };
    return [name, code, statusCode];
  }
}

const seen: Record<string, unknown> = {};

const regions = await client.describeRegions(new ecs.DescribeRegionsRequest({}));
seen["regions"] = regions.body?.regions?.region?.map((region) => region.regionId);
const zones = (await client.describeZones(new ecs.DescribeZonesRequest({ regionId }))).body?.zones?.zone ?? [];
const zoneId = zones[0]?.zoneId ?? "";
const resources = zones[0]?.availableResources?.resourcesInfo?.[0];
seen["zone sells"] = [
  resources?.instanceTypes?.supportedInstanceType?.includes("ecs.g7.large"),
  resources?.dataDiskCategories?.supportedDataDiskCategory?.includes("cloud_essd"),
];
const images = await client.describeImages(
  new ecs.DescribeImagesRequest({ regionId, imageOwnerAlias: "system", OSType: "linux", pageSize: 50 }),
);
const imageId = images.body?.images?.image?.find((image) => image.architecture === "x86_64")?.imageId ?? "";
const price = await client.describePrice(
  new ecs.DescribePriceRequest({
    regionId,
    resourceType: "instance",
    instanceType: "ecs.g7.large",
    systemDisk: new ecs.DescribePriceRequestSystemDisk({ category: "cloud_essd", size: 40 }),
    dataDisk: [new ecs.DescribePriceRequestDataDisk({ category: "cloud_essd", size: 100, performanceLevel: "PL1" })],
  }),
);
seen["price"] = [price.body?.priceInfo?.price?.currency, (price.body?.priceInfo?.price?.tradePrice ?? 0) > 0];

const { VpcId } = await vpc("CreateVpc", { CidrBlock: "10.0.0.0/16" });
const vpcId = String(VpcId);
seen["vpc"] = await until(async () => (await vpc("DescribeVpcAttribute", { VpcId: vpcId }))["Status"], "Available");
const { VSwitchId } = await vpc("CreateVSwitch", { VpcId: vpcId, ZoneId: zoneId, CidrBlock: "10.0.1.0/24" });
const vSwitchId = String(VSwitchId);
await until(async () => (await vpc("DescribeVSwitchAttributes", { VSwitchId: vSwitchId }))["Status"], "Available");
const group = await client.createSecurityGroup(
  new ecs.CreateSecurityGroupRequest({
    regionId,
    vpcId,
    tag: [new ecs.CreateSecurityGroupRequestTag({ key: "team", value: "data" })],
  }),
);
const securityGroupId = group.body?.securityGroupId ?? "";
const permissions = [
  new ecs.AuthorizeSecurityGroupRequestPermissions({
    ipProtocol: "tcp",
    portRange: "22/22",
    sourceCidrIp: "10.0.0.0/8",
  }),
];
await client.authorizeSecurityGroup(new ecs.AuthorizeSecurityGroupRequest({ regionId, securityGroupId, permissions }));

const made = await client.runInstances(
  new ecs.RunInstancesRequest({
    regionId,
    zoneId,
    imageId,
    instanceType: "ecs.g7.large",
    securityGroupId,
    vSwitchId,
    instanceName: "node",
    amount: 2,
    userData,
    systemDisk: new ecs.RunInstancesRequestSystemDisk({ category: "cloud_essd", size: "40" }),
    dataDisk: [new ecs.RunInstancesRequestDataDisk({ category: "cloud_essd", size: 100, performanceLevel: "PL1" })],
    tag: [new ecs.RunInstancesRequestTag({ key: "team", value: "数据" })],
  }),
);
const hosts = made.body?.instanceIdSets?.instanceIdSet ?? [];
seen["hosts"] = hosts.length;

const instances = async (by: object = {}) =>
  (await client.describeInstances(new ecs.DescribeInstancesRequest({ regionId, ...by }))).body;
const statuses = async () => (await instances())?.instances?.instance?.map((instance) => instance.status).sort();
seen["start"] = await until(statuses, ["Running", "Running"]);
const paged = await Promise.all([1, 2, 3].map((pageNumber) => instances({ pageSize: 1, pageNumber })));
seen["pages"] = paged.map((body) => [body?.totalCount, body?.instances?.instance?.length]);
const tagged = (value: string) => instances({ tag: [new ecs.DescribeInstancesRequestTag({ key: "team", value })] });
seen["by tag"] = [(await tagged("数据"))?.totalCount, (await tagged("others"))?.totalCount];
const ids = JSON.stringify(hosts.slice(0, 1));
const first = (await instances({ instanceIds: ids }))?.instances?.instance?.[0];
seen["host"] = [first?.instanceName, first?.cpu, first?.memory, first?.tags?.tag?.map((tag) => tag.tagValue)];
const instanceId = hosts[0] ?? "";
const told = await client.describeUserData(new ecs.DescribeUserDataRequest({ regionId, instanceId }));
seen["user data"] = told.body?.userData === userData;
const disks = await client.describeDisks(new ecs.DescribeDisksRequest({ regionId, instanceId }));
seen["disks"] = disks.body?.disks?.disk?.map((disk) => [disk.type, disk.size, disk.status]).sort();

await client.stopInstances(new ecs.StopInstancesRequest({ regionId, instanceId: hosts }));
seen["stop"] = await until(statuses, ["Stopped", "Stopped"]);

seen["refused"] = {
  "group in use": await refused(() =>
    client.deleteSecurityGroup(new ecs.DeleteSecurityGroupRequest({ regionId, securityGroupId })),
  ),
  "VPC in use": await refused(() => vpc("DeleteVpc", { VpcId: vpcId })),
  "no such host": await refused(() =>
    client.startInstance(new ecs.StartInstanceRequest({ instanceId: "i-uf6000000000000000000" })),
  ),
  "wrong secret": await refused(() =>
    new ecs.default(config("ECS", { accessKeySecret: "wrong" })).describeRegions(new ecs.DescribeRegionsRequest({})),
  ),
  // The test has this action throttled.
  throttled: await refused(() => client.describeSnapshots(new ecs.DescribeSnapshotsRequest({ regionId }))),
};

await client.deleteInstances(new ecs.DeleteInstancesRequest({ regionId, instanceId: hosts, force: true }));
seen["hosts left"] = await until(async () => (await instances())?.totalCount, 0);
await client.deleteSecurityGroup(new ecs.DeleteSecurityGroupRequest({ regionId, securityGroupId }));
await vpc("DeleteVSwitch", { VSwitchId: vSwitchId });
await until(async () => (await vpc("DescribeVSwitches", { VpcId: vpcId }))["TotalCount"], 0);
await vpc("DeleteVpc", { VpcId: vpcId });

process.stdout.write(JSON.stringify(seen, null, 1));
