import type { Fact } from "./fact.ts";
import { cloudSources } from "./sources/cloud.ts";
import { containerSources } from "./sources/containers.ts";
import { packageSources } from "./sources/packages.ts";

export { type BlockedAddress, blockedAddress, blockedAddresses } from "./sources/blocked.ts";
export { daocloudHosts, daocloudHostsFrom, daocloudPrefix } from "./sources/containers.ts";

export type SourceKind =
  | "pypi"
  | "docker"
  | "docker-packages"
  | "files"
  | "apt"
  | "npm"
  | "go"
  | "crates"
  | "maven"
  | "huggingface"
  | "ntp"
  | "cloud-api"
  | "metadata"
  | "oss";

/** Where a host must stand to reach an address: in any VPC of the region, or on a network with a way out. */
export type ReachableFrom = "vpc" | "internet";

export interface Address {
  /** With scheme where there is one; `{region}` stands for the region id. */
  readonly url: string;
  readonly reachableFrom: ReachableFrom;
}

export interface SoftwareSource extends Fact {
  readonly key: string;
  readonly kind: SourceKind;
  readonly addresses: readonly Address[];
  /** Keys of sources that may be tried instead, whole, in this order. */
  readonly fallbacks: readonly string[];
  /** What to know before relying on it. */
  readonly limits: readonly string[];
  /** Environment variables that go with it. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A source as written down: its addresses by where they answer from. */
export interface SourceRow extends Omit<SoftwareSource, "addresses"> {
  readonly vpc?: readonly string[];
  readonly internet?: readonly string[];
}

function toSource({ vpc = [], internet = [], ...row }: SourceRow): SoftwareSource {
  const inside = vpc.map((url): Address => ({ url, reachableFrom: "vpc" }));
  return { ...row, addresses: [...inside, ...internet.map((url): Address => ({ url, reachableFrom: "internet" }))] };
}

/** Every software source a bootstrap can use. None was tried live: addresses are as read, with their date. */
export const sources: readonly SoftwareSource[] = [...packageSources, ...containerSources, ...cloudSources].map(
  toSource,
);

const byKey = new Map(sources.map((row) => [row.key, row]));

export function source(key: string): SoftwareSource | undefined {
  return byKey.get(key);
}

export function sourcesOfKind(kind: SourceKind): readonly SoftwareSource[] {
  return sources.filter((row) => row.kind === kind);
}

/** Addresses of a source that answer from there, `{region}` filled in. An internet address needs a way out. */
export function addressesOf(key: string, from: ReachableFrom, region: string): readonly string[] {
  const addresses = byKey.get(key)?.addresses ?? [];
  return addresses.filter((row) => row.reachableFrom === from).map((row) => row.url.replaceAll("{region}", region));
}

/** The first such address, for sources that have one. */
export function addressOf(key: string, from: ReachableFrom, region: string): string | undefined {
  return addressesOf(key, from, region)[0];
}

/** A source and its fallbacks, in the order in which each is to be tried whole. */
export function withFallbacks(key: string): readonly SoftwareSource[] {
  const first = byKey.get(key);
  if (first === undefined) return [];
  const rest = first.fallbacks.map((fallback) => byKey.get(fallback)).filter((row) => row !== undefined);
  return [first, ...rest];
}
