import { withoutComment } from "./comments.ts";
import { type BadHost, badHost } from "./overseas.ts";

/** A host that a line names. */
export interface Address {
  /** "https", or "" for a host that stands there without one. */
  readonly scheme: string;
  /** In small letters, without port. */
  readonly host: string;
  /** What speaks against it, whatever the settings say. */
  readonly bad?: BadHost;
}

/**
 * Addresses with a scheme, and hosts without one that are known to be bad and stand where a host is used: with a path, as a
 * whole value, behind an option. A bare name in a sentence is none.
 */
export function addressesOf(line: string): readonly Address[] {
  if (!line.includes(".") && !line.includes("://")) return [];
  const bare = withoutNames(withoutComment(line));
  return [...withScheme(bare), ...withoutScheme(bare)];
}

/** Names of XML namespaces and schemas look like addresses and are never fetched; neither is where a unit is documented. */
function withoutNames(line: string): string {
  if (/^\s*Documentation\s*=/.test(line)) return "";
  return line
    .replace(
      /(?:\bxmlns(?::[\w.-]{1,40})?|\bschemaLocation|\bnoNamespaceSchemaLocation|"\$schema")\s*[=:]\s*(["'])[^"']*\1/g,
      "",
    )
    .replace(/<!DOCTYPE[^>]*>?/gi, "");
}

const namesOnly =
  /^(?:(?:www\.w3|json-schema)\.org|schemas\.[a-z0-9.-]+|xmlns\.[a-z0-9.-]+)(?:\/|$)|^maven\.apache\.org\/(?:xsd|pom|settings)\b|^www\.(?:apache|gnu)\.org\/licenses\b/;

/** These name a bucket, a file or a socket, and no host. */
const noHosts = new Set(["file", "unix", "npipe", "fd", "oss", "s3", "gs", "jar", "data"]);

// A host that goes on with a variable is left alone: ${region}, $1, {{ host }}, %s.
const url =
  /([a-z0-9+.-]{1,20}):\/\/(?:[^\s/?#"'<>@\\]{0,200}@)?(\[[0-9a-f:.]{2,45}\]|[a-z0-9][a-z0-9._-]{0,252})(?![a-z0-9._${}%<*-])(?::\d{1,5})?(\/[^\s"'<>`)\\|;,]{0,300})?/gi;

function* withScheme(line: string): Generator<Address> {
  if (!line.includes("://")) return;
  for (const [, written = "", name = "", path = ""] of line.matchAll(url)) {
    const scheme = written.toLowerCase().replace(/^.*[+.-]/, "");
    const host = name.toLowerCase().replace(/\.$/, "");
    const hostAndPath = `${host}${path.toLowerCase()}`;
    // Images are looked at as such.
    if (noHosts.has(scheme) || namesOnly.test(hostAndPath) || scheme === "docker" || scheme === "oci") continue;
    const bad = badHost(hostAndPath);
    yield { scheme, host, ...(bad === undefined ? {} : { bad }) };
  }
}

const hostName =
  /(?<![\w.@/:$%{}~+-])((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})(?![\w-]|\.\w)(?::\d{1,5})?(\/[^\s"'<>`)\\|;,]{1,300})?/gi;

function* withoutScheme(line: string): Generator<Address> {
  for (const match of line.matchAll(hostName)) {
    const [text, name = "", path = ""] = match;
    const host = name.toLowerCase();
    const bad = badHost(`${host}${path}`);
    if (bad === undefined || bad.onlyWithScheme || (bad.registry && path !== "")) continue;
    const before = line.slice(Math.max(0, match.index - 200), match.index);
    if (path !== "" || isUsed(before, line.slice(match.index + text.length))) yield { scheme: "", host, bad };
  }
}

/** Whether a bare host stands where one is used, by what is written around it. */
function isUsed(before: string, after: string): boolean {
  const quote = /["']$/.exec(before)?.[0];
  if (quote !== undefined && after.startsWith(quote)) return true;
  const ends = /^\s*(?:[,;\])}]|$)/.test(after);
  if (ends && /(?:[\w"'\])]\s*[=:]|^\s*-)\s*$/.test(before)) return true;
  if (/(?:^|\s)--?[a-z][\w-]{0,40}[=\s]["']?$/i.test(before)) return true;
  return /\b(?:curl|wget|(?:docker|podman|nerdctl)\s+login)\s[^;|&]*$/.test(before);
}
