import { parse, TomlDate } from "smol-toml";
import { failure, type Outcome, success } from "./types.ts";

export type Table = Readonly<Record<string, unknown>>;

/** Parses TOML without throwing: a broken file is the user's mistake. */
export function parseToml(text: string): Outcome<Table> {
  try {
    return success(parse(text));
  } catch (error) {
    const first = error instanceof Error ? error.message.split("\n")[0] : undefined;
    return failure(first ?? "not TOML");
  }
}

export function asTable(value: unknown): Table | undefined {
  const plain = typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);
  return plain ? (value as Table) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Tables of an array of tables; undefined when the value is something else, so that it can be reported. */
export function asTables(value: unknown): readonly Table[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const tables = value.map(asTable);
  return tables.every((table) => table !== undefined) ? tables : undefined;
}

/** Strings of an array of strings; undefined when the value is something else. */
export function asTexts(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "string") ? value : undefined;
}

/** Last part of an address or path, without query, fragment and percent signs: the file name of a wheel. */
export function fileNameOf(address: string): string | undefined {
  const last = address
    .replace(/[?#].*$/s, "")
    .split(/[/\\]/)
    .at(-1);
  if (!last) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
