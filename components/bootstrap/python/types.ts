/** The Python that will install the packages, as far as it decides which wheel fits. Source: the image's own facts. */
export interface PythonTarget {
  /**
   * CPython of the host, "3.12", or "3.12.3" where the patch release is known. Without it every patch release is
   * assumed possible, and a lock that tells them apart is a problem instead of a guess.
   */
  readonly python: string;
  readonly arch: "x86_64" | "aarch64";
  /** C library of the image; manylinux tags name the oldest glibc that a wheel runs on. */
  readonly libc: { readonly kind: "glibc"; readonly version: string };
}

/** One file that the host may install, and the only hash that it will accept. */
export interface LockedWheel {
  /** Normalized (PEP 503), for example "typing-extensions". */
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** What is wrong with the lock, what is allowed, and what to do. */
export interface LockProblem {
  readonly package?: string;
  readonly message: string;
}

export interface ReducedLock {
  /** Sorted by name. Complete only when `problems` is empty. */
  readonly wheels: readonly LockedWheel[];
  readonly problems: readonly LockProblem[];
}

/** A wheel as a lock names it, before anything was checked. */
export interface WheelEntry {
  readonly filename: string | undefined;
  readonly sha256: string | undefined;
}

/** A package that the lock wants on the target: markers and extras are already decided. */
export interface LockEntry {
  readonly name: string;
  /** PEP 751 may leave it out; the wheel's file name has it too. */
  readonly version: string | undefined;
  readonly wheels: readonly WheelEntry[];
  /** Where else the package comes from, in words ("a git repository"); empty for a package of an index. */
  readonly origins: readonly string[];
}

/** What both lock formats are read into. */
export interface LockReading {
  readonly entries: readonly LockEntry[];
  readonly problems: readonly LockProblem[];
}

/** A value, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failure(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
