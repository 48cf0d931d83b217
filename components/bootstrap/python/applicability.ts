import { evaluateMarker } from "./markerEvaluate.ts";
import { parseMarker } from "./markerParse.ts";
import { quoted } from "./names.ts";
import { fullVersions, markerEnvironment } from "./target.ts";
import { failure, type Outcome, type PythonTarget, success } from "./types.ts";
import { satisfiesAll } from "./versions.ts";

/** What is asked of a lock: a target, and the extras and groups whose packages are wanted (normalized names). */
export interface Selection {
  readonly target: PythonTarget;
  readonly extras: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Whether a marker holds on the target. A missing marker holds. */
export function markerHolds(marker: unknown, selection: Selection): Outcome<boolean> {
  if (marker === undefined) return success(true);
  if (typeof marker !== "string") return failure("its marker must be text, such as \"sys_platform == 'linux'\"");
  const parsed = parseMarker(marker);
  if (!parsed.ok) return parsed;
  const { target, extras, groups } = selection;
  return agreed(target, `the marker ${quoted(marker)}`, (version) =>
    evaluateMarker(parsed.value, markerEnvironment(target, version, extras, groups)),
  );
}

/** Whether at least one of several markers holds; true when there are none. */
export function anyMarkerHolds(markers: readonly unknown[], selection: Selection): Outcome<boolean> {
  let holds = markers.length === 0;
  for (const marker of markers) {
    const result = markerHolds(marker, selection);
    if (!result.ok) return result;
    holds ||= result.value;
  }
  return success(holds);
}

/** Whether `requires-python` admits the target's Python. A missing one does. */
export function pythonAdmitted(specifiers: unknown, target: PythonTarget): Outcome<boolean> {
  if (specifiers === undefined) return success(true);
  if (typeof specifiers !== "string") return failure('requires-python must be text, such as ">=3.10"');
  return agreed(target, `requires-python ${quoted(specifiers)}`, (version) => {
    const result = satisfiesAll(version, specifiers);
    return result === undefined
      ? failure(`requires-python ${quoted(specifiers)} is not a version specifier such as ">=3.10"`)
      : success(result);
  });
}

/** The answer for all patch releases that the target may have; refuses to guess when they differ. */
function agreed(target: PythonTarget, what: string, decide: (version: string) => Outcome<boolean>): Outcome<boolean> {
  let first: { readonly version: string; readonly value: boolean } | undefined;
  for (const version of fullVersions(target)) {
    const result = decide(version);
    if (!result.ok) return result;
    first ??= { version, value: result.value };
    if (result.value !== first.value) {
      return failure(
        `${what} is not the same for Python ${first.version} and ${version}: ` +
          `give the target's Python with its patch release, such as "${version}", instead of "${target.python}"`,
      );
    }
  }
  return success(first?.value ?? false);
}
