import { quoted } from "./names.ts";
import { failure, type Outcome, success } from "./types.ts";

/** `name`: a variable or keyword; `text`: a quoted value without its quotes; `operator`: a comparison; `(` and `)`. */
export interface MarkerToken {
  readonly kind: "name" | "text" | "operator" | "(" | ")" | "end";
  readonly value: string;
}

/** The longest marker that is read, in characters; uv's longest known ones have a few thousand. */
const MAX_LENGTH = 20_000;

// One alternative per kind. Quoted values have no escapes in PEP 508.
const TOKEN = /[ \t\r\n]*(?:([a-z_][a-z0-9_.]*)|'([^']*)'|"([^"]*)"|(===|==|~=|!=|<=|>=|<|>)|([()]))/iy;

/** Splits a PEP 508 marker into tokens; the last one is always `end`. */
export function markerTokens(text: string): Outcome<readonly MarkerToken[]> {
  if (text.length > MAX_LENGTH) return failure(`the marker has more than ${MAX_LENGTH} characters`);
  const tokens: MarkerToken[] = [];
  const end = text.trimEnd().length;
  let position = 0;
  while (position < end) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match) return failure(`the marker ${quoted(text)} cannot be read at ${quoted(text.slice(position))}`);
    tokens.push(tokenOf(match));
    position = TOKEN.lastIndex;
  }
  tokens.push({ kind: "end", value: "" });
  return success(tokens);
}

function tokenOf(match: RegExpExecArray): MarkerToken {
  const [, name, single, double, operator, bracket] = match;
  if (name !== undefined) return { kind: "name", value: name };
  if (operator !== undefined) return { kind: "operator", value: operator };
  if (bracket === "(" || bracket === ")") return { kind: bracket, value: bracket };
  return { kind: "text", value: single ?? double ?? "" };
}
