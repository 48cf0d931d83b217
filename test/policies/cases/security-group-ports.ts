import type { RuleCases } from "../cases.ts";
import { secret, unknown } from "../cases.ts";
import { ingress, openingCases, simpleServer } from "./firewalls.ts";

const everybody = (values: Parameters<typeof ingress>[0]) => ingress({ cidrIp: "0.0.0.0/0", ...values });
const fromEverybody = (what: string) => `violation cidrIp: ${what} open to the internet`;

/** Narrow public ranges are let through by all three. */
const narrow = [
  { kind: "passes", name: "one public address", resources: ingress({ cidrIp: "203.0.113.7/32" }), says: [] },
  { kind: "passes", name: "as wide as the settings allow", resources: ingress({ cidrIp: "203.0.113.0/24" }), says: [] },
  {
    kind: "passes",
    name: "an IPv6 site",
    resources: ingress({ ipv6CidrIp: "2408:4000::/48", portRange: "1/65535" }),
    says: [],
  },
  {
    kind: "passes",
    name: "wide, and the settings allow it",
    resources: everybody({ cidrIp: "203.0.0.0/16", portRange: "1/65535" }),
    settings: { ports: { widestSource: 16 } },
    says: [],
  },
] as const;

export const securityGroupPortCases: readonly RuleCases[] = [
  {
    rule: "cn-sg-admin-ports",
    cases: [
      ...openingCases({ direction: "in", ipProtocol: "tcp", portRange: "22/22", open: "port 22 open to" }),
      ...narrow,
      { kind: "passes", name: "another port", resources: everybody({ portRange: "443/443" }), says: [] },
      { kind: "passes", name: "below", resources: everybody({ portRange: "1/21" }), says: [] },
      { kind: "passes", name: "between", resources: everybody({ portRange: "23/3388" }), says: [] },
      { kind: "passes", name: "above", resources: everybody({ portRange: "3390/65535" }), says: [] },
      { kind: "passes", name: "ICMP", resources: everybody({ ipProtocol: "icmp", portRange: "-1/-1" }), says: [] },
      { kind: "passes", name: "GRE", resources: everybody({ ipProtocol: "gre", portRange: "-1/-1" }), says: [] },
      {
        kind: "passes",
        name: "a port that the settings leave out",
        resources: everybody({}),
        settings: { ports: { admin: [3389] } },
        says: [],
      },
      {
        kind: "fails",
        name: "a port of the settings",
        resources: everybody({ portRange: "8022/8022" }),
        settings: { ports: { admin: [8022] } },
        says: [fromEverybody("port 8022")],
      },
      { kind: "fails", name: "RDP", resources: everybody({ portRange: "3389" }), says: [fromEverybody("port 3389")] },
      { kind: "fails", name: "UDP", resources: everybody({ ipProtocol: "UDP" }), says: [fromEverybody("port 22")] },
      {
        kind: "fails",
        name: "hidden in a range",
        resources: everybody({ portRange: "20/30" }),
        says: [fromEverybody("port 22")],
      },
      {
        kind: "fails",
        name: "hidden among all ports",
        resources: everybody({ portRange: "1/65535" }),
        says: [fromEverybody("ports 22 and 3389")],
      },
      {
        kind: "fails",
        name: "hidden in -1/-1",
        resources: everybody({ portRange: "-1/-1" }),
        says: [fromEverybody("ports 22 and 3389")],
      },
      {
        kind: "fails",
        name: "hidden in every protocol, whatever the range says",
        resources: everybody({ ipProtocol: "all", portRange: "443/443" }),
        says: [fromEverybody("ports 22 and 3389")],
      },
      {
        kind: "absent",
        name: "no range of ports is every port",
        resources: everybody({ portRange: "" }),
        says: [fromEverybody("ports 22 and 3389")],
      },
      {
        kind: "absent",
        name: "nobody named, but another port",
        resources: ingress({ portRange: "443/443" }),
        says: [],
      },
      { kind: "unknown", name: "ports", resources: everybody({ portRange: unknown }), says: ["undecided portRange"] },
      {
        kind: "unknown",
        name: "ports, with every protocol",
        resources: everybody({ ipProtocol: "all", portRange: unknown }),
        says: [fromEverybody("ports 22 and 3389")],
      },
      {
        kind: "unknown",
        name: "range, but another port",
        resources: ingress({ cidrIp: unknown, portRange: "443" }),
        says: [],
      },
      { kind: "secret", name: "ports", resources: everybody({ portRange: secret }), says: ["undecided portRange"] },
      {
        kind: "wrong",
        name: "no range of ports",
        resources: everybody({ portRange: "30/20" }),
        says: ["violation portRange: no range of ports"],
      },
      {
        kind: "wrong",
        name: "ports",
        resources: everybody({ portRange: 22 }),
        says: ["violation portRange: a number"],
      },
      {
        kind: "twin",
        name: "a simple application server, which opens to everybody",
        resources: simpleServer("TcpAndUdp", "22/22"),
        says: ["violation port: port 22 open to the internet"],
      },
      { kind: "twin", name: "another port of it", resources: simpleServer("Tcp", "443"), says: [] },
      {
        kind: "unknown",
        name: "the port of a simple application server",
        resources: simpleServer("Tcp", unknown),
        says: ["undecided port"],
      },
      {
        kind: "wrong",
        name: "the port of a simple application server",
        resources: simpleServer("Tcp", 22),
        says: ["violation port: a number"],
      },
    ],
  },
  {
    rule: "cn-sg-all-ports",
    cases: [
      ...openingCases({ direction: "in", ipProtocol: "tcp", portRange: "1/65535", open: "every port open to" }),
      ...openingCases({ direction: "in", ipProtocol: "all", portRange: "-1/-1", open: "every port open to" }),
      ...narrow,
      { kind: "passes", name: "one port", resources: everybody({}), says: [] },
      { kind: "passes", name: "all but the first", resources: everybody({ portRange: "2/65535" }), says: [] },
      { kind: "passes", name: "all but the last", resources: everybody({ portRange: "1/65534" }), says: [] },
      { kind: "passes", name: "ICMP", resources: everybody({ ipProtocol: "icmp", portRange: "-1/-1" }), says: [] },
      { kind: "passes", name: "ICMPv6", resources: ingress({ ipv6CidrIp: "::/0", ipProtocol: "icmpv6" }), says: [] },
      {
        kind: "fails",
        name: "UDP",
        resources: everybody({ ipProtocol: "udp", portRange: "1/65535" }),
        says: [fromEverybody("every port")],
      },
      {
        kind: "fails",
        name: "-1/-1",
        resources: everybody({ portRange: "-1/-1" }),
        says: [fromEverybody("every port")],
      },
      {
        kind: "fails",
        name: "every protocol, whatever the range says",
        resources: everybody({ ipProtocol: "ALL", portRange: "443/443" }),
        says: [fromEverybody("every port")],
      },
      {
        kind: "fails",
        name: "a tunnel from everybody",
        resources: everybody({ ipProtocol: "gre", portRange: "-1/-1" }),
        says: [fromEverybody("a protocol without ports")],
      },
      {
        kind: "absent",
        name: "no range of ports is every port",
        resources: everybody({ portRange: "" }),
        says: [fromEverybody("every port")],
      },
      { kind: "unknown", name: "ports", resources: everybody({ portRange: unknown }), says: ["undecided portRange"] },
      {
        kind: "wrong",
        name: "no range of ports",
        resources: everybody({ portRange: "0-65535" }),
        says: ["violation portRange: no range of ports"],
      },
      {
        kind: "twin",
        name: "a simple application server",
        resources: simpleServer("Udp", "1/65535"),
        says: ["violation port: every port open to the internet"],
      },
    ],
  },
  {
    rule: "cn-sg-data-ports",
    cases: [
      ...openingCases({ direction: "in", ipProtocol: "tcp", portRange: "6379/6379", open: "port 6379 open to" }),
      ...narrow,
      { kind: "passes", name: "another port", resources: everybody({ portRange: "443/443" }), says: [] },
      { kind: "passes", name: "SSH is another rule's", resources: everybody({}), says: [] },
      {
        kind: "passes",
        name: "every port is another rule's",
        resources: everybody({ portRange: "1/65535" }),
        says: [],
      },
      { kind: "passes", name: "GRE", resources: everybody({ ipProtocol: "gre" }), says: [] },
      { kind: "passes", name: "ICMP", resources: everybody({ ipProtocol: "icmp" }), says: [] },
      {
        kind: "passes",
        name: "a port that the settings leave out",
        resources: everybody({ portRange: "6379/6379" }),
        settings: { ports: { data: [3306] } },
        says: [],
      },
      {
        kind: "fails",
        name: "TSDB",
        resources: everybody({ portRange: "8242/8242" }),
        says: [fromEverybody("port 8242")],
      },
      {
        kind: "fails",
        name: "Docker's two ports",
        resources: everybody({ portRange: "2375/2376" }),
        says: [fromEverybody("ports 2375 and 2376")],
      },
      {
        kind: "fails",
        name: "many in a range",
        resources: everybody({ portRange: "2/65535" }),
        says: [fromEverybody("ports 1433, 1521, 2375 and 23 more")],
      },
      {
        kind: "fails",
        name: "a port of the settings",
        resources: everybody({ portRange: "7000/7001" }),
        settings: { ports: { data: [7000] } },
        says: [fromEverybody("port 7000")],
      },
      {
        kind: "absent",
        name: "no range of ports is every port, which is another rule's",
        resources: everybody({ portRange: "" }),
        says: [],
      },
      { kind: "unknown", name: "ports", resources: everybody({ portRange: unknown }), says: ["undecided portRange"] },
      {
        kind: "twin",
        name: "a simple application server",
        resources: simpleServer("Tcp", "3306/3306"),
        says: ["violation port: port 3306 open to the internet"],
      },
    ],
  },
];
