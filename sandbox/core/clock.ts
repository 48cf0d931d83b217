/**
 * Time inside the cloud. It runs `speed` times as fast as the clock on the wall, so that a database that takes ten
 * minutes there is ready in ten seconds here, and never goes back: a restart goes on where the last call stood.
 */
export class Clock {
  readonly #wallStart: number;
  readonly #start: number;
  readonly speed: number;
  #skipped = 0;

  /** @param last cloud time of the last thing that happened, milliseconds since 1970; 0 for a new cloud */
  constructor(speed: number, last: number) {
    this.speed = speed;
    this.#wallStart = Date.now();
    this.#start = Math.max(this.#wallStart, last);
  }

  /** Milliseconds since 1970, in cloud time. */
  now(): number {
    return this.#start + (Date.now() - this.#wallStart) * this.speed + this.#skipped;
  }

  /** Jumps ahead; tests use it instead of waiting. */
  skip(milliseconds: number): void {
    this.#skipped += Math.max(0, milliseconds);
  }
}

/** A time as the ECS API writes it: 2026-11-25T08:00Z, to the minute. */
export function minuteText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

/** A time as most APIs write it: 2026-11-25T08:00:00Z. */
export function secondText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
