import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dnsServer, hole, type Name, nameOf } from "./addresses.ts";
import { certificateFor } from "./authority.ts";
import { type Image, putImage } from "./images.ts";
import { timeServers } from "./root.ts";
import type { Site } from "./stand-ins/http.ts";
import { type Asked, readLog } from "./stand-ins/log.ts";
import type { RamRole } from "./stand-ins/metadata.ts";
import type { Side } from "./stand-ins/side.ts";
import { startWorld, type World } from "./world.ts";

export interface NetworkOptions {
  readonly region: string;
  readonly wayOut: "none" | "nat";
  /** Folder that the package mirror has below /pypi. */
  readonly pypi: string;
  /** Folder that it has below /debian. */
  readonly debian: string;
  /** Repository -> image, in DaoCloud's cache and in one's own registry inside the VPC. */
  readonly daocloud: Readonly<Record<string, Image>>;
  readonly acr: Readonly<Record<string, Image>>;
  /** What the metadata service has for programs on hosts; nothing when left out. */
  readonly role?: RamRole;
  /** Seconds after which all of it ends. */
  readonly longest?: number;
}

/** The network of one region: a VPC with what Alibaba Cloud serves inside it, and an internet that is reached or is not. */
export interface Network {
  readonly world: World;
  /** PEM of the authority that signed every certificate of the internet side. */
  readonly authority: string;
  /** Names that answer. */
  readonly names: readonly Name[];
  /** What stand-ins were asked so far, on both sides. */
  readonly asked: () => Asked[];
  /** Packets that went where nobody answers, and packets that left the VPC. */
  readonly packets: () => { readonly nowhere: number; readonly out: number };
  /** A network namespace for a host, with one address in the VPC. */
  readonly plug: (host: string) => { readonly namespace: string; readonly address: string };
  readonly stop: () => Promise<void>;
}

const daocloud = ["docker.m.daocloud.io", "quay.m.daocloud.io", "m.daocloud.io"];
const mirror = "mirrors.cloud.aliyuncs.com";
const metadataService = "100.100.100.200";

/** Ethernet in the middle of the VPC, with the router where Alibaba Cloud has it. No IPv6: its own chatter would be counted. */
const wires = `
quiet='for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done'
forward='echo 1 >/proc/sys/net/ipv4/ip_forward'
eval "$quiet; $forward"
ip link set lo up
ip link add vsw type bridge
ip addr add 10.20.15.253/20 dev vsw
ip link set vsw up
# Nobody answers at the far end, not even to the question for its hardware address.
ip link add hole arp off type veth peer name bottom arp off
ip link set bottom up
ip link set hole up
for address in $2; do ip addr add "$address/32" dev lo; done
ip netns add internet
ip netns exec internet sh -c "$quiet; $forward"
ip -n internet link set lo up
ip -n internet link add hole arp off type veth peer name bottom arp off
ip -n internet link set bottom up
ip -n internet link set hole up
ip -n internet route add default dev hole
for address in $3; do ip -n internet addr add "$address/32" dev lo; done
if [ "$1" = nat ]; then
  ip link add nat type veth peer name vpc netns internet
  ip addr add 192.0.2.1/30 dev nat
  ip -n internet addr add 192.0.2.2/30 dev vpc
  ip link set nat up
  ip -n internet link set vpc up
  ip -n internet route add 10.0.0.0/8 via 192.0.2.1
  ip route add default via 192.0.2.2
else
  ip route add default dev hole
fi
`;

const plugIn = `
ip netns add "$1"
ip netns exec "$1" sh -c 'for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done'
ip link add "$1" type veth peer name eth0 netns "$1"
ip link set "$1" master vsw up
ip -n "$1" link set lo up
ip -n "$1" addr add "$2/20" dev eth0
ip -n "$1" link set eth0 up
ip -n "$1" route add default via 10.20.15.253
`;

export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const acr = `registry-vpc.${options.region}.aliyuncs.com`;
  const served = [mirror, metadataService, ...timeServers, acr, ...daocloud];
  const names = served.map((name, index) => nameOf(name, options.region, index + 10));
  const address = (name: string) => names.find((row) => row.name === name)?.address ?? "";
  const on = (side: Name["side"]) => names.filter((row) => row.side === side).map((row) => row.address);
  const tls = await certificateFor([acr, ...daocloud]);
  const world = await startWorld(options.longest);
  try {
    world.out(wires, options.wayOut, [...on("vpc"), dnsServer].join(" "), on("internet").join(" "));
    const log = join(world.folder, "asked.jsonl");
    writeFileSync(log, "");
    const registrySite = (hosts: readonly string[]): Site[] => {
      return hosts.map((host) => {
        return { address: address(host), hosts: [host], tls, answer: { kind: "registry", port: 5000 } };
      });
    };
    const role = options.role === undefined ? {} : { role: options.role };
    const folders = { "/pypi/": options.pypi, "/debian/": options.debian };
    const vpc: Side = {
      log,
      dns: { address: dnsServer, zone: Object.fromEntries(names.map((row) => [row.name, row.address])), hole },
      ntp: timeServers.map(address),
      sites: [
        { address: address(mirror), hosts: [mirror], answer: { kind: "files", folders } },
        { address: metadataService, hosts: [metadataService], answer: { kind: "metadata", ...role } },
        ...registrySite([acr]),
      ],
    };
    const internet: Side = { log, ntp: [], sites: registrySite(daocloud) };
    await startSide(world, "vpc", [], vpc, options.acr);
    await startSide(world, "internet", ["ip", "netns", "exec", "internet"], internet, options.daocloud);
    let plugged = 0;
    return {
      world,
      authority: tls.authority,
      names,
      asked: () => readLog(log),
      packets: () => {
        const sent = (device: string, ...where: string[]) => packetsSent(world, device, ...where);
        return {
          nowhere: sent("hole") + sent("hole", "-n", "internet"),
          out: options.wayOut === "nat" ? sent("nat") : sent("hole"),
        };
      },
      plug: (host) => {
        plugged += 1;
        const own = `10.20.0.${10 + plugged}`;
        const namespace = `h${plugged}-${host}`.slice(0, 15);
        world.out(plugIn, namespace, own);
        return { namespace, address: own };
      },
      stop: world.stop,
    };
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** Starts the stand-ins of a side and its registry, and waits until all listen. */
async function startSide(
  world: World,
  name: string,
  where: readonly string[],
  side: Side,
  images: Readonly<Record<string, Image>>,
): Promise<void> {
  const registry = join(world.folder, `registry-${name}`);
  mkdirSync(registry);
  for (const [repository, image] of Object.entries(images)) putImage(registry, repository, "1", image);
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: registry } },
    http: { addr: "127.0.0.1:5000" },
  };
  writeFileSync(join(world.folder, `registry-${name}.json`), JSON.stringify(config));
  writeFileSync(join(world.folder, `${name}.json`), JSON.stringify(side));
  world.start(`registry-${name}`, [...where, "docker-registry", "serve", join(world.folder, `registry-${name}.json`)]);
  const main = join(import.meta.dirname, "stand-ins/side.ts");
  world.start(name, [...where, process.execPath, main, join(world.folder, `${name}.json`)]);
  await said(join(world.folder, `${name}.log`), "ready\n");
  await said(join(world.folder, `registry-${name}.log`), "listening on");
}

async function said(file: string, text: string): Promise<void> {
  for (let tries = 0; !readFileSync(file, "utf8").includes(text); tries++) {
    if (tries > 400) throw new Error(`${file} does not say ${text.trim()}: ${readFileSync(file, "utf8")}`);
    await sleep(25);
  }
}

function packetsSent(world: World, device: string, ...where: string[]): number {
  const rows: unknown = JSON.parse(world.out('ip "$@"', ...where, "-j", "-s", "link", "show", "dev", device));
  const [row] = rows as {
    readonly stats64: { readonly tx: { readonly packets: number; readonly dropped?: number } };
  }[];
  if (row === undefined) throw new Error(`no device ${device}`);
  return row.stats64.tx.packets + (row.stats64.tx.dropped ?? 0);
}
