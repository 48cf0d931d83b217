import type { MarkerEnvironment } from "./markerEvaluate.ts";
import type { PythonTarget } from "./types.ts";

/** CPython has not gone beyond 3.x.25 since 3.0; one more decade of patch releases does no harm. */
const PATCH_RELEASES = 40;

const PYTHON = /^3\.(\d{1,2})(?:\.(\d{1,3}))?$/;
const GLIBC = /^2\.(\d{1,2})$/;

/** Why the target itself cannot be worked with, or undefined when it can. */
export function targetProblem(target: PythonTarget): string | undefined {
  if (!PYTHON.test(target.python)) {
    return `the target's Python must be written as "3.12" or "3.12.3", not ${JSON.stringify(target.python)}`;
  }
  if (target.arch !== "x86_64" && target.arch !== "aarch64") {
    return `the target's architecture must be x86_64 or aarch64, not ${JSON.stringify(target.arch)}`;
  }
  if (target.libc?.kind !== "glibc" || !GLIBC.test(target.libc.version)) {
    return `the target's C library must be glibc with a version such as "2.39", not ${JSON.stringify(target.libc)}`;
  }
  return undefined;
}

export function describeTarget(target: PythonTarget): string {
  return `Python ${target.python} on ${target.arch} with glibc ${target.libc.version}`;
}

/** The N of Python 3.N. Only for a target without `targetProblem`. */
export function pythonMinor(target: PythonTarget): number {
  return Number(PYTHON.exec(target.python)?.[1]);
}

/** The N of glibc 2.N. Only for a target without `targetProblem`. */
export function glibcMinor(target: PythonTarget): number {
  return Number(GLIBC.exec(target.libc.version)?.[1]);
}

/** Every full version ("3.12.3") that the host's Python may have: one when the patch release is known. */
export function fullVersions(target: PythonTarget): readonly string[] {
  const match = PYTHON.exec(target.python);
  const minor = `3.${match?.[1]}`;
  if (match?.[2] !== undefined) return [`${minor}.${match[2]}`];
  return Array.from({ length: PATCH_RELEASES }, (_, patch) => `${minor}.${patch}`);
}

/**
 * PEP 508 environment of a host. `platform_release` and `platform_version` are left out on purpose: they name the
 * running kernel, which nobody knows at plan time, so a marker that asks for them is reported.
 */
export function markerEnvironment(
  target: PythonTarget,
  fullVersion: string,
  extras: ReadonlySet<string>,
  groups: ReadonlySet<string>,
): MarkerEnvironment {
  return {
    values: {
      implementation_name: "cpython",
      implementation_version: fullVersion,
      os_name: "posix",
      platform_machine: target.arch,
      platform_python_implementation: "CPython",
      platform_system: "Linux",
      python_full_version: fullVersion,
      python_version: `3.${pythonMinor(target)}`,
      sys_platform: "linux",
    },
    extras,
    groups,
  };
}
