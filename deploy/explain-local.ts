import type { Cause } from "./explain-types.ts";

/** What engine and provider say of themselves, without a code of the cloud. The first that fits counts. */
const sayings: readonly (readonly [RegExp, Cause])[] = [
  [/Please convert 'PrePaid' instance to 'PostPaid'/, "paid-ahead"],
  [/cannot be deleted\s+because it is protected|is currently marked for protection/, "protected"],
  [/invalid or unknown key/i, "unknown-input"],
  [/the stack is currently locked by|another update is currently in progress/i, "locked"],
  [
    /no valid credential sources|get credential failed|unable to get credentials|please set up the credentials correctly/i,
    "no-credentials",
  ],
  [/incorrect passphrase|passphrase must be set/, "passphrase"],
  [/'tcp' and 'udp' can support port range/, "port-range"],
  [/Invalid Alibaba Cloud region/, "region"],
  [
    /no (?:resource|language) plugin .|could not load plugin|failed to load (?:language )?plugin|plugin .*alicloud.* not found/i,
    "no-plugin",
  ],
  [/error reading from server: EOF|transport is closing|panic: |plugin exited|plugin.*has crashed/i, "provider-crash"],
  [/x509:|self-signed certificate|unable to verify the first certificate|unable to get local issuer/i, "certificate"],
  [
    /dial tcp|connection refused|connection reset|no such host|i\/o timeout|TLS handshake timeout|Client\.Timeout|proxyconnect|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|socket hang up|\bEOF$/m,
    "network",
  ],
  [/timeout while waiting for|Timeout!!!|Failed to reach target status|couldn't find resource \(/i, "slow"],
  [/context cancell?ed|update cancell?ed|operation cancell?ed/i, "interrupted"],
];

export function localCause(text: string): Cause | undefined {
  return sayings.find(([pattern]) => pattern.test(text))?.[1];
}

/** What the engine says once more at the end, when the failure itself has been said. */
export function isEcho(text: string): boolean {
  return /^(?:(?:update|preview|refresh|destroy|deletion|import) failed|resource monitor (?:has terminated|shut down).*|one or more errors occurred)\.?$/i.test(
    text.trim(),
  );
}
