import { anyMarkerHolds, markerHolds, type Selection } from "./applicability.ts";
import { listed, quoted } from "./names.ts";
import type { LockProblem, Outcome } from "./types.ts";
import { failure, success } from "./types.ts";
import type { UvDependency, UvPackage } from "./uvPackage.ts";

interface Reached {
  readonly packages: readonly UvPackage[];
  readonly problems: readonly LockProblem[];
}

/** Everything that the root needs on the target, the root included, each package once, in the order of discovery. */
export function reachable(
  packages: readonly UvPackage[],
  root: UvPackage,
  extras: ReadonlySet<string>,
  selection: Selection,
): Reached {
  const byName = Map.groupBy(packages, (item) => item.name);
  const seen = new Map<UvPackage, Set<string>>();
  const problems: LockProblem[] = [];
  // A list, not recursion: a lock may be as deep as it likes. The empty text stands for "without any extra".
  const open: (readonly [UvPackage, string])[] = ["", ...extras].map((extra) => [root, extra]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [item, extra] = next;
    const done = seen.get(item) ?? new Set();
    if (done.has(extra)) continue;
    seen.set(item, done.add(extra));
    for (const dependency of extra === "" ? item.dependencies : (item.extras.get(extra) ?? [])) {
      const followed = follow(dependency, byName.get(dependency.name) ?? [], selection);
      if (!followed.ok) problems.push({ package: item.name, message: `${quoted(item.name)}: ${followed.message}` });
      else if (followed.value) {
        const found = followed.value;
        open.push(...["", ...dependency.extras].map((each) => [found, each] as const));
      }
    }
  }
  return { packages: [...seen.keys()], problems };
}

/** The package that a dependency means on the target; undefined when its marker excludes it. */
function follow(
  dependency: UvDependency,
  named: readonly UvPackage[],
  selection: Selection,
): Outcome<UvPackage | undefined> {
  const wanted = markerHolds(dependency.marker, selection);
  if (!wanted.ok) return wanted;
  if (!wanted.value) return success(undefined);
  const matching: UvPackage[] = [];
  for (const item of named) {
    if (!isMeant(dependency, item)) continue;
    const applies = anyMarkerHolds(item.resolutionMarkers, selection);
    if (!applies.ok) return failure(`resolution-markers of ${quoted(item.name)}: ${applies.message}`);
    if (applies.value) matching.push(item);
  }
  const [only] = matching;
  if (only && matching.length === 1) return success(only);
  const what = quoted(dependency.version === undefined ? dependency.name : `${dependency.name} ${dependency.version}`);
  return failure(
    only
      ? `it needs ${what}, which is locked as ${listed(matching.map((item) => item.version ?? "?"))}; run uv lock again`
      : `it needs ${what}, which the lock does not have for this target; run uv lock again`,
  );
}

function isMeant(dependency: UvDependency, item: UvPackage): boolean {
  if (dependency.version !== undefined && dependency.version !== item.version) return false;
  const { source } = dependency;
  return source === undefined || Object.entries(source).every(([key, value]) => item.source[key] === value);
}
