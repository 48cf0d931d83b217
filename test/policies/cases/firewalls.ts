import type { Direction } from "../../../policies/firewalls.ts";
import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, resource, secret, unknown } from "../cases.ts";

const groupRule = (values: ValueMap) => [resource("alicloud:ecs/securityGroupRule:SecurityGroupRule", values)];

/** A rule of a security group that lets SSH in, until a case says otherwise. */
export const ingress = (values: ValueMap) =>
  groupRule({ type: "ingress", ipProtocol: "tcp", portRange: "22/22", policy: "accept", ...values });

export const egress = (values: ValueMap) =>
  groupRule({ type: "egress", ipProtocol: "all", portRange: "-1/-1", policy: "accept", ...values });

export const edgeGroup = (...permissions: readonly ValueMap[]) => [
  resource("alicloud:ens/securityGroup:SecurityGroup", { permissions }),
];

export const desktops = (...rules: readonly ValueMap[]) => [
  resource("alicloud:eds/ecdPolicyGroup:EcdPolicyGroup", { authorizeSecurityPolicyRules: rules }),
];

export const simpleServer = (ruleProtocol: ValueMap[string], port: ValueMap[string]) => [
  resource("alicloud:simpleapplicationserver/firewallRule:FirewallRule", { ruleProtocol, port }),
];

/** What a case of a rule about openings is made from: a rule that it refuses, and its words. */
export interface Refused {
  readonly direction: Direction;
  readonly ipProtocol: string;
  readonly portRange: string;
  /** "port 22 open to", before the words for whom. */
  readonly open: string;
}

/** What every rule about openings is tried with, whatever it looks for in the traffic. */
export function openingCases({ direction, ipProtocol, portRange, open }: Refused): readonly Case[] {
  const [mine, other] = direction === "in" ? ["ingress", "egress"] : ["egress", "ingress"];
  const whole = { type: mine, ipProtocol, portRange, policy: "accept", cidrIp: "0.0.0.0/0" };
  const of = (values: ValueMap) => groupRule({ ...whole, ...values });
  const without = (...names: readonly string[]) =>
    groupRule(Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name))));
  const nobody = `violation cidrIp: ${open} anybody, as no range or group is named`;
  const everybody = `violation cidrIp: ${open} the internet`;
  const wide = (property: string) => `violation ${property}: ${open} a wide public range`;
  return [
    { kind: "passes", name: "dropped", resources: of({ policy: "drop" }), says: [] },
    { kind: "passes", name: "dropped, as the live API writes it", resources: of({ policy: "Drop" }), says: [] },
    { kind: "passes", name: "the other direction", resources: of({ type: other }), says: [] },
    { kind: "passes", name: "inside the VPC", resources: of({ cidrIp: "10.20.0.0/16" }), says: [] },
    {
      kind: "passes",
      name: "inside the VPC, IPv6",
      resources: of({ cidrIp: "", ipv6CidrIp: "fd00:1::/32" }),
      says: [],
    },
    { kind: "passes", name: "a group", resources: of({ cidrIp: "", sourceSecurityGroupId: "sg-1" }), says: [] },
    {
      kind: "passes",
      name: "a group that is made with it",
      resources: of({ cidrIp: "", sourceSecurityGroupId: unknown }),
      says: [],
    },
    { kind: "passes", name: "a prefix list", resources: of({ cidrIp: "", prefixListId: unknown }), says: [] },
    {
      kind: "passes",
      name: "what is private decides, whatever is unknown",
      resources: of({
        cidrIp: "10.20.0.0/16",
        type: unknown,
        policy: unknown,
        ipProtocol: unknown,
        portRange: unknown,
      }),
      says: [],
    },
    { kind: "fails", name: "everybody", resources: of({}), says: [everybody] },
    {
      kind: "fails",
      name: "everybody over IPv6",
      resources: of({ cidrIp: "", ipv6CidrIp: "::/0" }),
      says: [`violation ipv6CidrIp: ${open} the internet`],
    },
    { kind: "fails", name: "the lower half", resources: of({ cidrIp: "0.0.0.0/1" }), says: [wide("cidrIp")] },
    { kind: "fails", name: "the upper half", resources: of({ cidrIp: "128.0.0.0/1" }), says: [wide("cidrIp")] },
    { kind: "fails", name: "a wide range", resources: of({ cidrIp: "8.0.0.0/8" }), says: [wide("cidrIp")] },
    { kind: "fails", name: "half private", resources: of({ cidrIp: "10.0.0.0/7" }), says: [wide("cidrIp")] },
    { kind: "fails", name: "one bit too wide", resources: of({ cidrIp: "203.0.112.0/23" }), says: [wide("cidrIp")] },
    {
      kind: "fails",
      name: "wider than the settings say",
      resources: of({ cidrIp: "203.0.113.0/24" }),
      settings: { ports: { widestSource: 25 } },
      says: [wide("cidrIp")],
    },
    {
      kind: "fails",
      name: "private over IPv4, everybody over IPv6",
      resources: of({ cidrIp: "10.20.0.0/16", ipv6CidrIp: "::/0" }),
      says: [`violation ipv6CidrIp: ${open} the internet`],
    },
    {
      kind: "fails",
      name: "a range counts where a group stands beside it",
      resources: of({ sourceSecurityGroupId: "sg-1", prefixListId: "pl-1" }),
      says: [everybody],
    },
    { kind: "fails", name: "nicType is no excuse", resources: of({ nicType: "intranet" }), says: [everybody] },
    { kind: "fails", name: "Accept counts", resources: of({ policy: "Accept" }), says: [everybody] },
    { kind: "fails", name: "a policy that there is not", resources: of({ policy: "deny" }), says: [everybody] },
    { kind: "absent", name: "no source or destination", resources: without("cidrIp"), says: [nobody] },
    { kind: "absent", name: "policy: accept", resources: without("policy"), says: [everybody] },
    { kind: "absent", name: "no direction", resources: without("type"), says: ["violation type: absent"] },
    { kind: "absent", name: "no protocol", resources: without("ipProtocol"), says: ["violation ipProtocol: absent"] },
    { kind: "unknown", name: "range", resources: of({ cidrIp: unknown }), says: ["undecided cidrIp"] },
    {
      kind: "unknown",
      name: "range, with a group beside it",
      resources: of({ cidrIp: unknown, sourceSecurityGroupId: "sg-1" }),
      says: ["undecided cidrIp"],
    },
    { kind: "unknown", name: "direction", resources: of({ type: unknown }), says: ["undecided type"] },
    { kind: "unknown", name: "policy", resources: of({ policy: unknown }), says: ["undecided policy"] },
    { kind: "unknown", name: "protocol", resources: of({ ipProtocol: unknown }), says: ["undecided ipProtocol"] },
    { kind: "secret", name: "range", resources: of({ cidrIp: secret }), says: ["undecided cidrIp"] },
    { kind: "secret", name: "policy", resources: of({ policy: secret }), says: ["undecided policy"] },
    { kind: "wrong", name: "no range", resources: of({ cidrIp: "any" }), says: ["violation cidrIp: no address range"] },
    { kind: "wrong", name: "range", resources: of({ cidrIp: 5 }), says: ["violation cidrIp: a number"] },
    { kind: "wrong", name: "direction", resources: of({ type: 5 }), says: ["violation type: a number"] },
    { kind: "wrong", name: "policy", resources: of({ policy: true }), says: ["violation policy: true or false"] },
    {
      kind: "wrong",
      name: "a protocol that there is not",
      resources: of({ ipProtocol: "tcpp" }),
      says: ["violation ipProtocol: a protocol that there is not"],
    },
    {
      kind: "wrong",
      name: "group",
      resources: of({ cidrIp: "", sourceSecurityGroupId: 5 }),
      says: ["violation sourceSecurityGroupId: a number"],
    },
    {
      kind: "wrong",
      name: "comes before what is unknown",
      resources: of({ cidrIp: 5, type: unknown }),
      says: ["violation cidrIp: a number"],
    },
    ...twins({ direction, ipProtocol, portRange, open }),
  ];
}

function twins({ direction, ipProtocol, portRange, open }: Refused): readonly Case[] {
  const [v4, v6] = direction === "in" ? ["sourceCidrIp", "ipv6SourceCidrIp"] : ["destCidrIp", "ipv6DestCidrIp"];
  const [edgeOther, desktopOther] = direction === "in" ? ["egress", "outflow"] : ["ingress", "inflow"];
  const edge = {
    direction: direction === "in" ? "ingress" : "egress",
    policy: "Accept",
    ipProtocol: ipProtocol.toUpperCase(),
    portRange,
  };
  const desktop = {
    type: direction === "in" ? "inflow" : "outflow",
    policy: "accept",
    ipProtocol: ipProtocol.toUpperCase(),
    portRange,
  };
  return [
    {
      kind: "twin",
      name: "edge nodes",
      resources: edgeGroup(
        { ...edge, [v4]: "10.0.0.0/8" },
        { ...edge, [v4]: "0.0.0.0/0" },
        { ...edge, [v6]: "::/0" },
        { ...edge, [v4]: "0.0.0.0/0", policy: "Drop" },
        { ...edge, [v4]: "0.0.0.0/0", direction: edgeOther },
      ),
      says: [
        `violation permissions[1].${v4}: ${open} the internet`,
        `violation permissions[2].${v6}: ${open} the internet`,
      ],
    },
    {
      kind: "twin",
      name: "edge nodes, nobody named",
      resources: edgeGroup(edge),
      says: [`violation permissions[0].${v4}: ${open} anybody, as no range or group is named`],
    },
    {
      kind: "twin",
      name: "edge nodes without rules",
      resources: [resource("alicloud:ens/securityGroup:SecurityGroup", {})],
      says: [],
    },
    {
      kind: "unknown",
      name: "the rules of edge nodes",
      resources: [resource("alicloud:ens/securityGroup:SecurityGroup", { permissions: unknown })],
      says: ["undecided permissions"],
    },
    {
      kind: "wrong",
      name: "the rules of edge nodes",
      resources: [resource("alicloud:ens/securityGroup:SecurityGroup", { permissions: 5 })],
      says: ["violation permissions: a number"],
    },
    {
      kind: "wrong",
      name: "one rule of edge nodes",
      resources: [resource("alicloud:ens/securityGroup:SecurityGroup", { permissions: ["all", unknown] })],
      says: ["violation permissions[0]: a text", "undecided permissions[1]"],
    },
    {
      kind: "twin",
      name: "cloud desktops",
      resources: desktops(
        { ...desktop, cidrIp: "0.0.0.0/0" },
        { ...desktop, cidrIp: "192.168.0.0/24" },
        { ...desktop, cidrIp: "0.0.0.0/0", type: desktopOther },
        { ...desktop, cidrIp: "0.0.0.0/0", policy: "drop" },
      ),
      says: [`violation authorizeSecurityPolicyRules[0].cidrIp: ${open} the internet`],
    },
  ];
}
