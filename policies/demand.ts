import type { Reading } from "./reading.ts";
import type { Attestation, Finding } from "./rule.ts";

export function violation(path: string, found: string, wanted: string, level?: "advisory"): Finding {
  return { verdict: "violation", path, found, wanted, ...(level === undefined ? {} : { level }) };
}

export function undecided(path: string): Finding {
  return { verdict: "undecided", path };
}

export function attest(attestation: Attestation, path: string): Finding {
  return { verdict: "attest", attestation, path };
}

/** The same finding about another resource, for rules about a whole stack. */
export function about(urn: string, finding: Finding): Finding {
  return { ...finding, urn };
}

/** What is said where nothing can be read: absent is fine unless `absent` calls it something. */
interface Unread {
  readonly wanted: string;
  readonly absent?: string | undefined;
  readonly level?: "advisory";
}

interface Words<T> extends Unread {
  readonly found: string | ((value: T) => string);
}

/** Demands something of a property. Unknown is undecided; wrongly typed is a violation; absent is one if it is called so. */
export function* demand<T>(reading: Reading<T>, holds: (value: T) => boolean, words: Words<T>): Generator<Finding> {
  if (reading.state !== "known") yield* unread(reading, words);
  else if (!holds(reading.value)) {
    const found = typeof words.found === "string" ? words.found : words.found(reading.value);
    yield violation(reading.path, found, words.wanted, words.level);
  }
}

/** What there is to say of a property that nobody can look into; nothing of one that is known. */
export function* unread(reading: Reading<unknown>, { wanted, absent, level }: Unread): Generator<Finding> {
  if (reading.state === "undecided") yield undecided(reading.path);
  if (reading.state === "wrong") yield violation(reading.path, reading.found, wanted, level);
  if (reading.state === "absent" && absent !== undefined) yield violation(reading.path, absent, wanted, level);
}

/** Demands something of each element of a list. */
export function* demandEach<T>(
  reading: Reading<readonly Reading<T>[]>,
  holds: (value: T) => boolean,
  words: Words<T>,
): Generator<Finding> {
  if (reading.state !== "known") yield* unread(reading, words);
  else for (const element of reading.value) yield* demand(element, holds, words);
}
