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

interface Words<T> {
  readonly found: string | ((value: T) => string);
  readonly wanted: string;
  /** What an absent value is called; left out where absence is fine. */
  readonly absent?: string;
  readonly level?: "advisory";
}

/** Demands something of a property. Absent is fine unless `absent` is given; unknown is undecided; wrongly typed is a violation. */
export function* demand<T>(reading: Reading<T>, holds: (value: T) => boolean, words: Words<T>): Generator<Finding> {
  const { path } = reading;
  const bad = (found: string) => violation(path, found, words.wanted, words.level);
  switch (reading.state) {
    case "known":
      if (!holds(reading.value)) {
        yield bad(typeof words.found === "string" ? words.found : words.found(reading.value));
      }
      return;
    case "absent":
      if (words.absent !== undefined) yield bad(words.absent);
      return;
    case "undecided":
      yield undecided(path);
      return;
    case "wrong":
      yield bad(reading.found);
  }
}

/** Demands something of each element of a list. */
export function* demandEach<T>(
  reading: Reading<readonly Reading<T>[]>,
  holds: (value: T) => boolean,
  words: Words<T>,
): Generator<Finding> {
  if (reading.state === "known") {
    for (const element of reading.value) yield* demand(element, holds, words);
    return;
  }
  // The list as a whole: absent, unknown, or no list.
  yield* demand(reading, () => true, { ...words, found: "" });
}
