import { expect, it } from "vitest";
import { newCloud, testAccount } from "../client.ts";
import { minute, newPlace, smallV1 } from "../hitsdb/place.ts";

it("has a default group and another from the start", async () => {
  const answer = await newCloud().ok("resourcemanager", "ListResourceGroups", { PageSize: 50 });
  expect(answer["ResourceGroups"]?.["ResourceGroup"]).toMatchObject([
    { Id: `rg-acfm${testAccount}`, Name: "default", Status: "OK", AccountId: testAccount },
    { Name: "second", Status: "OK" },
  ]);
});

it("creates, renames, tags and deletes a group", async () => {
  const client = newCloud();
  const made = await client.ok("resourcemanager", "CreateResourceGroup", { Name: "data", DisplayName: "Data" });
  const id = String(made["ResourceGroup"]?.["Id"]);
  const read = async () =>
    (await client.ok("resourcemanager", "GetResourceGroup", { ResourceGroupId: id }))["ResourceGroup"];
  expect(await read()).toMatchObject({ Status: "Creating", Name: "data" });
  client.cloud.clock.skip(minute);
  await client.ok("resourcemanager", "UpdateResourceGroup", { ResourceGroupId: id, NewDisplayName: "More data" });
  expect(await read()).toMatchObject({ Status: "OK", DisplayName: "More data" });
  expect((await read())?.["RegionStatuses"]?.["RegionStatus"]).toContainEqual({
    RegionId: "cn-shanghai",
    Status: "OK",
  });
  const target = { ResourceType: "ResourceGroup", ResourceId: [id] };
  await client.ok("resourcemanager", "TagResources", { ...target, Tag: [{ Key: "a", Value: "b" }] });
  const tags = await client.ok("resourcemanager", "ListTagResources", target);
  expect(tags["TagResources"]).toMatchObject([{ TagKey: "a", TagValue: "b" }]);
  // The provider asks on for as long as there is a token, even an empty one.
  expect(tags).not.toHaveProperty("NextToken");
  await client.ok("resourcemanager", "UnTagResources", { ...target, TagKey: ["a"] });
  expect((await client.ok("resourcemanager", "ListTagResources", target))["TagResources"]).toEqual([]);
  await client.ok("resourcemanager", "DeleteResourceGroup", { ResourceGroupId: id });
  expect((await client.call("resourcemanager", "GetResourceGroup", { ResourceGroupId: id })).code).toBe(
    "EntityNotExists.ResourceGroup",
  );
});

it.each([
  ["a name that is taken", { Name: "default", DisplayName: "x" }, "EntityAlreadyExists.ResourceGroup"],
  ["a name with spaces", { Name: "my group", DisplayName: "x" }, "InvalidParameter.Name"],
  ["no name", { DisplayName: "x" }, "MissingParameter.Name"],
])("refuses %s", async (_, group, code) => {
  expect((await newCloud().call("resourcemanager", "CreateResourceGroup", group)).code).toBe(code);
});

it("keeps a group with something in it, and the two given ones", async () => {
  const place = await newPlace();
  const made = await place.ok("resourcemanager", "CreateResourceGroup", { Name: "data", DisplayName: "Data" });
  const ResourceGroupId = String(made["ResourceGroup"]?.["Id"]);
  await place.ok("lindorm", "CreateLindormInstance", { ...smallV1(place), ResourceGroupId });
  const remove = async (id: string) =>
    (await place.call("resourcemanager", "DeleteResourceGroup", { ResourceGroupId: id })).code;
  expect(await remove(ResourceGroupId)).toBe("DeleteConflict.ResourceGroup.Resource");
  expect(await remove(`rg-acfm${testAccount}`)).toBe("NoPermission.ResourceGroup");
});
