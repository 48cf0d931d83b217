import { daocloudHosts, daocloudPrefix, sources } from "../../catalog/sources.ts";

/** Which names answer, and where: the catalogue decides the side, what they are asked for decides the rest. */
export interface Name {
  readonly name: string;
  readonly side: "vpc" | "internet";
  readonly address: string;
}

/**
 * Addresses inside the VPC as they are seen on hosts of Alibaba Cloud; others get one from 100.103.0.0/24, which lies in
 * the same reserved range. Nobody but the run's own network has them here.
 */
const inVpc: Readonly<Record<string, string>> = {
  "mirrors.cloud.aliyuncs.com": "100.100.2.148",
  "ntp.cloud.aliyuncs.com": "100.100.61.88",
  "100.100.100.200": "100.100.100.200",
};

export const dnsServer = "100.100.2.136";

/** Range for documentation (RFC 5737): names that nobody serves get their addresses here, and packets to it are counted. */
export const hole = "198.51.100";

/**
 * @param region region whose own names are served
 * @throws when the catalogue has no such name: a stand-in for something that no entry states would prove nothing
 */
export function nameOf(name: string, region: string, nth: number): Name {
  const side = sideOf(name, region);
  if (side === undefined) throw new Error(`the catalogue has no source at ${name}`);
  return { name, side, address: side === "internet" ? `203.0.113.${nth}` : (inVpc[name] ?? `100.103.0.${nth}`) };
}

function sideOf(name: string, region: string): Name["side"] | undefined {
  for (const { url, reachableFrom } of sources.flatMap(({ addresses }) => addresses)) {
    const host = url.replace(/^[a-z+]+:\/\//, "").replace(/[/:].*$/, "");
    if (host.replaceAll("{region}", region) === name) return reachableFrom;
  }
  // DaoCloud's hosts for other registries stand beside that for docker.io and answer where it does.
  const ofDaocloud = [...Object.values(daocloudHosts), daocloudPrefix.prefix.replace("/", "")];
  return ofDaocloud.includes(name) ? "internet" : undefined;
}
