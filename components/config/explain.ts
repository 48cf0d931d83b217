import type { z } from "zod";
import type { Mistake, Path } from "./mistakes.ts";
import { quoted } from "./mistakes.ts";
import { nearest } from "./nearest.ts";
import { descriptionAt, keysAt, wholeNumberAt, wordsAt } from "./schema-keys.ts";
import { isMap, valueAt } from "./values.ts";

type Issue = z.core.$ZodIssue;

/** A mistake, and for a misspelt key what it was meant to be. */
export type Explained = Mistake & { readonly meant?: Path };

/** Zod's issues in the reader's words: path, what stands there, what is allowed, what to do. */
export function explain(error: z.ZodError, raw: unknown, schema: z.ZodType): Explained[] {
  return error.issues.flatMap((issue) => explainIssue(issue, [], raw, schema));
}

function explainIssue(issue: Issue, above: Path, raw: unknown, schema: z.ZodType): Explained[] {
  const path = [...above, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))];
  const value = valueAt(raw, path);
  const one = (wanted: string, fix?: string): Explained[] => [
    { path, ...(value === undefined ? {} : { found: quoted(value) }), wanted, ...(fix === undefined ? {} : { fix }) },
  ];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key, keysAt(schema, path)));
    case "invalid_key":
      return [{ path, found: quoted(path.at(-1)), wanted: messages(issue.issues), fix: "rename the key" }];
    case "invalid_element":
      return issue.issues.flatMap((inner) => explainIssue(inner, path, raw, schema));
    case "invalid_union":
      return explainUnion(issue, path, raw, schema);
    case "invalid_type": {
      const expected = wholeNumber(wholeNumberAt(schema, path)) ?? kind(issue.expected);
      return one(value === undefined ? `${expected}; it is required` : expected, descriptionAt(schema, path));
    }
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = typeof value === "string" ? nearest(value, allowed) : undefined;
      return value === undefined
        ? one(`${choice(allowed)}; it is required`)
        : one(choice(allowed), near === undefined ? undefined : `did you mean ${near}?`);
    }
    case "too_small":
      return one(wholeNumber(wholeNumberAt(schema, path)) ?? bound(issue.origin, "at least", issue.minimum));
    case "too_big":
      return one(wholeNumber(wholeNumberAt(schema, path)) ?? bound(issue.origin, "at most", issue.maximum));
    case "invalid_format": {
      const form = issue.format === "url" ? "an address such as https://mirror.example/simple/" : issue.message;
      const words = wordsAt(schema, path);
      const near = typeof value === "string" ? nearest(value, words) : undefined;
      return one(
        words.length > 0 ? `${choice(words)}, or ${form}` : form,
        near === undefined ? undefined : `did you mean ${near}?`,
      );
    }
    default:
      return one(issue.message);
  }
}

/** Of a union only the branch that the user meant is worth explaining: the one that fails deepest in. */
function explainUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
  raw: unknown,
  schema: z.ZodType,
): Explained[] {
  const value = valueAt(raw, path);
  const branches = issue.errors.filter((branch) => branch.every((inner) => inner.path.length > 0));
  const inside = branches.toSorted((a, b) => a.length - b.length)[0];
  if (inside !== undefined) return inside.flatMap((inner) => explainIssue(inner, path, raw, schema));
  const literals = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === "invalid_value" ? inner.values.map(String) : [])),
  );
  if (isMap(value)) {
    // A map with a wrong key: every branch that takes a map says so, the user meant the nearest one.
    const keys = keysAt(schema, path);
    const stray = Object.keys(value).filter((key) => !keys.includes(key));
    if (stray.length > 0) return stray.map((key) => unknownKey(path, key, keys));
    const partial = issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0));
    if (partial !== undefined) return partial.flatMap((inner) => explainIssue(inner, path, raw, schema));
  }
  const formats = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === "invalid_format" && inner.format === "regex" ? [inner.message] : [])),
  );
  const ranges = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) =>
      inner.code === "too_small"
        ? [bound(inner.origin, "at least", inner.minimum)]
        : inner.code === "too_big"
          ? [bound(inner.origin, "at most", inner.maximum)]
          : [],
    ),
  );
  const near = typeof value === "string" ? nearest(value, literals) : undefined;
  const text = descriptionAt(schema, path);
  const wanted =
    [...(literals.length > 0 ? [choice(literals)] : []), ...formats, ...ranges].join(", or ") || text || "another form";
  return [
    {
      path,
      ...(value === undefined ? {} : { found: quoted(value) }),
      wanted,
      ...(near !== undefined
        ? { fix: `did you mean ${near}?` }
        : text !== undefined && text !== wanted
          ? { fix: text }
          : {}),
    },
  ];
}

function unknownKey(path: Path, key: string, allowed: readonly string[]): Explained {
  const near = nearest(key, allowed);
  const at = (k: string) => (path.length === 0 ? `china:${k}` : k);
  return {
    path: [...path, key],
    found: quoted(at(key)),
    wanted: `a key that is known here: ${[...allowed].sort().map(at).join(", ")}`,
    fix: near === undefined ? "remove it" : `did you mean ${at(near)}?`,
    ...(near === undefined ? {} : { meant: [...path, near] }),
  };
}

function messages(issues: readonly Issue[]): string {
  return issues
    .map((issue) => (issue.code === "too_big" ? bound(issue.origin, "at most", issue.maximum) : issue.message))
    .join(", ");
}

function choice(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

function bound(origin: string, word: string, limit: number | bigint): string {
  if (origin === "string") return `${word} ${limit} characters`;
  if (origin === "array") return `${word} ${limit} ${limit === 1 ? "entry" : "entries"}`;
  return `a number, ${word} ${limit}`;
}

function wholeNumber(range: ReturnType<typeof wholeNumberAt>): string | undefined {
  if (range === undefined) return undefined;
  return range.most === Number.MAX_SAFE_INTEGER
    ? `a whole number, at least ${range.least}`
    : `a whole number from ${range.least} to ${range.most}`;
}

const kinds: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
};

function kind(expected: string): string {
  return kinds[expected] ?? expected;
}
