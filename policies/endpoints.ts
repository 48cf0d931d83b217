import { isOutsideMainland, regionsOfHost } from "./regions.ts";

/**
 * What is wrong with an endpoint of a provider, in words. One of Alibaba Cloud's, in the mainland and over TLS, is right;
 * so is this machine itself, where a test's cloud answers.
 */
export function faultOf(endpoint: string): string | undefined {
  const url = urlOf(endpoint);
  if (url === undefined) return "a text that is no endpoint";
  const { protocol, hostname } = url;
  if (isLoopback(hostname)) return undefined;
  if (protocol !== "https:") return "an endpoint without TLS";
  if (!hostname.endsWith(".aliyuncs.com")) return "a host that is not Alibaba Cloud's";
  for (const region of regionsOfHost(hostname)) {
    if (region === "") return "a host in an unknown region";
    if (isOutsideMainland(region)) return `a host in ${region}, outside mainland China`;
  }
  return undefined;
}

/** With a URL's own parser: what stands before an @ is no host. */
function urlOf(endpoint: string): URL | undefined {
  const text = endpoint.includes("://") ? endpoint : `https://${endpoint}`;
  // Not canParse: it takes a text of a megabyte, at which the constructor then throws (Node 24.21).
  return URL.parse(text) ?? undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
