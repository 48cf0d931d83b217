import { describe, expect, it } from "vitest";
import { newCloud, testAccount } from "../client.ts";
import { allow, deny, document, userWith } from "./cast.ts";

describe("a call", () => {
  it("of the account itself is always allowed", async () => {
    const cloud = newCloud();
    expect((await cloud.call("ram", "ListRoles")).code).toBeUndefined();
  });

  it("of a user without a policy is refused, with the missing action in the message", async () => {
    const user = await userWith(newCloud(), "ann");
    const { status, code, body } = await user.call("ram", "ListRoles");
    expect([status, code]).toEqual([403, "NoPermission"]);
    expect(body["Message"]).toContain("The action is ram:ListRoles");
    expect(body["Message"]).toContain(`acs:ram:*:${testAccount}:role/*`);
  });

  it("of ECS and VPC is refused in their own words", async () => {
    const user = await userWith(newCloud(), "ann");
    const { status, code, body } = await user.call("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    expect([status, code]).toEqual([403, "Forbidden.RAM"]);
    expect(body["Message"]).toMatch(/^User not authorized to operate on the specified resource, or this API doesn't/);
    expect(body["Message"]).toContain("The action is vpc:CreateVpc");
  });

  it("changes nothing when it is refused", async () => {
    const cloud = newCloud();
    const user = await userWith(cloud, "ann", document(allow("vpc:Describe*")));
    await user.call("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    expect((await cloud.ok("vpc", "DescribeVpcs"))["TotalCount"]).toBe(0);
  });

  it("asks for every resource that it names", async () => {
    const cloud = newCloud();
    const only = document(allow("ram:*", [`acs:ram:*:${testAccount}:role/china-*`, "acs:ram:*:*:policy/china-*"]));
    const user = await userWith(cloud, "ann", only);
    const trust = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs.aliyuncs.com" } });
    await user.ok("ram", "CreateRole", { RoleName: "china-a", AssumeRolePolicyDocument: trust });
    const other = { RoleName: "other", AssumeRolePolicyDocument: trust };
    expect((await user.call("ram", "CreateRole", other)).code).toBe("NoPermission");
    const attach = (policy: object) => user.call("ram", "AttachPolicyToRole", { RoleName: "china-a", ...policy });
    // The cloud's own policies belong to no account of a customer.
    expect((await attach({ PolicyName: "AdministratorAccess", PolicyType: "System" })).body["Message"]).toContain(
      "acs:ram:*:system:policy/AdministratorAccess",
    );
    await user.ok("ram", "CreatePolicy", { PolicyName: "china-p", PolicyDocument: only });
    expect((await attach({ PolicyName: "china-p", PolicyType: "Custom" })).code).toBeUndefined();
  });

  it("asks for its region", async () => {
    const shanghai = document(allow("vpc:*", "acs:vpc:cn-shanghai:*:*"));
    const user = await userWith(newCloud(), "ann", shanghai);
    expect((await user.call("vpc", "DescribeVpcs")).code).toBeUndefined();
    expect((await user.in("cn-beijing").call("vpc", "DescribeVpcs")).code).toBe("Forbidden.RAM");
  });

  it("asks for each thing of a list", async () => {
    const cloud = newCloud();
    const user = await userWith(cloud, "ann", document(allow("ecs:DescribeInstances", "acs:ecs:*:*:instance/i-1")));
    const ask = (ids: readonly string[]) => user.call("ecs", "DescribeInstances", { InstanceIds: JSON.stringify(ids) });
    expect((await ask(["i-1"])).code).toBeUndefined();
    expect((await ask(["i-1", "i-2"])).body["Message"]).toContain("instance/i-2");
    expect((await user.call("ecs", "DescribeInstances")).code).toBe("Forbidden.RAM");
  });

  it("is refused by an explicit deny, whatever else is allowed", async () => {
    const cloud = newCloud();
    const user = await userWith(cloud, "ann", document(deny("vpc:Delete*")));
    await cloud.ok("ram", "AttachPolicyToUser", {
      UserName: "ann",
      PolicyName: "AdministratorAccess",
      PolicyType: "System",
    });
    expect((await user.call("vpc", "DescribeVpcs")).code).toBeUndefined();
    expect((await user.call("vpc", "DeleteVpc", { VpcId: "vpc-x" })).body["Message"]).toContain("ExplicitDeny");
  });

  it("goes by the version of a policy that is in force, at once", async () => {
    const cloud = newCloud();
    const user = await userWith(cloud, "ann", document(allow("ram:ListRoles")));
    expect((await user.call("ram", "ListRoles")).code).toBeUndefined();
    await cloud.ok("ram", "CreatePolicyVersion", {
      PolicyName: "ann-0",
      PolicyDocument: document(allow("ram:ListUsers")),
      SetAsDefault: true,
    });
    expect((await user.call("ram", "ListRoles")).code).toBe("NoPermission");
    expect((await user.call("ram", "ListUsers")).code).toBeUndefined();
  });

  it("may hang on the tags that it brings and on those that are there", async () => {
    const cloud = newCloud();
    const tagged = (which: string) => ({ Condition: { StringEquals: { [`acs:${which}Tag/stack`]: "a" } } });
    const user = await userWith(
      cloud,
      "ann",
      document(allow("vpc:CreateVpc", "*", tagged("Request")), allow("vpc:DeleteVpc", "*", tagged("Resource"))),
    );
    const make = (stack: string) => {
      return user.call("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", Tag: [{ Key: "stack", Value: stack }] });
    };
    const { body: mine } = await make("a");
    expect((await make("b")).code).toBe("Forbidden.RAM");
    const others = await cloud.ok("vpc", "CreateVpc", { CidrBlock: "172.16.0.0/12" });
    cloud.cloud.clock.skip(60_000);
    expect((await user.call("vpc", "DeleteVpc", { VpcId: others["VpcId"] })).code).toBe("Forbidden.RAM");
    expect((await user.call("vpc", "DeleteVpc", { VpcId: mine["VpcId"] })).code).toBeUndefined();
  });
});

describe("handing a role to a host", () => {
  const pass = (service: string) =>
    allow("ram:PassRole", "*", { Condition: { StringEquals: { "acs:Service": service } } });
  const ask = { InstanceIds: '["i-1"]', RamRoleName: "china-hosts" };

  it.each([
    ["nobody said so", [], "ram:PassRole"],
    ["only functions may have it", [pass("fc.aliyuncs.com")], "ram:PassRole"],
    ["hosts may have it", [pass("ecs.aliyuncs.com")], undefined],
  ])("%s", async (_what, more, missing) => {
    const user = await userWith(newCloud(), "ann", document(allow("ecs:*"), ...more));
    const { code, body } = await user.call("ecs", "AttachInstanceRamRole", ask);
    if (missing === undefined) expect(code).not.toBe("Forbidden.RAM");
    else
      expect([code, body["Message"]]).toEqual(["Forbidden.RAM", expect.stringContaining(`The action is ${missing},`)]);
  });

  it("is asked when a host is made with one, and not when it is made without", async () => {
    const user = await userWith(newCloud(), "ann", document(allow("ecs:*")));
    const make = (more: object) => user.call("ecs", "RunInstances", { ImageId: "x", SecurityGroupId: "sg-1", ...more });
    expect((await make({ RamRoleName: "china-hosts" })).code).toBe("Forbidden.RAM");
    expect((await make({})).code).not.toBe("Forbidden.RAM");
  });
});
