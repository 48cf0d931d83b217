import { Decimal } from "decimal.js";
import {
  type Amount,
  amount,
  compare as compareAmounts,
  minus,
  nothing,
  plus,
  ratio,
  rounded,
  times,
} from "./amount.ts";
import { type PayText, payText } from "./estimate.ts";
import type { BillableItem } from "./items.ts";
import { monthsOf, type Pay, payAsYouGo, type SavingsPlan, termText } from "./pay.ts";
import type { PricedItem } from "./price.ts";
import { type PriceBook, type PriceFact, quoteOf } from "./quote.ts";
import { commitmentOf } from "./savings-plan.ts";
import type { Month, Use } from "./use.ts";
import { ladder, savingsPlans } from "./wanted.ts";
import { type Share, sharesOf, type Way, wayOf } from "./way.ts";

/** One way of paying for a group of hosts with their disks. Money is decimal text, two decimals, of the book's currency. */
export interface Option {
  readonly pay: PayText | SavingsPlan;
  /** Hosts and disks in a month as they are used; of a subscription its share of a month. Absent: no price. */
  readonly perMonth?: string;
  /** Paid at once. */
  readonly payNow?: string;
  /** Owed over the whole term, whatever runs. */
  readonly bound?: string;
  /** Against pay-as-you-go as it is used: positive saves. */
  readonly savesPerMonth?: string;
  /**
   * Hours a month from which it is cheaper than pay-as-you-go, if idle hosts are stopped (disks go on) or deleted. Absent:
   * never, or unknown.
   */
  readonly breakEven?: { readonly stop?: number; readonly delete?: number };
  /** Months after which leaving early has cost nothing: what was paid is what pay-as-you-go would have cost. */
  readonly coveredAfterMonths?: number;
  /** Only a figure that shows the size: an average, a third party's. No recommendation rests on it. */
  readonly sizeOnly: boolean;
  /** Why there is no price, or only a size. */
  readonly note?: string;
  /** Cost of a month as fixed + rate x hours, while idle hosts are stopped. */
  readonly line?: { readonly fixed: string; readonly perHour: string };
  readonly from?: PriceFact;
}

/** Ways of paying for one group, or for all of them together, and which one the stated use speaks for. */
export interface Comparison {
  /** Absent: all groups of the stack together. */
  readonly component?: string;
  readonly hosts: number;
  /** Absent where groups are used differently. */
  readonly use?: Use;
  /** As the stack file has it; `pay` absent where groups are paid differently, figures where something has no price. */
  readonly declared: { readonly pay?: PayText; readonly perMonth?: string; readonly payNow?: string };
  readonly options: readonly Option[];
  readonly recommendation?: Recommendation;
}

export interface Recommendation {
  readonly pay: PayText | SavingsPlan;
  /** In words: the stated use, from when a term pays, what it saves. */
  readonly reason: string;
  /** A way of which only the size is known may cost less. */
  readonly maybeLess: boolean;
}

/** Compares the ways of paying for each group of hosts of a plan, and for all groups together where there are several. */
export function comparisons(items: readonly PricedItem[], book: PriceBook, month: Month): readonly Comparison[] {
  const byComponent = Map.groupBy(
    items.map(({ item }) => item),
    ({ component }) => component,
  );
  const groups = [...byComponent].filter(([, group]) => group.some(isHost));
  const each = groups.map(([component, group]) => compareGroup(component, group, book, month));
  if (groups.length < 2) return each;
  const all = groups.flatMap(([, group]) => group);
  return [...each, compareGroup(undefined, all, book, month)];
}

function isHost({ kind }: BillableItem): boolean {
  return kind === "host";
}

function compareGroup(
  component: string | undefined,
  items: readonly BillableItem[],
  book: PriceBook,
  month: Month,
): Comparison {
  const shares = sharesOf(items);
  const uses = distinct(items.filter(isHost).map(({ component: of }) => month.useOf(of)));
  const use = uses.length === 1 ? uses[0] : undefined;
  const byHour = wayOf(shares, payAsYouGo, book, month);
  const priced = (pay: Pay) => exactOption(shares, pay, byHour, book, month);
  const ahead = ladder.map((term) => priced({ kind: "subscription", term }));
  const plans = savingsPlans.map(priced);
  const knownPlans = plans.filter(({ way }) => way.state !== "unknown");
  const usual = byHour.state === "unknown" ? undefined : byHour.byUse;
  const exact = [...ahead, ...(knownPlans.length > 0 ? knownPlans : plans.slice(0, 1))];
  const spot = spotOption(shares, book, month);
  const recommendation = recommend(use, month.hours, byHour.state === "priced" ? usual : undefined, exact, spot);
  return {
    ...(component === undefined ? {} : { component }),
    hosts: items.filter(isHost).length,
    ...(use === undefined ? {} : { use }),
    declared: declaredOf(shares, book, month),
    options: [
      optionByHour({ kind: "pay-as-you-go" }, byHour, month.hours),
      ...(spot === undefined ? [] : [optionByHour(spot.pay, spot.way, month.hours)]),
      ...exact.map((one) => textOf(one, usual, month.hours)),
    ],
    ...(recommendation === undefined ? {} : { recommendation }),
  };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** What the stack file has chosen, with figures where everything in it has a price. */
function declaredOf(shares: readonly Share[], book: PriceBook, month: Month): Comparison["declared"] {
  const pays = distinct(shares.filter(({ item }) => isHost(item)).map(({ item }) => payText(item.pay)));
  const way = wayOf(shares, "as declared", book, month);
  const [pay] = pays;
  const told = pays.length === 1 && pay !== undefined ? { pay } : {};
  if (way.state !== "priced") return told;
  const spread = shares.flatMap(({ item, count }) => {
    if (item.pay.kind !== "subscription") return [];
    const quote = quoteOf(book, item, item.pay);
    const { over, under } = monthsOf(item.pay.term);
    return quote.state === "priced" && quote.per === "term" ? [times(quote.amount, under * count, over)] : [];
  });
  return { ...told, perMonth: rounded(spread.reduce(plus, way.byUse), 2), payNow: rounded(way.ahead, 2) };
}

/** Spot hosts as they are declared: the market's price moves, so the most that they can cost. */
interface SpotOption {
  readonly pay: Extract<PayText, { kind: "spot" }>;
  readonly way: Way;
}

function spotOption(shares: readonly Share[], book: PriceBook, month: Month): SpotOption | undefined {
  const pays = distinct(shares.filter(({ item }) => isHost(item)).map(({ item }) => item.pay));
  const [pay] = pays;
  if (pays.length !== 1 || pay?.kind !== "spot") return undefined;
  const { limit } = pay;
  const most: PriceBook = {
    ...book,
    quote: (item, own) => {
      if (own.kind !== "spot") return book.quote(item, own);
      const size = (high: Amount, why: string) =>
        ({ state: "size", low: nothing, high, per: "hour", why, from: [] }) as const;
      if (limit !== undefined) return size(amount(limit), "at most: the limit of the stack file");
      const byHour = book.quote(item, payAsYouGo);
      return byHour.state === "priced" ? size(byHour.amount, "at most: what pay-as-you-go costs") : byHour;
    },
  };
  return { pay, way: wayOf(shares, "as declared", most, month) };
}

interface ExactOption {
  readonly pay: Exclude<Pay, { kind: "pay-as-you-go" | "spot" }>;
  readonly way: Way;
  readonly perMonth?: Amount;
  readonly breakEven?: { readonly stop?: Decimal; readonly delete?: Decimal };
  /** A month by the hour, of what is paid ahead otherwise. */
  readonly byHour?: Amount;
}

function exactOption(shares: readonly Share[], pay: Pay, byHour: Way, book: PriceBook, month: Month): ExactOption {
  if (pay.kind === "pay-as-you-go" || pay.kind === "spot") throw new Error(`${pay.kind} binds to nothing`);
  const way = wayOf(shares, pay, book, month);
  if (way.state === "unknown") return { pay, way };
  const bound = plus(shareOf(way.ahead, pay), times(way.committed, month.hours));
  const perMonth = plus(bound, way.byUse);
  if (byHour.state === "unknown") return { pay, way, perMonth };
  // What goes on by the hour in both ways takes no part in the comparison.
  const working = minus(byHour.working, way.working);
  const attached = minus(byHour.attached, way.attached);
  return {
    pay,
    way,
    perMonth,
    breakEven: {
      ...hoursWhere(bound, working, times(attached, month.hours), month.hours, "stop"),
      ...hoursWhere(bound, plus(working, attached), nothing, month.hours, "delete"),
    },
    byHour: minus(byHour.byUse, way.byUse),
  };
}

/** A month's share of what is paid for a term; nothing of a savings plan, which is owed by the hour. */
function shareOf(ahead: Amount, pay: ExactOption["pay"]): Amount {
  if (pay.kind === "savings-plan") return nothing;
  const { over, under } = monthsOf(pay.term);
  return times(ahead, under, over);
}

/** Hours at which fixed + rate x hours reaches what is bound; nothing when they never meet in a month. */
function hoursWhere(bound: Amount, rate: Amount, fixed: Amount, monthHours: number, key: "stop" | "delete") {
  const hours = ratio(minus(bound, fixed), rate);
  return hours === undefined || hours.greaterThan(monthHours) ? {} : { [key]: Decimal.max(0, hours) };
}

function optionByHour(pay: PayText, way: Way, monthHours: number): Option {
  if (way.state === "unknown") return { pay, sizeOnly: false, note: way.note };
  return {
    pay,
    perMonth: rounded(way.byUse, 2),
    sizeOnly: way.state === "size",
    line: { fixed: rounded(times(plus(way.attached, way.always), monthHours), 2), perHour: rounded(way.working, 4) },
    ...(way.note === undefined ? {} : { note: way.note }),
    ...(way.from === undefined ? {} : { from: way.from }),
  };
}

function textOf(
  { pay, way, perMonth, breakEven, byHour }: ExactOption,
  usual: Amount | undefined,
  monthHours: number,
): Option {
  const told = pay.kind === "subscription" ? ({ kind: "subscription", term: termText(pay.term) } as const) : pay;
  if (way.state === "unknown" || perMonth === undefined) {
    return { pay: told, sizeOnly: false, note: way.state === "unknown" ? way.note : "no price" };
  }
  const { now, whole } = boundBy(pay, way.ahead, way.committed);
  const covered = byHour === undefined ? undefined : ratio(whole, byHour);
  const fixed = minus(perMonth, minus(way.byUse, times(plus(way.attached, way.always), monthHours)));
  return {
    pay: told,
    perMonth: rounded(perMonth, 2),
    payNow: rounded(now, 2),
    bound: rounded(whole, 2),
    ...(usual === undefined ? {} : { savesPerMonth: rounded(minus(usual, perMonth), 2) }),
    ...(breakEven === undefined ? {} : { breakEven: hoursText(breakEven) }),
    ...(covered === undefined ? {} : { coveredAfterMonths: covered.toDecimalPlaces(1).toNumber() }),
    sizeOnly: way.state === "size",
    ...(way.note === undefined ? {} : { note: way.note }),
    line: { fixed: rounded(fixed, 2), perHour: rounded(way.working, 4) },
    ...(way.from === undefined ? {} : { from: way.from }),
  };
}

/** What is paid at once, and what is owed over the whole term. */
function boundBy(pay: ExactOption["pay"], ahead: Amount, committed: Amount): { now: Amount; whole: Amount } {
  return pay.kind === "subscription" ? { now: ahead, whole: ahead } : commitmentOf(committed, pay);
}

function hoursText(hours: { readonly stop?: Decimal; readonly delete?: Decimal }): NonNullable<Option["breakEven"]> {
  const text = (one: Decimal) => one.toDecimalPlaces(1).toNumber();
  return {
    ...(hours.stop === undefined ? {} : { stop: text(hours.stop) }),
    ...(hours.delete === undefined ? {} : { delete: text(hours.delete) }),
  };
}

/**
 * The cheapest way at the stated use, of those that have a price; a size decides nothing. Spot hosts stay what they are where
 * even the most that they can cost is the least; otherwise nobody can say.
 */
function recommend(
  use: Use | undefined,
  monthHours: number,
  usual: Amount | undefined,
  options: readonly ExactOption[],
  spot: SpotOption | undefined,
): Recommendation | undefined {
  if (usual === undefined) return undefined;
  const priced = options.flatMap((one) =>
    one.way.state === "priced" && one.perMonth !== undefined ? [{ ...one, perMonth: one.perMonth }] : [],
  );
  const [cheapest] = priced.toSorted((a, b) => compareAmounts(a.perMonth, b.perMonth));
  const maybeLess = (than: Amount) =>
    options.some(
      ({ way, perMonth }) => way.state === "size" && perMonth !== undefined && compareAmounts(perMonth, than) < 0,
    );
  const stated = useInWords(use, monthHours);
  if (cheapest === undefined) return undefined;
  if (spot !== undefined) {
    if (spot.way.state === "unknown" || compareAmounts(spot.way.byUse, cheapest.perMonth) > 0) return undefined;
    const reason = `${stated}; at most ${rounded(spot.way.byUse, 2)} a month`;
    return { pay: spot.pay, reason, maybeLess: maybeLess(spot.way.byUse) };
  }
  const term = cheapest.pay.kind === "subscription" ? termText(cheapest.pay.term) : years(cheapest.pay.years);
  const from = cheapest.breakEven?.[use?.whenIdle === "delete" ? "delete" : "stop"];
  const pays = (what: string) => (from === undefined ? "" : `; ${what}pays from ${from.toDecimalPlaces(0)} h`);
  if (compareAmounts(usual, cheapest.perMonth) <= 0) {
    const name = cheapest.pay.kind === "subscription" ? term : `a savings plan of ${term}`;
    return { pay: { kind: "pay-as-you-go" }, reason: `${stated}${pays(`${name} `)}`, maybeLess: maybeLess(usual) };
  }
  const saving = rounded(minus(usual, cheapest.perMonth), 2);
  const pay = cheapest.pay.kind === "subscription" ? ({ kind: "subscription", term } as const) : cheapest.pay;
  const reason = `${stated}${pays("")}: saves ${saving} a month`;
  return { pay, reason, maybeLess: maybeLess(cheapest.perMonth) };
}

function years(count: number): string {
  return count === 1 ? "1 year" : `${count} years`;
}

function useInWords(use: Use | undefined, monthHours: number): string {
  if (use === undefined) return "each group as it is used";
  return use.whenIdle === "run" ? `always on, ${monthHours} h` : `${use.hours} h a month, then ${use.whenIdle}`;
}
