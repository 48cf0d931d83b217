import type { Candidate } from "./choose.ts";
import { compareText, listed } from "./names.ts";
import { compatibleTags, platformTags } from "./tags.ts";
import { describeTarget } from "./target.ts";
import type { PythonTarget } from "./types.ts";
import type { WheelName } from "./wheel.ts";

/** Why none of a package's wheels fits, nearest reason first: the wrong Python, the wrong glibc, the wrong system. */
export function mismatchReason(candidates: readonly Candidate[], target: PythonTarget): string {
  const wheels = candidates.map((candidate) => candidate.wheel);
  const platforms = new Set([...platformTags(target), "any"]);
  const interpreters = new Set(compatibleTags(target).map(interpreterPart));
  const onPlatform = wheels.filter((wheel) => wheel.platforms.some((platform) => platforms.has(platform)));
  const onPython = wheels.filter((wheel) => interpretersOf(wheel).some((each) => interpreters.has(each)));
  const reasons = [
    ...(onPlatform.length > 0 ? [`for this platform it has wheels for ${pythonsOf(onPlatform)} only`] : []),
    ...(onPython.length > 0 ? [glibcReason(onPython, target) ?? platformReason(onPython)] : []),
  ];
  if (reasons.length === 0) {
    reasons.push(`it has wheels for ${pythonsOf(wheels)} on ${listed(platformsOf(wheels))} only`);
  }
  return `no wheel fits ${describeTarget(target)}: ${reasons.join("; ")}`;
}

function glibcReason(wheels: readonly WheelName[], target: PythonTarget): string | undefined {
  const needed = platformsOf(wheels).flatMap((platform) => {
    const match = /^manylinux_2_(\d+)_(.+)$/.exec(platform);
    return match?.[2] === target.arch ? [Number(match[1])] : [];
  });
  return needed.length === 0 ? undefined : `for this Python its wheels need glibc 2.${Math.min(...needed)} or newer`;
}

function platformReason(wheels: readonly WheelName[]): string {
  return `for this Python it has wheels for ${listed(platformsOf(wheels))} only`;
}

function pythonsOf(wheels: readonly WheelName[]): string {
  const names = wheels.flatMap((wheel) =>
    // cp310-cp310 is said once; abi3 and none matter because they decide which newer Pythons fit.
    interpretersOf(wheel).map((each) => each.replace(/^(\w+)-\1$/, "$1")),
  );
  return listed(names.sort(compareText));
}

function platformsOf(wheels: readonly WheelName[]): readonly string[] {
  return wheels.flatMap((wheel) => wheel.platforms).sort(compareText);
}

function interpretersOf(wheel: WheelName): readonly string[] {
  return wheel.pythons.flatMap((python) => wheel.abis.map((abi) => `${python}-${abi}`));
}

function interpreterPart(tag: string): string {
  return tag.split("-").slice(0, 2).join("-");
}
