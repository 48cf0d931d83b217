import { normalizeName } from "./names.ts";
import { isVersion } from "./versions.ts";

/** The parts of a wheel's file name (PEP 427). */
export interface WheelName {
  /** Normalized. */
  readonly name: string;
  readonly version: string;
  /** Number and rest of the build tag; absent for most wheels. */
  readonly build?: readonly [number, string];
  /** Tag sets, for example ["cp312"], ["cp312"], ["manylinux2014_x86_64", "manylinux_2_17_x86_64"]. */
  readonly pythons: readonly string[];
  readonly abis: readonly string[];
  readonly platforms: readonly string[];
}

/** File systems allow 255 bytes; the bound also limits how many tags a name can stand for. */
const MAX_LENGTH = 255;

/** Splits the file name of a wheel, or gives undefined when it is not one. */
export function parseWheelName(filename: string): WheelName | undefined {
  if (filename.length > MAX_LENGTH || !/^[\w.!+-]+\.whl$/.test(filename)) return undefined;
  const parts = filename.slice(0, -".whl".length).split("-");
  const [name, version] = parts;
  const [pythons, abis, platforms] = parts.slice(-3).map((part) => part.toLowerCase().split("."));
  if (!name || !version || !pythons || !abis || !platforms || !isVersion(version)) return undefined;
  const tags = { name: normalizeName(name), version, pythons, abis, platforms };
  if (parts.length === 5) return tags;
  const build = /^(\d+)(.*)$/.exec(parts[2] ?? "");
  return parts.length === 6 && build ? { ...tags, build: [Number(build[1]), build[2] ?? ""] } : undefined;
}

/** Every single tag of a wheel, for example cp312-cp312-manylinux_2_17_x86_64. */
export function wheelTags(wheel: WheelName): readonly string[] {
  return wheel.pythons.flatMap((python) =>
    wheel.abis.flatMap((abi) => wheel.platforms.map((platform) => `${python}-${abi}-${platform}`)),
  );
}
