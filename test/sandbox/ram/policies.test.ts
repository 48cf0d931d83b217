import { describe, expect, it } from "vitest";
import { type Client, newCloud } from "../client.ts";
import { allow, deny, document, listIn, trusting } from "./cast.ts";

const reading = document(allow("oss:GetObject", ["acs:oss:*:*:data", "acs:oss:*:*:data/*"]));
const writing = document(allow("oss:PutObject"));

async function withPolicy(): Promise<Client> {
  const cloud = newCloud();
  await cloud.ok("ram", "CreatePolicy", { PolicyName: "p", PolicyDocument: reading, Description: "Buckets" });
  return cloud;
}
const custom = { PolicyName: "p", PolicyType: "Custom" };

describe("a policy", () => {
  it("is made and read with its default version", async () => {
    const cloud = await withPolicy();
    const read = await cloud.ok("ram", "GetPolicy", custom);
    expect(read["Policy"]).toMatchObject({
      PolicyName: "p",
      PolicyType: "Custom",
      Description: "Buckets",
      DefaultVersion: "v1",
      AttachmentCount: 0,
    });
    expect(read["DefaultPolicyVersion"]).toMatchObject({
      VersionId: "v1",
      IsDefaultVersion: true,
      PolicyDocument: reading,
    });
  });

  it("changes by a new version and a new description", async () => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreatePolicyVersion", { PolicyName: "p", PolicyDocument: writing, SetAsDefault: true });
    await cloud.ok("ram", "UpdatePolicyDescription", { PolicyName: "p", NewDescription: "More" });
    const read = await cloud.ok("ram", "GetPolicy", custom);
    expect(read["Policy"]).toMatchObject({ DefaultVersion: "v2", Description: "More" });
    expect(read["DefaultPolicyVersion"]?.["PolicyDocument"]).toBe(writing);

    await cloud.ok("ram", "SetDefaultPolicyVersion", { PolicyName: "p", VersionId: "v1" });
    const versions = await cloud.ok("ram", "ListPolicyVersions", custom);
    expect(
      listIn(versions["PolicyVersions"]?.["PolicyVersion"]).map((one) => [one["VersionId"], one["IsDefaultVersion"]]),
    ).toEqual([
      ["v1", true],
      ["v2", false],
    ]);
  });

  it("keeps five versions; the sixth is refused, or pushes the oldest out", async () => {
    const cloud = await withPolicy();
    const another = { PolicyName: "p", PolicyDocument: writing };
    for (let i = 0; i < 4; i += 1) await cloud.ok("ram", "CreatePolicyVersion", another);
    expect(await cloud.call("ram", "CreatePolicyVersion", another)).toMatchObject({
      code: "LimitExceeded.Policy.Version",
      status: 409,
    });
    const rotate = { ...another, RotateStrategy: "DeleteOldestNonDefaultVersionWhenLimitExceeded" };
    const made = await cloud.ok("ram", "CreatePolicyVersion", rotate);
    expect(made["PolicyVersion"]?.["VersionId"]).toBe("v6");
    const versions = await cloud.ok("ram", "ListPolicyVersions", custom);
    expect(listIn(versions["PolicyVersions"]?.["PolicyVersion"]).map((one) => one["VersionId"])).toEqual([
      "v1",
      "v3",
      "v4",
      "v5",
      "v6",
    ]);
  });

  it("loses versions but never the one in force", async () => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreatePolicyVersion", { PolicyName: "p", PolicyDocument: writing });
    const remove = (version: string) =>
      cloud.call("ram", "DeletePolicyVersion", { PolicyName: "p", VersionId: version });
    expect((await remove("v1")).code).toBe("DeleteConflict.Policy.Version.Default");
    expect((await remove("v9")).code).toBe("EntityNotExist.Policy.Version");
    expect((await remove("two")).code).toBe("InvalidParameter.VersionId.Format");
    expect((await remove("v2")).code).toBeUndefined();
  });

  it("is deleted with its versions when asked so, and not otherwise", async () => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreatePolicyVersion", { PolicyName: "p", PolicyDocument: writing });
    expect((await cloud.call("ram", "DeletePolicy", { PolicyName: "p" })).code).toBe("DeleteConflict.Policy.Version");
    await cloud.ok("ram", "DeletePolicy", { PolicyName: "p", CascadingDelete: true });
    expect((await cloud.call("ram", "GetPolicy", custom)).code).toBe("EntityNotExist.Policy");
  });

  it.each([
    ["no JSON", "{"],
    ["another version", JSON.stringify({ Version: "2", Statement: [allow("ecs:*")] })],
    ["no statement", JSON.stringify({ Version: "1", Statement: [] })],
    ["an effect that is none", document({ ...allow("ecs:*"), Effect: "Maybe" })],
    ["no action", document({ Effect: "Allow", Resource: "*" })],
    ["action and not-action", document({ ...allow("ecs:*"), NotAction: "vpc:*" })],
    ["no resource", document({ Effect: "Allow", Action: "ecs:*" })],
    ["an action without a product", document(allow("RunInstances"))],
    ["a resource of another cloud", document(allow("ecs:*", "arn:aws:s3:::a"))],
    ["an operator that is none", document(allow("ecs:*", "*", { Condition: { StringAlmost: { a: "b" } } }))],
    ["nothing allowed", document(deny([]))],
  ])("with %s is malformed", async (_what, text) => {
    const { code, status } = await newCloud().call("ram", "CreatePolicy", { PolicyName: "new", PolicyDocument: text });
    expect([code, status]).toEqual(["MalformedPolicyDocument", 400]);
  });

  it.each([
    ["an underscore", { PolicyName: "a_b" }, "InvalidParameter.PolicyName.InvalidChars"],
    ["129 characters", { PolicyName: "a".repeat(129) }, "InvalidParameter.PolicyName.Length"],
    ["a name that is taken", { PolicyName: "p" }, "EntityAlreadyExists.Policy"],
    ["a name of the cloud's own", { PolicyName: "AdministratorAccess" }, "EntityAlreadyExists.Policy"],
    ["too long a document", { PolicyDocument: writing.padEnd(6_145) }, "InvalidParameter.PolicyDocument.Length"],
  ])("is refused with %s", async (_what, changed, code) => {
    const cloud = await withPolicy();
    const asked = { PolicyName: "new", PolicyDocument: writing, ...changed };
    expect((await cloud.call("ram", "CreatePolicy", asked)).code).toBe(code);
  });
});

describe("an attachment", () => {
  const role = { RoleName: "r", AssumeRolePolicyDocument: trusting("Service", "ecs.aliyuncs.com") };

  it("is seen from the role, from the policy, and in the count", async () => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreateRole", role);
    await cloud.ok("ram", "CreateUser", { UserName: "u" });
    await cloud.ok("ram", "AttachPolicyToRole", { ...custom, RoleName: "r" });
    await cloud.ok("ram", "AttachPolicyToUser", { ...custom, UserName: "u" });

    const ofRole = await cloud.ok("ram", "ListPoliciesForRole", { RoleName: "r" });
    expect(ofRole["Policies"]?.["Policy"]).toMatchObject([
      { PolicyName: "p", PolicyType: "Custom", DefaultVersion: "v1" },
    ]);
    const entities = await cloud.ok("ram", "ListEntitiesForPolicy", custom);
    expect(entities["Roles"]?.["Role"]).toMatchObject([{ RoleName: "r" }]);
    expect(entities["Users"]?.["User"]).toMatchObject([{ UserName: "u" }]);
    expect(entities["Groups"]?.["Group"]).toEqual([]);
    expect((await cloud.ok("ram", "GetPolicy", custom))["Policy"]?.["AttachmentCount"]).toBe(2);
  });

  it.each([
    ["twice", { RoleName: "r" }, "EntityAlreadyExists.Role.Policy", 409],
    ["to a role that is not there", { RoleName: "x" }, "EntityNotExist.Role", 404],
    ["of a policy that is not there", { RoleName: "r", PolicyName: "x" }, "EntityNotExist.Policy", 404],
    ["of a type that is none", { RoleName: "r", PolicyType: "Own" }, "InvalidParameter.PolicyType", 400],
  ])("%s is refused", async (_what, changed, code, status) => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreateRole", role);
    await cloud.ok("ram", "AttachPolicyToRole", { ...custom, RoleName: "r" });
    expect(await cloud.call("ram", "AttachPolicyToRole", { ...custom, ...changed })).toMatchObject({ code, status });
  });

  it("keeps a policy from being deleted", async () => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreateRole", role);
    await cloud.ok("ram", "CreateUser", { UserName: "u" });
    await cloud.ok("ram", "AttachPolicyToRole", { ...custom, RoleName: "r" });
    await cloud.ok("ram", "AttachPolicyToUser", { ...custom, UserName: "u" });
    const remove = () => cloud.call("ram", "DeletePolicy", { PolicyName: "p", CascadingDelete: true });
    expect((await remove()).code).toBe("DeleteConflict.Policy.User");
    await cloud.ok("ram", "DetachPolicyFromUser", { ...custom, UserName: "u" });
    expect((await remove()).code).toBe("DeleteConflict.Role.Policy");
    await cloud.ok("ram", "DetachPolicyFromRole", { ...custom, RoleName: "r" });
    expect((await remove()).code).toBeUndefined();
  });

  it("that is not there cannot be taken away", async () => {
    const cloud = await withPolicy();
    await cloud.ok("ram", "CreateRole", role);
    expect((await cloud.call("ram", "DetachPolicyFromRole", { ...custom, RoleName: "r" })).code).toBe(
      "EntityNotExist.Role.Policy",
    );
  });
});

describe("the list of policies", () => {
  it("has the account's own and the cloud's", async () => {
    const cloud = await withPolicy();
    const names = async (type?: string) => {
      const answer = await cloud.ok("ram", "ListPolicies", {
        MaxItems: 1_000,
        ...(type === undefined ? {} : { PolicyType: type }),
      });
      return listIn(answer["Policies"]?.["Policy"]).map((one) => one["PolicyName"]);
    };
    expect(await names("Custom")).toEqual(["p"]);
    expect(await names("System")).toContain("AdministratorAccess");
    expect(await names()).toEqual([...(await names("Custom")), ...(await names("System"))]);
  });
});
