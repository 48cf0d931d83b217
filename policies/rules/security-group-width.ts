import { mlps } from "../clauses.ts";
import type { Refused } from "../conditions.ts";
import { everything, internet, openTo, type PortSettings, refuseOpenings } from "../exposure.ts";
import { readsOfOpenings } from "../firewalls.ts";
import type { Peer } from "../openings.ts";
import { isWithin, type Traffic } from "../ports.ts";
import type { ResourceRule } from "../rule.ts";

/** Words for one half of an opening; advice where the whole is no more than that. */
interface Half {
  readonly words: string;
  readonly advice: boolean;
}

/** What only listed ports may do. The network itself speaks ICMP: worth a word, no more. */
function unlisted(traffic: Traffic, { public: listed }: PortSettings): Half | undefined {
  if (traffic === "icmp") return { words: "ICMP", advice: true };
  if (traffic === "portless") return { words: "a protocol without ports", advice: false };
  return isWithin(traffic, listed) ? undefined : { words: "a port outside ports.public", advice: false };
}

/** A narrow public range is somebody, not everybody. */
function anybodyPublic(peer: Peer): Half | undefined {
  if (peer === "narrow") return { words: "a public range", advice: true };
  const words = internet(peer);
  return words === undefined ? undefined : { words, advice: false };
}

const says = (what: Half, whom: Half): Refused => ({
  ...openTo(what.words, whom.words),
  ...(what.advice || whom.advice ? { level: "advisory" } : {}),
});

const sourceWidth: ResourceRule = {
  id: "cn-sg-source-width",
  title: "Public sources only where meant",
  description:
    "Only the ports of ports.public are open to public ranges. A range no wider than ports.widestSource is advice whatever the profile: an office may be meant, a way in through the VPC is better.",
  severity: "high",
  clause: mlps("8.1.3.2", "access control at the network's border: nothing is let in that no rule needs"),
  tags: [
    "cis:3.5",
    "cloud-config:ecs-security-group-not-internet-cidr-access",
    "cloud-config:ecs-security-group-white-list-port-check",
  ],
  source: {
    source: "InfraGuard 0.10, rules ecs-security-group-not-internet-cidr-access and -white-list-port-check",
    observedAt: "2026-06",
  },
  fix: "what the internet may reach: china:policies `ports: { public: [443] }`; all else: `from:` a host group in china:network.rules; in another program: sourceSecurityGroupId or a private cidrIp",
  levels: { baseline: "advisory", "mlps-3": "mandatory" },
  reads: readsOfOpenings("in"),
  *check(resource, { settings: { ports } }) {
    yield* refuseOpenings(resource, ports, {
      direction: "in",
      what: (traffic) => unlisted(traffic, ports),
      whom: anybodyPublic,
      says,
      wanted: "a security group or a private range; or, where everybody is meant, the port in ports.public",
    });
  },
};

/** A basic group lets everything out without any rule; only what a program writes down is seen here. */
const egress: ResourceRule = {
  id: "cn-sg-egress",
  title: "Not everything let out",
  description:
    "No rule lets every port out to the internet or to a wide public range: data leaves through what nobody asked for.",
  severity: "high",
  clause: mlps("8.1.3.1", "connections from inside to the outside are checked or limited"),
  tags: ["cloud-config:ecs-security-group-egress-not-all-access"],
  source: { source: "InfraGuard 0.10, rule ecs-security-group-egress-not-all-access", observedAt: "2026-06" },
  fix: "this project's stacks write no such rule; in another program: the ports and ranges that are needed, or a reason under china:accept",
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: readsOfOpenings("out"),
  *check(resource, { settings: { ports } }) {
    yield* refuseOpenings(resource, ports, {
      direction: "out",
      what: (traffic) => everything(traffic, ports),
      whom: internet,
      says: (what, whom) => ({ found: `${what} let out to ${whom}` }),
      wanted: "the ports and ranges that are needed",
    });
  },
};

export const securityGroupWidthRules = [sourceWidth, egress] as const;
