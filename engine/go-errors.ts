/** What a user can do about a failure of Go: patterns in what it printed, the first that fits. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, "The disk is full: GOCACHE, GOMODCACHE and GOTMPDIR say where Go writes."],
  [
    /signal: killed|cannot allocate memory|out of memory/i,
    "Not enough memory: 8 GiB must be free; close what else runs.",
  ],
  [
    /dial tcp|i\/o timeout|connection refused|connection reset|no such host|TLS handshake|proxyconnect|unexpected EOF/i,
    "The module proxy is not reachable. Inside the mainland: GOPROXY=https://goproxy.cn,direct or\n  GOPROXY=https://mirrors.aliyun.com/goproxy/,direct",
  ],
  [
    /\b(403 Forbidden|404 Not Found|410 Gone)\b/,
    "This module proxy does not serve a module. Another one may: GOPROXY=https://goproxy.cn,direct",
  ],
  [
    /checksum mismatch|SECURITY ERROR/,
    "A module is not what go.sum says: the proxy serves something else. Use another GOPROXY.",
  ],
  [
    /go\.mod requires go|toolchain not available|cannot find "go1/,
    "This Go is too old, and a newer one cannot be fetched: https://go.dev/dl",
  ],
];

/** Advice in a line or two; undefined for what is not known. */
export function explainGo(lines: readonly string[]): readonly string[] | undefined {
  const text = lines.join("\n");
  const advice = causes.find(([pattern]) => pattern.test(text))?.[1];
  return advice === undefined ? undefined : [advice];
}
