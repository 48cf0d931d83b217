import type { Path } from "../../components/config/mistakes.ts";
import type { Hazard } from "../hazards/hazard.ts";
import { partsOf } from "../pull-request/parts.ts";
import type { ChangeReview, ReviewedChange, Stop } from "../pull-request/pull-request.ts";
import { type Item, list, type Section, section } from "./document.ts";
import { type Lines, settingAt, settingOfBudget, settingOfHazard } from "./lines.ts";
import { changedStacks, of } from "./names.ts";
import { type Phrase, prose, said, some, together, value } from "./phrase.ts";

/** What must be mended or accepted first, each with what to do. */
export function stopSections(review: ChangeReview, lines: Lines): Section[] {
  const items = review.stacks.flatMap((stack) => {
    const stops = review.stops.filter((stop) => stop.stack === stack.stack);
    return itemsOf(stops, stack, lines).map((item) => ({ ...item, label: of(stack.stack, review, item.label) }));
  });
  return section(said`Mend or accept first`, "summary", list(items));
}

function itemsOf(stops: readonly Stop[], stack: ReviewedChange, lines: Lines): Item[] {
  const rules = [
    ...Map.groupBy(
      stops.filter(({ kind }) => kind === "rule"),
      ({ id }) => id,
    ),
  ];
  const at = (path: Path) => placeText(stack, lines, path);
  return [
    ...stops.flatMap((stop) => (stop.kind === "unreadable" ? [unreadable(stop)] : [])),
    ...rules.flatMap(([id, those]) => ruleItems(id, those, stack, at)),
    ...stops.flatMap((stop) => (stop.kind === "hazard" ? [hazardStop(stop, stack, at)] : [])),
    ...stops.flatMap((stop) => (stop.kind === "budget" ? [budgetStop(stop, stack, at)] : [])),
  ];
}

type At = (path: Path) => Phrase;

/** `, Pulumi.shanghai.yaml:14` where the line is known. */
function placeText({ stack, review }: ReviewedChange, lines: Lines, path: Path): Phrase {
  const line = lines(stack, path);
  return review === undefined || line === undefined ? [] : said` (${value(`${review.file}:${line}`, 120)})`;
}

function unreadable({ text }: Stop): Item {
  return { label: said`cannot be read`, text: prose(text), tone: "stop" };
}

/** One rule: where it is broken alike, and once what to do. */
function ruleItems(id: string, stops: readonly Stop[], stack: ReviewedChange, at: At): Item[] {
  const violations = partsOf(stack).policies?.violations ?? [];
  const broken = violations.filter(
    ({ rule, level, accepted }) => rule === id && level === "mandatory" && accepted === undefined,
  );
  if (broken.length === 0) {
    return stops.map(({ text }) => ({ label: value(id, 80), text: prose(text), tone: "stop" }));
  }
  const alike = Map.groupBy(broken, ({ path, found, wanted }) => JSON.stringify([path, found, wanted]));
  return [...alike.values()].flatMap((those): Item[] => {
    const [first] = those;
    if (first === undefined) return [];
    const where = first.path === "" ? [] : said` ${value(first.path, 80)}`;
    return [
      {
        label: value(id, 80),
        text: said`${some(those.map(({ name }) => name))}${where}: ${first.found}; wanted ${first.wanted}${at(settingAt(stack, first.urn, first.path))}`,
        tone: "stop",
        more: [said`fix: ${first.fix}`, ...accept(those.flatMap((one) => one.accept ?? []))],
      },
    ];
  });
}

function accept(entries: readonly string[]): Phrase[] {
  const [first] = entries;
  if (first === undefined) return [];
  const more = entries.length > 1 ? said` and ${entries.length - 1} more like it` : [];
  return [said`or accept it under ${[{ kind: "value", text: "china:accept" }]}: ${value(first, 300)}${more}`];
}

function hazardStop({ id, text }: Stop, stack: ReviewedChange, at: At): Item {
  const hazard = stack.hazards.find((one) => one.id === id && one.text === text);
  const item: Item = { label: value(id, 80), text: prose(text), tone: "stop" };
  return hazard === undefined
    ? item
    : {
        ...item,
        text: said`${prose(text)}${at(settingOfHazard(stack, hazard))}`,
        more: [...because(hazard), ...accept(hazard.accept === undefined ? [] : [hazard.accept])],
      };
}

function budgetStop({ id, text }: Stop, stack: ReviewedChange, at: At): Item {
  const entry = partsOf(stack).cost?.budget.find((one) => one.what === id && one.text === text)?.accept;
  return {
    label: value(id, 80),
    text: said`${text}${at(settingOfBudget(id))}`,
    tone: "stop",
    more: accept(entry === undefined ? [] : [entry]),
  };
}

/** What it is concluded from, and what to do. */
function because({ evidence, advice }: Hazard): Phrase[] {
  const shown = evidence.slice(0, 3).map((text) => prose(text));
  const more = evidence.length > 3 ? said` and ${evidence.length - 3} more` : [];
  return [...(shown.length === 0 ? [] : [said`because ${together(shown, "; ")}${more}`]), said`to do: ${advice}`];
}

/** Hazards that stop nothing: of less weight, or accepted. */
export function hazardSection(review: ChangeReview): Section[] {
  const items = changedStacks(review).flatMap(({ stack, hazards }) =>
    hazards
      .filter(
        ({ id, text }) =>
          !review.stops.some(
            (stop) => stop.stack === stack && stop.kind === "hazard" && stop.id === id && stop.text === text,
          ),
      )
      .map((hazard): Item => {
        const { severity, id, text, accepted } = hazard;
        return {
          label: of(stack, review, said`${severity}, ${value(id, 80)}`),
          text: prose(text),
          ...(severity === "low" || accepted !== undefined ? {} : { tone: "beware" as const }),
          more:
            accepted === undefined
              ? because(hazard)
              : [said`accepted until ${accepted.until} by ${accepted.by}: ${accepted.why}`],
        };
      }),
  );
  return section(said`Hazards that stop nothing`, "summary", list(items));
}

/** Every hazard with its evidence and where it is known from. */
export function hazardDetails({ stack, hazards }: ReviewedChange): Section[] {
  const items = hazards.map((hazard): Item => {
    const { id, severity, title, on, text, evidence, advice, source } = hazard;
    return {
      label: said`${severity}, ${value(id, 80)}`,
      text: said`${title}, on ${value(on, 80)}. ${text}`,
      more: [
        ...evidence.slice(0, 20).map((one) => said`because ${one}`),
        said`to do: ${advice}`,
        said`known from ${value(source.source, 300)} (${source.observedAt})`,
      ],
    };
  });
  return section(said`${value(stack, 80)}: hazards in full`, "appendix", list(items), stack);
}
