import { mlps } from "../clauses.ts";
import { anyOf, both, meaning, refuse, type Sought, seek } from "../conditions.ts";
import { about } from "../demand.ts";
import { adminPorts, dataPorts, everything, internet, namedPeer, openTo, type PortSettings } from "../exposure.ts";
import { readsOfOpenings } from "../firewalls.ts";
import { openingsOf } from "../openings.ts";
import type { Traffic } from "../ports.ts";
import { reachOf } from "../ranges.ts";
import type { Judged, StackRule } from "../rule.ts";

const groupRule = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
/** Type: its list of ranges. */
const prefixLists: Readonly<Record<string, string>> = {
  "alicloud:ecs/ecsPrefixList:EcsPrefixList": "entries",
  "alicloud:vpc/prefixList:PrefixList": "entrys",
};

/** Whatever one of the three rules about ports refuses. */
const refusedToTheInternet = (traffic: Traffic, ports: PortSettings) =>
  everything(traffic, ports) ?? adminPorts(traffic, ports) ?? dataPorts(traffic, ports);

/** Words for the internet, where a range of the list is part of it. An entry without a range lets nobody in. */
function internetIn({ type, props }: Judged, shortestPrefix: number): Sought<string> {
  const entries = props.maps(prefixLists[type] ?? "");
  if (entries.state === "absent") return { state: "not there" };
  if (entries.state !== "known") return entries;
  return anyOf(
    entries.value.map((entry) => {
      if (entry.state !== "known") return entry;
      const cidr = entry.value.text("cidr");
      if (cidr.state === "absent") return { state: "not there" };
      return seek(
        meaning(cidr, (text) => reachOf(text, shortestPrefix), "no address range"),
        internet,
      );
    }),
  );
}

/** What was found in a list, at the property that names the list. */
function atList(sought: Sought<string>): Sought<string> {
  const path = "prefixListId";
  switch (sought.state) {
    case "known":
      return { state: "known", path, value: `${sought.value} in a prefix list` };
    case "wrong":
      return { state: "wrong", path, found: `a prefix list with ${sought.found}` };
    case "undecided":
      return { state: "undecided", path };
    default:
      return sought;
  }
}

/** In a rule, the list is one name; in the list, the ranges are of no harm. Only together do they open a port. */
export const prefixListRule: StackRule = {
  id: "cn-sg-prefix-lists",
  title: "No internet behind a prefix list",
  description:
    "A prefix list that a rule takes as its source holds no range from which the rule's ports must not be open (cn-sg-admin-ports, cn-sg-all-ports, cn-sg-data-ports). Lists made outside the stack cannot be seen.",
  severity: "high",
  clause: mlps("8.1.3.2", "access control at the network's border"),
  tags: [],
  source: {
    source: "page of the provider, SecurityGroupRule.prefixListId (@pulumi/alicloud 3.108.0)",
    observedAt: "2026-08",
  },
  fix: "this project's stacks use no prefix lists; in another program: narrower entries, or a rule of its own for what is public",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [groupRule]: readsOfOpenings("in")[groupRule] ?? [],
    ...Object.fromEntries(Object.entries(prefixLists).map(([type, list]) => [type, [list, `${list}[].cidr`]])),
  },
  *checkStack(stack, { settings: { ports } }) {
    const lists = stack.ofType(...Object.keys(prefixLists));
    if (lists.length === 0) return;
    for (const rule of stack.ofType(groupRule)) {
      for (const opening of openingsOf(rule, "in", ports.widestSource)) {
        if (opening.state !== "known") continue;
        const { accepts, traffic, peers } = opening.value;
        if (!peers.some((peer) => peer.state === "known" && peer.value === "list")) continue;
        const through = both(
          accepts,
          seek(traffic, (one) => refusedToTheInternet(one, ports)),
          (_, words) => words,
        );
        for (const list of lists) {
          if (!stack.dependsOn(rule, list)) continue;
          const whom = atList(internetIn(list, ports.widestSource));
          for (const finding of refuse(both(through, whom, openTo), namedPeer(ports))) yield about(rule.urn, finding);
        }
      }
    }
  },
};
