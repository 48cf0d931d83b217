/** What a forge refused, or what is missing to ask it: one message that names what to do, never a stack and never a token. */
export class ForgeError extends Error {
  readonly hideStack = true;
  /** 2 for a mistake in options or environment, 1 for what was tried and failed. */
  readonly exitCode: 1 | 2;
  /** The request may have been carried out although no answer came: look before it is sent again. */
  readonly maybeDone: boolean;

  constructor(message: string, { exitCode = 1, maybeDone = false }: { exitCode?: 1 | 2; maybeDone?: boolean } = {}) {
    super(message);
    this.exitCode = exitCode;
    this.maybeDone = maybeDone;
  }
}

/** A mistake of whoever calls: exit code 2. */
export function misuse(message: string): ForgeError {
  return new ForgeError(message, { exitCode: 2 });
}

/** A text from outside on one line of a terminal: no control characters, no end in sight after 300. */
export function oneLine(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
}
