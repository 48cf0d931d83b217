import { invalid, missing } from "./errors.ts";

/**
 * Parameters of a call, flat as they travel: `Tag.1.Key`, `SystemDisk.Size`, `InstanceIds=["i-1"]`. Query string and
 * form body alike.
 */
export class Params {
  readonly #values: ReadonlyMap<string, string>;
  readonly #prefix: string;

  constructor(values: ReadonlyMap<string, string>, prefix = "") {
    this.#values = values;
    this.#prefix = prefix;
  }

  /** Undefined when it is absent or empty: the APIs treat both alike. */
  text(name: string): string | undefined {
    const value = this.#values.get(this.#prefix + name);
    return value === undefined || value === "" ? undefined : value;
  }

  /** @throws MissingParameter */
  need(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missing(this.#prefix + name);
    return value;
  }

  /** Whether the parameter was sent at all, even empty: an empty text may mean "take it away". */
  has(name: string): boolean {
    return this.#values.has(this.#prefix + name);
  }

  /** @throws InvalidParameter for what is no whole number */
  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value)) throw invalid(this.#prefix + name);
    return Number(value);
  }

  /** @throws InvalidParameter for what is no number */
  decimal(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isFinite(number)) throw invalid(this.#prefix + name);
    return number;
  }

  /** true, True, TRUE, 1 / false; undefined when absent. */
  flag(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return undefined;
    if (value === "true" || value === "1") return true;
    if (value === "false" || value === "0") return false;
    throw invalid(this.#prefix + name);
  }

  /** One of the words, compared without regard to case and returned as the API spells it. */
  choice<const Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
    if (found === undefined) {
      throw invalid(this.#prefix + name, `The specified ${name} is not valid: allowed are ${words.join(", ")}.`);
    }
    return found;
  }

  /** `Name.1`, `Name.2`, ... in order; a list sent as one JSON text too. */
  list(name: string): string[] {
    const whole = this.text(name);
    if (whole !== undefined) {
      const parsed = json(whole);
      return Array.isArray(parsed) ? parsed.map(String) : whole.split(",").map((part) => part.trim());
    }
    const found: string[] = [];
    for (let n = 1; ; n += 1) {
      const value = this.#values.get(`${this.#prefix}${name}.${n}`);
      if (value === undefined) return found;
      found.push(value);
    }
  }

  /** A list of objects: `Name.1.Key`, ... or one JSON text. */
  objects(name: string): Params[] {
    const whole = this.text(name);
    if (whole !== undefined) {
      const parsed = json(whole);
      return Array.isArray(parsed) ? parsed.map((item) => new Params(flatten(item))) : [];
    }
    const numbers = new Set<number>();
    const start = `${this.#prefix}${name}.`;
    for (const key of this.#values.keys()) {
      if (!key.startsWith(start)) continue;
      const number = Number(key.slice(start.length).split(".")[0]);
      if (Number.isInteger(number)) numbers.add(number);
    }
    return [...numbers].sort((a, b) => a - b).map((n) => new Params(this.#values, `${start}${n}.`));
  }

  /** `Name.Key`: the part of the parameters below a name; also one JSON text. */
  object(name: string): Params {
    const parsed = json(this.text(name) ?? "");
    if (typeof parsed === "object" && parsed !== null) return new Params(flatten(parsed));
    return new Params(this.#values, `${this.#prefix}${name}.`);
  }

  /** Every parameter by its full name, for logs and for comparing two calls. */
  entries(): IterableIterator<[string, string]> {
    return this.#values.entries();
  }
}

function json(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** { a: { b: [1] } } -> a.b.1 = "1" */
export function flatten(value: unknown, prefix = "", into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      flatten(item, prefix === "" ? String(i + 1) : `${prefix}.${i + 1}`, into);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) flatten(item, prefix === "" ? key : `${prefix}.${key}`, into);
  } else if (value !== undefined && value !== null) {
    into.set(prefix, String(value));
  }
  return into;
}
