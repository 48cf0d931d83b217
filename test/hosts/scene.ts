import { type Host, makeHost } from "../../sandbox/boot/host.ts";
import { type Image, makeImage } from "../../sandbox/boot/images.ts";
import { type Network, startNetwork } from "../../sandbox/boot/network.ts";
import { debianRoot, type Release } from "../../sandbox/boot/root.ts";
import { packageIndex } from "../../sandbox/boot/wheels.ts";
import { type WhatAHostGets, whatAHostGets } from "./stack.ts";

export const role = {
  name: "china-test-hosts",
  accessKeyId: "STS.NotAKeyOfAnybody",
  accessKeySecret: "not-a-secret-of-anybody",
  securityToken: "not-a-token-of-anybody",
} as const;

/** dockerd looks an image's registry up to see whether it is in an insecure range (registry/config.go), and sends nothing there. */
const asides = ["docker.io"];

/** Groups of one shipped stack, and the network that its region would give them. */
export interface Scene {
  readonly cloud: Network;
  readonly image: Image;
  /** What hosts of a group get. */
  readonly of: (group: string) => WhatAHostGets;
  /** A new instance of a group. */
  readonly host: (group: string, name: string, disk?: string) => Host;
  /** Names that hosts asked for and that nobody should be asked for. */
  readonly strangers: () => string[];
}

/**
 * @throws when the stack has no such group
 */
export async function startScene(
  stack: "shanghai" | "beijing" | "hangzhou",
  groups: readonly string[],
  release: Release,
): Promise<Scene> {
  const image = makeImage(`an image of ${stack}`);
  const root = await debianRoot(release);
  const what: Record<string, WhatAHostGets> = {};
  for (const group of groups) what[group] = await whatAHostGets(stack, group, release, image.digest);
  const [one] = Object.values(what);
  if (one === undefined) throw new Error("a scene needs a group");
  const lists = Object.values(what).flatMap(({ settings }) => settings.python ?? []);
  const cloud = await startNetwork({
    region: one.settings.region,
    wayOut: one.wayOut,
    pypi: await packageIndex(one.python, lists.slice(0, 1)),
    debian: root.mirror,
    daocloud: { "library/python": image, "prometheus/busybox": image },
    acr: { "acme/python": image },
    role,
  });
  const of = (group: string) => what[group] ?? one;
  const host = (group: string, name: string, disk?: string) => {
    return makeHost(cloud, { name, root, userData: of(group).userData, ...(disk === undefined ? {} : { disk }) });
  };
  const strangers = () => {
    const known = new Set([...asides, ...cloud.names.map(({ name }) => name)]);
    // apt asks whether the mirror has other servers: _http._tcp.mirror.
    const names = cloud.asked().flatMap((row) => (row.kind === "dns" ? [row.name.replace(/^_\w+\._tcp\./, "")] : []));
    return [...new Set(names)].filter((name) => !known.has(name)).sort();
  };
  return { cloud, image, of, host, strangers };
}
