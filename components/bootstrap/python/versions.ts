import { ge, gt, le, lt, satisfies, valid, validRange } from "@renovatebot/pep440";

const ORDERED = new Map([
  ["<", lt],
  ["<=", le],
  [">", gt],
  [">=", ge],
]);

/** Longest version text that is looked at; real ones have fewer than 40 characters. */
const MAX_LENGTH = 200;

export function isVersion(text: string): boolean {
  return text.length <= MAX_LENGTH && valid(text) !== null;
}

/** PEP 440 equality: 1.0 and 1.0.0 are the same version. False when either is no version. */
export function sameVersion(left: string, right: string): boolean {
  return compareVersion(left, "==", right) === true;
}

/**
 * One PEP 440 clause, for example `3.12.3 >= 3.11`. Undefined when it has no meaning (`>= abc`).
 * Pre-releases count: the version at hand is installed, nobody chooses it.
 */
export function compareVersion(version: string, operator: string, clause: string): boolean | undefined {
  const [left, right] = [version.trim(), clause.trim()];
  if (right.length > MAX_LENGTH || !isVersion(left)) return undefined;
  if (operator === "===") return left.toLowerCase() === right.toLowerCase();
  // The library calls 3.13.0 > 3.13.0b1 false (it compares releases only), so ordering is done on whole versions.
  const ordered = ORDERED.get(operator);
  if (ordered) return validRange(operator + right) && isVersion(right) ? ordered(left, right) : undefined;
  if (right.includes(",") || !validRange(operator + right)) return undefined;
  return satisfies(padded(left), operator + right, { prereleases: true });
}

/** `requires-python`: clauses with commas between them, all of which must hold. An empty text always holds. */
export function satisfiesAll(version: string, specifiers: string): boolean | undefined {
  if (specifiers.trim() === "") return true;
  let holds = true;
  for (const clause of specifiers.split(",")) {
    const match = /^\s*(===|~=|==|!=|<=|>=|<|>)(.*)$/s.exec(clause);
    const result = match ? compareVersion(version, match[1] ?? "", match[2] ?? "") : undefined;
    if (result === undefined) return undefined;
    holds &&= result;
  }
  return holds;
}

/** PEP 440 pads with zeros before it compares prefixes (3.12 == 3.12.0.*); the library does not. */
function padded(version: string): string {
  return /^\d+(?:\.\d+)*$/.test(version) ? `${version}.0.0.0.0` : version;
}
