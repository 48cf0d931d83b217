import { excludeCidr, parseCidr } from "cidr-tools";
import { type Firewall, firewalls } from "../../policies/firewalls.ts";
import { everyPort, type PortSpan, portsOf } from "../../policies/ports.ts";
import { type Reach, reachOf } from "../../policies/ranges.ts";
import type { Sided } from "./scope.ts";
import { securityGroup } from "./types.ts";
import { type Inputs, list, maps, text } from "./values.ts";

/** What a firewall's rules let through, as sets that can be subtracted from each other. */

export type Direction = "in" | "out";
export type Protocol = "tcp" | "udp" | "icmp" | "gre" | "other";

/** One protocol, one span of ports, one other side. */
export interface Opening {
  readonly direction: Direction;
  readonly drops: boolean;
  /** What it opens: the id of a group if it is known, else what the rule was made from. */
  readonly opens: string;
  readonly protocol: Protocol;
  readonly ports: PortSpan;
  readonly peer: Peer;
  readonly of: Sided;
}

export type Peer =
  | { readonly kind: "range"; readonly range: string }
  /** A group, a prefix list: equal where they are named the same. */
  | { readonly kind: "named"; readonly name: string };

/** What a rule opens that nothing opened before. */
export interface Widened {
  readonly opening: Opening;
  /** The part of its ports and ranges that is new. */
  readonly ports: PortSpan;
  readonly peers: readonly Peer[];
}

const atoms: readonly Protocol[] = ["tcp", "udp", "icmp", "gre", "other"];

/** All openings of what stands on one side. What is unknown or secret opens nothing that anybody here could tell. */
export function openingsIn(resources: readonly Sided[]): readonly Opening[] {
  return resources.flatMap((of) => {
    const firewall = firewalls[of.type];
    if (firewall === undefined) return [];
    const rules = firewall.list === undefined ? [of.inputs] : maps(of.inputs[firewall.list]);
    return rules.flatMap((rule) => openingsOf(rule, firewall, of));
  });
}

function openingsOf(rule: Inputs, firewall: Firewall, of: Sided): readonly Opening[] {
  const { direction: way } = firewall;
  const word = way === undefined ? "" : text(rule[way.property])?.toLowerCase();
  if (word === undefined) return [];
  const direction: Direction = way !== undefined && word === way.out ? "out" : "in";
  const policy = firewall.policy === undefined ? undefined : rule[firewall.policy];
  const given = text(policy)?.toLowerCase();
  // Absent is accept; unknown may be drop.
  if (isGiven(policy) && given === undefined) return [];
  const opens = opensOf(rule, of);
  const shared = { direction, drops: given === "drop", opens, of };
  return protocolsOf(text(rule[firewall.protocol])).flatMap(({ protocol, hasPorts }) => {
    const ports = hasPorts ? spanOf(rule[firewall.ports]) : everyPort;
    if (ports === undefined) return [];
    return peersOf(rule, firewall, direction, of).map((peer) => ({ ...shared, protocol, ports, peer }));
  });
}

function protocolsOf(name: string | undefined): { readonly protocol: Protocol; readonly hasPorts: boolean }[] {
  switch (name?.toLowerCase()) {
    case undefined:
      return [];
    case "all":
      return atoms.map((protocol) => ({ protocol, hasPorts: false }));
    case "tcp":
      return [{ protocol: "tcp", hasPorts: true }];
    case "udp":
      return [{ protocol: "udp", hasPorts: true }];
    case "tcpandudp":
      return [
        { protocol: "tcp", hasPorts: true },
        { protocol: "udp", hasPorts: true },
      ];
    case "icmp":
    case "icmpv6":
      return [{ protocol: "icmp", hasPorts: false }];
    case "gre":
      return [{ protocol: "gre", hasPorts: false }];
    default:
      return [{ protocol: "other", hasPorts: false }];
  }
}

function spanOf(value: Inputs[string] | undefined): PortSpan | undefined {
  if (value === undefined || value === null || value === "") return everyPort;
  const given = text(value);
  return given === undefined ? undefined : portsOf(given);
}

function peersOf(rule: Inputs, firewall: Firewall, direction: Direction, of: Sided): readonly Peer[] {
  const { ranges, group, prefixList } = firewall;
  const properties = ranges[direction];
  if (properties.length === 0) return everyone;
  const given = properties.filter((property) => isGiven(rule[property]));
  if (given.length > 0) return given.flatMap((property) => rangesIn(rule[property]));
  const named = [group, prefixList].find((property) => property !== undefined && isGiven(rule[property]));
  if (named === undefined) return [];
  return [{ kind: "named", name: `${named} ${text(rule[named]) ?? groupOf(of, named)}` }];
}

const everyone: readonly Peer[] = ["0.0.0.0/0", "::/0"].map((range) => ({ kind: "range", range }));
const isGiven = (value: Inputs[string] | undefined) => value !== undefined && value !== null && value !== "";

/** The ranges in a text or a list of texts, also where commas part them; what is no range is left out. */
export function rangesIn(value: Inputs[string] | undefined): readonly Extract<Peer, { kind: "range" }>[] {
  return list(value)
    .flatMap((one) => text(one)?.split(",") ?? [])
    .map((one) => one.trim())
    .filter((one) => reachOf(one, 24) !== undefined)
    .map((range) => ({ kind: "range", range }));
}

function opensOf(rule: Inputs, of: Sided): string {
  return text(rule["securityGroupId"]) ?? groupOf(of, "securityGroupId");
}

/**
 * What stands for an id that is not known yet: the resource that the property is made from. Without a plan only a rule's
 * dependencies tell, and only where there is one group among them; else the rule is like no other.
 */
function groupOf({ urn, uses, options }: Sided, property: string): string {
  const made = uses?.[property];
  if (made !== undefined) return made.join(" ");
  const [only, ...more] = (options.dependsOn ?? []).filter((one) => one.split("::")[2]?.endsWith(securityGroup));
  return only === undefined || more.length > 0 ? urn : only;
}

/**
 * What of an opening is not open already: for each part of its ports the ranges that no earlier opening of the same
 * thing covers. Exact: ports are cut where earlier spans begin and end, ranges are subtracted.
 */
export function widened(opening: Opening, earlier: readonly Opening[]): readonly Widened[] {
  const alike = earlier.filter(
    (one) =>
      one.direction === opening.direction &&
      one.drops === opening.drops &&
      one.opens === opening.opens &&
      one.protocol === opening.protocol,
  );
  const parts = cut(opening.ports, alike).flatMap((ports): Widened[] => {
    const covering = alike.filter((one) => one.ports.from <= ports.from && ports.to <= one.ports.to);
    const peers = without(
      opening.peer,
      covering.map(({ peer }) => peer),
    );
    return peers.length === 0 ? [] : [{ opening, ports, peers }];
  });
  return joined(parts);
}

/** The span in pieces, none of which an earlier span covers in part. */
function cut({ from, to }: PortSpan, earlier: readonly Opening[]): readonly PortSpan[] {
  const inside = earlier.flatMap(({ ports }) => [ports.from, ports.to + 1]).filter((port) => port > from && port <= to);
  const starts = [...new Set([from, ...inside])].sort((a, b) => a - b);
  return starts.map((start, index) => ({ from: start, to: (starts[index + 1] ?? to + 1) - 1 }));
}

function without(peer: Peer, earlier: readonly Peer[]): readonly Peer[] {
  if (peer.kind === "named") {
    const isOpen = earlier.some((one) =>
      one.kind === "named" ? one.name === peer.name : one.range === "0.0.0.0/0" || one.range === "::/0",
    );
    return isOpen ? [] : [peer];
  }
  return rangesWithout(
    [peer.range],
    earlier.flatMap((one) => (one.kind === "range" ? [one.range] : [])),
  ).map((range) => ({ kind: "range", range }));
}

/** What of some ranges lies in none of others. */
export function rangesWithout(ranges: readonly string[], others: readonly string[]): readonly string[] {
  return excludeCidr([...ranges], [...others]);
}

/** Neighbours with the same other side are one again. */
function joined(parts: readonly Widened[]): readonly Widened[] {
  const found: Widened[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last !== undefined && last.ports.to + 1 === part.ports.from && peersInWords(last) === peersInWords(part)) {
      found[found.length - 1] = { ...last, ports: { from: last.ports.from, to: part.ports.to } };
    } else found.push(part);
  }
  return found;
}

function peersInWords({ peers }: Widened): string {
  return peers.map((peer) => (peer.kind === "range" ? peer.range : peer.name)).join(", ");
}

/** The widest reach of some ranges; of what remains of a range when smaller ones are cut out too. */
export function widestReach(ranges: readonly string[], shortestPrefix: number): Reach {
  const reaches = ranges.map((range) => reachOf(range, shortestPrefix) ?? "private");
  const order: readonly Reach[] = ["everyone", "wide", "narrow", "private"];
  return order.find((reach) => reaches.includes(reach)) ?? "private";
}

/** How many addresses; a /0 minus a /32 is nearly all of them. */
export function addressesIn(ranges: readonly string[]): bigint {
  return ranges.reduce((sum, range) => {
    const { start, end } = parseCidr(range);
    return sum + end - start + 1n;
  }, 0n);
}
