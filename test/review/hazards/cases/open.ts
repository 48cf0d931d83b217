import type { PlanValue } from "../../../../plan/plan.ts";
import * as types from "../../../../review/hazards/types.ts";
import { of, type RuleCases } from "../cases.ts";
import { changesOf, created, deleted, type Extra, replaced, secret, unknown, updated, urnOf } from "../made.ts";

const sgRule = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
const edge = "alicloud:ens/securityGroup:SecurityGroup";
const host = types.instance;
const inNetwork: Extra = { name: "network-rule", component: "network" };

function rule(cidrIp: PlanValue, portRange: PlanValue = "22/22", more: Readonly<Record<string, PlanValue>> = {}) {
  return { type: "ingress", securityGroupId: "sg-1", ipProtocol: "tcp", portRange, policy: "accept", cidrIp, ...more };
}

const out = (cidrIp: PlanValue, portRange: PlanValue = "443/443") => rule(cidrIp, portRange, { type: "egress" });
const group = (id: PlanValue) => {
  const { cidrIp: _, ...others } = rule("");
  return { ...others, sourceSecurityGroupId: id };
};

export const openCases: readonly RuleCases[] = [
  {
    rule: "exposure-widened",
    cases: [
      of(
        "fires",
        "a new rule from everyone",
        created(sgRule, rule("0.0.0.0/0"), inNetwork),
        ["high"],
        "lets in what nothing let in before",
      ),
      of(
        "fires",
        "a range that becomes everyone",
        replaced(sgRule, rule("203.0.113.0/24"), rule("0.0.0.0/0"), inNetwork),
        ["high"],
      ),
      of(
        "fires",
        "from a private range to a wide public one",
        replaced(sgRule, rule("10.0.0.0/8"), rule("203.0.0.0/16"), inNetwork),
        ["high"],
      ),
      of("fires", "a narrow public range", created(sgRule, rule("203.0.113.7/32"), inNetwork), ["medium"]),
      of("fires", "a private range", created(sgRule, rule("10.0.0.0/8"), inNetwork), ["low"]),
      of(
        "fires",
        "more ports",
        replaced(sgRule, rule("0.0.0.0/0", "443/443"), rule("0.0.0.0/0", "400/500"), inNetwork),
        ["high"],
      ),
      of("fires", "every port for a group", created(sgRule, group("sg-2"), inNetwork), ["low"]),
      of(
        "fires",
        "ICMP from everyone",
        created(sgRule, rule("0.0.0.0/0", "-1/-1", { ipProtocol: "icmp" }), inNetwork),
        ["medium"],
      ),
      of(
        "fires",
        "IPv6",
        created(
          sgRule,
          { type: "ingress", securityGroupId: "sg-1", ipProtocol: "tcp", portRange: "22/22", ipv6CidrIp: "::/0" },
          inNetwork,
        ),
        ["high"],
      ),
      of(
        "fires",
        "a rule that dropped goes",
        deleted(sgRule, rule("0.0.0.0/0", "22/22", { policy: "drop" }), inNetwork),
        ["medium"],
        "no longer drops",
      ),
      of(
        "fires",
        "drop becomes accept",
        replaced(sgRule, rule("0.0.0.0/0", "22/22", { policy: "drop" }), rule("0.0.0.0/0"), inNetwork),
        ["high"],
      ),
      of(
        "fires",
        "hosts of a group reach each other",
        updated(types.securityGroup, { innerAccessPolicy: "Drop" }, { innerAccessPolicy: "Accept" }),
        ["low"],
      ),
      of("opposite", "narrower", replaced(sgRule, rule("0.0.0.0/0"), rule("203.0.113.0/24"), inNetwork), []),
      of(
        "opposite",
        "fewer ports",
        replaced(sgRule, rule("0.0.0.0/0", "1/65535"), rule("0.0.0.0/0", "443/443"), inNetwork),
        [],
      ),
      of("opposite", "a rule goes", deleted(sgRule, rule("0.0.0.0/0"), inNetwork), []),
      of(
        "opposite",
        "renamed",
        [
          deleted(sgRule, rule("0.0.0.0/0"), { ...inNetwork, name: "a" }),
          created(sgRule, rule("0.0.0.0/0"), { ...inNetwork, name: "b" }),
        ],
        [],
      ),
      of(
        "opposite",
        "two halves of what was open",
        [
          deleted(sgRule, rule("10.0.0.0/8"), { ...inNetwork, name: "a" }),
          created(sgRule, rule("10.0.0.0/9"), { ...inNetwork, name: "b" }),
          created(sgRule, rule("10.128.0.0/9"), { ...inNetwork, name: "c" }),
        ],
        [],
      ),
      of(
        "opposite",
        "a rule that drops",
        created(sgRule, rule("0.0.0.0/0", "22/22", { policy: "drop" }), inNetwork),
        [],
      ),
      of(
        "opposite",
        "only its description",
        updated(
          sgRule,
          rule("0.0.0.0/0", "22/22", { description: "a" }),
          rule("0.0.0.0/0", "22/22", { description: "b" }),
          inNetwork,
        ),
        [],
      ),
      of(
        "opposite",
        "groups part again",
        updated(types.securityGroup, { innerAccessPolicy: "Accept" }, { innerAccessPolicy: "Drop" }),
        [],
      ),
      of("unknown", "the range", replaced(sgRule, rule("10.0.0.0/8"), rule(unknown), inNetwork), []),
      of(
        "unknown",
        "the group stays unknown",
        replaced(
          sgRule,
          rule("10.0.0.0/8", "22/22", { securityGroupId: unknown }),
          rule("10.0.0.0/8", "22/22", { securityGroupId: unknown }),
          inNetwork,
        ),
        [],
      ),
      of("secret", "the range", replaced(sgRule, rule("10.0.0.0/8"), rule(secret), inNetwork), []),
      of(
        "twin",
        "an edge security group",
        updated(
          edge,
          { permissions: [] },
          {
            permissions: [
              {
                direction: "ingress",
                policy: "accept",
                ipProtocol: "tcp",
                portRange: "22/22",
                sourceCidrIp: "0.0.0.0/0",
              },
            ],
          },
          inNetwork,
        ),
        ["high"],
      ),
      of(
        "twin",
        "a simple server's firewall",
        created(
          "alicloud:simpleapplicationserver/firewallRule:FirewallRule",
          { ruleProtocol: "Tcp", port: "22" },
          inNetwork,
        ),
        ["high"],
      ),
      of(
        "create-only",
        "a new stack: the rules judge it",
        created(sgRule, rule("0.0.0.0/0"), inNetwork),
        [],
        undefined,
        {
          changes: changesOf([created(sgRule, rule("0.0.0.0/0"), inNetwork)], { unchanged: 0 }),
        },
      ),
    ],
  },
  {
    rule: "way-out-widened",
    cases: [
      of("fires", "a new rule", created(sgRule, out("0.0.0.0/0"), inNetwork), ["medium"], "lets out"),
      of("fires", "to a private range", created(sgRule, out("10.0.0.0/8"), inNetwork), ["low"]),
      of("fires", "the first source entry", created(types.snatEntry, {}, inNetwork), ["medium"], "reach the internet"),
      of("opposite", "narrower", replaced(sgRule, out("0.0.0.0/0"), out("203.0.113.0/24"), inNetwork), []),
      of("opposite", "goes", deleted(types.snatEntry, {}, inNetwork), []),
      of("opposite", "a rule for what comes in", created(sgRule, rule("0.0.0.0/0"), inNetwork), []),
      of("unknown", "the range", created(sgRule, out(unknown), inNetwork), []),
      of("secret", "the range", created(sgRule, out(secret), inNetwork), []),
      of(
        "twin",
        "an edge security group",
        updated(
          edge,
          { permissions: [] },
          {
            permissions: [
              { direction: "egress", policy: "accept", ipProtocol: "all", portRange: "-1/-1", destCidrIp: "0.0.0.0/0" },
            ],
          },
          inNetwork,
        ),
        ["medium"],
      ),
      of("create-only", "a new stack", created(sgRule, out("0.0.0.0/0"), inNetwork), [], undefined, {
        changes: changesOf([created(sgRule, out("0.0.0.0/0"), inNetwork)], { unchanged: 0 }),
      }),
    ],
  },
  {
    rule: "public-address",
    cases: [
      of(
        "fires",
        "bandwidth",
        updated(host, { internetMaxBandwidthOut: 0 }, { internetMaxBandwidthOut: 5 }),
        ["high"],
        "of its own",
      ),
      of("fires", "a new host with one", created(host, { internetMaxBandwidthOut: 5 }), ["high"]),
      of(
        "fires",
        "an EIP on a host",
        created(types.association, { instanceType: "EcsInstance", instanceId: "i-1" }),
        ["high"],
        "bound",
      ),
      of(
        "fires",
        "an EIP on what is made from a host",
        created(types.association, { instanceId: unknown }, { options: { dependsOn: [urnOf(host, "workers-01")] } }),
        ["high"],
      ),
      of("opposite", "less", updated(host, { internetMaxBandwidthOut: 5 }, { internetMaxBandwidthOut: 0 }), []),
      of(
        "opposite",
        "more of what it had",
        updated(host, { internetMaxBandwidthOut: 5 }, { internetMaxBandwidthOut: 10 }),
        [],
      ),
      of("opposite", "an EIP on a NAT gateway", created(types.association, { instanceType: "Nat" }), []),
      of("opposite", "an EIP on a NAT gateway by its id", created(types.association, { instanceId: "ngw-1" }), []),
      of(
        "unknown",
        "how much",
        updated(host, { internetMaxBandwidthOut: 0 }, { internetMaxBandwidthOut: unknown }),
        [],
      ),
      of(
        "unknown",
        "what it had",
        updated(host, { internetMaxBandwidthOut: unknown }, { internetMaxBandwidthOut: 5 }),
        [],
      ),
      of("unknown", "what the EIP is on", created(types.association, { instanceId: unknown }), []),
      of("secret", "how much", updated(host, { internetMaxBandwidthOut: 0 }, { internetMaxBandwidthOut: secret }), []),
      of(
        "twin",
        "a launch template",
        updated("alicloud:ecs/launchTemplate:LaunchTemplate", {}, { internetMaxBandwidthOut: 5 }),
        ["high"],
      ),
      of("twin", "a set", created(types.instanceSet, { internetMaxBandwidthOut: 5 }), ["high"]),
      of("create-only", "a new stack", created(host, { internetMaxBandwidthOut: 5 }), [], undefined, {
        changes: changesOf([created(host, { internetMaxBandwidthOut: 5 })], { unchanged: 0 }),
      }),
    ],
  },
  {
    rule: "database-opened",
    cases: [
      of(
        "fires",
        "for everybody",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/8"] }, { ipWhiteLists: ["0.0.0.0/0"] }),
        ["high"],
        "everybody",
      ),
      of(
        "fires",
        "for a few of the internet",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/8"] }, { ipWhiteLists: ["10.0.0.0/8", "203.0.113.7"] }),
        ["medium"],
      ),
      of(
        "fires",
        "for more of the VPC",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/24"] }, { ipWhiteLists: ["10.0.0.0/16"] }),
        ["low"],
      ),
      of(
        "fires",
        "a public endpoint of Lindorm",
        updated(types.lindormPublicNetwork, { enablePublicNetwork: 0 }, { enablePublicNetwork: 1 }),
        ["high"],
        "endpoint",
      ),
      of("fires", "a public connection of RDS", created("alicloud:rds/connection:Connection", {}), ["high"]),
      of(
        "opposite",
        "narrower",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/16"] }, { ipWhiteLists: ["10.0.0.0/24"] }),
        [],
      ),
      of(
        "opposite",
        "another order",
        updated(
          types.lindormV1,
          { ipWhiteLists: ["10.0.0.0/16", "10.1.0.0/16"] },
          { ipWhiteLists: ["10.1.0.0/16", "10.0.0.0/16"] },
        ),
        [],
      ),
      of(
        "opposite",
        "in halves",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/8"] }, { ipWhiteLists: ["10.0.0.0/9", "10.128.0.0/9"] }),
        [],
      ),
      of(
        "opposite",
        "the endpoint goes",
        updated(types.lindormPublicNetwork, { enablePublicNetwork: 1 }, { enablePublicNetwork: 0 }),
        [],
      ),
      of("opposite", "a new one for its own hosts", created(types.lindormV1, { ipWhiteLists: ["10.0.0.0/24"] }), []),
      of(
        "unknown",
        "what is let in",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/8"] }, { ipWhiteLists: [unknown] }),
        [],
      ),
      of(
        "unknown",
        "a part of what was let in",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/8", unknown] }, { ipWhiteLists: ["0.0.0.0/0"] }),
        [],
      ),
      of(
        "unknown",
        "what was let in",
        updated(types.lindormV1, { ipWhiteLists: unknown }, { ipWhiteLists: ["0.0.0.0/0"] }),
        [],
      ),
      of(
        "secret",
        "what is let in",
        updated(types.lindormV1, { ipWhiteLists: ["10.0.0.0/8"] }, { ipWhiteLists: secret }),
        [],
      ),
      of(
        "twin",
        "Lindorm 2, with commas",
        updated(
          types.lindormV2,
          { whiteIpLists: [{ groupName: "a", ipList: "10.0.0.0/8" }] },
          { whiteIpLists: [{ groupName: "a", ipList: "10.0.0.0/8,0.0.0.0/0" }] },
        ),
        ["high"],
      ),
      of("twin", "RDS", updated(types.rds, { securityIps: ["10.0.0.0/8"] }, { securityIps: ["0.0.0.0/0"] }), ["high"]),
      of("create-only", "a new stack", created(types.lindormV1, { ipWhiteLists: ["0.0.0.0/0"] }), [], undefined, {
        changes: changesOf([created(types.lindormV1, { ipWhiteLists: ["0.0.0.0/0"] })], { unchanged: 0 }),
      }),
    ],
  },
  {
    rule: "bucket-opened",
    cases: [
      of(
        "fires",
        "to read",
        updated(types.bucket, { acl: "private" }, { acl: "public-read" }),
        ["high"],
        "public-read",
      ),
      of(
        "fires",
        "the block is lifted",
        updated(types.publicAccessBlock, { blockPublicAccess: true }, { blockPublicAccess: false }),
        ["high"],
      ),
      of("fires", "the block goes", deleted(types.publicAccessBlock, { blockPublicAccess: true }), ["high"]),
      of("opposite", "closed", updated(types.bucket, { acl: "public-read" }, { acl: "private" }), []),
      of(
        "opposite",
        "open to write before",
        updated(types.bucket, { acl: "public-read-write" }, { acl: "public-read" }),
        [],
      ),
      of(
        "opposite",
        "the block is set",
        updated(types.publicAccessBlock, { blockPublicAccess: false }, { blockPublicAccess: true }),
        [],
      ),
      of("unknown", "to what is not known", updated(types.bucket, { acl: "private" }, { acl: unknown }), []),
      of("unknown", "from what is not known", updated(types.bucket, { acl: unknown }, { acl: "public-read" }), []),
      of("secret", "secret", updated(types.bucket, { acl: "private" }, { acl: secret }), []),
      of("twin", "an ACL of its own", updated(types.bucketAcl, { acl: "private" }, { acl: "public-read-write" }), [
        "high",
      ]),
      of("create-only", "a new stack", created(types.bucket, { acl: "public-read" }), [], undefined, {
        changes: changesOf([created(types.bucket, { acl: "public-read" })], { unchanged: 0 }),
      }),
    ],
  },
];
