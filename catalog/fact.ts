/** How far a fact may be trusted when it was not simply read at its source. */
export type Confidence =
  /** Derived by this project from other facts. */
  | "inferred"
  /** Stated or believed somewhere, confirmed nowhere. */
  | "unverified"
  /** The source is weak: third party, rounded, or contradicted by another. */
  | "low";

/** Where a row of the catalogue comes from. Every row carries one; no confidence means it was read at the source. */
export interface Fact {
  readonly source: string;
  /** When the source said so, YYYY-MM-DD or YYYY-MM. */
  readonly observedAt: string;
  readonly confidence?: Confidence;
}

/** `fact("a document", "2026-01-12")`, spread into a row. */
export function fact(source: string, observedAt: string, confidence?: Confidence): Fact {
  return confidence === undefined ? { source, observedAt } : { source, observedAt, confidence };
}

/** Older than this, a price or an address should be looked at again before anyone relies on it. */
export const oldAfterDays = 180;

const day = 86_400_000;

/** Whole days from `observedAt` to `today`; a month without a day counts from its first. Never below zero. */
export function ageInDays(observedAt: string, today: Date | string): number {
  const from = Date.parse(observedAt.length === 7 ? `${observedAt}-01` : observedAt);
  const to = typeof today === "string" ? Date.parse(today) : today.getTime();
  if (Number.isNaN(from) || Number.isNaN(to)) throw new RangeError(`not a date: ${observedAt} or ${String(today)}`);
  return Math.max(0, Math.floor((to - from) / day));
}

export function isOld(row: Fact, today: Date | string): boolean {
  return ageInDays(row.observedAt, today) > oldAfterDays;
}
