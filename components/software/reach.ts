import type { ReachableFrom } from "../../catalog/sources.ts";

/** Hosts that Alibaba Cloud serves inside a VPC, by the form of their names (catalog/sources.ts has each with its source). */
const insideVpc = [
  /(^|\.)cloud\.aliyuncs\.com$/,
  /-internal\.aliyuncs\.com$/,
  /(^|-)registry-vpc\.[a-z0-9.-]+$/,
  /-vpc\.[a-z0-9-]+\.aliyuncs\.com$/,
  /^100\.100\.\d+\.\d+$/,
  // A server of one's own, by a private address.
  /^10\.\d+\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
];

/** Where a host must stand to reach an address: a URL, a registry with its path, or a bare host name. */
export function reachableFrom(address: string): ReachableFrom {
  const host = address
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/^[^/@]*@/, "")
    .replace(/[/:].*$/, "")
    .toLowerCase();
  return insideVpc.some((form) => form.test(host)) ? "vpc" : "internet";
}
