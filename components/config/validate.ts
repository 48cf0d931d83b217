import type { ReadProjectFile } from "../software/python.ts";
import type { Check } from "./checks/check.ts";
import { checkContainers } from "./checks/containers.ts";
import { checkGroups, checkMachines } from "./checks/hosts.ts";
import { checkKeys, checkTags } from "./checks/labels.ts";
import { checkExisting, checkRanges, checkRules } from "./checks/network.ts";
import { checkPay } from "./checks/pay.ts";
import { checkPlace } from "./checks/place.ts";
import { checkSoftware } from "./checks/software.ts";
import { checkTimeSeries } from "./checks/time-series.ts";
import { explain } from "./explain.ts";
import type { Mistake } from "./mistakes.ts";
import { salvage } from "./salvage.ts";
import { type Settings, settings as schema } from "./schema.ts";

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
 * @param raw settings without the project's prefix
 * @param stack name of the stack, part of physical names
 * @param readFile reads files that settings name (locks, keys)
 */
export function validate(raw: unknown, stack: string, readFile: ReadProjectFile): Validated {
  const parsed = schema.safeParse(raw);
  const salvaged = parsed.success ? parsed.data : salvage(schema, raw);
  const mistakes = parsed.success ? [] : explain(parsed.error, raw, schema);
  if (salvaged !== undefined) {
    mistakes.push(...checks.flatMap((check) => check({ stack, settings: salvaged, readFile })));
  }
  return parsed.success && mistakes.length === 0 ? { ok: true, settings: parsed.data } : { ok: false, mistakes };
}
