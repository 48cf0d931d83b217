/** What the user asked for cannot be: named as such and printed without a stack, exit code 2. */
export class BadInput extends Error {
  readonly hideStack = true;
  readonly exitCode = 2;
}

/** What was asked for was tried and failed: one message, no stack, exit code 1. */
export class Failed extends Error {
  readonly hideStack = true;
  readonly exitCode = 1;
}

/** Ended by Ctrl-C or a signal: what was begun has been cleared away. */
export class Interrupted extends Error {
  readonly hideStack = true;
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM" | "SIGHUP") {
    super("interrupted: nothing half-made is left, what was finished is kept");
    this.exitCode = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal];
  }
}
