const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

/** PEP 503: the one spelling under which indexes and locks agree on a package or extra. */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

/** PEP 508 names only: anything else could smuggle a second line or an option into requirements.txt. */
export function isPackageName(name: string): boolean {
  return name.length <= 200 && NAME.test(name);
}

/** By code unit, so that the result does not depend on the locale of the machine that plans. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `a, b, c and 4 more`: problems stay readable whatever the lock says. */
export function listed(items: Iterable<string>, limit = 8): string {
  const all = [...new Set(items)];
  const shown = all.slice(0, limit).join(", ");
  return all.length > limit ? `${shown} and ${all.length - limit} more` : shown;
}

/** Text of a lock inside a message: short and on one line, because a lock may say anything. */
export function quoted(text: string): string {
  const short = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return JSON.stringify(short);
}

/** Any value of a TOML file inside a message. Tables have no prototype, so String() would throw on them. */
export function shown(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "a table or date" : String(value);
}
