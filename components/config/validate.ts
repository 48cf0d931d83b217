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
import { explain } from "./explain.ts";
import { type Mistake, type Path, pathText, quoted } from "./mistakes.ts";
import { salvage } from "./salvage.ts";
import { type Settings, settings as schema } from "./schema.ts";
import { placeholder } from "./stack-file.ts";
import { valueAt } from "./values.ts";

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
  const parsed = schema.safeParse(raw);
  const salvaged = parsed.success ? parsed.data : salvage(schema, raw);
  const mistakes = parsed.success ? [] : explain(parsed.error, raw, schema);
  const known = new Set(mistakes.map(({ path }) => pathText(path)));
  mistakes.push(...unusableKeys(raw, []).filter(({ path }) => !known.has(pathText(path))));
  if (salvaged !== undefined) {
    const input = { stack, settings: salvaged, readFile: careful(readFile) };
    mistakes.push(...checks.flatMap((check) => check(input)));
  }
  // A secret where none may stand is reported as that.
  const own = mistakes.filter(({ path }) => valueAt(raw, path) !== placeholder);
  return parsed.success && mistakes.length === 0 ? { ok: true, settings: parsed.data } : { ok: false, mistakes: own };
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
