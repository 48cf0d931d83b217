import { Decimal } from "decimal.js";
import { grouped } from "../../cost/amount.ts";
import { partsOf } from "../pull-request/parts.ts";
import type { ChangeReview, ReviewedChange } from "../pull-request/pull-request.ts";
import type { StackReview } from "../review.ts";
import { signed } from "../terminal/money.ts";
import { payInWords, sizeText } from "../terminal/words.ts";
import { type Item, list, type Section, section } from "./document.ts";
import { changedStacks, counted, of } from "./names.ts";
import { type Phrase, prose, said, together, value } from "./phrase.ts";

type Cost = StackReview["cost"];
type Change = NonNullable<Cost["change"]>;
type Group = Change["groups"][number];
type Side = NonNullable<Group["after"]>;

/** What a stack's change costs in a month: at least, at most, or as far as there are prices. */
export function bound({ change }: Cost): "" | "at least" | "at most" | "of what has a price" {
  const open = (change?.groups ?? []).filter(({ delta }) => delta === undefined);
  if (open.length === 0) return "";
  if (open.every(({ operation }) => operation === "added")) return "at least";
  return open.every(({ operation }) => operation === "removed") ? "at most" : "of what has a price";
}

/** Deltas and payments of all stacks, by currency: nothing is converted, and the two are never added. */
export function totals(review: ChangeReview): Phrase {
  const costs = changedStacks(review).flatMap((one) => {
    const { cost } = partsOf(one);
    return cost === undefined ? [] : [{ state: one.state, cost }];
  });
  const phrases = [...Map.groupBy(costs, ({ cost }) => cost.currency)].map(([currency, those]) => {
    const deltas = those.map(({ state, cost }) => deltaOf(state, cost));
    const bounds = new Set(
      those.flatMap(({ state, cost }) => (state === "new" && cost.unpricedLines > 0 ? "at least" : bound(cost) || [])),
    );
    const [first] = bounds;
    const about =
      bounds.size === 0 ? "" : bounds.size === 1 && first !== undefined ? `, ${first}` : ", of what has a price";
    const now = added(those.map(({ state, cost }) => payNowOf(state, cost)));
    return said`${signed(added(deltas))} ${currency} a month${prose(about)}; ${grouped(now)} ${currency} to pay now`;
  });
  return together(phrases, "; ");
}

function added(amounts: readonly string[]): string {
  return Decimal.sum("0", ...amounts).toFixed(2);
}

export function deltaOf(state: ReviewedChange["state"], { change, sum }: Cost): string {
  return change?.delta ?? (state === "new" ? sum.perMonth : "0.00");
}

export function payNowOf(state: ReviewedChange["state"], { change, payNow }: Cost): string {
  return change?.payNow ?? (state === "new" ? payNow.amount : "0.00");
}

/** What the change binds to: terms that are bought by it. */
export function lockedIn(state: ReviewedChange["state"], { change, commitments }: Cost): string {
  const terms = new Set(
    change === undefined
      ? commitments.map(({ term }) => term)
      : change.groups.flatMap(({ before, after }) =>
          after?.pay.kind === "subscription" && JSON.stringify(before?.pay) !== JSON.stringify(after.pay)
            ? [after.pay.term]
            : [],
        ),
  );
  if (change === undefined && state !== "new") return "";
  const renews = commitments.some((one) => one.renews !== undefined && terms.has(one.term));
  return terms.size === 0 ? "nothing" : `${[...terms].join(", ")}${renews ? ", renews itself" : ""}`;
}

/** What the change costs, component by component. */
export function moneySection(review: ChangeReview): Section[] {
  const items = changedStacks(review).flatMap((one): Item[] => {
    const { stack, state } = one;
    const { cost } = partsOf(one);
    if (cost === undefined) return [];
    const own = cost.change === undefined ? (state === "new" ? [whole(cost)] : []) : ofChange(cost, cost.change);
    return own.map((item) => ({ ...item, label: of(stack, review, item.label) }));
  });
  return section(said`Money`, "summary", list(items));
}

function whole({ sum, currency, payNow, unpricedLines, lines }: Cost): Item {
  const least = unpricedLines > 0 ? said`, at least: ${unpricedLines} of ${lines.length} items have no price` : [];
  return {
    label: said`all of it, new`,
    text: said`${grouped(sum.perMonth)} ${currency} a month${least}; pay now ${grouped(payNow.amount)}`,
  };
}

function ofChange(cost: Cost, change: Change): Item[] {
  const { givenUp, paidOn, notBought, sizePayNow } = change;
  const components = [...Map.groupBy(change.groups, ({ component }) => component)];
  return [
    ...(cost.sizeOnly
      ? [
          {
            label: said`size only`,
            text: said`the account is billed by another list than this one, so the figures show the size only`,
            tone: "beware" as const,
          },
        ]
      : []),
    ...components.map(([component, groups]) => componentItem(component, groups, cost)),
    ...(Number(change.byUse) === 0
      ? []
      : [{ label: said`by use`, text: said`${signed(change.byUse)} a month, as the stack file states it` }]),
    ...(sizePayNow === undefined
      ? []
      : [{ label: said`pay now`, text: said`and about ${sizeText(sizePayNow)}, of which only the size is known` }]),
    ...givenUp.map(
      ({ name, what, term }): Item => ({
        label: value(name, 80),
        text: said`its subscription of ${term} (${what}) is given up; what comes back only the cloud can say`,
        tone: "beware",
      }),
    ),
    ...(Number(paidOn) === 0
      ? []
      : [
          {
            label: said`paid on`,
            text: said`${grouped(paidOn)} of the saving a month comes only when the terms have ended`,
            tone: "beware" as const,
          },
        ]),
    ...notBought.map(
      ({ name, from, to }): Item => ({
        label: value(name, 80),
        text: said`${from} -> ${to} buys nothing: a term counts at the purchase; renew in the console`,
        tone: "beware",
      }),
    ),
  ];
}

/** gate: -272.05 a month (794.37 -> 522.32), pay now 522.32: ecs.g7.xlarge, pay-as-you-go -> subscription for 1 month */
function componentItem(component: string, groups: readonly Group[], cost: Cost): Item {
  const priced = groups.filter(({ delta }) => delta !== undefined);
  const monthly = (pick: (group: Group) => Side | undefined) =>
    added(priced.map((group) => pick(group)?.perMonth ?? "0"));
  const [before, after] = [monthly((group) => group.before), monthly((group) => group.after)];
  const delta = added(priced.map((group) => group.delta ?? "0"));
  const open = groups.length - priced.length;
  const sums =
    priced.length === 0 ? said`no price` : said`${signed(delta)} a month (${grouped(before)} -> ${grouped(after)})`;
  const without = open > 0 && priced.length > 0 ? said`, ${counted(open, "item")} without a price` : [];
  const whats = groups.slice(0, mostItems).map(groupText);
  const more = groups.length > mostItems ? said`; ${groups.length - mostItems} more` : [];
  return {
    label: value(component, 80),
    text: said`${sums}${without}: ${together(whats, "; ")}${more}`,
    more: advice(component, groups, cost),
  };
}

const mostItems = 4;

function groupText({ operation, kind, before, after, names }: Group): Phrase {
  const [was, is] = [before, after].map((side) => (side === undefined ? [] : thing(kind, side)));
  const pays = [...new Set([before, after].flatMap((side) => (side === undefined ? [] : [payInWords(side.pay)])))];
  const count = names.length > 1 ? said`${names.length} x ` : [];
  const same = JSON.stringify(was) === JSON.stringify(is);
  const what = before === undefined || same ? is : after === undefined ? was : said`${was ?? []} -> ${is ?? []}`;
  const word = operation === "added" ? said`new ` : operation === "removed" ? said`gone ` : [];
  return said`${word}${count}${what ?? []}, ${together(pays.map(prose), " -> ")}`;
}

/** ecs.g7.xlarge, 40 GiB PL0, 5 Mbit/s. */
function thing(kind: string, { what, quantity }: Side): Phrase {
  if (kind.endsWith("-disk")) return said`${quantity} GiB ${what.split(" ").at(-1) ?? ""}`;
  if (kind === "lindorm-storage") return said`${quantity} GiB Lindorm storage`;
  if (kind === "bandwidth") return said`${quantity} Mbit/s`;
  return quantity > 1 ? said`${quantity} x ${value(what, 80)}` : value(what, 80);
}

/** Where the way of paying is new: the cheapest one for the stated use. */
function advice(component: string, groups: readonly Group[], { comparisons }: Cost): Phrase[] {
  const another = groups.some(({ before, after }) => JSON.stringify(before?.pay) !== JSON.stringify(after?.pay));
  const comparison = comparisons.find((one) => one.component === component);
  const recommendation = comparison?.recommendation;
  if (!another || recommendation === undefined || groups.every(({ after }) => after === undefined)) return [];
  const reason = recommendation.reason.replace(/\d+\.\d\d/g, grouped);
  const asDeclared = JSON.stringify(comparison?.declared.pay) === JSON.stringify(recommendation.pay);
  const pay = payInWords(recommendation.pay);
  return [asDeclared ? said`${pay} is the cheapest: ${reason}` : said`cheaper would be ${pay}: ${reason}`];
}
