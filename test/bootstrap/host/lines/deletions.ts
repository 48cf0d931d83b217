import { places } from "../../../../components/bootstrap/places.ts";

/** A file without one of the things it says. */
export interface Deletion {
  /** What is gone, as a person would name it. */
  readonly gone: string;
  readonly text: string;
}

/** Every single thing that could be taken out of a file: lines, keys of JSON, elements of lists. */
export function deletions(path: string, text: string): Deletion[] {
  return path === places.daemonJson ? ofJson(text) : ofLines(text);
}

function ofLines(text: string): Deletion[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at): Deletion[] => {
    if (line.trim() === "") return [];
    const changed = (by: readonly string[]) => [...lines.slice(0, at), ...by, ...lines.slice(at + 1)].join("\n");
    return [
      { gone: line, text: changed([]) },
      ...elements(line).map(({ gone, text: by }) => ({ gone, text: changed([by]) })),
    ];
  });
}

/** A line `key = [ "a", "b" ]` without one element. */
function elements(line: string): Deletion[] {
  const [, head, list] = /^(\s*[\w-]+ = )(\[.*\])$/.exec(line) ?? [];
  if (head === undefined || list === undefined) return [];
  const items = JSON.parse(list) as unknown[];
  return items.map((item, at) => ({
    gone: `${JSON.stringify(item)} in ${line}`,
    text: `${head}${JSON.stringify(items.toSpliced(at, 1))}`,
  }));
}

function ofJson(text: string): Deletion[] {
  return without(JSON.parse(text), "").map(({ gone, value }) => ({
    gone,
    text: `${JSON.stringify(value, null, 2)}\n`,
  }));
}

/** The value with one key or element less, at every depth. */
function without(value: unknown, at: string): { gone: string; value: unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const path = `${at}/${key}`;
    const put = (by: unknown) => (Array.isArray(value) ? value.with(Number(key), by) : { ...value, [key]: by });
    const less = Array.isArray(value)
      ? value.toSpliced(Number(key), 1)
      : Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    return [
      { gone: `${path}: ${JSON.stringify(item)}`, value: less },
      ...without(item, path).map(({ gone, value: inner }) => ({ gone, value: put(inner) })),
    ];
  });
}
