import { undecided, violation } from "./demand.ts";
import type { Reading } from "./reading.ts";
import type { Finding } from "./rule.ts";

/** What a rule looks for: it is there, it is known not to be there, or the value does not tell. */
export type Sought<T> = Reading<T> | { readonly state: "not there" };

const notThere = { state: "not there" } as const;

/** What a value means; wrong, and called so, where it means nothing. */
export function meaning<T, U>(reading: Reading<T>, of: (value: T) => U | undefined, otherwise: string): Reading<U> {
  if (reading.state !== "known") return reading;
  const { path } = reading;
  const value = of(reading.value);
  return value === undefined ? { state: "wrong", path, found: otherwise } : { state: "known", path, value };
}

/** Looks for something in a value: `what` answers undefined where it is not there. */
export function seek<T, U>(reading: Reading<T>, what: (value: T) => U | undefined): Sought<U> {
  if (reading.state !== "known") return reading;
  const value = what(reading.value);
  return value === undefined ? notThere : { ...reading, value };
}

/**
 * Looks for two things together. One that is known not to be there decides, whatever the other is. A value that makes no
 * sense comes before one that is not known yet: more knowledge will not mend it. The place is that of the second.
 */
export function both<A, B, C>(a: Sought<A>, b: Sought<B>, join: (a: A, b: B) => C): Sought<C> {
  if (a.state === "not there" || b.state === "not there") return notThere;
  if (a.state !== "known") return b.state === "known" || a.state !== "undecided" ? a : b;
  if (b.state !== "known") return b;
  return { state: "known", path: b.path, value: join(a.value, b.value) };
}

/** The first of several that is there; else what makes no sense, else what is not known yet. */
export function anyOf<T>(several: readonly Sought<T>[]): Sought<T> {
  const of = (...states: readonly Sought<T>["state"][]) => several.find(({ state }) => states.includes(state));
  return of("known") ?? of("wrong", "absent") ?? of("undecided") ?? notThere;
}

/** Words for what is there; `level` where it is only worth advice. */
export interface Refused {
  readonly found: string;
  readonly level?: "advisory";
}

/** What is there is a violation, in its own words; so is what makes no sense, or is absent and must not be. */
export function* refuse(sought: Sought<Refused>, wanted: string): Generator<Finding> {
  switch (sought.state) {
    case "not there":
      return;
    case "known":
      yield violation(sought.path, sought.value.found, wanted, sought.value.level);
      return;
    case "undecided":
      yield undecided(sought.path);
      return;
    case "absent":
      yield violation(sought.path, "absent", wanted);
      return;
    case "wrong":
      yield violation(sought.path, sought.found, wanted);
  }
}
