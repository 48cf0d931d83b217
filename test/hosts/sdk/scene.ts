import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hole, type Name, nameOf } from "../../../sandbox/boot/addresses.ts";
import { type Host, makeDisk, makeHost } from "../../../sandbox/boot/host.ts";
import { type Network, startNetwork } from "../../../sandbox/boot/network.ts";
import { debianRoot } from "../../../sandbox/boot/root.ts";
import { packageIndex } from "../../../sandbox/boot/wheels.ts";
import type { LoggedCall } from "../../../sandbox/core/call-log.ts";
import { role } from "../scene.ts";
import { type WhatAHostGets, whatAHostGets } from "../stack.ts";
import { strictCertificateFor } from "./certificate.ts";
import type { Region, Wish } from "./region.ts";

export interface SdkScene {
  readonly cloud: Network;
  readonly host: Host;
  /** What the host gets at its first boot: the SDK's second generation. */
  readonly v2: WhatAHostGets;
  /** What it gets when the group says `sdk: v1` from then on. */
  readonly v1: WhatAHostGets;
  /** PEM of the authority that signed for the endpoints. */
  readonly authority: string;
  /** Asks the local cloud in the account's own name. @throws with its refusal */
  readonly ask: (...wish: [Wish["product"], Wish["action"], Wish["parameters"]]) => Promise<Record<string, unknown>>;
  /** Calls that the local cloud was asked, the latest first. */
  readonly calls: () => Promise<LoggedCall[]>;
  /** Names that the host asked for and that neither the network nor the region serves. */
  readonly strangers: () => string[];
}

/** The other name server that Alibaba Cloud gives to hosts; it knows the region's API endpoints as well. */
export const dnsServer = "100.100.2.138";
const metadataService = "100.100.100.200";

/** A namespace of its own: the local cloud keeps to its loopback there, and the metadata service moves into it. */
const wires = `
ip netns add apis
ip netns exec apis sh -c 'for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done'
ip link add apis type veth peer name vpc netns apis
ip addr add 100.96.0.1/30 dev apis
ip link set apis up
ip -n apis link set lo up
ip -n apis addr add 100.96.0.2/30 dev vpc
ip -n apis link set vpc up
ip -n apis route add default via 100.96.0.1
ip addr del ${metadataService}/32 dev lo
for address in "$@"; do
  ip -n apis addr add "$address/32" dev lo
  ip route add "$address" via 100.96.0.2
done
`;

/** One generation of the SDK, from the lock that comes with the project, instead of other packages and Docker. */
const only = (sdk: "v2" | "v1") => (text: string) => {
  return text.replace(/( {6}software:\n)(?: {8}.*\n)+/, `$1        sdk: ${sdk}\n`);
};

/** No image is pulled. */
const noDigest = `sha256:${"0".repeat(64)}`;

/** A host of the Beijing stack, which has no way out, in a region whose APIs answer inside the VPC. */
export async function startSdkScene(): Promise<SdkScene> {
  const root = await debianRoot("trixie");
  const v2 = await whatAHostGets("beijing", "etl", "trixie", noDigest, only("v2"));
  const v1 = await whatAHostGets("beijing", "etl", "trixie", noDigest, only("v1"));
  const lists = [v2, v1].flatMap(({ settings }) => settings.python ?? []);
  const { region: id } = v2.settings;
  const cloud = await startNetwork({
    region: id,
    wayOut: v2.wayOut,
    pypi: await packageIndex(v2.python, lists),
    debian: root.mirror,
    daocloud: {},
    acr: {},
    role,
  });
  try {
    const { authority, names, control } = await startRegion(cloud, id);
    const { userData } = v2;
    const host = makeHost(cloud, { name: "etl-01", root, userData, disk: makeDisk(cloud.world, "data") });
    const ask: SdkScene["ask"] = async (product, action, parameters) => {
      const answer = JSON.parse(await overSocket(control, "/", JSON.stringify({ product, action, parameters })));
      if (answer.Code !== undefined && answer.Message !== undefined && answer.HostId !== undefined) {
        throw new Error(`${action}: ${answer.Code}: ${answer.Message}`);
      }
      return answer;
    };
    const calls = async () => JSON.parse(await overSocket(control, "/calls", "")) as LoggedCall[];
    const known = new Set(["docker.io", ...[...cloud.names, ...names].map(({ name }) => name)]);
    const strangers = () => {
      const asked = cloud.asked().flatMap((row) => (row.kind === "dns" ? [row.name.replace(/^_\w+\._tcp\./, "")] : []));
      return [...new Set(asked)].filter((name) => !known.has(name)).sort();
    };
    return { cloud, host, v2, v1, authority, ask, calls, strangers };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

async function startRegion(
  cloud: Network,
  id: string,
): Promise<{ readonly authority: string; readonly names: readonly Name[]; readonly control: string }> {
  const { world } = cloud;
  const served = ["ecs-vpc", "vpc-vpc", "hitsdb-vpc"].map((name) => `${name}.${id}.aliyuncs.com`);
  const names = served.map((name, nth) => nameOf(name, id, 100 + nth));
  const endpoints = names.map(({ address }) => address);
  const { authority, ...tls } = strictCertificateFor(served);
  const folder = join(world.folder, "region");
  mkdirSync(folder);
  const control = join(folder, "control");
  const zone = Object.fromEntries([...cloud.names, ...names].map((row) => [row.name, row.address]));
  const region: Region = {
    id,
    log: join(world.folder, "asked.jsonl"),
    dns: { address: dnsServer, zone, hole },
    endpoints,
    tls,
    metadata: metadataService,
    control,
  };
  world.out(wires, ...endpoints, dnsServer, metadataService);
  writeFileSync(join(folder, "region.json"), JSON.stringify(region));
  const main = join(import.meta.dirname, "region.ts");
  const enter = ["ip", "netns", "exec", "apis", process.execPath];
  const serving = world.start("region", [...enter, main, join(folder, "region.json")]);
  const log = join(world.folder, "region.log");
  for (let tries = 0; !readFileSync(log, "utf8").includes("ready\n"); tries++) {
    if (tries > 400 || serving.exitCode !== null)
      throw new Error(`the region's endpoints do not come up: ${readFileSync(log, "utf8")}`);
    await sleep(50);
  }
  return { authority, names, control };
}

/** One request over a socket in the file system, which needs no network; its connection is not kept for the next. */
function overSocket(socketPath: string, path: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const question = request({ socketPath, path, method: "POST", timeout: 10_000, agent: false }, async (answer) => {
      let text = "";
      for await (const part of answer.setEncoding("utf8")) text += part;
      resolve(text);
    });
    question.once("error", reject);
    question.once("timeout", () => question.destroy(new Error("the region does not answer")));
    question.end(body);
  });
}
