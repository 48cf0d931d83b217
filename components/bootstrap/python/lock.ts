import { quoted } from "./names.ts";
import { pickWheels } from "./pick.ts";
import { readPylock } from "./pylock.ts";
import { lockFormat, refusal } from "./refuse.ts";
import { targetProblem } from "./target.ts";
import { parseToml } from "./toml.ts";
import type { PythonTarget, ReducedLock } from "./types.ts";
import { readUvLock } from "./uvLock.ts";

/**
 * Reduces a lock to the one wheel of each package that pip would install on the target.
 *
 * Pure: addresses and indexes in the lock are ignored, since hosts install from a mirror; only names, versions and
 * hashes count. `fileName` tells the format (pylock.toml by PEP 751, or uv.lock). All problems are reported at once,
 * and the wheels must not be used while there are any.
 */
export function reduceLock(
  text: string,
  fileName: string,
  target: PythonTarget,
  extras: readonly string[] = [],
): ReducedLock {
  const wrongTarget = targetProblem(target);
  if (wrongTarget !== undefined) return refused(wrongTarget);
  const format = lockFormat(fileName);
  if (format === undefined) return refused(refusal(fileName));
  const lock = parseToml(text);
  if (!lock.ok) return refused(`${quoted(fileName)} is not valid TOML: ${lock.message}`);
  const reading = format === "uv" ? readUvLock(lock.value, target, extras) : readPylock(lock.value, target, extras);
  const picked = pickWheels(reading.entries, target);
  return { wheels: picked.wheels, problems: [...reading.problems, ...picked.problems] };
}

function refused(message: string): ReducedLock {
  return { wheels: [], problems: [{ message }] };
}
