import { isIP } from "node:net";
import { parseCidr } from "cidr-tools";

/** How much of the world an address range lets in, for somebody who stands in the VPC. */
export type Reach =
  /** No address of the internet. */
  | "private"
  /** Of the internet, and as small as the settings allow. */
  | "narrow"
  | "wide"
  | "everyone";

/** Where nobody from the internet comes from: RFC 1918, 6598, 3927 and 4193, IPv6 link-local, loopback. */
const insideOnly = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
].map(parseCidr);

/**
 * Where no host can be: "this network", multicast, and all of IPv6 that is not 2000::/3, such as the images of IPv4
 * in it. Who writes 0.0.0.0 or ::ffff:0:0/96 as a source means everybody, however long the prefix.
 */
const nobodyThere = ["0.0.0.0/8", "224.0.0.0/3", "::/3", "4000::/2", "8000::/1"].map(parseCidr);

type Range = ReturnType<typeof parseCidr>;

const written = /^([^/]+)(?:\/(\d{1,3}))?$/;
const bits: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/**
 * The library takes 300.1.1.1 and 10.0.0/8 for addresses; Node's own check does not. A single address is a range of one,
 * and host bits may be set: 10.159.6.18/12.
 */
function rangeOf(text: string): Range | undefined {
  const [, address = "", prefix] = written.exec(text) ?? [];
  const longest = bits[isIP(address)];
  // A zone such as %eth0 is an address only on the host that has it.
  if (longest === undefined || address.includes("%") || Number(prefix ?? 0) > longest) return undefined;
  return parseCidr(text);
}

const isIn = (range: Range) => (outer: Range) =>
  outer.version === range.version && outer.start <= range.start && range.end <= outer.end;

/**
 * The reach of a range; undefined where it is none. The shortest prefix is that of IPv4. IPv6 hands out a /48 where IPv4
 * hands out a /24, a /64 where it is one address: twice the bits.
 */
export function reachOf(text: string, shortestPrefix: number): Reach | undefined {
  const range = rangeOf(text);
  if (range === undefined) return undefined;
  if (insideOnly.some(isIn(range))) return "private";
  const prefix = Number(range.prefix);
  if (prefix === 0) return "everyone";
  const shortest = range.version === 4 ? shortestPrefix : 2 * shortestPrefix;
  return prefix < shortest || nobodyThere.some(isIn(range)) ? "wide" : "narrow";
}
