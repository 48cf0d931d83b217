import { compareText } from "./names.ts";
import type { LockedWheel } from "./types.ts";

/**
 * A requirements file for `pip install --require-hashes --no-deps --only-binary :all: -r`: one line per package with
 * one hash, sorted by name. The same wheels always give the same bytes, because user data that changes replaces hosts.
 */
export function requirementsText(wheels: readonly Pick<LockedWheel, "name" | "version" | "sha256">[]): string {
  return [...wheels]
    .sort((left, right) => compareText(left.name, right.name))
    .map(({ name, version, sha256 }) => `${name}==${version} --hash=sha256:${sha256}\n`)
    .join("");
}
