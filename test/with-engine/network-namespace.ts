import { execFileSync } from "node:child_process";

/** A network of its own: loopback, and a way out on which every packet is counted and none arrives anywhere. */
export interface Namespace {
  /** Program and arguments in front of what is to run inside. */
  readonly prefix: readonly string[];
  /** Packets that have left by the way out since the namespace was made. */
  packetsOut(): number;
  remove(): void;
}

/** Needs root and iproute2. The addresses are those for documentation (RFC 5737). */
export function makeNamespace(): Namespace {
  const name = `china-${process.pid}-${Date.now()}`;
  const ip = (...args: readonly string[]) => execFileSync("ip", args, { encoding: "utf8" });
  const prefix = ["ip", "netns", "exec", name];
  const inside = (...args: readonly string[]) =>
    execFileSync("ip", ["netns", "exec", name, ...args], { encoding: "utf8" });
  const counter = () => Number(inside("cat", "/sys/class/net/out0/statistics/tx_packets"));
  ip("netns", "add", name);
  try {
    // IPv6 looks for routers by itself: its packets would be counted.
    inside("sh", "-c", "for f in all default; do echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6; done");
    const setUp = [
      ["link", "set", "lo", "up"],
      ["link", "add", "out0", "type", "veth", "peer", "name", "nowhere0"],
      ["addr", "add", "192.0.2.1/24", "dev", "out0"],
      ["link", "set", "nowhere0", "up"],
      ["link", "set", "out0", "up"],
      ["neigh", "add", "192.0.2.254", "lladdr", "02:00:00:00:00:01", "dev", "out0"],
      ["route", "add", "default", "via", "192.0.2.254", "dev", "out0"],
    ];
    for (const args of setUp) inside("ip", ...args);
    const before = counter();
    return { prefix, packetsOut: () => counter() - before, remove: () => void ip("netns", "del", name) };
  } catch (error) {
    ip("netns", "del", name);
    throw error;
  }
}
