import { Decimal } from "decimal.js";
import { type Amount, compare as compareAmounts, minus, nothing, plus, ratio, rounded, sum, times } from "./amount.ts";
import type { PayText } from "./estimate.ts";
import type { BillableItem } from "./items.ts";
import { monthsOf, type Pay, payAsYouGo, type SavingsPlan, type Term, termText } from "./pay.ts";
import type { PricedItem } from "./price.ts";
import type { PriceBook, PriceFact } from "./quote.ts";
import type { Month, Use } from "./use.ts";
import { ladder } from "./wanted.ts";

/** One way of paying for a group of hosts with their disks. Money is decimal text, two decimals, of the book's currency. */
export interface Option {
  readonly pay: PayText | SavingsPlan;
  /** Hosts and disks in a month as they are used; of a subscription its share of a month. Absent: no price. */
  readonly perMonth?: string;
  /** Paid at once. */
  readonly payNow?: string;
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

/** Ways of paying for one group, and which one its stated use speaks for. */
export interface Comparison {
  readonly component: string;
  readonly hosts: number;
  readonly use: Use;
  readonly options: readonly Option[];
  readonly recommendation?: { readonly pay: PayText | SavingsPlan; readonly reason: string };
}

/** Compares the ways of paying for each group of hosts of a plan. */
export function comparisons(items: readonly PricedItem[], book: PriceBook, month: Month): readonly Comparison[] {
  const groups = Map.groupBy(items, ({ item }) => item.component);
  return [...groups].flatMap(([component, group]) => {
    const all = group.map(({ item }) => item);
    const hosts = all.filter(({ kind }) => kind === "host").length;
    return hosts === 0 ? [] : [compareGroup(component, hosts, all, book, month)];
  });
}

function compareGroup(
  component: string,
  hosts: number,
  items: readonly BillableItem[],
  book: PriceBook,
  month: Month,
): Comparison {
  const use = month.useOf(component);
  const byHour = wayOf(items, payAsYouGo, book);
  const usual = byHour.state === "unknown" ? undefined : costOf(byHour, use, month.hours);
  const exact = ladder.map((term) => exactOption(items, term, byHour, use, book, month.hours));
  const options: Option[] = [optionByHour(byHour, usual, month.hours), ...exact.map((one) => textOf(one, usual))];
  const recommendation = recommend(use, month.hours, byHour.state === "priced" ? usual : undefined, exact);
  return { component, hosts, use, options, ...(recommendation === undefined ? {} : { recommendation }) };
}

/** A group in one way of paying, exact. What comes with a host is paid that way; its own disks by the hour. */
type Way =
  | {
      readonly state: "priced" | "size";
      /** By the hour, only while the hosts work. */
      readonly working: Amount;
      /** By the hour, gone with a deleted host, going on with a stopped one. */
      readonly attached: Amount;
      /** By the hour, always. */
      readonly always: Amount;
      /** Paid at once. */
      readonly ahead: Amount;
      readonly note?: string;
      readonly from?: PriceFact;
    }
  | { readonly state: "unknown"; readonly note: string };

function wayOf(items: readonly BillableItem[], pay: Pay, book: PriceBook): Way {
  let [working, attached, always, ahead] = [nothing, nothing, nothing, nothing];
  let state: "priced" | "size" = "priced";
  let note: string | undefined;
  let from: PriceFact | undefined;
  for (const item of items) {
    const quote = book.quote(item, item.withHost ? pay : payAsYouGo);
    if (quote.state === "unknown") return { state: "unknown", note: quote.why };
    if (quote.state === "size") {
      state = "size";
      note ??= quote.why;
    }
    const figure = quote.state === "priced" ? quote.amount : quote.high;
    if (item.kind === "host") from ??= quote.state === "priced" ? quote.from : quote.from[0];
    if (quote.per === "term") ahead = plus(ahead, figure);
    else if (!item.withHost) always = plus(always, figure);
    else if (item.kind === "host" || item.kind === "bandwidth") working = plus(working, figure);
    else attached = plus(attached, figure);
  }
  const told = { ...(note === undefined ? {} : { note }), ...(from === undefined ? {} : { from }) };
  return { state, working, attached, always, ahead, ...told };
}

/** A month by the hour: the hours worked, and what goes on meanwhile. */
function costOf(way: Exclude<Way, { state: "unknown" }>, { hours, whenIdle }: Use, monthHours: number): Amount {
  const worked = whenIdle === "run" ? monthHours : hours;
  const attachedHours = whenIdle === "delete" ? worked : monthHours;
  return sum([times(way.working, worked), times(way.attached, attachedHours), times(way.always, monthHours)]);
}

interface ExactOption {
  readonly term: Term;
  readonly way: Way;
  readonly perMonth?: Amount;
  readonly breakEven?: { readonly stop?: Decimal; readonly delete?: Decimal };
  readonly byHourForHosts?: Amount;
}

function exactOption(
  items: readonly BillableItem[],
  term: Term,
  byHour: Way,
  use: Use,
  book: PriceBook,
  monthHours: number,
): ExactOption {
  const way = wayOf(items, { kind: "subscription", term }, book);
  if (way.state === "unknown") return { term, way };
  const { over, under } = monthsOf(term);
  const share = times(way.ahead, under, over);
  const perMonth = plus(share, times(way.always, monthHours));
  if (byHour.state === "unknown") return { term, way, perMonth };
  return {
    term,
    way,
    perMonth,
    breakEven: {
      ...hoursWhere(share, byHour.working, times(byHour.attached, monthHours), monthHours, "stop"),
      ...hoursWhere(share, plus(byHour.working, byHour.attached), nothing, monthHours, "delete"),
    },
    byHourForHosts: minus(costOf(byHour, use, monthHours), times(byHour.always, monthHours)),
  };
}

/** Hours at which fixed + rate x hours reaches a subscription's month; nothing when they never meet in a month. */
function hoursWhere(share: Amount, rate: Amount, fixed: Amount, monthHours: number, key: "stop" | "delete") {
  const hours = ratio(minus(share, fixed), rate);
  return hours === undefined || hours.greaterThan(monthHours) ? {} : { [key]: Decimal.max(0, hours) };
}

function optionByHour(way: Way, usual: Amount | undefined, monthHours: number): Option {
  const pay = { kind: "pay-as-you-go" } as const;
  if (way.state === "unknown" || usual === undefined) {
    return { pay, sizeOnly: false, note: way.state === "unknown" ? way.note : "no price" };
  }
  return {
    pay,
    perMonth: rounded(usual, 2),
    sizeOnly: way.state === "size",
    line: { fixed: rounded(times(plus(way.attached, way.always), monthHours), 2), perHour: rounded(way.working, 4) },
    ...(way.from === undefined ? {} : { from: way.from }),
  };
}

function textOf({ term, way, perMonth, breakEven, byHourForHosts }: ExactOption, usual: Amount | undefined): Option {
  const pay = { kind: "subscription", term: termText(term) } as const;
  if (way.state === "unknown" || perMonth === undefined) {
    return { pay, sizeOnly: false, note: way.state === "unknown" ? way.note : "no price" };
  }
  const covered = byHourForHosts === undefined ? undefined : ratio(way.ahead, byHourForHosts);
  return {
    pay,
    perMonth: rounded(perMonth, 2),
    payNow: rounded(way.ahead, 2),
    ...(usual === undefined ? {} : { savesPerMonth: rounded(minus(usual, perMonth), 2) }),
    ...(breakEven === undefined ? {} : { breakEven: hoursText(breakEven) }),
    ...(covered === undefined ? {} : { coveredAfterMonths: covered.toDecimalPlaces(1).toNumber() }),
    sizeOnly: way.state === "size",
    ...(way.note === undefined ? {} : { note: way.note }),
    line: { fixed: rounded(perMonth, 2), perHour: "0.0000" },
    ...(way.from === undefined ? {} : { from: way.from }),
  };
}

function hoursText(hours: { readonly stop?: Decimal; readonly delete?: Decimal }): NonNullable<Option["breakEven"]> {
  const text = (one: Decimal) => one.toDecimalPlaces(1).toNumber();
  return {
    ...(hours.stop === undefined ? {} : { stop: text(hours.stop) }),
    ...(hours.delete === undefined ? {} : { delete: text(hours.delete) }),
  };
}

/** The cheapest way at the stated use, of those that have a price; a size decides nothing. */
function recommend(use: Use, monthHours: number, usual: Amount | undefined, options: readonly ExactOption[]) {
  if (usual === undefined) return undefined;
  const priced = options.filter(({ way, perMonth }) => way.state === "priced" && perMonth !== undefined);
  const cheapest = priced.toSorted((a, b) => compareAmounts(a.perMonth ?? nothing, b.perMonth ?? nothing))[0];
  const stated =
    use.whenIdle === "run" ? `always on, ${monthHours} h a month` : `${use.hours} h a month, then ${use.whenIdle}`;
  const key = use.whenIdle === "delete" ? "delete" : "stop";
  const from = cheapest?.breakEven?.[key];
  const pays =
    from === undefined
      ? ""
      : `; ${termText(cheapest?.term ?? ladder[0] ?? { unit: "month", count: 1 })} pays from ${from.toDecimalPlaces(0)} h`;
  if (cheapest?.perMonth === undefined || compareAmounts(usual, cheapest.perMonth) <= 0) {
    return { pay: { kind: "pay-as-you-go" } as const, reason: `${stated}${pays}` };
  }
  const saving = rounded(minus(usual, cheapest.perMonth), 2);
  return {
    pay: { kind: "subscription", term: termText(cheapest.term) } as const,
    reason: `${stated}${pays}: saves ${saving} a month, bound for ${termText(cheapest.term)}`,
  };
}
