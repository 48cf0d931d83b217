import { isIPv4, isIPv6 } from "node:net";

/** Whether a text is an IPv4 address or range: 10.0.0.1, 10.0.0.0/8. */
export function isIpv4Range(text: string): boolean {
  const [ip = "", mask = "32", more] = text.split("/");
  return more === undefined && isIPv4(ip) && /^\d{1,2}$/.test(mask) && Number(mask) <= 32;
}

/**
 * An IPv6 address or range as short as it gets, its mask as it is: 2001:0db8::0001/0 -> 2001:db8::1/0. Undefined for
 * what is none.
 */
export function shortIpv6(text: string): string | undefined {
  const [ip = "", mask, more] = text.split("/");
  if (more !== undefined || !isIPv6(ip) || ip.includes("%")) return undefined;
  if (mask !== undefined && (!/^\d{1,3}$/.test(mask) || Number(mask) > 128)) return undefined;
  const short = new URL(`http://[${ip}]/`).hostname.slice(1, -1);
  return mask === undefined ? short : `${short}/${mask}`;
}
