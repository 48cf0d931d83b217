import type { Address } from "./addresses.ts";
import { withoutComment } from "./comments.ts";
import { isInsideVpc } from "./reach.ts";

/** What lets somebody on the way change what a host installs. */
export type Tampering =
  | "packages over plain http from outside the VPC"
  | "signed packages over plain http from outside the VPC"
  | "a download over plain http from outside the VPC"
  | "a trusted host outside the VPC"
  | "a registry whose certificate is not checked";

/** Packages of these are signed by themselves: a stranger can hold them back and change nothing. */
const signed =
  /\bdeb(?:-src)?\s+(?:\[[^\]]{0,200}\]\s*)?http:|\bURIs:|\b(?:baseurl|mirrorlist|metalink)\s*=|^\s*-?\s*uri:/;

const packages =
  /index|find-links|\bpip3?\b|\buv\b|registry|mirror|GOPROXY|\bnpm\b|\byarn\b|conda|channel|crates|cargo|maven|<url>|docker|HF_ENDPOINT|repositor/i;

/** An address and nothing else: an element of a list, a file to include. */
const alone = /^[\s"',-]*http:\/\/[^\s"']+[\s"',]*$/;

export function tamperingOf(line: string, addresses: readonly Address[]): readonly Tampering[] {
  return [...plainHttp(line, addresses), ...trustedHosts(line), ...unchecked(line)];
}

function* plainHttp(line: string, addresses: readonly Address[]): Generator<Tampering> {
  if (!addresses.some(({ scheme, host }) => scheme === "http" && !isInsideVpc(host))) return;
  if (signed.test(line)) yield "signed packages over plain http from outside the VPC";
  else if (packages.test(line) || alone.test(line)) yield "packages over plain http from outside the VPC";
  else if (/\b(?:curl|wget)\b/.test(line)) yield "a download over plain http from outside the VPC";
}

/** Words of pip and uv for a host that needs no certificate: an option, a variable, a key of a file. */
const trust =
  /(--)?(?:trusted|allow-insecure|insecure)([-_])host["']?(\s{0,20}[=:]\s{0,20}|\s{1,20})(?=([^;|&]{0,500}))/gi;

function* trustedHosts(line: string): Generator<Tampering> {
  if (!/(?:trusted|insecure)[-_]host/i.test(line)) return;
  for (const [, option, joint, separator = "", rest = ""] of withoutComment(line).matchAll(trust)) {
    const quoted = /^(["'])([^"']*)\1/.exec(rest)?.[2];
    const words = (quoted ?? rest).split(/[\s"',[\]]+/).filter((word) => word !== "");
    // A key of a file has all words of its line; anything else has what is quoted, or one word.
    const isKey = option === undefined && joint === "-" && separator.trim() !== "";
    const own = isKey || quoted !== undefined ? words : words.slice(0, 1);
    if (own.some(isOutside)) yield "a trusted host outside the VPC";
  }
}

/** Whether a word of a list of trusted hosts is one outside the VPC; a variable is no word of these. */
export function isOutside(word: string): boolean {
  const host = word
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/:\d+\/?$|\/$/, "");
  return /^[a-z0-9][a-z0-9.-]*$/.test(host) && !isInsideVpc(host);
}

function* unchecked(line: string): Generator<Tampering> {
  if (/^\s*(?:skip_verify|insecure_skip_verify|insecure)\s*=\s*true\b/.test(line))
    yield "a registry whose certificate is not checked";
}
