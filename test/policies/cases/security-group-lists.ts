import type { Value, ValueMap } from "../../../policies/reading.ts";
import type { Resource } from "../../../policies/rule.ts";
import { type RuleCases, resource, secret, unknown } from "../cases.ts";

const listOf = (entries: Value, name = "list") =>
  resource("alicloud:ecs/ecsPrefixList:EcsPrefixList", { entries }, { name });
const ranges = (...cidrs: readonly Value[]) => listOf(cidrs.map((cidr) => ({ cidr })));

const groupRule = (list: Resource, values: ValueMap = {}, ...others: readonly Resource[]): readonly Resource[] => [
  list,
  ...others,
  resource(
    "alicloud:ecs/securityGroupRule:SecurityGroupRule",
    { type: "ingress", ipProtocol: "tcp", portRange: "22/22", prefixListId: unknown, ...values },
    { name: "rule", dependsOn: [list] },
  ),
];

const everybody = ranges("0.0.0.0/0");
const says = (what: string, whom = "the internet") => [
  `violation prefixListId: ${what} open to ${whom} in a prefix list`,
];

export const securityGroupListCases: readonly RuleCases[] = [
  {
    rule: "cn-sg-prefix-lists",
    cases: [
      {
        kind: "passes",
        name: "inside and narrow",
        resources: groupRule(ranges("10.0.0.0/8", "203.0.113.7")),
        says: [],
      },
      { kind: "passes", name: "no entries", resources: groupRule(ranges()), says: [] },
      {
        kind: "passes",
        name: "a port that may be public",
        resources: groupRule(everybody, { portRange: "443/443" }),
        says: [],
      },
      { kind: "passes", name: "outward", resources: groupRule(everybody, { type: "egress" }), says: [] },
      { kind: "passes", name: "dropped", resources: groupRule(everybody, { policy: "drop" }), says: [] },
      {
        kind: "passes",
        name: "a group stands beside the list, which does not count then",
        resources: groupRule(everybody, { sourceSecurityGroupId: "sg-1" }),
        says: [],
      },
      {
        kind: "passes",
        name: "a range does, which another rule judges",
        resources: groupRule(everybody, { cidrIp: "0.0.0.0/0" }),
        says: [],
      },
      {
        kind: "passes",
        name: "the list of another rule",
        resources: groupRule(ranges("10.0.0.0/8"), {}, listOf([{ cidr: "0.0.0.0/0" }], "other")),
        says: [],
      },
      {
        kind: "passes",
        name: "a list from elsewhere",
        resources: groupRule(everybody, { prefixListId: "pl-1" })
          .slice(1)
          .map((one) => ({ ...one, dependencies: [] })),
        says: [],
      },
      { kind: "fails", name: "administration", resources: groupRule(everybody), says: says("port 22") },
      {
        kind: "fails",
        name: "data",
        resources: groupRule(everybody, { portRange: "6379/6379" }),
        says: says("port 6379"),
      },
      {
        kind: "fails",
        name: "everything",
        resources: groupRule(everybody, { ipProtocol: "all" }),
        says: says("every port"),
      },
      {
        kind: "fails",
        name: "GRE",
        resources: groupRule(everybody, { ipProtocol: "gre" }),
        says: says("a protocol without ports"),
      },
      {
        kind: "fails",
        name: "one entry among others",
        resources: groupRule(ranges("10.0.0.0/8", unknown, "8.0.0.0/8", "any")),
        says: says("port 22", "a wide public range"),
      },
      {
        kind: "fails",
        name: "wider than the settings say",
        resources: groupRule(ranges("203.0.113.0/24")),
        settings: { ports: { widestSource: 25 } },
        says: says("port 22", "a wide public range"),
      },
      { kind: "fails", name: "IPv6", resources: groupRule(ranges("::/0")), says: says("port 22") },
      {
        kind: "absent",
        name: "no list of entries",
        resources: groupRule(resource("alicloud:ecs/ecsPrefixList:EcsPrefixList", {}, { name: "list" })),
        says: [],
      },
      {
        kind: "absent",
        name: "an entry without a range",
        resources: groupRule(listOf([{ description: "later" }])),
        says: [],
      },
      {
        kind: "absent",
        name: "no range of ports is every port",
        resources: groupRule(everybody, { portRange: "" }),
        says: says("every port"),
      },
      { kind: "unknown", name: "entries", resources: groupRule(listOf(unknown)), says: ["undecided prefixListId"] },
      { kind: "unknown", name: "one entry", resources: groupRule(listOf([unknown])), says: ["undecided prefixListId"] },
      { kind: "unknown", name: "one range", resources: groupRule(ranges(unknown)), says: ["undecided prefixListId"] },
      {
        kind: "unknown",
        name: "ports",
        resources: groupRule(everybody, { portRange: unknown }),
        says: ["undecided portRange"],
      },
      { kind: "secret", name: "one range", resources: groupRule(ranges(secret)), says: ["undecided prefixListId"] },
      {
        kind: "wrong",
        name: "no range, which comes before one that is unknown",
        resources: groupRule(ranges(unknown, "any")),
        says: ["violation prefixListId: a prefix list with no address range"],
      },
      {
        kind: "wrong",
        name: "entries",
        resources: groupRule(listOf(5)),
        says: ["violation prefixListId: a prefix list with a number"],
      },
      {
        kind: "wrong",
        name: "one entry",
        resources: groupRule(listOf(["0.0.0.0/0"])),
        says: ["violation prefixListId: a prefix list with a text"],
      },
      {
        kind: "twin",
        name: "a prefix list of the VPC",
        resources: groupRule(
          resource("alicloud:vpc/prefixList:PrefixList", { entrys: [{ cidr: "0.0.0.0/0" }] }, { name: "list" }),
        ),
        says: says("port 22"),
      },
    ],
  },
];
