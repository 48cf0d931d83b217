/**
 * A status that changes by itself: Pending until `at`, Running from then on. Computed when somebody looks, so that no
 * timer is lost when the cloud is killed.
 */
export interface Phase {
  readonly now: string;
  readonly then?: string;
  /** Cloud time, milliseconds. */
  readonly at?: number;
}

export function steady(status: string): Phase {
  return { now: status };
}

/** @param after milliseconds of cloud time from `now` on */
export function becoming(status: string, then: string, now: number, after: number): Phase {
  return { now: status, then, at: now + after };
}

export function statusOf(phase: Phase, now: number): string {
  return phase.then !== undefined && phase.at !== undefined && now >= phase.at ? phase.then : phase.now;
}
