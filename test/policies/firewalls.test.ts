import { expect, test } from "vitest";
import { readsOfOpenings } from "../../policies/firewalls.ts";

const groupRule = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
const edgeGroup = "alicloud:ens/securityGroup:SecurityGroup";
const desktops = "alicloud:eds/ecdPolicyGroup:EcdPolicyGroup";
const simpleServer = "alicloud:simpleapplicationserver/firewallRule:FirewallRule";

test("a rule about what comes in reads the sources of every type that opens ports", () => {
  expect(readsOfOpenings("in")).toEqual({
    [groupRule]: [
      "type",
      "policy",
      "ipProtocol",
      "portRange",
      "cidrIp",
      "ipv6CidrIp",
      "sourceSecurityGroupId",
      "prefixListId",
    ],
    [edgeGroup]: [
      "permissions",
      "permissions[].direction",
      "permissions[].policy",
      "permissions[].ipProtocol",
      "permissions[].portRange",
      "permissions[].sourceCidrIp",
      "permissions[].ipv6SourceCidrIp",
    ],
    [desktops]: [
      "authorizeSecurityPolicyRules",
      "authorizeSecurityPolicyRules[].type",
      "authorizeSecurityPolicyRules[].policy",
      "authorizeSecurityPolicyRules[].ipProtocol",
      "authorizeSecurityPolicyRules[].portRange",
      "authorizeSecurityPolicyRules[].cidrIp",
    ],
    [simpleServer]: ["ruleProtocol", "port"],
  });
});

test("a rule about what goes out reads the destinations, and leaves out what only lets in", () => {
  const reads = readsOfOpenings("out");
  expect(Object.keys(reads)).toEqual([groupRule, edgeGroup, desktops]);
  expect(reads[edgeGroup]).toContain("permissions[].destCidrIp");
  expect(reads[edgeGroup]).toContain("permissions[].ipv6DestCidrIp");
  expect(reads[edgeGroup]).not.toContain("permissions[].sourceCidrIp");
});
