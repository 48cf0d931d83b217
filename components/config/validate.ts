import type { ReadProjectFile } from "../software/python.ts";
import type { Check } from "./checks/check.ts";
import { checkContainers } from "./checks/containers.ts";
import { checkGroups, checkMachines } from "./checks/hosts.ts";
import { checkKeys, checkTags } from "./checks/labels.ts";
import { checkExisting, checkRanges } from "./checks/network.ts";
import { checkPay } from "./checks/pay.ts";
import { checkPlace } from "./checks/place.ts";
import { checkRules } from "./checks/rules.ts";
import { checkSoftware } from "./checks/software.ts";
import { checkTimeSeries } from "./checks/time-series.ts";
import { type Explained, explain } from "./explain.ts";
import { type Mistake, type Path, pathText, quoted } from "./mistakes.ts";
import { salvage } from "./salvage.ts";
import { type Settings, settings as schema } from "./schema.ts";
import { placeholder } from "./stack-file.ts";
import { inKeyOrder, isMap, valueAt } from "./values.ts";

const checks: readonly Check[] = [
  checkPlace,
  checkRanges,
  checkExisting,
  checkRules,
  checkMachines,
  checkGroups,
  checkPay,
  checkTags,
  checkKeys,
  checkSoftware,
  checkTimeSeries,
  checkContainers,
];

export type Validated =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Checks the settings of a stack. All mistakes at once: where a part does not fit the schema, the checks that look at
 * several parts still run on the rest.
 *
 * @param raw settings without the project's prefix; undefined when the file could not be read, which is a mistake of its own
 * @param stack name of the stack, part of physical names
 * @param readFile reads files that settings name (locks, keys)
 */
export function validate(raw: unknown, stack: string, readFile: ReadProjectFile): Validated {
  if (raw === undefined) return { ok: false, mistakes: [] };
  const visible = inKeyOrder(withoutStraySecrets(raw, []));
  const parsed = schema.safeParse(visible);
  const form = [...(parsed.success ? [] : explain(parsed.error, visible, schema)), ...unusableKeys(raw, [])];
  const salvaged = parsed.success ? parsed.data : salvage(schema, visible);
  const input = salvaged && { stack, settings: salvaged, readFile: careful(readFile) };
  const together = input === undefined ? [] : checks.flatMap((check) => check(input));
  const mistakes = withoutFollowing(form, together)
    // A secret where none may stand is reported as that.
    .filter(({ path }) => !isStraySecret(valueAt(raw, path), path));
  return parsed.success && mistakes.length === 0 ? { ok: true, settings: parsed.data } : { ok: false, mistakes };
}

/**
 * One slip of the pen is one mistake: a misspelt key is not also missing, and what has the wrong form is not also wrong
 * in another way.
 */
function withoutFollowing(form: readonly Explained[], together: readonly Mistake[]): Mistake[] {
  const meant = new Set(form.flatMap((mistake) => (mistake.meant === undefined ? [] : [pathText(mistake.meant)])));
  const reported = new Set<string>();
  const isNew = ({ path, found }: Mistake) => found !== undefined || !meant.has(pathText(path));
  const own = form.filter((mistake) => {
    const at = pathText(mistake.path);
    if (!isNew(mistake) || reported.has(at)) return false;
    reported.add(at);
    return true;
  });
  const rest = together
    .filter(isNew)
    .filter(({ path }) => !path.some((_, i) => reported.has(pathText(path.slice(0, i + 1)))));
  return [...own.map(({ meant: _, ...mistake }) => mistake), ...rest];
}

function isStraySecret(value: unknown, path: Path): boolean {
  return value === placeholder && path[0] !== "secrets";
}

function withoutStraySecrets(value: unknown, path: Path): unknown {
  if (isStraySecret(value, path)) return undefined;
  if (Array.isArray(value)) return value.map((inner, i) => withoutStraySecrets(inner, [...path, i]));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutStraySecrets(inner, [...path, key])]),
  );
}

/** Keys that maps of free names would drop without a word: zod leaves `__proto__` out. */
function unusableKeys(value: unknown, path: Path): Mistake[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return key === "__proto__"
      ? [{ path: at, found: quoted(key), wanted: "another name: no setting can have this one", fix: "rename it" }]
      : unusableKeys(inner, at);
  });
}

/** A name that no file system takes, or a file that may not be read, is a file that is not there. */
function careful(readFile: ReadProjectFile): ReadProjectFile {
  return (path) => {
    try {
      return readFile(path);
    } catch {
      return undefined;
    }
  };
}
