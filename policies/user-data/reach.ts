/** A host that only this network, or only this machine, can mean. */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith("[")) return isPrivateIpv6(host.slice(1, -1));
  const address = ipv4Of(host);
  if (address !== undefined) return isPrivateIpv4(address);
  // One word: a name of Docker's, of a search domain, of /etc/hosts.
  return !host.includes(".") || /(^|\.)(localhost|localdomain|local|internal|lan|home\.arpa)$/.test(host);
}

/** A host that Alibaba Cloud serves inside a VPC, by the form of its name; or a private one. */
export function isInsideVpc(host: string): boolean {
  return isPrivateHost(host) || vpcNames.some((form) => form.test(host));
}

const vpcNames = [
  /(^|\.)cloud\.aliyuncs\.com$/,
  /-internal\.aliyuncs\.com$/,
  /(^|-)registry-vpc\.[a-z0-9-]+\.(cr\.)?aliyuncs\.com$/,
  /-vpc\.[a-z0-9-]+\.aliyuncs\.com$/,
];

type Ipv4 = readonly [number, number, number, number];

function ipv4Of(host: string): Ipv4 | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (parts === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = parts.slice(1).map(Number);
  return [a, b, c, d];
}

/** RFC 1918, loopback, link-local, 0.0.0.0, and 100.64.0.0/10, where Alibaba Cloud's own services are. */
function isPrivateIpv4([a, b]: Ipv4): boolean {
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

/** Loopback, unique local (fc00::/7) and link-local (fe80::/10). */
function isPrivateIpv6(address: string): boolean {
  return address === "::1" || /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(address);
}
