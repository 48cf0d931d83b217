import { glibcMinor, pythonMinor } from "./target.ts";
import type { PythonTarget } from "./types.ts";

/** First glibc 2.N of each pre-PEP 600 tag (PEP 513, 571, 599). */
const LEGACY = new Map([
  [17, "manylinux2014"],
  [12, "manylinux2010"],
  [5, "manylinux1"],
]);

/**
 * Wheel tags that run on the target, best first: the order of `packaging.tags`, and so pip's.
 * Musl, Windows and macOS tags are never among them.
 */
export function compatibleTags(target: PythonTarget): readonly string[] {
  const minor = pythonMinor(target);
  const platforms = platformTags(target);
  const interpreter = `cp3${minor}`;
  const older = countdown(minor - 1, 2);
  const generic = [`py3${minor}`, "py3", ...countdown(minor - 1, 0).map((each) => `py3${each}`)];
  return [
    ...platforms.map((platform) => `${interpreter}-${interpreter}-${platform}`),
    ...platforms.map((platform) => `${interpreter}-abi3-${platform}`),
    ...platforms.map((platform) => `${interpreter}-none-${platform}`),
    ...older.flatMap((each) => platforms.map((platform) => `cp3${each}-abi3-${platform}`)),
    ...generic.flatMap((each) => platforms.map((platform) => `${each}-none-${platform}`)),
    `${interpreter}-none-any`,
    ...generic.map((each) => `${each}-none-any`),
  ];
}

/** `manylinux_2_39_x86_64` down to the oldest that the architecture ever had, then plain `linux_x86_64`. */
export function platformTags(target: PythonTarget): readonly string[] {
  const { arch } = target;
  const oldest = arch === "x86_64" ? 5 : 17;
  const manylinux = countdown(glibcMinor(target), oldest).flatMap((minor) => {
    const legacy = LEGACY.get(minor);
    const current = `manylinux_2_${minor}_${arch}`;
    return legacy === undefined ? [current] : [current, `${legacy}_${arch}`];
  });
  return [...manylinux, `linux_${arch}`];
}

function countdown(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index);
}
