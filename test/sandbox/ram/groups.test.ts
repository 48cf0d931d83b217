import { expect, test } from "vitest";
import { newCloud } from "../client.ts";
import { allow, document, userWith } from "./cast.ts";

test("what is attached to a group counts for its users, also under a new name, and no longer when they leave", async () => {
  const cloud = newCloud();
  const user = await userWith(cloud, "ann");
  const group = { GroupName: "data" };
  const policy = { PolicyName: "reads", PolicyType: "Custom" };
  await cloud.ok("ram", "CreateGroup", group);
  await cloud.ok("ram", "CreatePolicy", { ...policy, PolicyDocument: document(allow("ecs:DescribeRegions")) });
  await cloud.ok("ram", "AttachPolicyToGroup", { ...policy, ...group });
  expect((await user.call("ecs", "DescribeRegions")).code).toBe("Forbidden.RAM");

  await cloud.ok("ram", "AddUserToGroup", { ...group, UserName: "ann" });
  await user.ok("ecs", "DescribeRegions");
  const { Groups: of } = await cloud.ok("ram", "ListGroupsForUser", { UserName: "ann" });
  expect(of?.["Group"]).toMatchObject([group]);
  const { Policies: attached } = await cloud.ok("ram", "ListPoliciesForGroup", group);
  expect(attached?.["Policy"]).toMatchObject([{ ...policy, DefaultVersion: "v1" }]);
  const { Groups: holders } = await cloud.ok("ram", "ListEntitiesForPolicy", policy);
  expect(holders?.["Group"]).toMatchObject([group]);
  const { Policy: counted } = await cloud.ok("ram", "GetPolicy", policy);
  expect(counted?.["AttachmentCount"]).toBe(1);

  await cloud.ok("ram", "UpdateUser", { UserName: "ann", NewUserName: "anna" });
  await user.ok("ecs", "DescribeRegions");
  await cloud.ok("ram", "RemoveUserFromGroup", { ...group, UserName: "anna" });
  expect((await user.call("ecs", "DescribeRegions")).code).toBe("Forbidden.RAM");
});

test("a group goes when nobody is in it and nothing hangs on it", async () => {
  const cloud = newCloud();
  const group = { GroupName: "data" };
  const policy = { PolicyName: "reads", PolicyType: "Custom" };
  const code = async (action: string, more = {}) => (await cloud.call("ram", action, { ...group, ...more })).code;
  expect(await code("DeleteGroup")).toBe("EntityNotExist.Group");
  await cloud.ok("ram", "CreateGroup", group);
  expect(await code("CreateGroup")).toBe("EntityAlreadyExists.Group");
  const { Groups: all } = await cloud.ok("ram", "ListGroups");
  expect(all?.["Group"]).toMatchObject([group]);

  await cloud.ok("ram", "CreateUser", { UserName: "ann" });
  await cloud.ok("ram", "AddUserToGroup", { ...group, UserName: "ann" });
  expect(await code("AddUserToGroup", { UserName: "ann" })).toBe("EntityAlreadyExists.User.Group");
  expect(await code("DeleteUser", { UserName: "ann" })).toBe("DeleteConflict.User.Group");
  await cloud.ok("ram", "CreatePolicy", { ...policy, PolicyDocument: document(allow("ecs:*")) });
  await cloud.ok("ram", "AttachPolicyToGroup", { ...policy, ...group });
  expect(await code("DeletePolicy", policy)).toBe("DeleteConflict.Policy.Group");

  expect(await code("DeleteGroup")).toBe("DeleteConflict.Group.User");
  await cloud.ok("ram", "RemoveUserFromGroup", { ...group, UserName: "ann" });
  expect(await code("RemoveUserFromGroup", { UserName: "ann" })).toBe("EntityNotExist.User.Group");
  expect(await code("DeleteGroup")).toBe("DeleteConflict.Group.Policy");
  await cloud.ok("ram", "DetachPolicyFromGroup", { ...policy, ...group });
  await cloud.ok("ram", "DeleteGroup", group);
});
