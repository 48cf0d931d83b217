import { stringify } from "smol-toml";
import type { PythonIndex, PythonSettings } from "./settings.ts";

/** Host that pip must be told to trust: of a plain http index only, where pip else ignores the index (pip 23.2). */
export function trustedHost(index: PythonIndex): string | undefined {
  const url = new URL(index.url);
  return url.protocol === "http:" ? url.hostname : undefined;
}

/**
 * For `/etc/pip.conf` and the venv's own: the primary index and nothing beside it. Another index would be no fallback:
 * pip takes the highest version from any of them (pip issue 8606).
 *
 * timeout: seconds of silence, pip's own 15 are few for a mirror that fetches first. retries stays at pip's own 5.
 */
export function pipConf(python: PythonSettings): string {
  const [index] = python.indexes;
  if (index === undefined) throw new RangeError("no Python index");
  const host = trustedHost(index);
  const lines = [
    "[global]",
    `index-url = ${index.url}`,
    ...(host === undefined ? [] : [`trusted-host = ${host}`]),
    "timeout = 60",
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * For `/etc/uv/uv.toml`. uv would fetch Pythons of its own from GitHub, which stalls in the mainland: it takes the
 * system's, and says so when that does not fit.
 */
export function uvToml(python: PythonSettings): string {
  const [index] = python.indexes;
  if (index === undefined) throw new RangeError("no Python index");
  return `${stringify({ "python-downloads": "never", index: [{ url: index.url, default: true }] })}\n`;
}

/** For pip's --require-hashes: one line per package, sorted. */
export function requirements(python: PythonSettings): string {
  const lines = python.packages.map(({ name, version, sha256 }) => `${name}==${version} --hash=sha256:${sha256}\n`);
  return lines.sort().join("");
}
