import type { PlanValue } from "../../plan/plan.ts";
import type { ResourceChange } from "../changes/change.ts";
import { type FileDiff, userDataDiff } from "../changes/user-data.ts";
import type { ReviewedChange } from "../pull-request/pull-request.ts";
import type { Block, DiffLine, Section } from "./document.ts";
import { said, some, value } from "./phrase.ts";
import { unseenAsEscapes } from "./text.ts";

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
    const files = userDataDiff(first.before, first.after);
    const blocks: Block[] =
      files.length === 0
        ? [{ kind: "text", text: said`Only how it is packed changes.` }]
        : files.flatMap((file) => fileBlocks(file));
    const title = said`${value(stack, 80)}: ${value(first.property)} of ${some(those.map(({ name }) => name))}`;
    return [{ title, place: "detail", stack, blocks }];
  });
}

function fileBlocks({ path, kind, lines, cut }: FileDiff): Block[] {
  const shown = lines.map(diffLine);
  if (cut > 0) shown.push({ sign: "@", text: `${cut} lines more` });
  return [
    { kind: "text", text: said`${value(path)}, ${kind}` },
    { kind: "diff", lines: shown },
  ];
}

/** A note of the comparison, in parentheses, stands like a hunk's head. */
function diffLine(line: string): DiffLine {
  const [sign, text] = [line.slice(0, 1), unseenAsEscapes(line.slice(1))];
  if (sign === "+" || sign === "-" || sign === " ") return { sign, text };
  return { sign: "@", text: unseenAsEscapes(line).replace(/^@@ | @@$/g, "") };
}

interface Program {
  readonly name: string;
  readonly property: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function programsOf({ name, properties }: ResourceChange): Program[] {
  return properties.flatMap(({ path, before, after }) =>
    isProgram(path) && isText(before) && isText(after) ? [{ name, property: path, before, after }] : [],
  );
}

function isText(one: PlanValue | undefined): one is string | undefined {
  return one === undefined || typeof one === "string";
}
