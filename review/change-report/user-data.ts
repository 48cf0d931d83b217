import type { PlanValue } from "../../plan/plan.ts";
import { decodeUserData } from "../../policies/user-data/decode.ts";
import type { ResourceChange } from "../changes/change.ts";
import type { ReviewedChange } from "../pull-request/pull-request.ts";
import { lineDiff } from "./diff.ts";
import type { Block, DiffLine, Section } from "./document.ts";
import { said, some, value } from "./phrase.ts";
import { linesOf, short } from "./text.ts";

/** Lines of one difference that are shown, and characters of one line. */
const most = { lines: 300, characters: 300 };

/** Properties that are a program for a host: shown line by line. */
export function isProgram(path: string): boolean {
  return /^(?:userData|commandContent)$/.test(path);
}

/** What changes in what hosts are started with and what is run on them; hosts that get the same together. */
export function userDataSections({ stack, changes }: ReviewedChange): Section[] {
  const found = changes.resources.flatMap((change) => programsOf(change));
  const alike = Map.groupBy(found, ({ property, before, after }) => JSON.stringify([property, before, after]));
  return [...alike.values()].flatMap((those): Section[] => {
    const [first] = those;
    if (first === undefined) return [];
    const blocks = blocksOf(first.before, first.after);
    const names = some(those.map(({ name }) => name));
    return [{ title: said`${value(stack, 80)}: ${value(first.property)} of ${names}`, place: "detail", stack, blocks }];
  });
}

interface Program {
  readonly name: string;
  readonly property: string;
  readonly before: string;
  readonly after: string;
}

function programsOf({ name, properties }: ResourceChange): Program[] {
  return properties.flatMap(({ path, before, after }) =>
    isProgram(path) && isText(before) && isText(after)
      ? [{ name, property: path, before: before ?? "", after: after ?? "" }]
      : [],
  );
}

function isText(one: PlanValue | undefined): one is string | undefined {
  return one === undefined || typeof one === "string";
}

function blocksOf(before: string, after: string): Block[] {
  const [was, is] = [piecesOf(before), piecesOf(after)];
  const places = [...new Set([...was.keys(), ...is.keys()])];
  const blocks = places.flatMap((where): Block[] => {
    const lines = lineDiff(withoutSecrets(linesOf(was.get(where) ?? "")), withoutSecrets(linesOf(is.get(where) ?? "")));
    if (lines.length === 0) return [];
    const shown: DiffLine[] = lines
      .slice(0, most.lines)
      .map(({ sign, text }) => ({ sign, text: short(text, most.characters) }));
    if (lines.length > most.lines) shown.push({ sign: "@", text: `${lines.length - most.lines} lines more` });
    return [
      ...(where === "" ? [] : [{ kind: "text" as const, text: said`In ${value(where)}:` }]),
      { kind: "diff", lines: shown },
    ];
  });
  return blocks.length > 0
    ? blocks
    : [{ kind: "text", text: said`Only how it is packed, or a line that is not shown, changes.` }];
}

/** The texts in it: base64 and gzip undone, files of a cloud-config each on its own. */
function piecesOf(userData: string): ReadonlyMap<string, string> {
  const { pieces } = decodeUserData(userData);
  return new Map(pieces.filter(({ line }) => line === undefined).map(({ where, text }) => [where, text]));
}

const tellsSecret = /passw(?:or)?d|secret|token|access[_-]?key|api[_-]?key|credential|authorization/i;

/** User data is no place for a secret; where somebody put one, a review does not spread it. */
function withoutSecrets(lines: readonly string[]): string[] {
  let inKey = false;
  return lines.map((line) => {
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line)) inKey = true;
    const hide = inKey || tellsSecret.test(line);
    if (/-----END [A-Z ]*PRIVATE KEY-----/.test(line)) inKey = false;
    return hide ? "(not shown: it may hold a secret)" : line;
  });
}
