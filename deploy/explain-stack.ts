import { instanceType } from "../catalog/instance-types.ts";
import { region as regionFacts, zonesOf } from "../catalog/regions.ts";
import type { Settings } from "../components/config.ts";
import { hostNumber, place } from "../components/host-keys.ts";
import type { ExplainContext } from "./explain-types.ts";

/** What failed to be had, in the terms of the stack file. */
export interface Wanted {
  /** Host group, or "timeSeries". */
  readonly where: string;
  /** Instance type or class. */
  readonly type: string;
  readonly zones: readonly string[];
}

/** What the named resources ask for: hosts by group, and the database. */
export function wantedBy(names: readonly string[], { settings }: ExplainContext): readonly Wanted[] {
  if (settings === undefined) return [];
  const found = new Map<string, { type: string; zones: Set<string> }>();
  for (const name of names) {
    const wanted = hostOf(name, settings) ?? databaseOf(name, settings);
    if (wanted === undefined) continue;
    const entry = found.get(wanted.where) ?? { type: wanted.type, zones: new Set<string>() };
    entry.zones.add(wanted.zone);
    found.set(wanted.where, entry);
  }
  return [...found].map(([where, { type, zones }]) => ({ where, type, zones: [...zones].sort() }));
}

/** workers-01, workers-01-data and workers-01-role all belong to the host workers-01. */
function hostOf(name: string, settings: Settings) {
  const [, key = "", group = ""] = /^((.+?)-\d{2,})(?:-.*)?$/.exec(name) ?? [];
  const found = Object.hasOwn(settings.hosts, group) ? settings.hosts[group] : undefined;
  if (found === undefined) return undefined;
  return { where: group, type: found.type, zone: place(group, hostNumber(key), found.zones).zone };
}

function databaseOf(name: string, { timeSeries, network }: Settings) {
  const type = timeSeries?.lindorm?.node ?? timeSeries?.tsdb?.class;
  if (type === undefined || !/^time-series-(lindorm|tsdb)$/.test(name)) return undefined;
  return { where: "timeSeries", type, zone: timeSeries?.zone ?? Object.keys(network.vSwitches)[0] ?? "" };
}

/** Where else it could be had, as sentences: from what was asked, else from the stack file and the catalogue. */
export function elsewhere(wanted: Wanted, context: ExplainContext): readonly string[] {
  const key = wanted.where === "timeSeries" ? "china:timeSeries.zone" : `china:hosts.${wanted.where}.zones`;
  const has = (context.stock ?? []).filter((row) => row.has);
  // A list of hosts' types says nothing about a database.
  if (context.stock?.some((row) => row.type === wanted.type)) {
    const zones = has.filter((row) => row.type === wanted.type && !wanted.zones.includes(row.zone));
    const types = has.filter((row) => wanted.zones.includes(row.zone) && alike(row.type, wanted.type));
    const likeliest = [...new Set(types.map(({ type }) => type))].sort(
      (a, b) => shared(b, wanted.type) - shared(a, wanted.type),
    );
    return [
      zones.length === 0
        ? `${wanted.type} is in stock in no other zone of the region now`
        : `${wanted.type} is in stock in ${list(zones.map((row) => row.zone))}: write one of them into ${key}, behind those of hosts that stand, and give it a vSwitch in china:network.vSwitches`,
      ...(types.length === 0
        ? []
        : [`in ${list(wanted.zones)} there is stock of ${some(likeliest)}: write one into ${typeKey(wanted)}`]),
    ];
  }
  const own = Object.keys(context.settings?.network.vSwitches ?? {}).filter((zone) => !wanted.zones.includes(zone));
  const region = context.region ?? context.settings?.region ?? "";
  const roomy = (regionFacts(region)?.roomyZones ?? []).map((letter) => `${region}-${letter}`);
  const others = zonesOf(region).filter((zone) => !wanted.zones.includes(zone) && !own.includes(zone));
  const best = roomy.filter((zone) => others.includes(zone));
  return [
    own.length > 0
      ? `try another zone that has a vSwitch already: ${list(own)} in ${key} (stock there is not known)`
      : `try another zone: ${list(best.length > 0 ? best : others)} in ${key}, with a vSwitch in china:network.vSwitches (stock there is not known)`,
    `or another type in ${typeKey(wanted)}`,
  ];
}

function typeKey({ where }: Wanted): string {
  return where === "timeSeries" ? "china:timeSeries" : `china:hosts.${where}.type`;
}

/** Letters that two names begin with alike: ecs.g7a.xlarge is nearer to ecs.g7.xlarge than ecs.e-c1m4.xlarge is. */
function shared(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return n;
}

/** The first few, and how many there are beside them. */
function some(texts: readonly string[]): string {
  const most = 5;
  return texts.length <= most ? list(texts) : `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}

/** Another type with as many vCPUs and as much memory, whose processor runs the same images. */
function alike(type: string, wanted: string): boolean {
  if (type === wanted) return false;
  const a = instanceType(type);
  const b = instanceType(wanted);
  if (a === undefined || b === undefined) return false;
  return a.vcpu === b.vcpu && a.memoryGiB === b.memoryGiB && a.architecture === b.architecture;
}

/** What the stack adds to a quota, in words; undefined where it is not known. */
export function addedTo(code: string, settings: Settings | undefined): string | undefined {
  if (settings === undefined) return undefined;
  const groups = Object.entries(settings.hosts);
  const hosts = groups.reduce((sum, [, group]) => sum + group.count, 0);
  const vcpu = groups.reduce((sum, [, group]) => sum + group.count * (instanceType(group.type)?.vcpu ?? 0), 0);
  const disks = groups.filter(([, group]) => group.dataDisk !== undefined);
  const GiB = disks.reduce((sum, [, group]) => sum + group.count * (group.dataDisk?.GiB ?? 0), 0);
  if (/ElasticQuota|AfterpayInstance/.test(code)) return `${hosts} hosts with ${vcpu} vCPUs`;
  if (/Disk/.test(code)) return `${GiB} GiB of data disks, and the system disks of ${hosts} hosts`;
  if (/Vpc$/.test(code)) return settings.network.existing === undefined ? "1 VPC" : undefined;
  if (/VSwitch/.test(code)) return `${Object.keys(settings.network.vSwitches).length} vSwitches`;
  if (/Eip$/i.test(code)) return settings.network.wayOut === "nat" ? "1 address" : undefined;
  if (/SecurityGroup$/.test(code)) return `${groups.length} security groups`;
  return undefined;
}

/** "a", "a and b", "a, b and c". */
export function list(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  return all.length <= 1 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
