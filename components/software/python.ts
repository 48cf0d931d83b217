import { basename } from "node:path";
import type { PublicImage } from "../../catalog/images.ts";
import { addressOf, withFallbacks } from "../../catalog/sources.ts";
import { reduceLock } from "../bootstrap/python/lock.ts";
import type { LockedWheel, PythonTarget, ReducedLock } from "../bootstrap/python/types.ts";
import type { PythonIndex } from "../bootstrap/settings.ts";
import type { Mistake, Path } from "../config/mistakes.ts";
import type { HostGroupSettings, Mirrors } from "../config/schema.ts";

/** Reads a file of the project by its path from the top; undefined when there is none. */
export type ReadProjectFile = (path: string) => string | undefined;

/** Packages without which an SDK is not there, by generation (PyPI, 2026-11). */
export const sdkPackages = {
  v2: ["alibabacloud-credentials", "alibabacloud-ecs20140526"],
  v1: ["aliyun-python-sdk-core", "aliyun-python-sdk-ecs", "aliyun-python-sdk-rds"],
} as const;

/** Locks that come with the project, for groups that want the SDK and name no lock of their own. */
const sdkLocks = { v2: "python/pylock.sdk-v2.toml", v1: "python/pylock.sdk-v1.toml" } as const;

/** The wheels of a group, one per package with one hash, for the Python, architecture and C library of its image. */
export function wheelsOf(
  software: HostGroupSettings["software"],
  image: PublicImage,
  path: Path,
  readFile: ReadProjectFile,
): { readonly wheels: readonly LockedWheel[]; readonly mistakes: readonly Mistake[] } {
  const at = [...path, "software", "python"];
  const wanted = software.sdk === "both" ? (["v2", "v1"] as const) : software.sdk === "none" ? [] : [software.sdk];
  if (software.python === undefined && software.sdk === "both") {
    return mistake(
      at,
      "a lock that holds both generations of the SDK",
      "make one lock of both (python/README.md) and name it here",
    );
  }
  const file = software.python ?? (wanted[0] === undefined ? undefined : sdkLocks[wanted[0]]);
  if (file === undefined) return { wheels: [], mistakes: [] };
  const text = readFile(file);
  if (text === undefined) {
    return mistake(
      at,
      "a lock file in the project: pylock.toml or uv.lock",
      "give its path from the top of the project",
      file,
    );
  }
  const { version } = image.family.python;
  const target = {
    python: version,
    arch: image.architecture === "arm64" ? ("aarch64" as const) : ("x86_64" as const),
    libc: { kind: "glibc" as const, version: image.family.glibc },
  };
  const { wheels, problems } = reduced(file, text, target);
  const lacking = wanted.flatMap((sdk) =>
    sdkPackages[sdk].filter((name) => !wheels.some((wheel) => wheel.name === name)),
  );
  const mistakes = problems.map((problem): Mistake => ({ path: at, found: file, wanted: problem.message }));
  if (problems.length === 0 && lacking.length > 0) {
    mistakes.push({
      path: at,
      found: file,
      wanted: `a lock with the SDK that software.sdk asks for; it lacks ${lacking.join(", ")}`,
      fix: "add them and lock again (python/README.md), or write sdk: none",
    });
  }
  if (problems.length === 0 && software.uv && !wheels.some((wheel) => wheel.name === "uv")) {
    mistakes.push({
      path: [...path, "software", "uv"],
      found: "true",
      wanted: `uv in ${file}: it is installed from there like everything else`,
      fix: "add uv and lock again, or write uv: false",
    });
  }
  return { wheels, mistakes };
}

const reductions = new Map<string, { readonly text: string; readonly lock: ReducedLock }>();

/** The lock reduced once per target: a command asks for the same one for each group, and again to check and to declare it. */
function reduced(file: string, text: string, target: PythonTarget): ReducedLock {
  const key = JSON.stringify([file, target]);
  const known = reductions.get(key);
  if (known?.text === text) return known.lock;
  const lock = reduceLock(text, basename(file), target);
  reductions.set(key, { text, lock });
  return lock;
}

function mistake(path: Path, wanted: string, fix: string, found?: string) {
  return { wheels: [], mistakes: [{ path, wanted, fix, ...(found === undefined ? {} : { found }) }] };
}

/** Indexes in the order in which they are tried, each whole. Fallbacks stand on the internet: only with a way there. */
export function indexesOf(mirrors: Pick<Mirrors, "pypi">, region: string, internet: boolean): readonly PythonIndex[] {
  if (mirrors.pypi !== "vpc" && mirrors.pypi !== "public") return [{ url: mirrors.pypi }];
  const first = addressOf("pypi-aliyun", mirrors.pypi === "vpc" ? "vpc" : "internet", region);
  const rest = internet
    ? withFallbacks("pypi-aliyun")
        .slice(1)
        .map((s) => addressOf(s.key, "internet", region))
    : [];
  return [first, ...rest].filter((url) => url !== undefined).map((url) => ({ url }));
}
