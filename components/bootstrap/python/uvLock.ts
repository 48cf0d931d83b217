import { anyMarkerHolds, pythonAdmitted, type Selection } from "./applicability.ts";
import { listed, normalizeName, quoted, shown } from "./names.ts";
import { describeTarget } from "./target.ts";
import { asTables, asText, asTexts, fileNameOf, type Table } from "./toml.ts";
import type { LockEntry, LockProblem, LockReading, Outcome, PythonTarget } from "./types.ts";
import { failure, success } from "./types.ts";
import { reachable } from "./uvGraph.ts";
import { readUvPackages, type UvPackage } from "./uvPackage.ts";

/** Sources that are not an index, and how to say so. */
const ORIGINS = new Map([
  ["git", "a git repository"],
  ["url", "an address outside an index"],
  ["path", "a file"],
  ["directory", "a directory"],
  ["editable", "a directory"],
]);

/** Reads a uv.lock: what the root package needs on the target, without its dependency groups (dev). */
export function readUvLock(lock: Table, target: PythonTarget, extras: readonly string[]): LockReading {
  const problems: LockProblem[] = [];
  const packages = readUvPackages(lock.package);
  if (!packages.ok) return { entries: [], problems: [{ message: packages.message }] };
  const root = findRoot(packages.value);
  if (!root.ok) return { entries: [], problems: [{ message: root.message }] };
  const wanted = new Set(extras.map(normalizeName));
  checkExtras(root.value, wanted, problems);
  const selection = { target, extras: withConflictNames(root.value.name, wanted), groups: new Set<string>() };
  checkHead(lock, selection, problems);
  const found = reachable(packages.value, root.value, wanted, selection);
  const entries = found.packages.flatMap((item) => entryOf(item, root.value));
  return { entries, problems: [...problems, ...found.problems] };
}

/** The project that was locked: uv writes its folder, ".", as the source. */
function findRoot(packages: readonly UvPackage[]): Outcome<UvPackage> {
  const roots = packages.filter(({ source }) => source.virtual === "." || source.editable === ".");
  const [root] = roots;
  if (root && roots.length === 1) return success(root);
  return failure(
    'the lock must have one package whose source is { virtual = "." } or { editable = "." }, the project itself, ' +
      `not ${roots.length}; lock a project (pyproject.toml), not a script or a bare workspace`,
  );
}

function checkExtras(root: UvPackage, wanted: ReadonlySet<string>, problems: LockProblem[]): void {
  for (const extra of wanted) {
    if (root.extras.has(extra) || root.provides.includes(extra)) continue;
    const offered = new Set([...root.extras.keys(), ...root.provides]);
    const allowed = offered.size === 0 ? "it has none" : `it has ${listed(offered)}`;
    problems.push({ message: `the project ${quoted(root.name)} has no extra ${quoted(extra)}: ${allowed}` });
  }
}

/** Where extras exclude each other, uv writes markers such as `extra == 'extra-3-app-gpu'` (3: length of "app"). */
function withConflictNames(root: string, extras: ReadonlySet<string>): ReadonlySet<string> {
  const encoded = [...extras].map((extra) => `extra-${root.length}-${root}-${extra}`);
  return new Set([...extras, ...encoded, `project-${root.length}-${root}`]);
}

function checkHead(lock: Table, selection: Selection, problems: LockProblem[]): void {
  if (lock.version !== 1) {
    problems.push({ message: `the version of a uv.lock must be 1, not ${shown(lock.version)}` });
  }
  const python = pythonAdmitted(lock["requires-python"], selection.target);
  if (!python.ok) problems.push({ message: python.message });
  else if (!python.value) {
    const needs = shown(lock["requires-python"]);
    problems.push({
      message: `the lock is for Python ${needs}, but the target is ${describeTarget(selection.target)}`,
    });
  }
  const supported = asTexts(lock["supported-markers"]);
  if (!supported) problems.push({ message: "supported-markers must be an array of texts" });
  const holds = anyMarkerHolds(supported ?? [], selection);
  if (!holds.ok) problems.push({ message: `supported-markers: ${holds.message}` });
  else if (!holds.value) {
    problems.push({ message: `none of the lock's supported-markers is ${describeTarget(selection.target)}` });
  }
}

/** The root and virtual packages are never installed, only what they need. */
function entryOf(item: UvPackage, root: UvPackage): readonly LockEntry[] {
  if (item === root || item.source.virtual !== undefined) return [];
  const wheels = asTables(item.table.wheels) ?? [];
  return [
    {
      name: item.name,
      version: item.version,
      origins: Object.keys(item.source).flatMap((key) => (ORIGINS.has(key) ? [ORIGINS.get(key) ?? key] : [])),
      wheels: wheels.map((wheel) => ({
        filename: fileNameOf(asText(wheel.url) ?? asText(wheel.path) ?? asText(wheel.filename) ?? ""),
        sha256: /^sha256:(.*)$/.exec(asText(wheel.hash) ?? "")?.[1],
      })),
    },
  ];
}
