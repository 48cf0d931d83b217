import { containsCidr, normalizeCidr, overlapCidr, parseCidr } from "cidr-tools";

/** Arithmetic on IPv4 ranges that the schema has accepted; by a library, so that no off-by-one is ours. */
export const contains = (outer: string, inner: string): boolean => containsCidr(outer, inner);
export const overlaps = (a: string, b: string): boolean => overlapCidr(a, b);

/** The range as the cloud wants it, its host bits cleared: 10.20.1.0/16 -> 10.20.0.0/16. */
export function networkOf(cidr: string): string {
  const normal = normalizeCidr(cidr);
  // The library leaves the prefix out for a single address.
  return normal.includes("/") ? normal : `${normal}/32`;
}

export function maskOf(cidr: string): number {
  return Number(parseCidr(cidr).prefix);
}

/** Addresses in the range, reserved ones included. */
export function sizeOf(cidr: string): number {
  return 2 ** (32 - maskOf(cidr));
}
