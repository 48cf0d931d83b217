import type { Reads } from "./rule.ts";

/** Which way packets go, seen from the host. */
export type Direction = "in" | "out";

/** How a resource type writes what it lets through: names of its properties. */
export interface Firewall {
  /** The list of rules; left out where the resource is one rule. */
  readonly list?: string;
  /** Left out where there are only rules that let in. */
  readonly direction?: { readonly property: string; readonly out: string };
  /** Left out where nothing is dropped. */
  readonly policy?: string;
  readonly protocol: string;
  readonly ports: string;
  /** Address ranges of the other side; none where everybody is meant. */
  readonly ranges: Readonly<Record<Direction, readonly string[]>>;
  readonly group?: string;
  readonly prefixList?: string;
}

/**
 * The types that open ports. `nicType` is not among what is read: in a VPC a rule holds for both kinds of interface
 * whatever it says (provider's page of the rule), and in a classic network `intranet` means the region's other tenants.
 * Network ACLs and Cloud Firewall are left out: they only narrow what these let in.
 */
export const firewalls: Readonly<Record<string, Firewall>> = {
  "alicloud:ecs/securityGroupRule:SecurityGroupRule": {
    direction: { property: "type", out: "egress" },
    policy: "policy",
    protocol: "ipProtocol",
    ports: "portRange",
    ranges: { in: ["cidrIp", "ipv6CidrIp"], out: ["cidrIp", "ipv6CidrIp"] },
    group: "sourceSecurityGroupId",
    prefixList: "prefixListId",
  },
  // Edge nodes; the only group with its rules inside.
  "alicloud:ens/securityGroup:SecurityGroup": {
    list: "permissions",
    direction: { property: "direction", out: "egress" },
    policy: "policy",
    protocol: "ipProtocol",
    ports: "portRange",
    ranges: { in: ["sourceCidrIp", "ipv6SourceCidrIp"], out: ["destCidrIp", "ipv6DestCidrIp"] },
  },
  // Cloud desktops.
  "alicloud:eds/ecdPolicyGroup:EcdPolicyGroup": {
    list: "authorizeSecurityPolicyRules",
    direction: { property: "type", out: "outflow" },
    policy: "policy",
    protocol: "ipProtocol",
    ports: "portRange",
    ranges: { in: ["cidrIp"], out: ["cidrIp"] },
  },
  "alicloud:simpleapplicationserver/firewallRule:FirewallRule": {
    protocol: "ruleProtocol",
    ports: "port",
    ranges: { in: [], out: [] },
  },
};

/** What a rule reads that judges the openings of a direction. */
export function readsOfOpenings(direction: Direction): Reads {
  const types = Object.entries(firewalls).filter(([, { direction: own }]) => direction === "in" || own !== undefined);
  return Object.fromEntries(types.map(([type, firewall]) => [type, propertiesOf(firewall, direction)]));
}

function propertiesOf(firewall: Firewall, direction: Direction): readonly string[] {
  const { list, direction: way, policy, protocol, ports, ranges, group, prefixList } = firewall;
  const own = [way?.property, policy, protocol, ports, ...ranges[direction], group, prefixList];
  const given = own.filter((property) => property !== undefined);
  return list === undefined ? given : [list, ...given.map((property) => `${list}[].${property}`)];
}
