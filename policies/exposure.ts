import type { PolicySettings } from "../components/config/schema-policies.ts";
import { both, type Refused, refuse, seek } from "./conditions.ts";
import type { Direction } from "./firewalls.ts";
import { openingsOf, type Peer } from "./openings.ts";
import { isEveryPort, portsIn, portsInWords, type Traffic } from "./ports.ts";
import type { Finding, Judged } from "./rule.ts";

export type PortSettings = PolicySettings["ports"];

/** Words for what of the traffic must not come from the internet; undefined for none of it. */
export type Dangerous = (traffic: Traffic, ports: PortSettings) => string | undefined;

export const everything: Dangerous = (traffic) => {
  if (traffic === "icmp") return undefined;
  if (traffic === "portless") return "a protocol without ports";
  return isEveryPort(traffic) ? "every port" : undefined;
};

export const adminPorts: Dangerous = (traffic, { admin }) => someOf(traffic, admin);

/** Every port is left to `everything`, which says it once and not in two dozen numbers. */
export const dataPorts: Dangerous = (traffic, ports) =>
  everything(traffic, ports) === undefined ? someOf(traffic, ports.data) : undefined;

function someOf(traffic: Traffic, ports: readonly number[]): string | undefined {
  if (typeof traffic === "string") return undefined;
  const some = portsIn(traffic, ports);
  return some.length === 0 ? undefined : portsInWords(some);
}

/** Words for the internet on the other side; a range as small as the settings allow is not meant. */
export function internet(peer: Peer): string | undefined {
  switch (peer) {
    case "everyone":
      return "the internet";
    case "wide":
      return "a wide public range";
    case "unnamed":
      return "anybody, as no range or group is named";
    default:
      return undefined;
  }
}

export const openTo = (what: string, whom: string): Refused => ({ found: `${what} open to ${whom}` });

/** What is wanted on the other side instead. */
export const namedPeer = ({ widestSource }: PortSettings): string =>
  `a security group, or a range of /${widestSource} or narrower (IPv6: /${2 * widestSource})`;

/** How a rule judges an opening: what it looks for in the traffic, whom on the other side, and what it says of both. */
export interface Judgement<A, B> {
  readonly direction: Direction;
  readonly what: (traffic: Traffic) => A | undefined;
  readonly whom: (peer: Peer) => B | undefined;
  readonly says: (what: A, whom: B) => Refused;
  readonly wanted: string;
}

/** Refuses each opening of a resource where both are there. */
export function* refuseOpenings<A, B>(
  resource: Judged,
  ports: PortSettings,
  { direction, what, whom, says, wanted }: Judgement<A, B>,
): Generator<Finding> {
  for (const opening of openingsOf(resource, direction, ports.widestSource)) {
    if (opening.state !== "known") {
      yield* refuse(opening, wanted);
      continue;
    }
    const { accepts, traffic, peers } = opening.value;
    const through = both(accepts, seek(traffic, what), (_, found) => found);
    for (const peer of peers) yield* refuse(both(through, seek(peer, whom), says), wanted);
  }
}
