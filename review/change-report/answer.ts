import { grouped } from "../../cost/amount.ts";
import { partsOf } from "../pull-request/parts.ts";
import type { ChangeReview, ReviewedChange, Stop } from "../pull-request/pull-request.ts";
import { signed } from "../terminal/money.ts";
import { type Block, list, type Section, section } from "./document.ts";
import { bound, deltaOf, lockedIn, payNowOf, totals } from "./money.ts";
import { changedStacks, counted, countOperations, of, stateName } from "./names.ts";
import { type Phrase, prose, said, some, together, value } from "./phrase.ts";

/** Nothing to read: no stack changes, nothing decides how it is judged. */
export function isQuietReview(review: ChangeReview): boolean {
  return changedStacks(review).length === 0 && review.judge.length === 0 && review.stops.length === 0;
}

/** The answer in one line. */
export function titleOf(review: ChangeReview): Phrase {
  const sides = said`${stateName(review.before)} -> ${stateName(review.after)}`;
  if (isQuietReview(review)) {
    return said`No changes to ${counted(review.stacks.length, "stack")}: ${sides}`;
  }
  const changed = changedStacks(review);
  const money = changed.some((one) => partsOf(one).cost !== undefined) ? said`. ${totals(review)}` : [];
  if (review.stops.length > 0) return said`Stop: ${stopsInWords(review.stops)}${money}`;
  if (changed.length === 0) return said`No stack changes, but what decides how a change is judged does`;
  return said`Nothing stops this change to ${counted(changed.length, "stack")}${money}`;
}

const kinds: readonly (readonly [kind: Stop["kind"], one: string, many: string])[] = [
  ["unreadable", "stack cannot be read", "stacks cannot be read"],
  ["rule", "rule broken", "rules broken"],
  ["hazard", "hazard not accepted", "hazards not accepted"],
  ["budget", "budget limit passed", "budget limits passed"],
];

/** A rule that is broken at many places is one rule of its stack. */
function stopsInWords(stops: readonly Stop[]): Phrase {
  const phrases = kinds.flatMap(([kind, one, many]) => {
    const those = stops.filter((stop) => stop.kind === kind);
    const count =
      kind === "hazard" ? those.length : new Set(those.map(({ stack, id }) => JSON.stringify([stack, id]))).size;
    return count === 0 ? [] : [counted(count, one, many)];
  });
  return together(phrases);
}

/** What becomes of each stack: one row each, those that stay as they are in one. */
export function overview(review: ChangeReview): Section[] {
  const changed = changedStacks(review);
  const quiet = review.stacks.filter((one) => !changed.includes(one)).map(({ stack }) => stack);
  const rest: Block[] = quiet.length === 0 ? [] : [{ kind: "text", text: said`No change: ${some(quiet, 8)}.` }];
  if (changed.length === 0) return section(said`Stacks`, "summary", rest);
  const table: Block = {
    kind: "table",
    caption: said`What becomes of each stack: resources, a month's cost, what is paid at once and what it binds to`,
    head: ["stack", "new", "changed", "replaced", "deleted", "a month", "change", "pay now", "locked in"],
    align: ["left", "right", "right", "right", "right", "right", "right", "right", "left"],
    rows: changed.map(rowOf),
  };
  return section(said`Stacks`, "summary", [table, ...rest]);
}

function rowOf(one: ReviewedChange): Phrase[] {
  const { stack, state, changes } = one;
  const { cost } = partsOf(one);
  const counts = countOperations(changes.resources);
  const count = (n: number) => (n === 0 ? [] : said`${n}`);
  const note = { changed: "", unchanged: "", new: " (new)", removed: " (removed)", unreadable: " (not read)" }[state];
  const figures = [counts.create, counts.update, counts.replace, counts.delete].map(count);
  const name = said`${value(stack, 80)}${[{ kind: "words", text: note }]}`;
  if (cost === undefined) return [name, ...figures, [], [], [], []];
  const { change, sum, currency, unpricedLines, sizeOnly } = cost;
  const size = sizeOnly ? "about " : "";
  const least = unpricedLines > 0 ? "at least " : "";
  const month = change === undefined ? grouped(sum.perMonth) : `${grouped(change.before)} -> ${grouped(change.after)}`;
  const about = bound(cost) === "" ? "" : `, ${bound(cost)}`;
  return [
    name,
    ...figures,
    prose(`${size}${least}${month} ${currency}`),
    said`${signed(deltaOf(state, cost))}${prose(about)}`,
    said`${grouped(payNowOf(state, cost))}`,
    prose(lockedIn(state, cost)),
  ];
}

/** What of the change decides how the change is judged: said first. */
export function judgeSection(review: ChangeReview): Section[] {
  const items = review.judge.map(({ what, stack, text }) => ({
    label: stack === undefined ? said`${what}` : of(stack, review, said`${what}`),
    text: prose(text),
    tone: "beware" as const,
  }));
  return section(said`This change decides how it is judged: a person must look at`, "summary", list(items));
}

/** What was compared, and what nobody looked at. */
export function comparedSection(review: ChangeReview): Section[] {
  const how =
    review.source === "files"
      ? said`the files of both sides, each by its own code; nothing was deployed`
      : said`the engine's own preview against what it has in its state`;
  const unknown = new Map<string, number>();
  for (const { changes } of review.stacks) {
    for (const [type, count] of Object.entries(changes.unknownTypes))
      unknown.set(type, (unknown.get(type) ?? 0) + count);
  }
  return section(said`What was compared`, "summary", [
    {
      kind: "list",
      items: [
        { label: said`compared`, text: said`${stateName(review.before)} with ${stateName(review.after)}: ${how}` },
        ...(review.notCompared.length === 0
          ? []
          : [
              {
                label: said`not compared`,
                text: together(
                  review.notCompared.map((text) => prose(text)),
                  "; ",
                ),
              },
            ]),
        ...(unknown.size === 0
          ? []
          : [
              {
                label: said`types not known here`,
                text: said`${some([...unknown].map(([type, count]) => `${type} (${count})`))}: whether they are updated or replaced only a preview tells`,
              },
            ]),
      ],
    },
  ]);
}
