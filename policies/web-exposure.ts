import { anyOf, both, type Sought, seek } from "./conditions.ts";
import { addresses, bindingsIn, natGateway, readsOfBindings, zonedBalancers } from "./elastic-addresses.ts";
import { internet, type PortSettings } from "./exposure.ts";
import { firewalls, readsOfOpenings } from "./firewalls.ts";
import { eachOf } from "./host-types.ts";
import { openingsOf, type Peer } from "./openings.ts";
import { originsIn } from "./origins.ts";
import { portsIn, type Traffic } from "./ports.ts";
import { ipv6Bandwidth, ownAddresses, readsOfOwnAddresses } from "./public-addresses.ts";
import { together } from "./reads.ts";
import type { Judged, Reads, Stack } from "./rule.ts";

/** Ports of web pages and of what answers like them. */
const webPorts = [80, 443, 8080, 8443];

/** Destination NAT: a port of the gateway's address leads to a host. */
const forwardEntry = "alicloud:vpc/forwardEntry:ForwardEntry";
/** Each has a public address, whatever is said. */
const simpleServer = "alicloud:simpleapplicationserver/instance:Instance";
const classicBalancers = [
  "alicloud:slb/loadBalancer:LoadBalancer",
  "alicloud:slb/applicationLoadBalancer:ApplicationLoadBalancer",
] as const;
const balancers = [...classicBalancers, ...zonedBalancers] as const;
/** Type: its port. */
const listeners: Readonly<Record<string, string>> = {
  "alicloud:slb/listener:Listener": "frontendPort",
  "alicloud:alb/listener:Listener": "listenerPort",
  "alicloud:nlb/listener:Listener": "listenerPort",
};
const owners = Object.keys(readsOfOwnAddresses);

/** What `exposuresIn` reads. */
export const readsOfExposures: Reads = together(
  readsOfOwnAddresses,
  readsOfBindings,
  readsOfOpenings("in"),
  eachOf([forwardEntry, simpleServer], []),
  eachOf(classicBalancers, ["addressType", "vswitchId"]),
  eachOf(zonedBalancers, ["addressType"]),
  Object.fromEntries(Object.entries(listeners).map(([type, port]) => [type, [port]])),
);

/** Types from `readsOfExposures` that take tags; those of an address and of its host count for what binds them. */
export const taggedInExposures: readonly string[] = [
  ...owners.filter((type) => type !== ipv6Bandwidth),
  ...addresses,
  natGateway,
  ...balancers,
];

/** A place where somebody on the internet may reach web ports. */
export interface Exposure {
  /** What gives the address, and what that was made from. */
  readonly at: Judged;
  readonly origins: readonly Judged[];
  /** What is not known yet and decides whether they do. */
  readonly open?: { readonly urn: string; readonly path: string };
}

/** Something that leads in from the internet, or that lets in who comes. */
interface Gate {
  readonly at: Judged;
  readonly leads: Sought<true>;
}

/** A way to hosts, or to a load balancer. */
interface Way extends Gate {
  readonly balancer?: Judged;
}

/**
 * Public addresses together with web ports that are open to the internet. For a load balancer its listeners are meant; for
 * hosts any security group of the stack, since which group a host has may be said in many ways. What makes no sense is left
 * to the rules of ports and addresses.
 */
export function exposuresIn(stack: Stack, ports: PortSettings): readonly Exposure[] {
  const originsOf = originsIn(stack);
  const groups = stack.ofType(...Object.keys(firewalls)).map((at): Gate => ({ at, leads: webFromInternet(at, ports) }));
  const doors = stack.ofType(...Object.keys(listeners)).map((at): Gate => ({ at, leads: webListener(at) }));
  const doorsOf = (balancer: Judged) => doors.filter(({ at }) => stack.dependsOn(at, balancer));
  return waysIn(stack, originsOf).flatMap((way) => {
    const { at, leads, balancer } = way;
    const gate = widestGate(balancer === undefined ? groups : doorsOf(balancer));
    if ((leads.state !== "known" && leads.state !== "undecided") || gate === undefined) return [];
    const open = openOf(way) ?? openOf(gate);
    return [{ at, origins: originsOf(at), ...(open === undefined ? {} : { open }) }];
  });
}

const isBalancer: ReadonlySet<string> = new Set(balancers);
const certain: Sought<true> = { state: "known", path: "", value: true };

function waysIn(stack: Stack, originsOf: (resource: Judged) => readonly Judged[]): readonly Way[] {
  const bound = bindingsIn(stack).flatMap(({ at, open }): readonly Way[] => {
    // What a balancer takes in its zones is told by its type of address.
    if (isBalancer.has(at.type)) return [];
    const balancer = originsOf(at).find(({ type }) => isBalancer.has(type));
    const leads: Sought<true> = open === undefined ? certain : { state: "undecided", path: open };
    return [{ at, leads, ...(balancer === undefined ? {} : { balancer }) }];
  });
  return [
    ...stack.ofType(...owners).map((at) => ({ at, leads: anyOf(ownAddresses(at)) })),
    ...bound,
    ...stack.ofType(forwardEntry, simpleServer).map((at) => ({ at, leads: certain })),
    ...stack.ofType(...balancers).map((at) => ({ at, leads: facesInternet(at), balancer: at })),
  ];
}

/** Classic balancers face the internet unless told otherwise or put into a vSwitch (API CreateLoadBalancer). */
function facesInternet({ props, type }: Judged): Sought<true> {
  const kind = props.text("addressType");
  if (kind.state !== "absent") return seek(kind, (word) => (word.toLowerCase() === "internet" ? true : undefined));
  const inside = !isClassic.has(type) || props.has("vswitchId");
  return inside ? { state: "not there" } : certain;
}

const isClassic: ReadonlySet<string> = new Set(classicBalancers);

/** A range as small as the settings allow is not the public; what a prefix list holds is not looked at. */
function webFromInternet(firewall: Judged, { widestSource }: PortSettings): Sought<true> {
  const found = openingsOf(firewall, "in", widestSource).flatMap((opening) => {
    if (opening.state !== "known") return [opening];
    const { accepts, traffic, peers } = opening.value;
    const web = both(accepts, seek(traffic, isWeb), yes);
    return peers.map((peer) => both(web, seek(peer, named), yes));
  });
  return anyOf(found.filter(({ state }) => state === "known" || state === "undecided"));
}

const yes = () => true as const;

/** Nobody named is nobody here: in a preview the engine leaves out a group that is not made yet. */
const named = (peer: Peer): string | undefined => (peer === "unnamed" ? undefined : internet(peer));

const isWeb = (traffic: Traffic): true | undefined =>
  typeof traffic !== "string" && portsIn(traffic, webPorts).length > 0 ? true : undefined;

/** Port 0 of a network load balancer: a range of ports. */
function webListener({ type, props }: Judged): Sought<true> {
  return seek(props.number(listeners[type] ?? ""), (port) =>
    port === 0 || webPorts.includes(port) ? true : undefined,
  );
}

function openOf({ at, leads }: Gate): Exposure["open"] {
  return leads.state === "undecided" ? { urn: at.urn, path: leads.path } : undefined;
}

/** One that lets in; else one that may. */
function widestGate(gates: readonly Gate[]): Gate | undefined {
  const is = (state: Sought<true>["state"]) => gates.find(({ leads }) => leads.state === state);
  return is("known") ?? is("undecided");
}
