import { randomBytes } from "node:crypto";
import type { Call } from "../core/call.ts";
import { refused } from "./errors.ts";
import { type Vpc, type VSwitch, vpcs } from "./rows.ts";

/** A /56 that no VPC has yet, in the range for documentation, so that nobody takes it for a real one. */
export function freeVpcRange(call: Call): string {
  const used = new Set(call.store.everywhere(vpcs).map((vpc) => vpc.ipv6Cidr));
  for (;;) {
    const bytes = randomBytes(3);
    // The last byte of the fourth group is the vSwitch's; a high byte of zero would shorten the group.
    const high = (bytes[2] ?? 0) | 0x10;
    const cidr = `2001:db8:${bytes.readUInt16BE(0).toString(16)}:${high.toString(16)}00::/56`;
    if (!used.has(cidr)) return cidr;
  }
}

/** The n-th /64 of a VPC's /56, n from 0 to 255: 2001:db8:a:1200::/56 and 8 give 2001:db8:a:1208::/64. */
export function subnetOf(vpcRange: string, n: number): string {
  const groups = (vpcRange.split("::")[0] ?? "").split(":");
  const last = Number.parseInt(groups.at(-1) ?? "0", 16) + n;
  return `${[...groups.slice(0, -1), last.toString(16)].join(":")}::/64`;
}

/**
 * The IPv6 range of a vSwitch, by the number that was asked for.
 * @throws OperationUnsupported.Ipv6Feature, IllegalParam.Ipv6CidrBlock, InvalidIpv6CidrBlock.Overlapped
 */
export function vSwitchRange(call: Call, vpc: Vpc, others: readonly VSwitch[], n: number): string {
  if (vpc.ipv6Cidr === "") {
    throw refused("OperationUnsupported.Ipv6Feature", "The VPC has no IPv6 CIDR block.");
  }
  const wanted = call.params.text("VpcIpv6CidrBlock");
  if (n < 0 || n > 255 || (wanted !== undefined && wanted !== vpc.ipv6Cidr)) {
    throw refused("IllegalParam.Ipv6CidrBlock", "The parameter of Ipv6CidrBlock is illegal.");
  }
  const cidr = subnetOf(vpc.ipv6Cidr, n);
  if (others.some((vSwitch) => vSwitch.ipv6Cidr === cidr)) {
    throw refused("InvalidIpv6CidrBlock.Overlapped", "Specified IPv6 CIDR block overlapped with other subnets.");
  }
  return cidr;
}
