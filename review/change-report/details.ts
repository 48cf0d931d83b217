import { changeParts } from "../cost-report/change.ts";
import type { Block as CostBlock, Section as CostSection } from "../cost-report/document.ts";
import { lineParts } from "../cost-report/lines.ts";
import { noteParts } from "../cost-report/notes.ts";
import { reportOf } from "../cost-report/report.ts";
import { partsOf } from "../pull-request/parts.ts";
import type { ReviewedChange } from "../pull-request/pull-request.ts";
import { type Block, type Item, list, type Section, section } from "./document.ts";
import { prose, said, some, value } from "./phrase.ts";

/** What the rules say of a stack, also where nothing stops. */
export function ruleSections(one: ReviewedChange): Section[] {
  const { stack } = one;
  const { policies } = partsOf(one);
  if (policies === undefined) return [];
  const { rules, profile, violations, undecided, mended, attested } = policies;
  const alike = Map.groupBy(violations, ({ rule, path, found, wanted, level, accepted }) =>
    JSON.stringify([rule, path, found, wanted, level, accepted]),
  );
  const items = [...alike.values()].flatMap((those): Item[] => {
    const [first] = those;
    if (first === undefined) return [];
    const { rule, path, found, wanted, level, accepted, title, source } = first;
    return [
      {
        label: said`${accepted === undefined ? level : "accepted"}, ${value(rule, 80)}`,
        text: said`${title}. ${some(those.map(({ name }) => name))}${path === "" ? [] : said` ${value(path, 80)}`}: ${found}; wanted ${wanted}`,
        more: [said`known from ${value(source, 300)}`],
      },
    ];
  });
  const later = undecided.map(
    ({ rule, name, path }): Item => ({
      label: said`later, ${value(rule, 80)}`,
      text: said`${value(path, 80)} of ${value(name, 80)} is known in the deployment only`,
    }),
  );
  const set = mended.map(
    ({ rule, name, change }): Item => ({
      label: said`mended, ${value(rule, 80)}`,
      text: said`${value(name, 80)} ${change}`,
    }),
  );
  const people = attested.map(
    ({ what, by, on }): Item => ({
      label: said`a person says`,
      text: by === undefined ? said`${what}: nobody yet` : said`${what}: ${by}, on ${on ?? ""}`,
    }),
  );
  const open = violations.filter(({ accepted }) => accepted === undefined);
  const broken = open.filter(({ level }) => level === "mandatory").length;
  const counts = said`${broken} broken, ${open.length - broken} advised, ${violations.length - open.length} accepted`;
  const title = said`${value(stack, 80)}: ${rules} rules, profile ${profile}: ${counts}`;
  return section(title, "detail", list([...items, ...later, ...set, ...people]), stack);
}

/** What the stack file accepts, with its last day, and what to know of the stack beside. */
export function acceptedSections({ stack, review }: ReviewedChange): Section[] {
  if (review === undefined) return [];
  const accepted = review.accepted.map(
    ({ what, on, why, by, until }): Item => ({
      label: said`until ${until}`,
      text: said`${value(what, 80)} on ${value(on, 80)}, by ${by}: ${why}`,
    }),
  );
  const warnings = review.warnings.map(({ id, text }): Item => ({ label: value(id, 80), text: prose(text) }));
  return [
    ...section(said`${value(stack, 80)}: ${accepted.length} accepted`, "detail", list(accepted), stack),
    ...section(said`${value(stack, 80)}: to know`, "detail", list(warnings), stack),
  ];
}

/** The cost in full, as the cost report has it; its charts are for pages. */
export function costSections(stackChange: ReviewedChange, asOf: string): Section[] {
  const { stack, review } = stackChange;
  const { cost } = partsOf(stackChange);
  if (cost === undefined || cost.lines.length === 0) return [];
  const sections =
    review === undefined
      ? [...changeParts(cost), ...lineParts(cost), ...noteParts(cost)]
      : reportOf([review], asOf).sections;
  return sections.flatMap((one: CostSection) => {
    const title = one.level === 2 ? said`${value(stack, 80)}: cost` : said`${value(stack, 80)}: ${one.title}`;
    return section(title, "appendix", one.blocks.flatMap(blockOf), stack);
  });
}

function blockOf(block: CostBlock): Block[] {
  switch (block.kind) {
    case "text":
      return [{ kind: "text", text: prose(block.text) }];
    case "list":
      return list(block.items.map(({ label, text }) => ({ label: prose(label ?? ""), text: prose(text) })));
    case "table": {
      const { caption, head, align, rows, foot = [] } = block;
      return [
        {
          kind: "table",
          caption: prose(caption),
          head,
          align,
          rows: [...rows, ...foot].map((row) => row.map((cell) => prose(cell))),
        },
      ];
    }
    case "chart":
      return [];
  }
}
