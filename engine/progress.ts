/** Where progress goes: standard error, so that results can be piped. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Without a terminal a line is printed at most this often, milliseconds. */
const quiet = 15_000;

/** What goes on, with the seconds since it began: one line that changes in a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #out: Terminal;
  readonly #now: () => number;
  #label = "";
  #detail = "";
  #begun = 0;
  #printed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(out: Terminal = process.stderr, now: () => number = () => performance.now()) {
    this.#out = out;
    this.#now = now;
  }

  /** A step begins; the one before it is over. */
  begin(label: string): void {
    this.end();
    this.#label = label;
    this.#detail = "";
    this.#begun = this.#now();
    this.#printed = this.#begun;
    this.#draw(`${label}\n`);
    this.#timer = setInterval(() => this.#tick(), 1_000).unref();
  }

  /** What the step is at. */
  at(detail: string): void {
    this.#detail = detail;
    this.#tick();
  }

  /** A line of its own, kept. */
  say(text: string): void {
    this.#out.write(`${this.#clear()}${text}\n`);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#label !== "") this.#out.write(this.#clear());
    this.#label = "";
  }

  #tick(): void {
    if (this.#label === "") return;
    const now = this.#now();
    if (now - this.#printed < (this.#out.isTTY === true ? 100 : quiet)) return;
    this.#printed = now;
    const seconds = Math.round((now - this.#begun) / 1000);
    this.#draw(`${this.#label}, ${seconds} s${this.#detail === "" ? "" : `: ${this.#detail}`}\n`);
  }

  #draw(line: string): void {
    if (this.#out.isTTY !== true) this.#out.write(line);
    else this.#out.write(`${this.#clear()}${line.trimEnd().slice(0, (this.#out.columns ?? 80) - 1)}`);
  }

  #clear(): string {
    return this.#out.isTTY === true ? "\r\u001b[2K" : "";
  }
}

/** Bytes in MB, as download pages write them. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
