import { describe, expect, it } from "vitest";
import { type Client, newCloud, testAccount } from "../client.ts";
import { allow, deny, document, sessionOf, trusting, userWith } from "./cast.ts";

const arn = `acs:ram::${testAccount}:role/deployer`;
const asked = { RoleArn: arn, RoleSessionName: "ci-1" };
const anyUser = trusting("RAM", `acs:ram::${testAccount}:root`);

async function withRole(trust = anyUser, ...policies: readonly string[]): Promise<{ root: Client; user: Client }> {
  const root = newCloud();
  await root.ok("ram", "CreateRole", { RoleName: "deployer", AssumeRolePolicyDocument: trust });
  for (const [i, text] of policies.entries()) {
    await root.ok("ram", "CreatePolicy", { PolicyName: `of-role-${i}`, PolicyDocument: text });
    const attached = { RoleName: "deployer", PolicyName: `of-role-${i}`, PolicyType: "Custom" };
    await root.ok("ram", "AttachPolicyToRole", attached);
  }
  return { root, user: await userWith(root, "ann", document(allow("sts:AssumeRole", arn))) };
}

describe("GetCallerIdentity", () => {
  it("tells who calls, and asks for no permission", async () => {
    const { root, user } = await withRole();
    expect(await root.ok("sts", "GetCallerIdentity")).toMatchObject({
      IdentityType: "Account",
      AccountId: testAccount,
      Arn: `acs:ram::${testAccount}:root`,
      PrincipalId: testAccount,
    });
    const { User: ann } = await root.ok("ram", "GetUser", { UserName: "ann" });
    expect(await user.ok("sts", "GetCallerIdentity")).toMatchObject({
      IdentityType: "RAMUser",
      Arn: `acs:ram::${testAccount}:user/ann`,
      UserId: ann?.["UserId"],
    });
    const session = sessionOf(root, await user.ok("sts", "AssumeRole", asked));
    expect(await session.ok("sts", "GetCallerIdentity")).toMatchObject({
      IdentityType: "AssumedRoleUser",
      Arn: `acs:ram::${testAccount}:assumed-role/deployer/ci-1`,
    });
  });
});

describe("AssumeRole", () => {
  it("gives a session what its role may", async () => {
    const { root, user } = await withRole(anyUser, document(allow("ram:ListRoles")));
    expect((await user.call("ram", "ListRoles")).code).toBe("NoPermission");
    const answer = await user.ok("sts", "AssumeRole", asked);
    expect(answer["AssumedRoleUser"]?.["Arn"]).toBe(`${arn}/ci-1`);
    const session = sessionOf(root, answer);
    expect((await session.call("ram", "ListRoles")).code).toBeUndefined();
    expect((await session.call("ram", "ListUsers")).code).toBe("NoPermission");
  });

  it("narrows it by a policy of the session's own, and never widens", async () => {
    const { root, user } = await withRole(anyUser, document(allow(["ram:ListRoles", "ram:ListUsers"])));
    const policy = document(allow(["ram:ListRoles", "ram:ListPolicies"]), deny("ram:GetRole"));
    const session = sessionOf(root, await user.ok("sts", "AssumeRole", { ...asked, Policy: policy }));
    expect((await session.call("ram", "ListRoles")).code).toBeUndefined();
    expect((await session.call("ram", "ListUsers")).code).toBe("NoPermission");
    expect((await session.call("ram", "ListPolicies")).code).toBe("NoPermission");
  });

  it("ends when its time is over", async () => {
    const { root, user } = await withRole();
    const session = sessionOf(root, await user.ok("sts", "AssumeRole", { ...asked, DurationSeconds: 900 }));
    root.cloud.clock.skip(890_000);
    expect((await session.call("sts", "GetCallerIdentity")).code).toBeUndefined();
    root.cloud.clock.skip(20_000);
    expect((await session.call("sts", "GetCallerIdentity")).code).toBe("InvalidSecurityToken.Expired");
  });

  it("ends what it may when its role is deleted", async () => {
    const { root, user } = await withRole(anyUser, document(allow("ram:ListRoles")));
    const session = sessionOf(root, await user.ok("sts", "AssumeRole", asked));
    await root.ok("ram", "DetachPolicyFromRole", {
      RoleName: "deployer",
      PolicyName: "of-role-0",
      PolicyType: "Custom",
    });
    await root.ok("ram", "DeleteRole", { RoleName: "deployer" });
    expect((await session.call("ram", "ListRoles")).code).toBe("NoPermission");
  });

  it.each([
    ["the user herself", trusting("RAM", `acs:ram::${testAccount}:user/ann`), undefined],
    ["another user", trusting("RAM", `acs:ram::${testAccount}:user/bob`), "NoPermission"],
    ["hosts only", trusting("Service", "ecs.aliyuncs.com"), "NoPermission"],
    ["another account", trusting("RAM", "acs:ram::2000000000000002:root"), "NoPermission"],
    [
      "whoever knows the external id",
      trusting("RAM", `acs:ram::${testAccount}:root`, { StringEquals: { "sts:ExternalId": "open sesame" } }),
      "NoPermission",
    ],
  ])("goes by the trust policy: %s", async (_what, trust, code) => {
    const { user } = await withRole(trust);
    expect((await user.call("sts", "AssumeRole", asked)).code).toBe(code);
  });

  it("takes the external id that the trust policy asks for", async () => {
    const condition = { StringEquals: { "sts:ExternalId": "open sesame" } };
    const { user } = await withRole(trusting("RAM", `acs:ram::${testAccount}:root`, condition));
    expect((await user.call("sts", "AssumeRole", { ...asked, ExternalId: "open sesame" })).code).toBeUndefined();
  });

  it("asks the caller's own policies too", async () => {
    const { root } = await withRole();
    const bob = await userWith(root, "bob");
    const { code, body } = await bob.call("sts", "AssumeRole", asked);
    expect([code, body["Message"]]).toEqual(["NoPermission", expect.stringContaining("The action is sts:AssumeRole")]);
  });

  it("is not for the account itself", async () => {
    const { root } = await withRole();
    expect((await root.call("sts", "AssumeRole", asked)).code).toBe("NoPermission");
  });

  it.each([
    [{ RoleArn: `acs:ram::${testAccount}:role/nobody` }, "EntityNotExist.Role", 404],
    [{ RoleArn: "deployer" }, "InvalidParameter.RoleArn", 400],
    [{ RoleSessionName: "a b" }, "InvalidParameter.RoleSessionName", 400],
    [{ DurationSeconds: 60 }, "InvalidParameter.DurationSeconds", 400],
    [{ DurationSeconds: 7_200 }, "InvalidParameter.DurationSeconds", 400],
    [{ Policy: "{" }, "InvalidParameter.PolicyGrammar", 400],
  ])("%j is refused with %s", async (changed, code, status) => {
    const { root } = await withRole();
    const bob = await userWith(root, "bob", document(allow("sts:AssumeRole")));
    expect(await bob.call("sts", "AssumeRole", { ...asked, ...changed })).toMatchObject({ code, status });
  });
});
