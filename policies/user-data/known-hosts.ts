import { daocloudHosts, daocloudPrefix, sources, sourcesOfKind } from "../../catalog/sources.ts";

/** What is said of a host that is not bad. */
export type Standing = "fine" | "overseas region" | "unknown";

/** A host of the catalogue, of Alibaba Cloud in the mainland, or neither. */
export function standingOf(host: string): Standing {
  if (catalogue.has(host)) return "fine";
  if (!/(^|\.)aliyuncs\.com$/.test(host)) return "unknown";
  return elsewhere.test(host) ? "overseas region" : "fine";
}

/** Regions outside the mainland as they stand in endpoints, and acceleration over points all over the world. */
const elsewhere =
  /(?:^|[.-])(?:(?:ap|us|eu|me|na|sa|af)-(?:north|south|east|west|central)(?:east|west)?-\d|cn-hongkong|accelerate-overseas)(?:[.-]|$)/;

/** Whether Docker may ask a host for images of docker.io: a source of the catalogue that is no registry of its own. */
export function mirrorsDockerHub(host: string): boolean {
  return hubMirrors.has(host);
}

/** Whether a pattern of the settings means a host: pypi.corp.cn, or *.corp.cn for every name below. */
export function isListed(host: string, patterns: readonly string[]): boolean {
  return patterns.some((written) => {
    const pattern = written.trim().toLowerCase();
    return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
  });
}

function hostOf(address: string): string {
  return address
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/[/:,].*$/, "");
}

/** Addresses for a region of the user's are Alibaba Cloud's own and need no row each. */
const catalogue: ReadonlySet<string> = new Set(
  [
    ...sources.flatMap(({ addresses, environment = {} }) => [
      ...addresses.map(({ url }) => url),
      ...Object.values(environment),
    ]),
    daocloudPrefix.prefix,
    ...Object.values(daocloudHosts),
  ]
    .map(hostOf)
    .filter((host) => host.includes(".") && !host.includes("{")),
);

const hubMirrors: ReadonlySet<string> = new Set(
  sourcesOfKind("docker")
    .flatMap(({ addresses }) => addresses.map(({ url }) => hostOf(url)))
    .filter((host) => !host.endsWith(".aliyuncs.com")),
);
