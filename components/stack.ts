import { publicImage } from "../catalog/images.ts";
import { wantedHash } from "./bootstrap/hash.ts";
import { userData } from "./bootstrap/user-data.ts";
import type { Identity } from "./component.ts";
import type { TimeSeries } from "./config/schema.ts";
import { readProjectFile, type Settings } from "./config.ts";
import { hostNumber, hostsOf, place } from "./host-keys.ts";
import type { HostGroupArgs } from "./hosts.ts";
import type { NetworkArgs } from "./network.ts";
import { rulesOf } from "./network-rules.ts";
import { resolveSoftware } from "./software/resolve.ts";
import type { TimeSeriesDatabaseArgs } from "./time-series.ts";

/** Arguments of components, from settings: pure, so that index.ts stays a table of contents. */

/** Settings as if these hosts stood under `rebuild` of their groups. */
export function rebuilding(settings: Settings, keys: readonly string[]): Settings {
  if (keys.length === 0) return settings;
  const hosts = Object.entries(settings.hosts).map(([name, group]) => {
    const own = hostsOf(name, group.count, group.zones).map(({ key }) => key);
    return [name, { ...group, rebuild: [...group.rebuild, ...own.filter((key) => keys.includes(key))] }];
  });
  return { ...settings, hosts: Object.fromEntries(hosts) };
}

export function networkArgs(identity: Identity, { network, hosts, accept }: Settings): NetworkArgs {
  return {
    identity,
    cidr: network.cidr,
    existingVpc: network.existing,
    vSwitches: Object.fromEntries(
      Object.entries(network.vSwitches).map(([zone, v]) => [zone, typeof v === "string" ? { cidr: v } : v]),
    ),
    wayOut: network.wayOut,
    groups: Object.keys(hosts),
    rules: rulesOf({ network, hosts }),
    addressMayGo: accept.some((entry) => entry.what === addressDeleted && entry.on === "network"),
  };
}

/** What a group needs beside the network's ids, and the hash of what its software should be. */
export function hostGroupArgs(
  identity: Identity,
  settings: Settings,
  name: string,
): Omit<HostGroupArgs, "vSwitchIds" | "securityGroupId"> & { readonly softwareHash: string } {
  const { group, image, bootstrap, probe } = softwareOf(settings, identity.stack, name);
  const { access, dataDisk, zones } = group;
  const accepted = settings.accept.filter((entry) => entry.what === dataDiskDeleted).map((entry) => entry.on);
  return {
    identity,
    settings: group,
    hosts: hostsOf(name, group.count, zones),
    departed: (dataDisk?.keep ?? []).map((key) => place(name, hostNumber(key), zones)),
    disksToDelete: new Set(accepted),
    userData: userData(bootstrap, probe).base64,
    softwareHash: wantedHash(bootstrap),
    metadataTokens: image.family.metadataTokens === "no" ? "optional" : "required",
    publicKey: access === "cloud-assistant" ? undefined : readProjectFile(access.ssh.key)?.trim(),
    buckets: Object.values(settings.buckets).map(({ existing, hosts }) => ({ bucket: existing, hosts })),
  };
}

/** What a group's hosts install, and where each thing comes from. The settings were checked before. */
export function softwareOf(settings: Settings, stack: string, name: string) {
  const group = settings.hosts[name];
  const image = group && publicImage(group.image);
  if (group === undefined || image === undefined) throw new Error(`group ${name} was not checked`);
  const { bootstrap, probe, uses } = resolveSoftware({
    stack,
    group: name,
    region: settings.region,
    settings: group,
    mirrors: settings.mirrors,
    image,
    internet: hasInternet(settings, name),
    buckets: settings.buckets,
    readFile: readProjectFile,
  });
  if (bootstrap === undefined) throw new Error(`software of group ${name} was not checked`);
  return { group, image, bootstrap, probe, uses };
}

/** Id under which the loss of a departed host's disk is accepted. */
export const dataDiskDeleted = "data-disk-deleted";

/** Id under which the loss of the address that hosts go out by is accepted. */
export const addressDeleted = "address-deleted";

/** Whether hosts of a group reach the internet. */
export function hasInternet(settings: Pick<Settings, "network" | "hosts">, group: string): boolean {
  return settings.network.wayOut !== "none" || settings.hosts[group]?.publicAddress !== "none";
}

export function databaseArgs(
  identity: Identity,
  settings: Settings,
  timeSeries: TimeSeries,
): Omit<TimeSeriesDatabaseArgs, "vpcId" | "vSwitchId"> {
  return { identity, settings: timeSeries, zone: databaseZone(settings), allowList: databaseAllowList(settings) };
}

/** Zone in which the database stands: the one named, or the first with a vSwitch. */
export function databaseZone({ network, timeSeries }: Pick<Settings, "network" | "timeSeries">): string {
  const zone = timeSeries?.zone ?? Object.keys(network.vSwitches)[0];
  if (zone === undefined) throw new Error("the network has no vSwitch");
  return zone;
}

/**
 * Ranges that may connect to the database: named sources, and the vSwitches in which the named groups stand. Addresses
 * of single hosts would be unknown before a deployment, and wrong after a rebuild.
 */
export function databaseAllowList({
  network,
  hosts,
  timeSeries,
}: Pick<Settings, "network" | "hosts" | "timeSeries">): string[] {
  const rangeOf = (zone: string) => {
    const v = network.vSwitches[zone];
    return typeof v === "string" ? v : v?.cidr;
  };
  const ranges = (timeSeries?.reachableFrom ?? []).flatMap(
    (from) => hosts[from]?.zones.map(rangeOf) ?? [network.sources[from]],
  );
  return [...new Set(ranges.filter((range) => range !== undefined))].sort();
}
