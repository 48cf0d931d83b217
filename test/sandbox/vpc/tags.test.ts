import { describe, expect, test } from "vitest";
import { newCloud } from "../client.ts";
import { makeAddress, makeGateway } from "./network.ts";

async function prepared() {
  const client = newCloud();
  const { vpcId, vSwitchId, id } = await makeGateway(client);
  const address = await makeAddress(client);
  return { client, ids: { VPC: vpcId, VSWITCH: vSwitchId, NATGATEWAY: id, EIP: address.id } };
}

describe.each(["VPC", "VSWITCH", "NATGATEWAY", "EIP"] as const)("tags of a %s", (ResourceType) => {
  test("are added, listed, replaced and taken away", async () => {
    const { client, ids } = await prepared();
    const named = { ResourceType, ResourceId: [ids[ResourceType]] };
    const list = async () => {
      const { TagResources } = await client.ok("vpc", "ListTagResources", named);
      return [...(TagResources?.["TagResource"] ?? [])].map((tag) => [tag["TagKey"], tag["TagValue"]]);
    };
    expect(await list()).toEqual([]);
    const tags = [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "" },
    ];
    await client.ok("vpc", "TagResources", { ...named, Tag: tags });
    await client.ok("vpc", "TagResources", { ...named, Tag: [{ Key: "a", Value: "2" }] });
    expect(await list()).toEqual([
      ["a", "2"],
      ["b", ""],
    ]);
    await client.ok("vpc", "UnTagResources", { ...named, TagKey: ["a"] });
    expect(await list()).toEqual([["b", ""]]);
    await client.ok("vpc", "UnTagResources", { ...named, All: true });
    expect(await list()).toEqual([]);
  });
});

test("everything of a type is found by a tag, without an id", async () => {
  const { client, ids } = await prepared();
  const Tag = [{ Key: "stack", Value: "one" }];
  await client.ok("vpc", "TagResources", { ResourceType: "VPC", ResourceId: [ids.VPC], Tag });
  const found = await client.ok("vpc", "ListTagResources", { ResourceType: "VPC", Tag });
  expect(found["TagResources"]).toEqual({
    TagResource: [{ ResourceType: "VPC", ResourceId: ids.VPC, TagKey: "stack", TagValue: "one" }],
  });
  const none = await client.ok("vpc", "ListTagResources", {
    ResourceType: "VPC",
    Tag: [{ Key: "stack", Value: "two" }],
  });
  expect(none["TagResources"]).toEqual({ TagResource: [] });
});

test("tags stand in the answers of the resources themselves", async () => {
  const { client, ids } = await prepared();
  const Tag = [{ Key: "a", Value: "1" }];
  await client.ok("vpc", "TagResources", { ResourceType: "VSWITCH", ResourceId: [ids.VSWITCH], Tag });
  const shown = await client.ok("vpc", "DescribeVSwitchAttributes", { VSwitchId: ids.VSWITCH });
  expect(shown["Tags"]).toEqual({ Tag });
});

describe("TagResources refuses", () => {
  const tag = [{ Key: "a", Value: "1" }];
  test.each([
    [{ ResourceType: "HOUSE", ResourceId: ["vpc-1"], Tag: tag }, 400, "InvalidResourceType.NotFound"],
    [{ ResourceType: "VPC", ResourceId: ["vpc-nothing"], Tag: tag }, 404, "InvalidResourceId.NotFound"],
    [{ ResourceType: "VPC", Tag: tag }, 400, "MissingParameter.ResourceId"],
    [{ ResourceId: ["vpc-1"], Tag: tag }, 400, "MissingParameter.ResourceType"],
  ])("%o", async (parameters, status, code) => {
    expect(await newCloud().call("vpc", "TagResources", parameters)).toMatchObject({ status, code });
  });

  test("a twenty-first tag, and keys of the cloud itself", async () => {
    const { client, ids } = await prepared();
    const named = { ResourceType: "EIP", ResourceId: [ids.EIP] };
    const many = Array.from({ length: 20 }, (_, n) => ({ Key: `k${n}`, Value: "" }));
    await client.ok("vpc", "TagResources", { ...named, Tag: many });
    expect(await client.call("vpc", "TagResources", { ...named, Tag: tag })).toMatchObject({
      code: "TagLimitExceeded",
    });
    const reserved = await client.call("vpc", "TagResources", { ...named, Tag: [{ Key: "acs:x", Value: "" }] });
    expect(reserved).toMatchObject({ code: "InvalidTagKey.Malformed" });
  });
});
