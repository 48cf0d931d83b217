import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { withoutBlocks } from "./blocks.ts";
import { rememberTexts } from "./remember.ts";

/** Loaded at the first cloud-config only: 25 ms that a stack without hosts need not pay. */
const require = createRequire(import.meta.url);
let loaded: typeof Yaml | undefined;
const yaml = (): typeof Yaml => {
  loaded ??= require("yaml") as typeof Yaml;
  return loaded;
};

/** A text of several lines that stands in one line, in double quotes: "a\nb". */
export interface QuotedText {
  readonly text: string;
  /** Line where it stands, from 1. */
  readonly line: number;
}

/** A file of write_files that stands there encoded. */
export interface EncodedFile {
  /** Its place in the list. */
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly gzip: boolean;
}

export interface CloudConfig {
  /** Why cloud-init applies nothing of it. */
  readonly problem?:
    | "YAML that cannot be read"
    | "YAML that is no map"
    | "YAML whose brackets or quotes seem not to end";
  /** The text without what `quoted` and `files` hold; line numbers stay. */
  readonly text: string;
  readonly quoted: readonly QuotedText[];
  readonly files: readonly EncodedFile[];
}

/** Every text of an archive: a list of texts, or of maps with a `content`. */
export function archiveParts(
  text: string,
): readonly { readonly contentType: string; readonly content: string }[] | undefined {
  const document = parsed(text);
  const { isSeq, isMap } = yaml();
  if (errorsOf(document) !== "none" || !isSeq(document.contents)) return undefined;
  return document.contents.items.map((item) => {
    const content = isMap(item) ? textOf(document, entryOf(document, item, "content")) : textOf(document, item);
    const type = isMap(item) ? textOf(document, entryOf(document, item, "type")) : undefined;
    return { contentType: (type ?? "").toLowerCase(), content: content ?? "" };
  });
}

/** Takes a cloud-config apart. Never throws; what cannot be read is left as it stands. */
export function readCloudConfig(text: string): CloudConfig {
  const asItStands = { text, quoted: [], files: [] };
  // Nothing encoded and nothing escaped outside of its blocks: the host gets what stands there, if it can be read.
  const frame = withoutBlocks(text);
  if (!/encoding|!!binary|\\|^(?:---|\.\.\.|%)/m.test(frame) && frame.split(/^(?=[A-Za-z_])/m).every(isSound))
    return asItStands;
  const document = parsed(text);
  const problem = problemOf(document);
  if (problem !== undefined) return { ...asItStands, problem };
  const cut: Span[] = [];
  const files = encodedFiles(document, cut);
  const quoted = quotedTexts(document, text, cut);
  return { text: without(text, cut), quoted, files };
}

/**
 * Whether a part with one key of the top level can be read. When all can, the whole can; hosts share most of these parts. When
 * one cannot, it may go on in the next.
 */
const isSound = rememberTexts((part: string) => problemOf(parsed(part)) === undefined, 64);

/** Nothing else is asked of a document with errors: a hostile one costs minutes then (yaml 2.9.1, toJS of nested keys). */
function problemOf(document: Yaml.Document.Parsed): CloudConfig["problem"] {
  const errors = errorsOf(document);
  if (errors === "many") return "YAML that cannot be read";
  if (errors === "doubtful") return "YAML whose brackets or quotes seem not to end";
  const { contents } = document;
  return contents === null || isNothing(contents) || yaml().isMap(contents) ? undefined : "YAML that is no map";
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** As PyYAML reads it: version 1.1, and the last of two equal keys counts. */
function parsed(text: string) {
  const { parseDocument } = yaml();
  return parseDocument(text, {
    version: "1.1",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
}

/**
 * What PyYAML would say. It does not care about columns within brackets and quotes, where this library ends them at the first
 * column: such errors are doubtful. Compared with PyYAML 6.0.3 on 5,000 made-up texts: none that it reads is called unreadable
 * for another reason; a few are the other way round (unknown tags, tabs at the end of a line).
 */
function errorsOf({ errors }: Yaml.Document.Parsed): "none" | "doubtful" | "many" {
  const [first] = errors;
  if (first === undefined) return "none";
  if (errors.some(({ code }) => code === "RESOURCE_EXHAUSTION")) return "many";
  return /must be sufficiently indented|^Missing closing ['"]quote/.test(first.message) ? "doubtful" : "many";
}

function isNothing(node: Yaml.Node): boolean {
  return yaml().isScalar(node) && node.value === null;
}

function entryOf(document: Yaml.Document.Parsed, map: Yaml.YAMLMap, key: string): Yaml.Node | undefined {
  const { isAlias, isNode, isScalar } = yaml();
  const value = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
  if (!isNode(value)) return undefined;
  return isAlias(value) ? value.resolve(document) : value;
}

function textOf(document: Yaml.Document.Parsed, node: unknown): string | undefined {
  const { isAlias, isScalar } = yaml();
  const own = isAlias(node) ? node.resolve(document) : node;
  return isScalar(own) && typeof own.value === "string" ? own.value : undefined;
}

/** Aliases are looked up one by one, so their number is bounded. */
const mostFiles = 1000;

function encodedFiles(document: Yaml.Document.Parsed, cut: Span[]): EncodedFile[] {
  const { isMap, isScalar, isSeq } = yaml();
  if (!isMap(document.contents)) return [];
  const list = entryOf(document, document.contents, "write_files");
  if (!isSeq(list)) return [];
  return list.items.slice(0, mostFiles).flatMap((item, index): EncodedFile[] => {
    if (!isMap(item)) return [];
    const encoding =
      textOf(document, entryOf(document, item, "encoding"))
        ?.toLowerCase()
        .trim() ?? "";
    const content = entryOf(document, item, "content");
    const file = isScalar(content) ? decodedFile(content.value, encoding) : undefined;
    if (file === undefined) return [];
    if (content?.range) cut.push({ from: content.range[0], to: content.range[1] });
    return [{ index, ...file }];
  });
}

/** By the names that cloud-init knows (cc_write_files.py); others mean plain text there. A YAML !!binary is decoded before. */
function decodedFile(content: unknown, encoding: string): Omit<EncodedFile, "index"> | undefined {
  const gzip = /^(gz|gzip)(\+(b64|base64))?$/.test(encoding);
  const base64 = /^((gz|gzip)\+)?(b64|base64)$/.test(encoding);
  if (content instanceof Uint8Array) {
    return { gzip, bytes: base64 ? Buffer.from(Buffer.from(content).toString("latin1"), "base64") : content };
  }
  if (typeof content !== "string" || !(gzip || base64)) return undefined;
  return { gzip, bytes: Buffer.from(content, base64 ? "base64" : "latin1") };
}

/** Double-quoted texts with escapes in them. Other scalars stand in the text as the host gets them. */
function quotedTexts(document: Yaml.Document.Parsed, text: string, cut: Span[]): QuotedText[] {
  // Letters of the escapes that change what a reader of lines would see.
  if (!/"[^"\n]*\\[nrtxuU/]/.test(text)) return [];
  const { Scalar, visit } = yaml();
  const quoted: QuotedText[] = [];
  const lines = new LineNumbers(text);
  visit(document, {
    Scalar(_, node) {
      if (node.type !== Scalar.QUOTE_DOUBLE || typeof node.value !== "string" || !node.range) return;
      const [from, to] = node.range;
      if (!text.slice(from, to).includes("\\")) return;
      quoted.push({ text: node.value, line: lines.at(from) });
      cut.push({ from, to });
    },
  });
  return quoted;
}

/** Line of each position, asked in rising order. */
class LineNumbers {
  readonly #text: string;
  #position = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  at(position: number): number {
    for (let next = this.#text.indexOf("\n", this.#position); next >= 0 && next < position; ) {
      this.#line += 1;
      this.#position = next + 1;
      next = this.#text.indexOf("\n", this.#position);
    }
    return this.#line;
  }
}

/** The text with these spans empty, each line where it was. */
function without(text: string, spans: readonly Span[]): string {
  let result = "";
  let at = 0;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    const lines = text.slice(from, to).split("\n").length - 1;
    result += `${text.slice(at, from)}""${"\n".repeat(lines)}`;
    at = to;
  }
  return result + text.slice(at);
}
