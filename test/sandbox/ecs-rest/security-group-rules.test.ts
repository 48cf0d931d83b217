import { describe, expect, it } from "vitest";
import { defaultQuotas } from "../../../sandbox/core/accounts.ts";
import { type Client, newCloud } from "../client.ts";
import { changeAccount, newGroup, newPlace } from "./place.ts";

const ssh = { IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8" };

async function rulesOf(client: Client, SecurityGroupId: string, more: object = {}) {
  const { Permissions } = await client.ok("ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId, ...more });
  return Permissions?.["Permission"] ?? [];
}

async function withGroup() {
  const client = newCloud();
  const { vpcId, groupId } = await newPlace(client);
  return { client, vpcId, SecurityGroupId: groupId };
}

describe("AuthorizeSecurityGroup and -Egress", () => {
  it("adds rules flat and as Permissions.N, and reads them back as the provider takes them", async () => {
    const { client, SecurityGroupId } = await withGroup();
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh, Description: "ops", NicType: "<nil>" });
    await client.ok("ecs", "AuthorizeSecurityGroupEgress", {
      SecurityGroupId,
      Permissions: [
        { IpProtocol: "all", PortRange: "-1/-1", DestCidrIp: "0.0.0.0/0", Policy: "drop", Priority: "100" },
      ],
    });
    const [inbound, outbound] = await rulesOf(client, SecurityGroupId);
    expect(inbound).toMatchObject({
      Direction: "ingress",
      IpProtocol: "TCP",
      PortRange: "22/22",
      Policy: "Accept",
      Priority: "1",
      NicType: "intranet",
      SourceCidrIp: "10.0.0.0/8",
      DestCidrIp: "",
      SourceGroupId: "",
      Description: "ops",
    });
    expect(inbound?.["SecurityGroupRuleId"]).toMatch(/^sgr-/);
    expect(outbound).toMatchObject({
      Direction: "egress",
      IpProtocol: "ALL",
      Policy: "Drop",
      Priority: "100",
      DestCidrIp: "0.0.0.0/0",
    });
    const egress = await rulesOf(client, SecurityGroupId, { Direction: "egress", NicType: "<nil>" });
    expect(egress).toEqual([outbound]);
  });

  it("writes IPv6 as short as it gets and leaves the mask", async () => {
    const { client, SecurityGroupId } = await withGroup();
    const Ipv6SourceCidrIp = "2001:0db8:3c4d:0015:0000:0000:1a2f:1a2b/0";
    await client.ok("ecs", "AuthorizeSecurityGroup", {
      SecurityGroupId,
      IpProtocol: "icmpv6",
      PortRange: "-1/-1",
      Ipv6SourceCidrIp,
    });
    const [rule] = await rulesOf(client, SecurityGroupId);
    expect(rule).toMatchObject({
      IpProtocol: "ICMPv6",
      Ipv6SourceCidrIp: "2001:db8:3c4d:15::1a2f:1a2b/0",
      SourceCidrIp: "",
    });
  });

  it("takes a rule that is there already without adding it, and one with another priority as another", async () => {
    const { client, SecurityGroupId } = await withGroup();
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh });
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh, IpProtocol: "TCP", Policy: "Accept" });
    expect(await rulesOf(client, SecurityGroupId)).toHaveLength(1);
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh, Priority: 2 });
    expect(await rulesOf(client, SecurityGroupId)).toHaveLength(2);
  });

  it.each([
    ["a group that does not exist", { SecurityGroupId: "sg-none" }, "InvalidSecurityGroupId.NotFound", 404],
    ["a protocol that does not exist", { IpProtocol: "http" }, "InvalidIpProtocol.ValueNotSupported", 400],
    ["no protocol", { IpProtocol: "" }, "InvalidIpProtocol.ValueNotSupported", 400],
    ["no ports", { PortRange: "" }, "InvalidPortRange.Malformed", 400],
    ["ports that are no range", { PortRange: "22" }, "InvalidParam.PortRange", 400],
    ["a port above 65535", { PortRange: "1/65536" }, "InvalidParam.PortRange", 400],
    ["TCP with all ports as -1", { PortRange: "-1/-1" }, "InvalidIpPortRange.Malformed", 400],
    ["ports backwards", { PortRange: "80/22" }, "InvalidIpPortRange.Malformed", 400],
    ["ICMP with ports", { IpProtocol: "icmp" }, "InvalidIpPortRange.Malformed", 400],
    ["nobody to let in", { SourceCidrIp: "" }, "MissingParameter.Source", 400],
    ["a range that is none", { SourceCidrIp: "10.0.0.0/33" }, "InvalidSourceCidrIp.Malformed", 400],
    ["IPv4 and IPv6 at once", { Ipv6SourceCidrIp: "::/0" }, "InvalidParam.SourceIp", 400],
    [
      "an IPv6 range that is none",
      { SourceCidrIp: "", Ipv6SourceCidrIp: "::g/0" },
      "InvalidParam.Ipv6SourceCidrIp",
      400,
    ],
    ["a policy that does not exist", { Policy: "allow" }, "InvalidPolicy.Malformed", 400],
    ["priority 0", { Priority: 0 }, "InvalidPriority.ValueNotSupported", 400],
    ["priority 101", { Priority: 101 }, "InvalidPriority.ValueNotSupported", 400],
    ["a priority that is no number", { Priority: "high" }, "InvalidPriority.Malformed", 400],
    [
      "a source group that does not exist",
      { SourceCidrIp: "", SourceGroupId: "sg-none" },
      "InvalidSourceGroupId.NotFound",
      404,
    ],
    ["a prefix list", { SourceCidrIp: "", SourcePrefixListId: "pl-none" }, "InvalidPrefixListId.NotFound", 404],
    ["flat and Permissions at once", { Permissions: [ssh] }, "InvalidParam.Permissions", 400],
    ["the same twice", { IpProtocol: "", Permissions: [ssh, ssh] }, "InvalidParam.DuplicatePermissions", 400],
  ])("refuses %s", async (_, change, code, status) => {
    const { client, SecurityGroupId } = await withGroup();
    const refused = await client.call("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh, ...change });
    expect(refused).toMatchObject({ code, status });
    expect(await rulesOf(client, SecurityGroupId)).toEqual([]);
  });

  it("lets in groups of the same VPC only, never itself, and no enterprise group", async () => {
    const { client, vpcId, SecurityGroupId } = await withGroup();
    const other = await newPlace(client, "cn-shanghai-m");
    const enterprise = await newGroup(client, vpcId, { SecurityGroupType: "enterprise" });
    const friend = await newGroup(client, vpcId);
    const letIn = (SourceGroupId: string, to = SecurityGroupId) =>
      client.call("ecs", "AuthorizeSecurityGroup", { ...ssh, SourceCidrIp: "", SourceGroupId, SecurityGroupId: to });
    expect(await letIn(other.groupId)).toMatchObject({ code: "InvalidSourceGroupId.Mismatch", status: 400 });
    expect(await letIn(SecurityGroupId)).toMatchObject({ code: "InvalidParamter.Conflict", status: 403 });
    expect((await letIn(enterprise)).code).toBe("InvalidGroupAuthParameter.OperationDenied");
    expect((await letIn(friend, enterprise)).code).toBe("InvalidGroupParameter.OperationDenied");
    expect((await letIn(friend)).code).toBeUndefined();
    expect((await rulesOf(client, SecurityGroupId))[0]).toMatchObject({ SourceGroupId: friend, SourceCidrIp: "" });
  });

  it("stops at the account's quota of rules, and at 20 rules that name groups", async () => {
    const { client, vpcId, SecurityGroupId } = await withGroup();
    changeAccount(client, { quotas: { ...defaultQuotas, rulesPerGroup: 21 } });
    const Permissions = [];
    for (let n = 0; n < 20; n += 1) {
      Permissions.push({ IpProtocol: "tcp", PortRange: "22/22", SourceGroupId: await newGroup(client, vpcId) });
    }
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, Permissions });
    const named = { IpProtocol: "tcp", PortRange: "22/22", SourceGroupId: await newGroup(client, vpcId) };
    const oneGroupMore = await client.call("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...named });
    expect(oneGroupMore).toMatchObject({ code: "AuthorizedGroupRule.LimitExceed", status: 400 });
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh });
    const oneMore = await client.call("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh, PortRange: "80/80" });
    expect(oneMore).toMatchObject({ code: "AuthorizationLimitExceed", status: 403 });
  });
});

describe("RevokeSecurityGroup and -Egress", () => {
  it("takes a rule away by what it says, in either form, and ignores what is not there", async () => {
    const { client, SecurityGroupId } = await withGroup();
    const web = { ...ssh, PortRange: "80/80", Priority: 5 };
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, Permissions: [ssh, web] });
    await client.ok("ecs", "RevokeSecurityGroup", { SecurityGroupId, ...web, Priority: 6 });
    await client.ok("ecs", "RevokeSecurityGroup", { SecurityGroupId, ...ssh, Policy: "drop" });
    expect(await rulesOf(client, SecurityGroupId)).toHaveLength(2);
    await client.ok("ecs", "RevokeSecurityGroup", { SecurityGroupId, ...ssh, Policy: "accept", Priority: 1 });
    await client.ok("ecs", "RevokeSecurityGroup", { SecurityGroupId, Permissions: [{ ...web, Priority: "" }] });
    await client.ok("ecs", "RevokeSecurityGroup", { SecurityGroupId, ...ssh });
    expect(await rulesOf(client, SecurityGroupId)).toEqual([]);
  });

  it("takes rules away by id, and refuses an id that is not there", async () => {
    const { client, SecurityGroupId } = await withGroup();
    const rule = { IpProtocol: "udp", PortRange: "53/53", DestCidrIp: "100.100.2.136/32" };
    await client.ok("ecs", "AuthorizeSecurityGroupEgress", { SecurityGroupId, ...rule });
    const [added] = await rulesOf(client, SecurityGroupId);
    const ids = { SecurityGroupId, SecurityGroupRuleId: [added?.["SecurityGroupRuleId"]] };
    const wrongWay = await client.call("ecs", "RevokeSecurityGroup", ids);
    expect(wrongWay).toMatchObject({ code: "InvalidParam.SecurityGroupRuleId", status: 400 });
    await client.ok("ecs", "RevokeSecurityGroupEgress", ids);
    expect(await rulesOf(client, SecurityGroupId)).toEqual([]);
  });
});

describe("ModifySecurityGroupRule and -EgressRule", () => {
  it("without an id sets description and priority of the rule with that content, as often as it is sent", async () => {
    const { client, SecurityGroupId } = await withGroup();
    const rule = {
      IpProtocol: "tcp",
      PortRange: "443/443",
      DestCidrIp: "182.254.11.243/32",
      Policy: "accept",
      Priority: "1",
    };
    await client.ok("ecs", "AuthorizeSecurityGroupEgress", { SecurityGroupId, ...rule, Description: "old" });
    const change = { SecurityGroupId, ...rule, Description: "new", NicType: "intranet" };
    await client.ok("ecs", "ModifySecurityGroupEgressRule", change);
    await client.ok("ecs", "ModifySecurityGroupEgressRule", change);
    expect(await rulesOf(client, SecurityGroupId)).toMatchObject([{ Description: "new", PortRange: "443/443" }]);
    expect(await client.call("ecs", "ModifySecurityGroupEgressRule", { ...change, PortRange: "80/80" })).toMatchObject({
      code: "SecurityGroupRule.NotFound",
      status: 404,
    });
  });

  it("by id changes anything but the kind of source", async () => {
    const { client, SecurityGroupId } = await withGroup();
    await client.ok("ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...ssh });
    const id = (await rulesOf(client, SecurityGroupId))[0]?.["SecurityGroupRuleId"];
    const modify = (change: object) =>
      client.call("ecs", "ModifySecurityGroupRule", { SecurityGroupId, SecurityGroupRuleId: id, ...change });
    await modify({ SourceCidrIp: "192.168.0.0/16", PortRange: "2222/2222", Policy: "drop", Priority: 7 });
    expect(await rulesOf(client, SecurityGroupId)).toMatchObject([
      {
        SecurityGroupRuleId: id,
        SourceCidrIp: "192.168.0.0/16",
        PortRange: "2222/2222",
        IpProtocol: "TCP",
        Policy: "Drop",
        Priority: "7",
      },
    ]);
    expect((await modify({ Ipv6SourceCidrIp: "::/0" })).code).toBe("InvalidOperation.ModifySgRuleEntityType");
    expect((await modify({ SecurityGroupRuleId: "sgr-none" })).code).toBe("InvalidParam.SecurityGroupRuleId");
  });
});
