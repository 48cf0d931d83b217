import type { ProbeConfigTarget } from "../../../components/bootstrap/probe/config.ts";

/** A stand-in: one name, one address, one way to behave (stand_ins.py). */
export interface Site {
  readonly name: string;
  readonly address: string;
  /** None listens when left out. */
  readonly how?: string;
  readonly port?: number;
  /** Certificate by its kind; plain when left out. */
  readonly tls?: "right" | "otherName" | "expired" | "stranger";
  readonly ntp?: string;
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly to?: string;
  readonly realm?: string;
}

/** What is asked, how the other side behaves, and what is to be said of it. */
export interface Case {
  readonly key: string;
  readonly word: string;
  readonly detail: RegExp;
  /** Addresses by the host's resolver; the site's own when left out. */
  readonly dns?: readonly string[] | "nxdomain" | "servfail" | "silence";
  /** By the second resolver; the same when left out. */
  readonly second?: readonly string[];
  readonly site?: Omit<Site, "name" | "address">;
  readonly target?: Partial<ProbeConfigTarget>;
}

const https = (how: string, more: Partial<Site> = {}) => ({ how, tls: "right" as const, ...more });
const file = { bytes: 262_144 } as const;
const image = { image: "library/busybox:latest" } as const;
const right = "20.0.0.120";
const registry = (more: Partial<Site> = {}) => https("registry", { realm: "https://right.test/token", ...more });

export const cases: readonly Case[] = [
  // works
  { key: "file", word: "works", detail: /^$/, site: https("file"), target: { ...file, expect: "numpy" } },
  { key: "page", word: "works", detail: /^$/, site: https("status", { status: "200 OK" }) },
  { key: "chunks", word: "works", detail: /^$/, site: https("chunks"), target: { expect: "numpy" } },
  {
    key: "plain",
    word: "works",
    detail: /^$/,
    site: { how: "status", status: "200 OK" },
    target: { url: "http://plain.test/" },
  },
  { key: "moved", word: "works", detail: /^$/, site: https("moved", { to: "https://right.test/elsewhere" }) },
  {
    key: "unsigned",
    word: "works",
    detail: /answers 403, as it should/,
    site: https("status", { status: "403 Forbidden" }),
    target: { status: [200, 403] },
  },
  { key: "registry", word: "works", detail: /^$/, site: registry(), target: image },
  {
    key: "ping",
    word: "works",
    detail: /no image was asked for/,
    site: https("status", { status: "401 Unauthorized", headers: { "WWW-Authenticate": 'Basic realm="x"' } }),
    target: { image: "" },
  },
  {
    key: "clock",
    word: "works",
    detail: /differs by 0\.\d{3} s/,
    site: { ntp: "right" },
    target: { url: "ntp://clock.test" },
  },
  {
    key: "ahead",
    word: "works",
    detail: /differs by (89|90)\.\d{3} s/,
    site: { ntp: "ahead" },
    target: { url: "ntp://ahead.test" },
  },
  {
    key: "port",
    word: "works",
    detail: /^$/,
    site: { how: "silent", port: 8242 },
    target: { url: "tcp://port.test:8242", from: "vpc" },
  },
  // Two resolvers may send a host to two places of one service.
  { key: "two-places", word: "works", detail: /^$/, site: https("status", { status: "200 OK" }), second: [right] },
  // Inside a VPC a private address is right.
  {
    key: "inside",
    word: "refused",
    detail: /10\.9\.9\.9:80/,
    dns: ["10.9.9.9"],
    target: { url: "http://inside.test/", from: "vpc" },
  },

  // slow
  { key: "slow-to-answer", word: "slow", detail: /1\.[6-9] s until/, site: https("slow to answer") },
  { key: "slow-to-begin", word: "slow", detail: /1\.[6-9] s until/, site: https("slow to begin") },

  // throttled
  { key: "slow-to-send", word: "throttled", detail: /^\d+ KiB\/s$/, site: https("slow to send"), target: file },
  { key: "slow-in-chunks", word: "throttled", detail: /^\d+ KiB\/s$/, site: https("slow in chunks"), target: file },
  { key: "too-many", word: "throttled", detail: /^429/, site: https("status", { status: "429 Too Many Requests" }) },
  {
    key: "later",
    word: "throttled",
    detail: /^503, 30$/,
    site: https("status", { status: "503 Later", headers: { "Retry-After": "30" } }),
  },
  {
    key: "clock-rate",
    word: "throttled",
    detail: /RATE/,
    site: { ntp: "rate" },
    target: { url: "ntp://clock-rate.test" },
  },

  // refused
  { key: "closed", word: "refused", detail: /nothing listens there/, site: {} },
  {
    key: "denied",
    word: "refused",
    detail: /^403 this image is not/,
    site: https("status", { status: "403 Forbidden", body: "this image is not in the allowlist" }),
  },
  {
    key: "not-allowed",
    word: "refused",
    detail: /^403/,
    site: registry({ realm: "https://denied.test/token" }),
    target: image,
  },
  { key: "clock-closed", word: "refused", detail: /NTP of/, site: {}, target: { url: "ntp://clock-closed.test" } },

  { key: "vpc-closed", word: "refused", detail: /connecting to/, site: {}, target: { from: "vpc" } },

  // reset
  { key: "reset", word: "reset", detail: /TLS with/, site: { how: "reset at hello", port: 443 } },
  { key: "cut-off", word: "reset", detail: /TLS with/, site: { how: "closed at hello", port: 443 } },
  {
    key: "reset-later",
    word: "reset",
    detail: /after 50000 bytes: the connection was cut/,
    site: { how: "reset in the body" },
    target: { ...file, url: "http://reset-later.test/" },
  },
  // TLS libraries tell a reset within TLS as an end, or as a reset.
  { key: "reset-in-tls", word: "reset", detail: /after 50000/, site: https("reset in the body"), target: file },
  {
    key: "cut-short",
    word: "reset",
    detail: /ended after 50000 of 262144/,
    site: https("closed in the body"),
    target: file,
  },
  {
    key: "moved-to-reset",
    word: "reset",
    detail: /TLS with reset\.test/,
    site: https("moved", { to: "https://reset.test/" }),
  },

  // timed out, no route
  { key: "dropped", word: "timed out", detail: /connecting to 20\.9\.0\.1:443/, dns: ["20.9.0.1"] },
  { key: "silent", word: "timed out", detail: /TLS with/, site: { how: "silent", port: 443 } },
  // One byte at the end of its time has no rate.
  { key: "late", word: "timed out", detail: /after 1 bytes: no answer/, site: https("begins when time is up") },
  { key: "drip", word: "timed out", detail: /no answer/, site: https("one byte now and then") },
  {
    key: "clock-silent",
    word: "timed out",
    detail: /no answer/,
    dns: ["20.9.0.2"],
    target: { url: "ntp://clock-silent.test" },
  },
  { key: "unreachable", word: "no route", detail: /20\.8\.0\.1/, dns: ["20.8.0.1"] },

  // no DNS
  { key: "nxdomain", word: "no DNS", detail: /knows no such name$/, dns: "nxdomain", second: [] },
  {
    key: "only-second",
    word: "no DNS",
    detail: /knows no such name; 20\.0\.0\.53 says 20\.0\.0\.120/,
    dns: "nxdomain",
    second: [right],
  },
  { key: "servfail", word: "no DNS", detail: /gave no answer$/, dns: "servfail", second: [] },
  { key: "no-resolver", word: "no DNS", detail: /no answer/, dns: "silence", second: [] },

  // wrong DNS
  { key: "loopback", word: "wrong DNS", detail: /127\.0\.0\.1, no address of a public service/, dns: ["127.0.0.1"] },
  { key: "private", word: "wrong DNS", detail: /10\.10\.34\.36, no address/, dns: ["10.10.34.36"] },
  { key: "shared", word: "wrong DNS", detail: /100\.64\.1\.1, no address/, dns: ["100.64.1.1"] },
  { key: "known-false", word: "wrong DNS", detail: /243\.185\.187\.39, a known false answer/, dns: ["243.185.187.39"] },
  {
    key: "vpc-loopback",
    word: "wrong DNS",
    detail: /127\.0\.0\.1/,
    dns: ["127.0.0.1"],
    target: { url: "http://vpc-loopback.test/", from: "vpc" },
  },
  {
    key: "led-astray",
    word: "wrong DNS",
    detail: /wrong certificate.*20\.0\.0\.53 says 20\.0\.0\.120, and that one has the right certificate/,
    site: https("status", { status: "200 OK", tls: "otherName" }),
    second: [right],
  },
  { key: "led-nowhere", word: "wrong DNS", detail: /timed out.*right certificate/, dns: ["20.9.0.3"], second: [right] },

  // wrong certificate: no resolver knows better
  {
    key: "other-name",
    word: "wrong certificate",
    detail: /other-name\.test/,
    site: https("status", { status: "200 OK", tls: "otherName" }),
  },
  {
    key: "expired",
    word: "wrong certificate",
    detail: /expired/,
    site: https("status", { status: "200 OK", tls: "expired" }),
  },
  {
    key: "stranger",
    word: "wrong certificate",
    detail: /self.signed/,
    site: https("status", { status: "200 OK", tls: "stranger" }),
  },
  {
    key: "both-astray",
    word: "wrong certificate",
    detail: /both-astray\.test/,
    site: https("status", { status: "200 OK", tls: "otherName" }),
    second: ["20.0.0.119"],
  },

  // wrong answer
  {
    key: "login-page",
    word: "wrong answer",
    detail: /no 'numpy' in it/,
    site: https("status", { status: "200 OK", body: "<html>log in" }),
    target: { expect: "numpy" },
  },
  {
    key: "evil",
    word: "wrong answer",
    detail: /^404/,
    site: https("status", { status: "404 Not Found", body: "\u001b[31m<script>|" }),
  },
  { key: "missing", word: "wrong answer", detail: /^404/, site: https("status", { status: "404 Not Found" }) },
  {
    key: "in-circles",
    word: "wrong answer",
    detail: /sent on to/,
    site: https("moved", { to: "https://in-circles.test/" }),
  },
  {
    key: "to-plain",
    word: "wrong answer",
    detail: /sent on to http:/,
    site: https("moved", { to: "http://plain.test/" }),
  },
  {
    key: "not-http",
    word: "wrong answer",
    detail: /SSH-2\.0/,
    site: { how: "not HTTP" },
    target: { url: "http://not-http.test/" },
  },
  {
    key: "no-token",
    word: "wrong answer",
    detail: /no token/,
    site: registry({ realm: "https://page.test/token" }),
    target: image,
  },
  {
    key: "clock-unset",
    word: "wrong answer",
    detail: /not set/,
    site: { ntp: "unset" },
    target: { url: "ntp://clock-unset.test" },
  },
  {
    key: "clock-stranger",
    word: "wrong answer",
    detail: /no answer to this question/,
    site: { ntp: "stranger" },
    target: { url: "ntp://clock-stranger.test" },
  },
];

/** The site of the n-th case has the n-th address; two more stand where only a resolver points. */
const addressOf = (index: number) => `20.0.0.${index + 54}`;

export const sites: readonly Site[] = [
  ...cases.flatMap(({ key, site }, index) =>
    site === undefined ? [] : [{ name: `${key}.test`, address: addressOf(index), ...site }],
  ),
  { name: "right.test", address: right, ...https("status", { status: "200 OK", body: '{"token": "t0ken"}' }) },
  ...["two-places", "only-second", "led-astray", "led-nowhere"].map((key) => ({ name: `${key}.test`, address: right })),
  { name: "both-astray.test", address: "20.0.0.119", ...https("status", { status: "200 OK", tls: "otherName" }) },
];

/** What each resolver says, by its address. */
export function zones(second: string): Record<string, Record<string, unknown>> {
  const here = cases.map(({ key, dns, site }, index): [string, unknown] => {
    return [`${key}.test`, dns ?? (site === undefined ? "nxdomain" : [addressOf(index)])];
  });
  const there = cases.map(({ key, second: other }, index): [string, unknown] => [
    `${key}.test`,
    other ?? here[index]?.[1],
  ]);
  const both: [string, unknown][] = [["right.test", [right]]];
  return { "127.0.0.53": Object.fromEntries([...here, ...both]), [second]: Object.fromEntries([...there, ...both]) };
}

export const targets: readonly ProbeConfigTarget[] = cases.map(({ key, target = {} }) => {
  return { key, group: "test", from: "internet", url: `https://${key}.test/`, ...target };
});
