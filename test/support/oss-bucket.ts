import { createHash, randomBytes } from "node:crypto";

/** One version of an object; without a body it marks a deletion. */
export interface Version {
  readonly id: string;
  readonly body?: Buffer;
  readonly at: Date;
}

export interface Page {
  readonly contents: readonly { readonly key: string; readonly version: Version }[];
  readonly prefixes: readonly string[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** A bucket with versioning switched on: nothing that was written is ever lost. */
export class Bucket {
  readonly name: string;
  readonly #objects = new Map<string, Version[]>();

  constructor(name: string) {
    this.name = name;
  }

  /** The object as it stands, or one version of it. */
  get(key: string, id?: string): Version | undefined {
    const versions = this.versions(key);
    const found = id === undefined ? versions.at(-1) : versions.find((version) => version.id === id);
    return found?.body === undefined ? undefined : found;
  }

  put(key: string, body: Buffer): Version {
    return this.#add(key, body);
  }

  delete(key: string): Version {
    return this.#add(key);
  }

  /** Oldest first, deletions too. */
  versions(key: string): readonly Version[] {
    return this.#objects.get(key) ?? [];
  }

  /** Brings a version back as a new one: what `ossutil revert oss://... <version>` does. */
  revert(key: string, id: string): void {
    const body = this.get(key, id)?.body;
    if (body === undefined) throw new Error(`${key} has no version ${id}`);
    this.#add(key, body);
  }

  keys(): readonly string[] {
    return [...this.#objects.keys()].filter((key) => this.get(key) !== undefined).sort();
  }

  list(prefix: string, delimiter: string, after: string, limit: number): Page {
    const names = new Map<string, boolean>();
    for (const key of this.keys().filter((one) => one.startsWith(prefix))) {
      const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      names.set(end < 0 ? key : key.slice(0, end + delimiter.length), end >= 0);
    }
    const rest = [...names].filter(([name]) => name > after);
    const page = rest.slice(0, limit);
    const contents = page.flatMap(([key, folder]) => {
      const version = folder ? undefined : this.get(key);
      return version === undefined ? [] : [{ key, version }];
    });
    const prefixes = page.filter(([, folder]) => folder).map(([name]) => name);
    const next = rest.length > limit ? page.at(-1)?.[0] : undefined;
    return { contents, prefixes, ...(next === undefined ? {} : { next }) };
  }

  #add(key: string, body?: Buffer): Version {
    const version = { id: randomBytes(16).toString("hex"), at: new Date(), ...(body === undefined ? {} : { body }) };
    this.#objects.set(key, [...this.versions(key), version]);
    return version;
  }
}

/** In capitals, as OSS writes it. */
export function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex").toUpperCase()}"`;
}
