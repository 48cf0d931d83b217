import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { fromBase64, isGzip, mostBytes, unpack } from "../../policies/user-data/bytes.ts";
import { type Format, formatOf, formatOfPart } from "../../policies/user-data/format.ts";
import { isMime, mimeParts } from "../../policies/user-data/mime.ts";

/** Loaded at the first cloud-config only, as in policies/user-data/cloud-config.ts. */
const require = createRequire(import.meta.url);
const yaml = (): typeof Yaml => require("yaml") as typeof Yaml;

/** What a host gets, as files: what cloud-init would write under its path, and the rest under the name of its part. */
export type UserDataFiles = ReadonlyMap<string, string>;

/**
 * Takes user data apart: base64 and gzip undone, MIME parts one by one, entries of write_files as the files that they
 * become. What cannot be read stands there as it is. Never throws.
 */
export function userDataFiles(userData: string): UserDataFiles {
  const files = new Files();
  files.read(fromBase64(userData) ?? Buffer.from(userData, "utf8"), "", formatOf);
  return files.all;
}

class Files {
  readonly all = new Map<string, string>();
  /** What may still be unpacked, over everything. */
  #left = mostBytes;

  read(packed: Uint8Array, where: string, format: (text: string) => Format): void {
    const bytes = this.#unpacked(packed);
    if (bytes === undefined) {
      this.#add(where || "user data", "(gzip that cannot be unpacked, or that is larger than 1 MB)\n");
      return;
    }
    const text = Buffer.from(bytes).toString("utf8");
    const parts = where === "" && isMime(text) ? mimeParts(text) : undefined;
    if (parts !== undefined) {
      for (const [index, part] of parts.entries()) {
        this.read(part.bytes, `part ${index + 1}`, (own) => formatOfPart(part.contentType, own));
      }
    } else if (format(text) === "cloud-config") this.#cloudConfig(text, where || "cloud-config");
    else this.#add(where || "user data", text);
  }

  #cloudConfig(text: string, where: string): void {
    const document = cloudConfig(text);
    const entries = document?.["write_files"];
    if (document === undefined || !Array.isArray(entries)) {
      this.#add(where, text);
      return;
    }
    const rest = entries.map((entry: unknown) => {
      if (!isRecord(entry) || typeof entry["path"] !== "string") return entry;
      const { content, encoding, ...about } = entry;
      this.#add(entry["path"], this.#content(content, String(encoding ?? "")));
      return about;
    });
    const head = /^(?:#.*\r?\n)*/.exec(text)?.[0] ?? "";
    // Paths, owners and modes stay here, so that a change of one of them shows.
    this.#add(where, head + yaml().stringify({ ...document, write_files: rest }, { version: "1.1", lineWidth: 0 }));
  }

  /** As cloud-init decodes it (cc_write_files.py). */
  #content(content: unknown, encoding: string): string {
    if (content === undefined || content === null) return "";
    const how = encoding.toLowerCase().trim();
    const isBase64 = /^((gz|gzip)\+)?(b64|base64)$/.test(how);
    if (!isBase64 && !/^(gz|gzip)$/.test(how)) {
      return content instanceof Uint8Array ? Buffer.from(content).toString("utf8") : String(content);
    }
    const text = content instanceof Uint8Array ? Buffer.from(content).toString("latin1") : String(content);
    const bytes = this.#unpacked(Buffer.from(text, isBase64 ? "base64" : "latin1"));
    return bytes === undefined ? "(gzip that cannot be unpacked)\n" : Buffer.from(bytes).toString("utf8");
  }

  #unpacked(bytes: Uint8Array): Uint8Array | undefined {
    const unpacked = isGzip(bytes) ? unpack(bytes, this.#left) : { ok: bytes.length <= this.#left, bytes };
    if (!unpacked.ok || !("bytes" in unpacked)) return undefined;
    this.#left -= unpacked.bytes.length;
    return unpacked.bytes;
  }

  /** Two of one name are both shown: which one stays is cloud-init's affair. */
  #add(name: string, text: string): void {
    let own = name;
    for (let n = 2; this.all.has(own); n += 1) own = `${name} (${n})`;
    this.all.set(own, text);
  }
}

/** Undefined for what is no map, or has errors: nothing more is asked of such a document. */
function cloudConfig(text: string): Record<string, unknown> | undefined {
  const document = yaml().parseDocument(text, {
    version: "1.1",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  if (document.errors.length > 0) return undefined;
  try {
    // Few: a document of aliases of aliases unfolds to more than there is memory.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
