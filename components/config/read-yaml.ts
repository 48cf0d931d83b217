import {
  type Document,
  isScalar,
  isSeq,
  isMap as isYamlMap,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import type { Locate, Mistake, Path } from "./mistakes.ts";
import { isMap } from "./values.ts";

/** Plain data of a YAML text and where each part stands, or why it cannot be read. */
export type ReadYaml =
  | { readonly ok: true; readonly root: unknown; readonly locate: Locate }
  | { readonly ok: false; readonly mistakes: readonly Mistake[]; readonly locate: Locate };

/** Settings are eight levels deep. */
const deepest = 64;

/** Reads YAML of any kind, hostile ones included; what comes back is a tree of bounded depth without cycles. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent", merge: true });
  const [first] = document.errors;
  if (first !== undefined) {
    const mistakes = document.errors.map((error): Mistake => {
      const why = /call stack/.test(error.message) ? "it is nested too deep" : error.message;
      return { path: [], wanted: `YAML that can be read: ${why} (line ${lineAt(error.pos[0])})` };
    });
    return { ok: false, mistakes, locate: () => lineAt(first.pos[0]) };
  }
  const bad = badAlias(document);
  if (bad !== undefined) {
    const line = bad.range ? lineAt(bad.range[0]) : 1;
    return { ok: false, mistakes: [{ path: [], ...bad.mistake }], locate: () => line };
  }
  const locate = locator(document.contents, lines);
  try {
    const root = plain(document.toJS({ maxAliasCount: 100 }), []);
    return { ok: true, root, locate };
  } catch (error) {
    if (error instanceof TooDeep) {
      const wanted = `at most ${deepest} levels`;
      return { ok: false, mistakes: [{ path: [], wanted }], locate: () => locate(error.path) };
    }
    // Aliases that unfold to more than the bound (a billion laughs), and `<<:` with something that is no map.
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, mistakes: [{ path: [], wanted: `YAML that can be unfolded: ${why}` }], locate: () => 1 };
  }
}

class TooDeep extends Error {
  readonly path: Path;
  constructor(path: Path) {
    super();
    this.path = path;
  }
}

/** The first alias that repeats nothing, or that stands inside of what it repeats. */
function badAlias(document: Document.Parsed) {
  let bad: { readonly range: Node["range"]; readonly mistake: Pick<Mistake, "found" | "wanted"> } | undefined;
  visit(document, {
    Alias(_, alias, above) {
      const target = alias.resolve(document);
      if (target !== undefined && !above.includes(target)) return;
      const wanted =
        target === undefined ? "an alias whose anchor stands before it" : "an alias outside of what it repeats";
      bad = { range: alias.range, mistake: { found: `*${alias.source}`, wanted } };
      return visit.BREAK;
    },
  });
  return bad;
}

/** Maps, lists and single values only: `%YAML 1.1` and tags also give dates, sets, ordered maps and bytes. */
function plain(value: unknown, path: Path): unknown {
  if (path.length > deepest) throw new TooDeep(path);
  if (Array.isArray(value)) return value.map((inner, i) => plain(inner, [...path, i]));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value instanceof Map || value instanceof Set) {
    const pairs = [...value.entries()].map(([key, inner]): [string, unknown] => [String(key), inner]);
    return plain(Object.fromEntries(value instanceof Set ? pairs.map(([key]) => [key, null]) : pairs), path);
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, [...path, key])]));
}

/** Line of the deepest part of a path that stands in the file: of a missing key, the line of what it is missing from. */
function locator(contents: Node | null, lines: LineCounter): Locate {
  const pairs = new Map<YAMLMap, Map<string, Pair>>();
  const pairsOf = (map: YAMLMap) => {
    const known =
      pairs.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair]));
    pairs.set(map, known);
    return known;
  };
  return (path) => {
    let node: unknown = contents;
    let line: number | undefined;
    for (const key of path) {
      if (isYamlMap(node)) {
        const pair = pairsOf(node).get(String(key));
        if (pair === undefined) break;
        const keyNode = pair.key;
        if (isScalar(keyNode) && keyNode.range) line = lines.linePos(keyNode.range[0]).line;
        node = pair.value;
      } else if (isSeq(node) && typeof key === "number") {
        const item: unknown = node.items[key];
        const range = (item as Node | undefined)?.range;
        if (range) line = lines.linePos(range[0]).line;
        node = item;
      } else break;
    }
    return line;
  };
}
