import type { Piece } from "./decode.ts";
import { type Place, placeAt } from "./places.ts";

/** An element of a list in Docker's configuration, for example an address of registry-mirrors. */
export interface Element {
  readonly text: string;
  readonly place: Place;
}

/** The list in daemon.json, and the daemon's option that says one element of it. */
const options = { "registry-mirrors": "--registry-mirror", "insecure-registries": "--insecure-registry" } as const;

/** Nobody writes more; each is looked up in the text. */
const mostElements = 50;

/** The elements of a list of daemon.json, over several lines too, and of the daemon's option of the same meaning. */
export function elementsOf(piece: Piece, key: keyof typeof options): readonly Element[] {
  const found: Element[] = [];
  for (const { text, at } of elementsIn(piece.text, key)) {
    found.push({ text, place: placeAt(piece, at) });
    if (found.length === mostElements) break;
  }
  return found;
}

function* elementsIn(
  text: string,
  key: keyof typeof options,
): Generator<{ readonly text: string; readonly at: number }> {
  for (const { from, inner } of listsIn(text, key)) {
    for (const { 0: element, index } of inner.matchAll(/[^\s"'\\,]+/g)) yield { text: element, at: from + index };
  }
  for (const at of positions(text, options[key])) {
    const from = at + options[key].length;
    const value = /^[=\s]\s{0,20}["']?([^\s"',\\]{1,300})/.exec(text.slice(from, from + 400))?.[1];
    if (value !== undefined) yield { text: value, at };
  }
}

function* listsIn(text: string, key: string): Generator<{ readonly from: number; readonly inner: string }> {
  for (const at of positions(text, key)) {
    const after = at + key.length;
    // Quotes may be escaped, in a text within a text.
    const open = /^\\?["']\s*:\s*\[/.exec(text.slice(after, after + 40))?.[0];
    if (open === undefined) continue;
    const from = after + open.length;
    const inner = text.slice(from, from + 4000);
    const end = inner.indexOf("]");
    yield { from, inner: end < 0 ? inner : inner.slice(0, end) };
  }
}

function* positions(text: string, words: string): Generator<number> {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) yield at;
}

/** Registries before which a text puts a mirror by other means than Docker's: they are not asked themselves. */
export function* mirroredRegistries(text: string): Generator<string> {
  for (const { mark, names } of forms) {
    if (!text.includes(mark)) continue;
    for (const [, registry = ""] of text.matchAll(names)) yield registry.toLowerCase();
  }
}

/** How they say it; each with the words that make it a mirror and not only a name. */
const forms = [
  // containerd and nerdctl, a file for each registry.
  { mark: '[host."http', names: /\bcerts\.d\/([a-z0-9.-]{1,253})\//gi },
  // containerd before 2.0, one file for all.
  { mark: ".registry.mirrors.", names: /\.registry\.mirrors\."?([a-z0-9.-]{1,253}?)"?\]/gi },
  // Podman.
  { mark: "[[registry.mirror]]", names: /^[ \t]*(?:prefix|location)\s*=\s*"([a-z0-9.-]{1,253})"/gim },
  // K3s and RKE2.
  { mark: "mirrors:", names: /^[ \t]*["']?([a-z0-9.-]{1,253}\.[a-z]{2,24})["']?:[ \t]*$/gim },
] as const;
