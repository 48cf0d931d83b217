/** An operation that failed, told in one message; the caller prints it without a stack and exits with 1. */
export class Failed extends Error {
  readonly hideStack = true;
  readonly exitCode: number = 1;
}

/** What the user asked for cannot be: printed without a stack, exit code 2. */
export class Misuse extends Failed {
  override readonly exitCode = 2;
}

/** Ended by Ctrl-C or a signal: what was begun has been cleared away. */
export class Interrupted extends Failed {
  override readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM" | "SIGHUP") {
    super("interrupted: nothing half-made is left, what was finished is kept");
    this.exitCode = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal];
  }
}
