import { type RuleCases, unknown } from "../cases.ts";
import { edgeGroup, egress, ingress, openingCases, simpleServer } from "./firewalls.ts";

const everybody = (values: Parameters<typeof ingress>[0]) => ingress({ cidrIp: "0.0.0.0/0", ...values });
const web = { ports: { public: [80, 443] } };
const outside = "a port outside ports.public open to";

export const securityGroupWidthCases: readonly RuleCases[] = [
  {
    rule: "cn-sg-source-width",
    cases: [
      ...openingCases({ direction: "in", ipProtocol: "tcp", portRange: "443/443", open: outside }),
      {
        kind: "passes",
        name: "a listed port",
        resources: everybody({ portRange: "443/443" }),
        settings: web,
        says: [],
      },
      {
        kind: "passes",
        name: "a range of listed ports",
        resources: everybody({ portRange: "443/444" }),
        settings: { ports: { public: [444, 443] } },
        says: [],
      },
      {
        kind: "passes",
        name: "ICMP inside",
        resources: ingress({ ipProtocol: "icmp", cidrIp: "10.0.0.0/8" }),
        says: [],
      },
      {
        kind: "fails",
        name: "beside a listed port",
        resources: everybody({ portRange: "443/444" }),
        settings: web,
        says: [`violation cidrIp: ${outside} the internet`],
      },
      {
        kind: "fails",
        name: "every port",
        resources: everybody({ ipProtocol: "all" }),
        settings: web,
        says: [`violation cidrIp: ${outside} the internet`],
      },
      {
        kind: "fails",
        name: "GRE",
        resources: everybody({ ipProtocol: "gre" }),
        settings: web,
        says: ["violation cidrIp: a protocol without ports open to the internet"],
      },
      {
        kind: "fails",
        name: "a narrow public range is worth advice",
        resources: ingress({ cidrIp: "203.0.113.7/32" }),
        says: [`advice cidrIp: ${outside} a public range`],
      },
      {
        kind: "fails",
        name: "GRE from a narrow public range",
        resources: ingress({ cidrIp: "203.0.113.7/32", ipProtocol: "gre" }),
        says: ["advice cidrIp: a protocol without ports open to a public range"],
      },
      {
        kind: "fails",
        name: "ICMP from everybody is worth advice",
        resources: everybody({ ipProtocol: "icmp" }),
        says: ["advice cidrIp: ICMP open to the internet"],
      },
      {
        kind: "fails",
        name: "ICMPv6",
        resources: ingress({ ipProtocol: "icmpv6", ipv6CidrIp: "::/0" }),
        says: ["advice ipv6CidrIp: ICMP open to the internet"],
      },
      {
        kind: "absent",
        name: "no range of ports is every port",
        resources: everybody({ portRange: "" }),
        settings: web,
        says: [`violation cidrIp: ${outside} the internet`],
      },
      {
        kind: "unknown",
        name: "ports",
        resources: everybody({ portRange: unknown }),
        settings: web,
        says: ["undecided portRange"],
      },
      {
        kind: "twin",
        name: "a simple application server",
        resources: [...simpleServer("Tcp", "443"), ...simpleServer("Tcp", "8080")],
        settings: web,
        says: [`violation port: ${outside} the internet`],
      },
    ],
  },
  {
    rule: "cn-sg-egress",
    cases: [
      ...openingCases({ direction: "out", ipProtocol: "all", portRange: "-1/-1", open: "every port let out to" }),
      ...openingCases({ direction: "out", ipProtocol: "tcp", portRange: "1/65535", open: "every port let out to" }),
      {
        kind: "passes",
        name: "one port",
        resources: egress({ ipProtocol: "tcp", portRange: "443/443", cidrIp: "0.0.0.0/0" }),
        says: [],
      },
      { kind: "passes", name: "a narrow public range", resources: egress({ cidrIp: "203.0.113.7/32" }), says: [] },
      { kind: "passes", name: "ICMP", resources: egress({ ipProtocol: "icmp", cidrIp: "0.0.0.0/0" }), says: [] },
      {
        kind: "fails",
        name: "GRE",
        resources: egress({ ipProtocol: "gre", cidrIp: "0.0.0.0/0" }),
        says: ["violation cidrIp: a protocol without ports let out to the internet"],
      },
      {
        kind: "twin",
        name: "edge nodes: the source of what goes out says nothing",
        resources: edgeGroup({
          direction: "egress",
          ipProtocol: "ALL",
          sourceCidrIp: "0.0.0.0/0",
          destCidrIp: "10.0.0.0/8",
        }),
        says: [],
      },
    ],
  },
];
