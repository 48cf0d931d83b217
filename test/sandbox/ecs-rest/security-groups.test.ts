import { describe, expect, it } from "vitest";
import { secondGroupId } from "../../../sandbox/account/rows.ts";
import { defaultQuotas } from "../../../sandbox/core/accounts.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { changeAccount, newGroup, newHost, newPlace, text } from "./place.ts";

async function group(client: Client, id: string) {
  const { SecurityGroups } = await client.ok("ecs", "DescribeSecurityGroups", { SecurityGroupId: id });
  return SecurityGroups?.["SecurityGroup"]?.[0];
}

describe("CreateSecurityGroup", () => {
  it("makes a group whose hosts reach one another, as the provider reads it", async () => {
    const client = newCloud();
    const { vpcId } = await newPlace(client);
    const id = await newGroup(client, vpcId, {
      SecurityGroupName: "hosts",
      Description: "of the stack",
      Tag: [{ Key: "stack", Value: "shanghai" }],
    });
    expect(id).toMatch(/^sg-uf6/);
    expect(await group(client, id)).toMatchObject({
      SecurityGroupId: id,
      SecurityGroupName: "hosts",
      SecurityGroupType: "normal",
      VpcId: vpcId,
      Description: "of the stack",
      Tags: { Tag: [{ TagKey: "stack", TagValue: "shanghai" }] },
    });
    expect(await client.ok("ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId: id })).toMatchObject({
      SecurityGroupId: id,
      VpcId: vpcId,
      InnerAccessPolicy: "Accept",
      Permissions: { Permission: [] },
    });
  });

  it("goes to the default VPC when none is named, and nowhere without one", async () => {
    const client = newCloud();
    expect(await client.call("ecs", "CreateSecurityGroup")).toMatchObject({
      code: "InvalidVpcId.NotFound",
      status: 403,
    });
    const { VpcId } = await client.ok("vpc", "CreateDefaultVpc");
    client.cloud.clock.skip(60_000);
    const { SecurityGroupId } = await client.ok("ecs", "CreateSecurityGroup");
    expect((await group(client, text(SecurityGroupId)))?.["VpcId"]).toBe(VpcId);
  });

  it.each([
    ["a VPC that does not exist", { VpcId: "vpc-none" }, "InvalidVpcId.NotFound", 404],
    ["a name that starts with a digit", { SecurityGroupName: "1st" }, "InvalidSecurityGroupName.Malformed", 400],
    ["a name of one letter", { SecurityGroupName: "a" }, "InvalidSecurityGroupName.Malformed", 400],
    ["a description like a link", { Description: "https://a" }, "InvalidDescription.Malformed", 400],
    ["a type that does not exist", { SecurityGroupType: "large" }, "InvalidParameter.SecurityGroupType", 400],
    ["a resource group that does not exist", { ResourceGroupId: "rg-none" }, "InvalidResourceGroup.NotFound", 404],
  ])("refuses %s", async (_, change, code, status) => {
    const client = newCloud();
    const { vpcId } = await newPlace(client);
    const refused = await client.call("ecs", "CreateSecurityGroup", { VpcId: vpcId, ...change });
    expect(refused).toMatchObject({ code, status });
  });

  it("stops at the quota of the region", async () => {
    const client = newCloud();
    const { vpcId } = await newPlace(client);
    changeAccount(client, { quotas: { ...defaultQuotas, securityGroups: 2 } });
    await newGroup(client, vpcId);
    expect(await client.call("ecs", "CreateSecurityGroup", { VpcId: vpcId })).toMatchObject({
      code: "QuotaExceed.SecurityGroup",
      status: 403,
    });
  });
});

describe("changing a security group", () => {
  it("takes name, description, inner access and resource group", async () => {
    const client = newCloud();
    const { groupId: SecurityGroupId } = await newPlace(client);
    const inner = async () =>
      (await client.ok("ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId }))["InnerAccessPolicy"];
    await client.ok("ecs", "ModifySecurityGroupAttribute", {
      SecurityGroupId,
      SecurityGroupName: "new",
      Description: "new one",
    });
    await client.ok("ecs", "ModifySecurityGroupPolicy", { SecurityGroupId, InnerAccessPolicy: "Drop" });
    expect(await inner()).toBe("Drop");
    await client.ok("ecs", "ModifySecurityGroupPolicy", { SecurityGroupId, InnerAccessPolicy: "accept" });
    expect(await inner()).toBe("Accept");
    await client.ok("ecs", "JoinResourceGroup", {
      ResourceType: "securitygroup",
      ResourceId: SecurityGroupId,
      ResourceGroupId: secondGroupId(testAccount),
    });
    await client.ok("ecs", "ModifySecurityGroupAttribute", { SecurityGroupId, Description: "" });
    expect(await group(client, SecurityGroupId)).toMatchObject({
      SecurityGroupName: "new",
      Description: "",
      ResourceGroupId: secondGroupId(testAccount),
    });
  });

  it("never opens an enterprise group, whose hosts are apart from one another", async () => {
    const client = newCloud();
    const { vpcId } = await newPlace(client);
    const SecurityGroupId = await newGroup(client, vpcId, { SecurityGroupType: "enterprise" });
    const attribute = await client.ok("ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId });
    expect(attribute["InnerAccessPolicy"]).toBe("Drop");
    const opened = await client.call("ecs", "ModifySecurityGroupPolicy", {
      SecurityGroupId,
      InnerAccessPolicy: "Accept",
    });
    expect(opened).toMatchObject({ code: "InvalidGroupParameter.OperationDenied", status: 400 });
  });
});

describe("DescribeSecurityGroups", () => {
  it("finds by ids, name, VPC, type and tag", async () => {
    const client = newCloud();
    const { vpcId, groupId } = await newPlace(client);
    const other = await newPlace(client, "cn-shanghai-m");
    const big = await newGroup(client, vpcId, {
      SecurityGroupType: "enterprise",
      SecurityGroupName: "big",
      Tag: [{ Key: "a", Value: "1" }],
    });
    const found = async (filter: object) => {
      const { SecurityGroups } = await client.ok("ecs", "DescribeSecurityGroups", filter);
      return (SecurityGroups?.["SecurityGroup"] ?? []).map((one) => String(one["SecurityGroupId"]));
    };
    expect(await found({})).toEqual([groupId, other.groupId, big]);
    expect(await found({ SecurityGroupIds: JSON.stringify([big, "sg-none"]) })).toEqual([big]);
    expect(await found({ SecurityGroupId: "sg-none" })).toEqual([]);
    expect(await found({ SecurityGroupName: "big" })).toEqual([big]);
    expect(await found({ VpcId: other.vpcId })).toEqual([other.groupId]);
    expect(await found({ SecurityGroupType: "normal" })).toEqual([groupId, other.groupId]);
    expect(await found({ NetworkType: "classic" })).toEqual([]);
    expect(await found({ Tag: [{ Key: "a" }] })).toEqual([big]);
    expect(await found({ PageSize: 2, PageNumber: 2 })).toEqual([big]);
  });

  it("counts hosts when it is asked to", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    await newHost(client, place);
    const asked = { SecurityGroupId: place.groupId, IsQueryEcsCount: true };
    const { SecurityGroups } = await client.ok("ecs", "DescribeSecurityGroups", asked);
    expect(SecurityGroups?.["SecurityGroup"]?.[0]?.["EcsCount"]).toBe(1);
  });
});

describe("DeleteSecurityGroup", () => {
  it("waits for the hosts in it", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    const InstanceId = await newHost(client, place);
    const remove = () => client.call("ecs", "DeleteSecurityGroup", { SecurityGroupId: place.groupId });
    expect(await remove()).toMatchObject({ code: "DependencyViolation", status: 403 });
    await client.ok("ecs", "DeleteInstance", { InstanceId, Force: true });
    client.cloud.clock.skip(10 * 60_000);
    expect((await remove()).code).toBeUndefined();
    expect(await remove()).toMatchObject({ code: "InvalidSecurityGroupId.NotFound", status: 404 });
  });

  it("waits for the rules of other groups that name it, which can be asked for", async () => {
    const client = newCloud();
    const { vpcId, groupId } = await newPlace(client);
    const named = await newGroup(client, vpcId);
    const rule = { SecurityGroupId: groupId, IpProtocol: "tcp", PortRange: "22/22", SourceGroupId: named };
    await client.ok("ecs", "AuthorizeSecurityGroup", rule);
    const remove = () => client.call("ecs", "DeleteSecurityGroup", { SecurityGroupId: named });
    expect(await remove()).toMatchObject({ code: "DependencyViolation", status: 403 });
    const references = await client.ok("ecs", "DescribeSecurityGroupReferences", { SecurityGroupId: [named, groupId] });
    expect(references["SecurityGroupReferences"]?.["SecurityGroupReference"]).toEqual([
      {
        SecurityGroupId: named,
        ReferencingSecurityGroups: { ReferencingSecurityGroup: [{ AliUid: testAccount, SecurityGroupId: groupId }] },
      },
    ]);
    await client.ok("ecs", "RevokeSecurityGroup", rule);
    expect((await remove()).code).toBeUndefined();
  });
});
