import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PythonTarget } from "../../../components/bootstrap/python/types.ts";

/** A target as oracle.py takes it. */
export interface PlainTarget {
  readonly python: string;
  readonly arch: PythonTarget["arch"];
  readonly glibc: string;
}

export function target(python: string, arch: PythonTarget["arch"] = "x86_64", glibc = "2.39"): PythonTarget {
  return { python, arch, libc: { kind: "glibc", version: glibc } };
}

export function fromPlain(plain: PlainTarget): PythonTarget {
  return target(plain.python, plain.arch, plain.glibc);
}

export function readHere(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

/** The lock that hosts are installed from. */
export function committedLock(): string {
  return readHere("../../../python/pylock.toml");
}

export interface Questions {
  readonly tags?: readonly PlainTarget[];
  readonly best?: readonly { readonly target: PlainTarget; readonly files: readonly string[] }[];
  readonly markers?: readonly { readonly marker: string; readonly environment: Readonly<Record<string, string>> }[];
  readonly lockMarkers?: readonly {
    readonly marker: string;
    readonly sets: Readonly<Record<"extras" | "dependency_groups", readonly string[]>>;
  }[];
}

export interface Answers {
  readonly version: string;
  readonly tags: readonly (readonly string[])[];
  readonly best: readonly (string | null)[];
  readonly markers: readonly (boolean | "error")[];
  readonly lockMarkers: readonly (boolean | "error" | null)[];
}

/** Asks the real packaging library, in one process. Fails, never skips: without the oracle nothing was checked. */
export function askPackaging(questions: Questions): Answers {
  const script = fileURLToPath(new URL("oracle.py", import.meta.url));
  const run = spawnSync("/usr/bin/python3", [script], {
    input: JSON.stringify(questions),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 60_000,
  });
  if (run.error || run.status !== 0) {
    const why = run.error?.message ?? run.stderr;
    throw new Error(
      `these tests ask Python's packaging library: install python3 and python3-pip (Debian names). ${why}`,
    );
  }
  return JSON.parse(run.stdout) as Answers;
}

/** A wheel table for a pylock.toml; the hash is made of one digit. */
export function wheelToml(filename: string, digit = "a"): string {
  return `{ name = "${filename}", hashes = { sha256 = "${digit.repeat(64)}" } }`;
}

/** A pylock.toml with a valid head. */
export function pylock(packages: string, head = ""): string {
  return `lock-version = "1.0"\ncreated-by = "test"\n${head}\n${packages}\n`;
}

/** A `[[packages]]` with one universal wheel. */
export function packageToml(name: string, version: string, more = ""): string {
  const wheel = wheelToml(`${name.replaceAll("-", "_")}-${version}-py3-none-any.whl`);
  return `[[packages]]\nname = "${name}"\nversion = "${version}"\n${more}\nwheels = [${wheel}]\n`;
}
