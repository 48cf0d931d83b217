import { mlps } from "../clauses.ts";
import {
  adminPorts,
  type Dangerous,
  dataPorts,
  everything,
  internet,
  namedPeer,
  openTo,
  refuseOpenings,
} from "../exposure.ts";
import { readsOfOpenings } from "../firewalls.ts";
import type { ResourceRule } from "../rule.ts";

/** A narrow public range may reach these ports: that is how an office gets in. cn-sg-source-width advises on it. */
const closedToTheInternet = (dangerous: Dangerous): Pick<ResourceRule, "reads" | "check" | "levels"> => ({
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: readsOfOpenings("in"),
  *check(resource, { settings: { ports } }) {
    yield* refuseOpenings(resource, ports, {
      direction: "in",
      what: (traffic) => dangerous(traffic, ports),
      whom: internet,
      says: openTo,
      wanted: namedPeer(ports),
    });
  },
});

const fix =
  "in the stack file, `from:` a host group, or a source of china:network.sources that is as narrow as the place it names; in another program: sourceSecurityGroupId, or a narrower cidrIp. Simple Application Server cannot name a source: close the port there";

const adminPortsClosed: ResourceRule = {
  id: "cn-sg-admin-ports",
  title: "Administration closed to the internet",
  description:
    "No port of remote administration (ports.admin: SSH and Remote Desktop) is open to the internet or to a wide public range, alone, inside a range of ports, or with every protocol. Passwords are tried there within minutes.",
  severity: "high",
  clause: mlps("8.1.3.2", "access control at the network's border"),
  tags: [
    "checkov:CKV_ALI_2",
    "checkov:CKV_ALI_3",
    "cis:3.2",
    "cis:4.3",
    "cis:4.4",
    "kics:2ae9d554",
    "cloud-config:sg-risky-ports-check",
    "cloud-config:ecs-security-group-risky-ports-check-with-protocol",
  ],
  source: {
    source: "CIS Alibaba Cloud 2.0.0, 4.3 and 4.4; Checkov 3.3.13, whose check lets -1/-1 and IPv6 through",
    observedAt: "2026-08",
  },
  fix: `${fix}; or china:hosts \`access: cloud-assistant\`, which needs no open port`,
  ...closedToTheInternet(adminPorts),
};

const allPortsClosed: ResourceRule = {
  id: "cn-sg-all-ports",
  title: "Not everything open to the internet",
  description:
    "No rule lets every port, every protocol, or a protocol without ports in from the internet or from a wide public range: what is started on a host later would be public with it.",
  severity: "high",
  clause: mlps("8.1.3.2", "access control at the network's border"),
  tags: [
    "kics:60587dbd",
    "cloud-config:sg-public-access-check",
    "cloud-config:ecs-security-group-not-open-all-port",
    "cloud-config:ecs-security-group-not-open-all-protocol",
  ],
  source: {
    source: "InfraGuard 0.10, rule sg-public-access-check (pack ClassifiedProtectionPreCheck)",
    observedAt: "2026-06",
  },
  fix,
  ...closedToTheInternet(everything),
};

const dataPortsClosed: ResourceRule = {
  id: "cn-sg-data-ports",
  title: "Data closed to the internet",
  description:
    "No port of a database, cache or control plane (ports.data) is open to the internet or to a wide public range: many of them ask for no password, and what they hold would leave the country unseen.",
  severity: "high",
  clause: mlps("8.1.3.2", "access control at the network's border"),
  tags: ["kics:2ae9d554", "kics:dd706080", "cis:3.5", "cloud-config:sg-risky-ports-check"],
  source: { source: "CloudSploit, plugins open*; KICS, sensitive and unknown ports", observedAt: "2025-12" },
  fix,
  ...closedToTheInternet(dataPorts),
};

export const securityGroupPortRules = [adminPortsClosed, allPortsClosed, dataPortsClosed] as const;
