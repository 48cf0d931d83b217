import { anyMarkerHolds, markerHolds, pythonAdmitted, type Selection } from "./applicability.ts";
import { listed, normalizeName, quoted, shown } from "./names.ts";
import { describeTarget } from "./target.ts";
import { asTable, asTables, asText, asTexts, fileNameOf, type Table } from "./toml.ts";
import type { LockEntry, LockProblem, LockReading, Outcome, PythonTarget, WheelEntry } from "./types.ts";
import { failure, success } from "./types.ts";

/** Where PEP 751 lets a package come from besides an index, and how to say so. */
const ORIGINS = new Map([
  ["vcs", "a version control repository"],
  ["directory", "a directory (for the project itself, export with --no-emit-project)"],
  ["archive", "an archive"],
]);

/** Reads a pylock.toml (PEP 751): the packages that the target wants, and everything that is wrong. */
export function readPylock(lock: Table, target: PythonTarget, extras: readonly string[]): LockReading {
  const problems: LockProblem[] = [];
  const selection = selectionOf(lock, target, extras, problems);
  checkHead(lock, selection, problems);
  const packages = asTables(lock.packages);
  if (!packages) problems.push({ message: "packages must be an array of tables ([[packages]])" });
  const entries: LockEntry[] = [];
  for (const [index, item] of (packages ?? []).entries()) {
    const name = asText(item.name);
    if (name === undefined) {
      problems.push({ message: `package ${index + 1} has no name` });
      continue;
    }
    const wanted = isWanted(item, selection);
    if (!wanted.ok) problems.push({ package: name, message: `${quoted(name)}: ${wanted.message}` });
    else if (wanted.value) addEntry(name, item, entries, problems);
  }
  return { entries, problems };
}

function selectionOf(lock: Table, target: PythonTarget, extras: readonly string[], problems: LockProblem[]): Selection {
  const wanted = new Set(extras.map(normalizeName));
  const offered = (asTexts(lock.extras) ?? []).map(normalizeName);
  for (const extra of wanted) {
    if (offered.includes(extra)) continue;
    const allowed = offered.length === 0 ? "it has none" : `it has ${listed(offered)}`;
    problems.push({ message: `the lock has no extra ${quoted(extra)}: ${allowed}` });
  }
  // PEP 751: default-groups are what an installer takes when nobody asks for groups.
  const groups = new Set((asTexts(lock["default-groups"]) ?? []).map(normalizeName));
  return { target, extras: wanted, groups };
}

function checkHead(lock: Table, selection: Selection, problems: LockProblem[]): void {
  const version = lock["lock-version"];
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    problems.push({ message: `lock-version must be "1.0", not ${shown(version)}` });
  }
  for (const key of ["extras", "dependency-groups", "default-groups", "environments"]) {
    if (!asTexts(lock[key])) problems.push({ message: `${key} must be an array of texts` });
  }
  const python = pythonAdmitted(lock["requires-python"], selection.target);
  if (!python.ok) problems.push({ message: python.message });
  else if (!python.value) {
    const needs = shown(lock["requires-python"]);
    problems.push({
      message: `the lock is for Python ${needs}, but the target is ${describeTarget(selection.target)}`,
    });
  }
  const environments = anyMarkerHolds(asTexts(lock.environments) ?? [], selection);
  if (!environments.ok) problems.push({ message: `environments: ${environments.message}` });
  else if (!environments.value) {
    problems.push({ message: `none of the lock's environments is ${describeTarget(selection.target)}` });
  }
}

/** The marker decides; `requires-python` of a wanted package must then admit the target, it does not skip it. */
function isWanted(item: Table, selection: Selection): Outcome<boolean> {
  const wanted = markerHolds(item.marker, selection);
  if (!wanted.ok || !wanted.value) return wanted;
  const admitted = pythonAdmitted(item["requires-python"], selection.target);
  if (!admitted.ok || admitted.value) return admitted;
  const needs = shown(item["requires-python"]);
  return failure(`it needs Python ${needs}, but the target is ${describeTarget(selection.target)}`);
}

function addEntry(name: string, item: Table, entries: LockEntry[], problems: LockProblem[]): void {
  const wheels = readWheels(item);
  if (!wheels.ok) {
    problems.push({ package: name, message: `${quoted(name)}: ${wheels.message}` });
    return;
  }
  const origins = [...ORIGINS].flatMap(([key, words]) => (item[key] === undefined ? [] : [words]));
  if (item.version !== undefined && typeof item.version !== "string") {
    problems.push({ package: name, message: `${quoted(name)}: its version must be text` });
    return;
  }
  entries.push({ name, version: item.version, wheels: wheels.value, origins });
}

function readWheels(item: Table): Outcome<readonly WheelEntry[]> {
  const tables = asTables(item.wheels);
  if (!tables) return failure("its wheels must be an array of tables");
  return success(
    tables.map((wheel) => ({
      filename: asText(wheel.name) ?? fileNameOf(asText(wheel.url) ?? asText(wheel.path) ?? ""),
      sha256: asText(asTable(wheel.hashes)?.sha256),
    })),
  );
}
