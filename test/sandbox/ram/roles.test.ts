import { describe, expect, it } from "vitest";
import { newCloud, testAccount } from "../client.ts";
import { allow, document, listIn, trusting } from "./cast.ts";

const forHosts = trusting("Service", "ecs.aliyuncs.com");

const trustingAll = (Principal: object) => document({ Effect: "Allow", Action: "sts:AssumeRole", Principal });

describe("a role", () => {
  it("is made, read, changed and deleted", async () => {
    const cloud = newCloud();
    const made = await cloud.ok("ram", "CreateRole", {
      RoleName: "china-a",
      Description: "Hosts",
      AssumeRolePolicyDocument: forHosts,
      Tag: '[{"Key":"stack","Value":"a"}]',
    });
    expect(made["Role"]).toMatchObject({
      RoleName: "china-a",
      Arn: `acs:ram::${testAccount}:role/china-a`,
      Description: "Hosts",
      AssumeRolePolicyDocument: forHosts,
      MaxSessionDuration: 3_600,
    });

    await cloud.ok("ram", "UpdateRole", { RoleName: "china-a", NewDescription: "", NewMaxSessionDuration: 7_200 });
    const { Role: read } = await cloud.ok("ram", "GetRole", { RoleName: "china-a" });
    expect(read).toMatchObject({ Description: "", MaxSessionDuration: 7_200, AssumeRolePolicyDocument: forHosts });

    await cloud.ok("ram", "DeleteRole", { RoleName: "china-a" });
    expect(await cloud.call("ram", "GetRole", { RoleName: "china-a" })).toMatchObject({
      status: 404,
      code: "EntityNotExist.Role",
    });
  });

  it.each([
    ["a name with a space", { RoleName: "a b" }, "InvalidParameter.RoleName.InvalidChars", 400],
    ["a name of 65 characters", { RoleName: "a".repeat(65) }, "InvalidParameter.RoleName.Length", 400],
    ["a name that is taken", { RoleName: "taken" }, "EntityAlreadyExists.Role", 409],
    ["no trust policy", { AssumeRolePolicyDocument: "" }, "MissingParameter.AssumeRolePolicyDocument", 400],
    ["a trust policy that is no JSON", { AssumeRolePolicyDocument: "{" }, "MalformedPolicyDocument", 400],
    [
      "a policy without a principal",
      { AssumeRolePolicyDocument: document(allow("*")) },
      "MalformedPolicyDocument",
      400,
    ],
    [
      "a policy that trusts nobody",
      { AssumeRolePolicyDocument: trustingAll({ RAM: [], Service: [] }) },
      "MalformedPolicyDocument",
      400,
    ],
    ["a session of a minute", { MaxSessionDuration: 60 }, "InvalidParameter.MaxSessionDuration", 400],
    [
      "a description of 1,025 characters",
      { Description: "d".repeat(1_025) },
      "InvalidParameter.Description.Length",
      400,
    ],
  ])("is refused with %s", async (_what, changed, code, status) => {
    const cloud = newCloud();
    await cloud.ok("ram", "CreateRole", { RoleName: "taken", AssumeRolePolicyDocument: forHosts });
    const asked = { RoleName: "new", AssumeRolePolicyDocument: forHosts, ...changed };
    expect(await cloud.call("ram", "CreateRole", asked)).toMatchObject({ code, status });
  });

  it("may name no user beside its service, as the provider sends it", async () => {
    const cloud = newCloud();
    const AssumeRolePolicyDocument = trustingAll({ Service: ["ecs.aliyuncs.com"], RAM: [] });
    await cloud.ok("ram", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument });
    expect((await cloud.ok("ram", "GetRole", { RoleName: "r" }))["Role"]).toMatchObject({ AssumeRolePolicyDocument });
  });

  it("is not deleted while a policy hangs on it", async () => {
    const cloud = newCloud();
    await cloud.ok("ram", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: forHosts });
    const attached = { RoleName: "r", PolicyName: "ReadOnlyAccess", PolicyType: "System" };
    await cloud.ok("ram", "AttachPolicyToRole", attached);
    expect((await cloud.call("ram", "DeleteRole", { RoleName: "r" })).code).toBe("DeleteConflict.Role.Policy");
    await cloud.ok("ram", "DetachPolicyFromRole", attached);
    await cloud.ok("ram", "DeleteRole", { RoleName: "r" });
  });

  it("is listed in pages, and by tag", async () => {
    const cloud = newCloud();
    for (const name of ["a", "b", "c"]) {
      await cloud.ok("ram", "CreateRole", {
        RoleName: name,
        AssumeRolePolicyDocument: forHosts,
        Tag: [{ Key: "name", Value: name }],
      });
    }
    const first = await cloud.ok("ram", "ListRoles", { MaxItems: 2 });
    const names = (answer: typeof first) => listIn(answer["Roles"]?.["Role"]).map((role) => role["RoleName"]);
    expect(names(first)).toEqual(["a", "b"]);
    expect(first["IsTruncated"]).toBe(true);
    const second = await cloud.ok("ram", "ListRoles", { MaxItems: 2, Marker: first["Marker"] });
    expect(names(second)).toEqual(["c"]);
    expect(second["IsTruncated"]).toBe(false);
    expect(names(await cloud.ok("ram", "ListRoles", { Tag: '[{"Key":"name","Value":"b"}]' }))).toEqual(["b"]);
  });

  it("takes tags and gives them up", async () => {
    const cloud = newCloud();
    await cloud.ok("ram", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: forHosts });
    const about = { ResourceType: "role", ResourceNames: '["r"]' };
    await cloud.ok("ram", "TagResources", { ...about, Tag: '[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]' });
    // As the provider sends it: twice.
    await cloud.ok("ram", "UntagResources", { ...about, "TagKey.1": "a", TagKeys: '["a"]' });
    const { TagResources: left } = await cloud.ok("ram", "ListTagResources", about);
    expect(left).toEqual([{ ResourceType: "role", ResourceId: "r", ResourceName: "r", TagKey: "b", TagValue: "2" }]);
    expect((await cloud.call("ram", "TagResources", { ...about, ResourceNames: '["x"]' })).code).toBe(
      "EntityNotExist.Role",
    );
  });
});
