import { type MarkerToken, markerTokens } from "./markerTokens.ts";
import { quoted } from "./names.ts";
import { failure, type Outcome, success } from "./types.ts";

/** A PEP 508 marker as a tree. */
export type Marker =
  | { readonly kind: "and" | "or"; readonly parts: readonly Marker[] }
  | { readonly kind: "compare"; readonly left: Operand; readonly operator: string; readonly right: Operand };

/** A variable of the environment, or a quoted value. */
export interface Operand {
  readonly kind: "variable" | "value";
  readonly text: string;
}

/** Variables of PEP 508 and, for `extras` and `dependency_groups`, PEP 751. */
const VARIABLES: ReadonlySet<string> = new Set([
  "dependency_groups",
  "extra",
  "extras",
  "implementation_name",
  "implementation_version",
  "os_name",
  "platform_machine",
  "platform_python_implementation",
  "platform_release",
  "platform_system",
  "platform_version",
  "python_full_version",
  "python_version",
  "sys_platform",
]);

/** Spellings of PEP 345 and of old setuptools, which are still found in metadata. */
const OLD_NAMES = new Map([
  ["os.name", "os_name"],
  ["sys.platform", "sys_platform"],
  ["platform.version", "platform_version"],
  ["platform.machine", "platform_machine"],
  ["platform.python_implementation", "platform_python_implementation"],
  ["python_implementation", "platform_python_implementation"],
]);

/** Nesting of parentheses that is followed; a bound keeps a hostile lock from exhausting the stack. */
const MAX_DEPTH = 100;

interface Cursor {
  readonly text: string;
  readonly tokens: readonly MarkerToken[];
  position: number;
}

/** Reads a marker: `or` binds weaker than `and`, parentheses group. */
export function parseMarker(text: string): Outcome<Marker> {
  const tokens = markerTokens(text);
  if (!tokens.ok) return tokens;
  const cursor: Cursor = { text, tokens: tokens.value, position: 0 };
  const marker = parseJoined(cursor, "or", 0);
  if (!marker.ok) return marker;
  return peek(cursor).kind === "end" ? marker : unexpected(cursor, '"and", "or" or the end');
}

function parseJoined(cursor: Cursor, word: "and" | "or", depth: number): Outcome<Marker> {
  const parts: Marker[] = [];
  do {
    const part = word === "or" ? parseJoined(cursor, "and", depth) : parseAtom(cursor, depth);
    if (!part.ok) return part;
    parts.push(part.value);
  } while (takeName(cursor, word));
  const [only] = parts;
  return success(parts.length === 1 && only ? only : { kind: word, parts });
}

function parseAtom(cursor: Cursor, depth: number): Outcome<Marker> {
  if (peek(cursor).kind !== "(") return parseComparison(cursor);
  if (depth >= MAX_DEPTH) return failure(`the marker ${quoted(cursor.text)} has more than ${MAX_DEPTH} parentheses`);
  cursor.position += 1;
  const inner = parseJoined(cursor, "or", depth + 1);
  if (!inner.ok) return inner;
  if (peek(cursor).kind !== ")") return unexpected(cursor, '")"');
  cursor.position += 1;
  return inner;
}

function parseComparison(cursor: Cursor): Outcome<Marker> {
  const left = parseOperand(cursor);
  if (!left.ok) return left;
  const operator = parseOperator(cursor);
  if (!operator.ok) return operator;
  const right = parseOperand(cursor);
  if (!right.ok) return right;
  if (left.value.kind === right.value.kind) {
    return failure(`the marker ${quoted(cursor.text)} must compare one variable with one quoted value`);
  }
  return success({ kind: "compare", left: left.value, operator: operator.value, right: right.value });
}

function parseOperand(cursor: Cursor): Outcome<Operand> {
  const token = peek(cursor);
  if (token.kind === "text") {
    cursor.position += 1;
    return success({ kind: "value", text: token.value });
  }
  const name = OLD_NAMES.get(token.value) ?? token.value;
  if (token.kind !== "name" || !VARIABLES.has(name)) return unexpected(cursor, "a marker variable or a quoted value");
  cursor.position += 1;
  return success({ kind: "variable", text: name });
}

function parseOperator(cursor: Cursor): Outcome<string> {
  const token = peek(cursor);
  if (token.kind === "operator") {
    cursor.position += 1;
    return success(token.value);
  }
  if (takeName(cursor, "in")) return success("in");
  if (takeName(cursor, "not")) return takeName(cursor, "in") ? success("not in") : unexpected(cursor, '"in"');
  return unexpected(cursor, "a comparison");
}

function takeName(cursor: Cursor, word: string): boolean {
  const token = peek(cursor);
  const found = token.kind === "name" && token.value === word;
  if (found) cursor.position += 1;
  return found;
}

function peek(cursor: Cursor): MarkerToken {
  return cursor.tokens[cursor.position] ?? { kind: "end", value: "" };
}

function unexpected(cursor: Cursor, wanted: string): { readonly ok: false; readonly message: string } {
  const token = peek(cursor);
  const found = token.kind === "end" ? "its end" : quoted(token.value);
  return failure(`the marker ${quoted(cursor.text)} has ${found} where ${wanted} must be`);
}
