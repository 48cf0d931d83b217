import { fromBase64, isGzip, looksLikeBase64, mostBytes, unpack } from "./bytes.ts";
import { archiveParts, type CloudConfig, readCloudConfig } from "./cloud-config.ts";
import { type Format, formatOf, formatOfPart } from "./format.ts";
import { type TellingLine, tellingLines } from "./line-facts.ts";
import { isMime, mimeParts } from "./mime.ts";
import { rememberTexts } from "./remember.ts";

/** A text of the user data. */
export interface Piece {
  /** "" for what stands there itself, else for example "write_files[2]" or "part 1". */
  readonly where: string;
  readonly text: string;
  /** Its lines that have something to say to a rule. */
  readonly telling: readonly TellingLine[];
  /** Set when all of it stands in one line of the user data. */
  readonly line?: number;
}

export type Unreadable =
  | "gzip that cannot be unpacked"
  | "more than 1 MB when unpacked"
  | "MIME parts that cannot be taken apart"
  | "an archive that is no list"
  | "encoded files in YAML that cannot be read";

/** User data as the host gets it. */
export interface Decoded {
  /** Whether it was base64, which the provider sends as it is. */
  readonly sentAs: "base64" | "text";
  /** Text that was meant for base64 and is not: padding missing, or letters of another kind. */
  readonly brokenBase64: boolean;
  /** What the limit counts: after base64, before gzip is undone. */
  readonly bytes: number;
  readonly pieces: readonly Piece[];
  /** What each of its parts is taken for. */
  readonly formats: readonly { readonly where: string; readonly format: Format }[];
  /** Nobody here can say what stands in these, so no rule lets them pass. */
  readonly unreadable: readonly { readonly where: string; readonly why: Unreadable }[];
  /** cloud-configs that cloud-init would not apply. */
  readonly broken: readonly { readonly where: string; readonly why: NonNullable<CloudConfig["problem"]> }[];
}

/** Decodes user data. Never throws. Three rules ask, and the hosts of a group have the same: the last few are remembered. */
export const decodeUserData = rememberTexts(decode);

function decode(userData: string): Decoded {
  const base64 = fromBase64(userData);
  const bytes = base64 ?? Buffer.from(userData, "utf8");
  const reader = new Reader();
  reader.read(bytes, "", formatOf);
  const { pieces, formats, unreadable, broken } = reader;
  return {
    sentAs: base64 === undefined ? "text" : "base64",
    brokenBase64: base64 === undefined && looksLikeBase64(userData),
    bytes: bytes.length,
    pieces,
    formats,
    unreadable,
    broken,
  };
}

class Reader {
  readonly pieces: Piece[] = [];
  readonly formats: { where: string; format: Format }[] = [];
  readonly unreadable: { where: string; why: Unreadable }[] = [];
  readonly broken: { where: string; why: NonNullable<CloudConfig["problem"]> }[] = [];
  /** What may still be read, over everything that is packed in it. */
  #left = mostBytes;

  read(packed: Uint8Array, where: string, format: (text: string) => Format): void {
    const bytes = this.#unpacked(packed, where);
    if (bytes === undefined) return;
    const text = Buffer.from(bytes).toString("utf8");
    if (where === "" && isMime(text)) this.#mime(text);
    else this.#part(text, where, format(text));
  }

  #mime(text: string): void {
    const parts = mimeParts(text);
    if (parts === undefined) {
      this.unreadable.push({ where: "", why: "MIME parts that cannot be taken apart" });
      this.#add("", text);
      return;
    }
    for (const [index, { contentType, bytes }] of parts.entries()) {
      this.read(bytes, `part ${index + 1}`, (part) => formatOfPart(contentType, part));
    }
  }

  #part(text: string, where: string, format: Format): void {
    // An empty part is none: editors of MIME leave them behind.
    if (where !== "" && text.trim() === "") return;
    this.formats.push({ where, format });
    if (format === "cloud-config") this.#cloudConfig(text, where);
    else if (format === "jinja") this.#template(text, where);
    else if (format === "archive") this.#archive(text, where);
    // Addresses stand behind the first word too: #include https://...
    else this.#add(where, format === "include" ? text.replace(/^([ \t]*)#include(-once)?/gim, "$1") : text);
  }

  #archive(text: string, where: string): void {
    const parts = archiveParts(text);
    if (parts === undefined) {
      this.unreadable.push({ where, why: "an archive that is no list" });
      this.#add(where, text);
      return;
    }
    for (const [index, { contentType, content }] of parts.entries()) {
      const format = contentType === "" ? orCloudConfig(formatOf(content)) : formatOfPart(contentType, content);
      // An archive within an archive is none to cloud-init.
      this.#part(content, inside(where, `part ${index + 1}`), format === "archive" ? "none" : format);
    }
  }

  /** A template of a cloud-config is YAML by chance only. */
  #template(text: string, where: string): void {
    const inner = text.trimStart().replace(/^.*/, "");
    if (formatOf(inner) === "cloud-config") this.#cloudConfig(text, where, true);
    else this.#add(where, text);
  }

  #cloudConfig(text: string, where: string, isTemplate = false): void {
    const { problem, text: plain, quoted, files } = readCloudConfig(text);
    if (problem !== undefined && !isTemplate) this.broken.push({ where, why: problem });
    this.#add(where, plain);
    // The host may read it all the same, and write files that nobody here has looked into.
    const isOpen = isTemplate ? problem !== undefined : problem === "YAML whose brackets or quotes seem not to end";
    if (isOpen && /\bencoding\b|!!binary/.test(text)) {
      this.unreadable.push({ where, why: "encoded files in YAML that cannot be read" });
    }
    for (const { text: own, line } of quoted) this.#add(where, own, line);
    for (const { index, bytes, gzip } of files) {
      const file = inside(where, `write_files[${index}]`);
      // Not marked as gzip, it is written as it stands; gzip within is then data that nobody runs.
      const plainBytes = gzip ? this.#unpacked(bytes, file, true) : bytes;
      if (plainBytes !== undefined) this.#add(file, Buffer.from(plainBytes).toString("utf8"));
    }
  }

  #unpacked(bytes: Uint8Array, where: string, mustBeGzip = false): Uint8Array | undefined {
    if (!mustBeGzip && !isGzip(bytes)) return this.#bounded(bytes, where);
    const unpacked = unpack(bytes, this.#left);
    if (!unpacked.ok) {
      const why = unpacked.why === "broken" ? "gzip that cannot be unpacked" : "more than 1 MB when unpacked";
      this.unreadable.push({ where, why });
      return undefined;
    }
    this.#left -= unpacked.bytes.length;
    return unpacked.bytes;
  }

  /** Of a text that came unpacked, the limit of the API says enough; nobody reads megabytes to say more. */
  #bounded(bytes: Uint8Array, where: string): Uint8Array | undefined {
    if (bytes.length <= mostBytes) return bytes;
    this.unreadable.push({ where, why: "more than 1 MB when unpacked" });
    return undefined;
  }

  #add(where: string, text: string, line?: number): void {
    this.pieces.push({ where, text, telling: tellingLines(text), ...(line === undefined ? {} : { line }) });
  }
}

/** What an archive takes a text for that says nothing. */
function orCloudConfig(format: Format): Format {
  return format === "none" ? "cloud-config" : format;
}

function inside(where: string, place: string): string {
  return where === "" ? place : `${place} of ${where}`;
}
