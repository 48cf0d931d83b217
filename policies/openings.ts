import { both, meaning, type Sought, seek } from "./conditions.ts";
import { type Direction, type Firewall, firewalls } from "./firewalls.ts";
import { everyPort, portsOf, type Traffic } from "./ports.ts";
import { type Reach, reachOf } from "./ranges.ts";
import type { Props, Reading } from "./reading.ts";
import type { Judged } from "./rule.ts";

/** Who is on the other side: a range, a security group, a prefix list, or nobody is named. */
export type Peer = Reach | "group" | "list" | "unnamed";

/** What a rule of a firewall says about one direction. */
export interface Opening {
  /** Not there where the rule is about the other direction, or drops. */
  readonly accepts: Sought<true>;
  readonly traffic: Reading<Traffic>;
  /** Never empty; two where an IPv4 and an IPv6 range are given. */
  readonly peers: readonly Reading<Peer>[];
}

/** The rules in a resource, each a reading: anything may stand in a list. */
export function openingsOf(
  { type, props }: Pick<Judged, "type" | "props">,
  direction: Direction,
  shortestPrefix: number,
): readonly Reading<Opening>[] {
  const firewall = firewalls[type];
  if (firewall === undefined) return [];
  const openingOf = (rule: Props): Opening => ({
    accepts: acceptsOf(rule, firewall, direction),
    traffic: trafficOf(rule.text(firewall.protocol), rule.text(firewall.ports)),
    peers: peersOf(rule, firewall, direction, shortestPrefix),
  });
  if (firewall.list === undefined) return [{ state: "known", path: "", value: openingOf(props) }];
  const rules = props.maps(firewall.list);
  if (rules.state === "absent") return [];
  if (rules.state !== "known") return [rules];
  return rules.value.map((rule) => (rule.state === "known" ? { ...rule, value: openingOf(rule.value) } : rule));
}

/** All but the word for the other direction and all but "drop" counts, in any case: the live API answers Accept and TCP. */
function acceptsOf(rule: Props, { direction: way, policy }: Firewall, direction: Direction): Sought<true> {
  const always: Sought<true> = { state: "known", path: "", value: true };
  const goesThere =
    way === undefined
      ? always
      : seek(rule.text(way.property), (word) =>
          (word.toLowerCase() === way.out ? "out" : "in") === direction ? true : undefined,
        );
  const lets =
    policy === undefined || !rule.has(policy)
      ? always
      : seek(rule.text(policy), (word) => (word.toLowerCase() === "drop" ? undefined : true));
  return both(goesThere, lets, () => true);
}

function trafficOf(protocol: Reading<string>, ports: Reading<string>): Reading<Traffic> {
  if (protocol.state !== "known") return protocol;
  const { path } = protocol;
  switch (protocol.value.toLowerCase()) {
    case "all":
      // Whatever the range of ports says.
      return { state: "known", path, value: everyPort };
    case "icmp":
    case "icmpv6":
      return { state: "known", path, value: "icmp" };
    case "gre":
      return { state: "known", path, value: "portless" };
    case "tcp":
    case "udp":
    case "tcpandudp":
      if (ports.state === "absent") return { state: "known", path: ports.path, value: everyPort };
      return meaning(ports, portsOf, "no range of ports");
    default:
      return { state: "wrong", path, found: "a protocol that there is not" };
  }
}

/** The API looks at a group only where no range stands, and at a prefix list only where neither does. */
function peersOf(
  rule: Props,
  { ranges, ports, group, prefixList }: Firewall,
  direction: Direction,
  shortestPrefix: number,
): readonly Reading<Peer>[] {
  const properties = ranges[direction];
  const [first] = properties;
  if (first === undefined) return [named(rule.text(ports), "everyone")];
  const given = properties.filter((property) => rule.has(property));
  if (given.length > 0) {
    return given.map((property) =>
      meaning(rule.text(property), (range) => reachOf(range, shortestPrefix), "no address range"),
    );
  }
  if (group !== undefined && rule.has(group)) return [named(rule.text(group), "group")];
  if (prefixList !== undefined && rule.has(prefixList)) return [named(rule.text(prefixList), "list")];
  // The API refuses that (page of the provider, 1.285); pages of older versions promise 0.0.0.0/0.
  return [named(rule.text(first), "unnamed")];
}

/** That something is named there is enough; by which id may be unknown. */
function named({ path, ...reading }: Reading<string>, peer: Peer): Reading<Peer> {
  return reading.state === "wrong" ? { path, ...reading } : { state: "known", path, value: peer };
}
