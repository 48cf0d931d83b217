import { describe, expect, it } from "vitest";
import { newCloud } from "../client.ts";
import { allow, document, userWith } from "./cast.ts";

describe("a user", () => {
  it("is made, renamed with its keys, and deleted", async () => {
    const cloud = newCloud();
    const user = await userWith(cloud, "ann", document(allow("ram:GetUser")));
    await cloud.ok("ram", "UpdateUser", { UserName: "ann", NewUserName: "anna", NewComments: "on leave" });
    const { User: read } = await user.ok("ram", "GetUser", { UserName: "anna" });
    expect(read).toMatchObject({ UserName: "anna", DisplayName: "ann", Comments: "on leave" });

    const remove = () => cloud.call("ram", "DeleteUser", { UserName: "anna" });
    expect((await remove()).code).toBe("DeleteConflict.User.AccessKey");
    await cloud.ok("ram", "DeleteAccessKey", { UserName: "anna", UserAccessKeyId: user.key.id });
    expect((await remove()).code).toBe("DeleteConflict.User.Policy");
    await cloud.ok("ram", "DetachPolicyFromUser", { UserName: "anna", PolicyName: "ann-0", PolicyType: "Custom" });
    expect((await remove()).code).toBeUndefined();
  });

  it("has two keys at most", async () => {
    const cloud = newCloud();
    await cloud.ok("ram", "CreateUser", { UserName: "ann" });
    await cloud.ok("ram", "CreateAccessKey", { UserName: "ann" });
    await cloud.ok("ram", "CreateAccessKey", { UserName: "ann" });
    expect(await cloud.call("ram", "CreateAccessKey", { UserName: "ann" })).toMatchObject({
      code: "LimitExceeded.User.AccessKey",
      status: 409,
    });
    const { AccessKeys: keys } = await cloud.ok("ram", "ListAccessKeys", { UserName: "ann" });
    expect(keys?.["AccessKey"]).toHaveLength(2);
    expect(JSON.stringify(keys)).not.toContain("Secret");
  });

  it("cannot call with a key that is switched off or gone", async () => {
    const cloud = newCloud();
    const user = await userWith(cloud, "ann");
    await cloud.ok("ram", "UpdateAccessKey", { UserName: "ann", UserAccessKeyId: user.key.id, Status: "Inactive" });
    expect((await user.call("sts", "GetCallerIdentity")).code).toBe("InvalidAccessKeyId.Inactive");
    await cloud.ok("ram", "DeleteAccessKey", { UserName: "ann", UserAccessKeyId: user.key.id });
    expect((await user.call("sts", "GetCallerIdentity")).code).toBe("InvalidAccessKeyId.NotFound");
  });

  it.each([
    ["CreateUser", { UserName: "a b" }, "InvalidParameter.UserName.InvalidChars"],
    ["CreateUser", { UserName: "ann" }, "EntityAlreadyExists.User"],
    ["GetUser", { UserName: "bob" }, "EntityNotExist.User"],
    ["DeleteAccessKey", { UserName: "ann", UserAccessKeyId: "x" }, "EntityNotExist.User.AccessKey"],
  ])("%s %j is refused with %s", async (action, parameters, code) => {
    const cloud = newCloud();
    await cloud.ok("ram", "CreateUser", { UserName: "ann" });
    expect((await cloud.call("ram", action, parameters)).code).toBe(code);
  });
});
