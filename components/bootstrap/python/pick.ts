import { bestCandidate, type Candidate, type TagRanks, tagRanks } from "./choose.ts";
import { mismatchReason } from "./mismatch.ts";
import { compareText, isPackageName, listed, normalizeName, quoted } from "./names.ts";
import { compatibleTags } from "./tags.ts";
import type { LockEntry, LockedWheel, LockProblem, Outcome, PythonTarget, ReducedLock, WheelEntry } from "./types.ts";
import { failure, success } from "./types.ts";
import { isVersion, sameVersion } from "./versions.ts";
import { parseWheelName } from "./wheel.ts";

/** One wheel for each package, or what keeps it from being installed. */
export function pickWheels(entries: readonly LockEntry[], target: PythonTarget): ReducedLock {
  const ranks = tagRanks(compatibleTags(target));
  const wheels: LockedWheel[] = [];
  const problems: LockProblem[] = [...duplicates(entries)];
  for (const entry of entries) {
    const picked = pickWheel(entry, target, ranks);
    if (picked.ok) wheels.push(picked.value);
    else problems.push({ package: entry.name, message: picked.message });
  }
  wheels.sort((left, right) => compareText(left.name, right.name) || compareText(left.filename, right.filename));
  return { wheels, problems };
}

function pickWheel(entry: LockEntry, target: PythonTarget, ranks: TagRanks): Outcome<LockedWheel> {
  const name = normalizeName(entry.name);
  const label = quoted(entry.version === undefined ? entry.name : `${entry.name} ${entry.version}`);
  if (!isPackageName(entry.name)) return failure(`${quoted(entry.name)} is not a package name`);
  if (entry.version !== undefined && !isVersion(entry.version)) return failure(`${label}: this is not a version`);
  if (entry.origins.length > 0) {
    return failure(
      `${label} comes from ${listed(entry.origins)}; hosts only install wheels from an index: publish one`,
    );
  }
  if (entry.wheels.length === 0) {
    return failure(
      `${label} has no wheel, and hosts do not build from source: lock a version that has one ` +
        "(uv finds it with no-build = true under [tool.uv])",
    );
  }
  const candidates = readCandidates(entry.wheels);
  if (!candidates.ok) return failure(`${label}: ${candidates.message}`);
  const foreign = candidates.value.find(
    ({ wheel }) => wheel.name !== name || (entry.version !== undefined && !sameVersion(wheel.version, entry.version)),
  );
  if (foreign) return failure(`${label}: ${quoted(foreign.filename)} is a wheel of another package or version`);
  const best = bestCandidate(candidates.value, ranks);
  if (!best) return failure(`${label}: ${mismatchReason(candidates.value, target)}`);
  return checked(name, label, entry.version ?? best.wheel.version, best, candidates.value);
}

function checked(
  name: string,
  label: string,
  version: string,
  best: Candidate,
  candidates: readonly Candidate[],
): Outcome<LockedWheel> {
  const { filename, sha256 } = best;
  if (sha256 === undefined) {
    return failure(`${label}: ${quoted(filename)} has no sha256 hash; lock again with a tool that writes one`);
  }
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    return failure(`${label}: the sha256 of ${quoted(filename)} must be 64 hexadecimal digits, not ${quoted(sha256)}`);
  }
  if (candidates.some((other) => other.filename === filename && other.sha256 !== sha256)) {
    return failure(`${label}: ${quoted(filename)} is listed with two different hashes`);
  }
  return success({ name, version, filename, sha256 });
}

function readCandidates(wheels: readonly WheelEntry[]): Outcome<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const { filename, sha256 } of wheels) {
    if (filename === undefined) return failure("a wheel has no file name; it needs name, url or path");
    const wheel = parseWheelName(filename);
    if (!wheel) return failure(`${quoted(filename)} is not the file name of a wheel`);
    candidates.push({ filename, sha256: sha256?.toLowerCase(), wheel });
  }
  return success(candidates);
}

/** Two entries of one package cannot both be installed: their markers must exclude each other. */
function duplicates(entries: readonly LockEntry[]): readonly LockProblem[] {
  const byName = Map.groupBy(entries, (entry) => normalizeName(entry.name));
  return [...byName].flatMap(([name, group]) =>
    group.length < 2
      ? []
      : [
          {
            package: name,
            message:
              `${quoted(name)} is locked ${group.length} times for this target ` +
              `(${listed(group.map((entry) => entry.version ?? "no version"))}); lock again so that one is left`,
          },
        ],
  );
}
