import { describe, expect, it } from "vitest";
import { secondGroupId } from "../../../sandbox/account/rows.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { disk, newDisk, newHost, newPlace, text } from "./place.ts";

/** One resource of each type. */
async function oneOfEach(client: Client): Promise<readonly (readonly [type: string, id: string])[]> {
  const place = await newPlace(client);
  const instance = await newHost(client, place);
  const { Disks } = await client.ok("ecs", "DescribeDisks", { InstanceId: instance });
  const diskId = text(Disks?.["Disk"]?.[0]?.["DiskId"]);
  const snapshot = await client.ok("ecs", "CreateSnapshot", { DiskId: diskId });
  await client.ok("ecs", "ImportKeyPair", { KeyPairName: "ops", PublicKeyBody: "ssh-rsa AAAA" });
  const policy = await client.ok("ecs", "CreateAutoSnapshotPolicy", {
    timePoints: '["1"]',
    repeatWeekdays: '["1"]',
    retentionDays: 1,
  });
  return [
    ["instance", instance],
    ["disk", diskId],
    ["snapshot", text(snapshot["SnapshotId"])],
    ["keypair", "ops"],
    ["securitygroup", place.groupId],
    ["snapshotpolicy", text(policy["AutoSnapshotPolicyId"])],
  ];
}

async function tagsOf(client: Client, ResourceType: string, id: string) {
  const { TagResources } = await client.ok("ecs", "ListTagResources", { ResourceType, ResourceId: [id] });
  return TagResources?.["TagResource"] ?? [];
}

describe("tags", () => {
  it("go on everything, are overwritten, and come off", async () => {
    const client = newCloud();
    for (const [ResourceType, id] of await oneOfEach(client)) {
      const of = { ResourceType, ResourceId: [id] };
      await client.ok("ecs", "TagResources", {
        ...of,
        Tag: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "" },
        ],
      });
      await client.ok("ecs", "TagResources", { ...of, Tag: [{ Key: "a", Value: "2" }] });
      expect(await tagsOf(client, ResourceType, id)).toEqual([
        { ResourceType, ResourceId: id, TagKey: "a", TagValue: "2" },
        { ResourceType, ResourceId: id, TagKey: "b", TagValue: "" },
      ]);
      await client.ok("ecs", "UntagResources", { ...of, TagKey: ["a", "none"] });
      expect(await tagsOf(client, ResourceType, id)).toMatchObject([{ TagKey: "b" }]);
      await client.ok("ecs", "UntagResources", { ...of, All: true });
      expect(await tagsOf(client, ResourceType, id)).toEqual([]);
    }
  });

  it("find resources by key and by value, page by page", async () => {
    const client = newCloud();
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1) ids.push(await newDisk(client, { Tag: [{ Key: "n", Value: n % 2 }] }));
    const list = (more: object) => client.ok("ecs", "ListTagResources", { ResourceType: "disk", ...more });
    const first = await list({ Tag: [{ Key: "n" }] });
    expect(first["TagResources"]?.["TagResource"]).toHaveLength(50);
    const last = await list({ Tag: [{ Key: "n" }], NextToken: first["NextToken"] });
    expect(last["TagResources"]?.["TagResource"]).toHaveLength(10);
    expect(last).not.toHaveProperty("NextToken");
    expect((await list({ Tag: [{ Key: "n", Value: "1" }] }))["TagResources"]?.["TagResource"]).toHaveLength(30);
    expect(
      (await list({ Tag: [{ Key: "n", Value: "1" }], ResourceId: [ids[0]] }))["TagResources"]?.["TagResource"],
    ).toEqual([]);
  });

  it("are counted by type with the older actions", async () => {
    const client = newCloud();
    const ResourceId = await newDisk(client);
    await client.ok("ecs", "AddTags", { ResourceType: "disk", ResourceId, Tag: [{ Key: "a", Value: "1" }] });
    const found = await client.ok("ecs", "DescribeTags", { ResourceType: "disk", ResourceId });
    expect(found["Tags"]?.["Tag"]).toEqual([{ TagKey: "a", TagValue: "1", ResourceTypeCount: { Disk: 1 } }]);
    await client.ok("ecs", "RemoveTags", { ResourceType: "disk", ResourceId, Tag: [{ Key: "a", Value: "2" }] });
    expect(await tagsOf(client, "disk", ResourceId)).toHaveLength(1);
    await client.ok("ecs", "RemoveTags", { ResourceType: "disk", ResourceId, Tag: [{ Key: "a", Value: "1" }] });
    expect(await tagsOf(client, "disk", ResourceId)).toEqual([]);
  });

  it.each([
    ["a type that does not exist", { ResourceType: "moon" }, "InvalidResourceType.NotFound", 404],
    ["a resource that does not exist", { ResourceId: ["d-none"] }, "InvalidResourceId.NotFound", 404],
    ["an image, of which there are none of one's own", { ResourceType: "image" }, "InvalidResourceId.NotFound", 404],
    ["no resource", { ResourceId: [] }, "MissingParameter.ResourceId", 400],
    ["no tags", { Tag: [] }, "MissingParameter.Tags", 404],
    ["a key of the cloud's own", { Tag: [{ Key: "aliyun-x", Value: "" }] }, "InvalidTagKey.Malformed", 400],
    ["21 tags", { Tag: Array.from({ length: 21 }, (_, n) => ({ Key: `k${n}`, Value: "" })) }, "NumberExceed.Tags", 400],
    [
      "51 resources",
      { ResourceId: JSON.stringify(Array.from({ length: 51 }, (_, n) => `d-${n}`)) },
      "NumberExceed.ResourceIds",
      400,
    ],
  ])("refuse %s", async (_, change, code, status) => {
    const client = newCloud();
    const id = await newDisk(client);
    const tag = { ResourceType: "disk", ResourceId: [id], Tag: [{ Key: "a", Value: "1" }] };
    expect(await client.call("ecs", "TagResources", { ...tag, ...change })).toMatchObject({ code, status });
    expect(await tagsOf(client, "disk", id)).toEqual([]);
  });

  it("stay as they were when one of several resources is refused", async () => {
    const client = newCloud();
    const id = await newDisk(client);
    const both = { ResourceType: "disk", ResourceId: [id, "d-none"], Tag: [{ Key: "a", Value: "1" }] };
    expect((await client.call("ecs", "TagResources", both)).code).toBe("InvalidResourceId.NotFound");
    expect(await tagsOf(client, "disk", id)).toEqual([]);
  });
});

describe("JoinResourceGroup", () => {
  it("moves everything to another group that exists", async () => {
    const client = newCloud();
    const ResourceGroupId = secondGroupId(testAccount);
    for (const [ResourceType, ResourceId] of await oneOfEach(client)) {
      await client.ok("ecs", "JoinResourceGroup", { ResourceType, ResourceId, ResourceGroupId });
    }
    const { Disks } = await client.ok("ecs", "DescribeDisks", { ResourceGroupId });
    expect(Disks?.["Disk"]).toHaveLength(1);
    const { KeyPairs } = await client.ok("ecs", "DescribeKeyPairs", { ResourceGroupId });
    expect(KeyPairs?.["KeyPair"]).toHaveLength(1);
    const id = await newDisk(client);
    const nowhere = { ResourceType: "disk", ResourceId: id, ResourceGroupId: "rg-none" };
    expect(await client.call("ecs", "JoinResourceGroup", nowhere)).toMatchObject({
      code: "InvalidResourceGroup.NotFound",
      status: 404,
    });
    expect((await disk(client, id))["ResourceGroupId"]).toBe("");
  });
});
