import { expect, test } from "vitest";
import { ask } from "../../sandbox/control.ts";
import { newCloud } from "./client.ts";

const image = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";

/** A network to order hosts in, and an order. */
async function place() {
  const client = newCloud();
  const { cloud } = client;
  const { VpcId } = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  cloud.clock.skip(60_000);
  const network = { VpcId, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20" };
  const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", network);
  const { SecurityGroupId } = await client.ok("ecs", "CreateSecurityGroup", { VpcId });
  cloud.clock.skip(60_000);
  const order = (more: object = {}) =>
    client.call("ecs", "RunInstances", {
      ...{ ImageId: image, InstanceType: "ecs.g7.xlarge", VSwitchId, SecurityGroupId, Amount: 1, DryRun: true },
      ...{ SystemDisk: { Category: "cloud_essd", Size: 40 }, InstanceChargeType: "PostPaid", ...more },
    });
  const take = (zone: string, what: string, how: "NoStock" | "NotOnSale" | "LowStock") =>
    ask(cloud, { ask: "sell-out", zone, what, how });
  return { client, cloud, order, take };
}

test("what is low is still sold, and what is sold out of a region is so in all of its zones", async () => {
  const { order, take } = await place();
  take("cn-shanghai-l", "ecs.g7.xlarge", "LowStock");
  expect(await order()).toMatchObject({ code: "DryRunOperation" });
  take("cn-shang", "*", "NoStock");
  expect(await order()).toMatchObject({ code: "DryRunOperation" });
  take("cn-shanghai", "ecs.g7.xlarge", "NoStock");
  expect(await order()).toMatchObject({ code: "OperationDenied.NoStock" });
});

test("an image that was taken back is Deprecated, in no list, and no host is made from it", async () => {
  const { client, order, take } = await place();
  const listed = async (more: object) => {
    const { Images } = await client.ok("ecs", "DescribeImages", { ImageId: image, ...more });
    return (Images?.["Image"] ?? []) as readonly { readonly Status: string }[];
  };
  expect(await listed({})).toMatchObject([{ Status: "Available" }]);
  take("cn-shanghai", image, "NoStock");
  expect([await listed({}), await listed({ Status: "Available,Deprecated" })]).toMatchObject([
    [],
    [{ Status: "Deprecated" }],
  ]);
  expect(await order()).toMatchObject({ code: "InvalidImageId.NotFound" });
});

test("a spot price is told, and a limit below it buys nothing", async () => {
  const { client, cloud, order } = await place();
  const spot = (SpotPriceLimit: number) => order({ SpotStrategy: "SpotWithPriceLimit", SpotPriceLimit });
  expect(await spot(0.1)).toMatchObject({ code: "DryRunOperation" });
  ask(cloud, { ask: "spot-price", zone: "cn-shanghai-l", type: "ecs.g7.xlarge", price: 0.3 });
  expect(await spot(0.3)).toMatchObject({ code: "DryRunOperation" });
  expect(await spot(0.29)).toMatchObject({ code: "InvalidSpotPriceLimit.LowerThanPublicPrice" });
  const history = { NetworkType: "vpc", InstanceType: "ecs.g7.xlarge" };
  expect(await client.ok("ecs", "DescribeSpotPriceHistory", history)).toMatchObject({
    SpotPrices: { SpotPriceType: [{ ZoneId: "cn-shanghai-l", SpotPrice: 0.3 }] },
  });
  ask(cloud, { ask: "clear-conditions" });
  expect(await client.ok("ecs", "DescribeSpotPriceHistory", history)).toMatchObject({
    SpotPrices: { SpotPriceType: [] },
  });
});

test("quotas are told by their names, page by page, for products that are known", async () => {
  const { client } = await place();
  const vpc = { ProductCode: "vpc", MaxResults: 1 };
  const first = await client.ok("quotas", "ListProductQuotas", vpc);
  expect(first).toMatchObject({
    TotalCount: 2,
    Quotas: [{ QuotaName: "vpc_quota_instances_num", TotalQuota: 10, TotalUsage: 1 }],
  });
  const second = await client.ok("quotas", "ListProductQuotas", { ...vpc, NextToken: first["NextToken"] });
  expect(second).toMatchObject({ NextToken: "", Quotas: [{ QuotaName: "vpc_quota_vswitches_num", TotalQuota: 150 }] });
  expect(await client.call("quotas", "ListProductQuotas", { ProductCode: "x" })).toMatchObject({ status: 400 });
});
