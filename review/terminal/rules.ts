import type { RulesReview } from "../rules.ts";
import { columns, type Style } from "./layout.ts";
import { countOf } from "./words.ts";

type Violation = RulesReview["violations"][number];
type Heading = (title: string, text: string, right?: string) => string;

/** What the mainland rules say: pass in a line, or what stops, what is advised, what was accepted, what people must say. */
export function rulesBlock(rules: RulesReview, heading: Heading, style: Style): string {
  const { width, warn } = style;
  const stops = grouped(rules.violations.filter((v) => v.level === "mandatory" && v.accepted === undefined));
  const advised = grouped(rules.violations.filter((v) => v.level === "advisory" && v.accepted === undefined));
  const advice = [...Map.groupBy(advised, sameAdvice).values()];
  const accepted = grouped(rules.violations.filter((v) => v.accepted !== undefined));
  const verdict =
    stops.length === 0
      ? `pass: ${countOf(rules.rules, "rule")}, profile ${rules.profile}`
      : warn(`stop: ${countOf(stops.length, "mandatory violation")}, profile ${rules.profile}`);
  return [
    heading("RULES", verdict, advice.length === 0 ? "" : `${advice.length} advisory`),
    ...[...Map.groupBy(stops, ({ first }) => first.rule).values()].map((groups) => stopText(groups, style)),
    ...lines(
      [
        ...advice.map((groups) => ["advice", sentence(groups)]),
        ...accepted.map((group) => ["accepted", acceptedText(group)]),
        ...rules.mended.map(({ rule, name, change }) => [
          "mended",
          `${rule}: ${name} ${change}, set by the engine's pack`,
        ]),
        ...rules.undecided.map((u) => [
          "later",
          `${u.rule}: ${u.path} of ${u.name}${u.places > 1 ? ` and ${u.places - 1} more` : ""} is known in the deployment only`,
        ]),
        ...attestedRows(rules),
      ],
      width,
    ),
  ].join("\n");
}

function lines(rows: readonly (readonly string[])[], width: number): string[] {
  return rows.length === 0 ? [] : [columns(rows, ["left", "left"], width)];
}

/** Violations that differ in their resource only, with the names of all. */
interface Group {
  readonly first: Violation;
  readonly names: readonly string[];
  /** Entries that would accept them. */
  readonly entries: readonly string[];
}

function grouped(violations: readonly Violation[]): readonly Group[] {
  const groups = Map.groupBy(violations, (v) =>
    JSON.stringify([v.rule, v.path, v.found, v.wanted, v.level, v.accepted]),
  );
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [
          {
            first,
            names: same.map(({ name }) => name),
            entries: same.flatMap(({ accept }) => accept ?? []),
          },
        ];
  });
}

/** One rule that stops: where it is broken, and once what to do. */
function stopText(groups: readonly Group[], { width, bold }: Style): string {
  const [any] = groups;
  if (any === undefined) return "";
  const { rule, title, severity, fix, source, mendedInPlace } = any.first;
  const entries = [...new Set(groups.flatMap(({ entries }) => entries))];
  const rows = [
    ...groups.map((group) => [where(group)]),
    [`fix: ${fix}`],
    ...(mendedInPlace === undefined
      ? []
      : [[`or china:policies levels: { ${rule}: remediate }: the engine's pack sets ${mendedInPlace} in place`]]),
    ...entries.slice(0, mostEntries).map((entry) => [`accept: ${entry}`]),
    ...(entries.length > mostEntries ? [[`and ${entries.length - mostEntries} more to accept`]] : []),
    [`source: ${source}`],
  ];
  return [
    columns([[`${bold(rule)}  ${title} (${severity})`]], ["left"], width),
    columns(rows, ["left"], width, 6),
  ].join("\n");
}

/** Entries to paste that are printed for one rule; the rest are alike. */
const mostEntries = 2;

function sameAdvice({ first: { rule, found, wanted } }: Group): string {
  return JSON.stringify([rule, found, wanted]);
}

/** Advice that differs in its properties only is one line. */
function sentence(groups: readonly Group[]): string {
  const [one] = groups;
  if (one === undefined) return "";
  const names = [...new Set(groups.flatMap((group) => group.names))];
  const paths = new Set(groups.map(({ first }) => first.path));
  const path = paths.size === 1 ? one.first.path : "";
  return `${one.first.rule}: ${where({ first: { ...one.first, path }, names })}`;
}

function where({ first, names }: Pick<Group, "first" | "names">): string {
  const { path, found, wanted } = first;
  return `${some(names)}${path === "" ? "" : ` ${path}`}: ${found}; wanted ${wanted}`;
}

/** A few names; the rest as a number. */
function some(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
}

function acceptedText(group: Group): string {
  const { accepted } = group.first;
  const reason = accepted === undefined ? "" : ` until ${accepted.until} by ${accepted.by}: ${accepted.why}`;
  return `${group.first.rule} on ${some(group.names)}${reason}`;
}

function attestedRows({ attested }: RulesReview): string[][] {
  const open = attested.filter(({ by }) => by === undefined).map(({ what }) => what);
  const said = attested.filter(({ by }) => by !== undefined);
  return [
    ...said.map(({ what, by, on, note }) => [
      "attested",
      `${what} by ${by} on ${on}${note === undefined ? "" : ` (${note})`}`,
    ]),
    ...(open.length === 0
      ? []
      : [["to attest", `only a person can say: ${open.join(", ")} (china:policies attested)`]]),
  ];
}
