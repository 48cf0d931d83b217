import { project } from "../components/config/load.ts";
import type { Settings } from "../components/config.ts";
import { type Amount, hoursPerMonth, nothing, plus, rounded, sum, times } from "../cost/amount.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import { type OwnPay, termText } from "../cost/pay.ts";
import { type PricedItem, priceItems } from "../cost/price.ts";
import { quoteOf } from "../cost/quote.ts";
import { alwaysOn } from "../cost/use.ts";
import { nameIn } from "../deploy/destroy-holds.ts";
import { managedIn, type State } from "../deploy/state.ts";
import type { CostStatus, Pay } from "../deploy/status/schema.ts";
import { planOfState } from "./destroy-cost.ts";

/** What the cloud says of one thing that money depends on. */
export interface BilledFacts {
  readonly id: string;
  readonly name: string;
  /** gone: nothing is billed. */
  readonly power: string;
  /** Stopped without charge: its disks are billed and it is not. */
  readonly free?: boolean;
  readonly createdAt?: string | undefined;
  readonly pay: Pay;
}

export interface CostOf {
  readonly stack: string;
  readonly state: State;
  readonly settings: Settings;
  readonly facts: readonly BilledFacts[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Priced items of what still exists, each with what the cloud says of its thing. */
export function itemsThere({ stack, state, settings, facts }: CostOf) {
  const byId = new Map(facts.map((one) => [one.id, one]));
  const idOf = new Map(managedIn(state).map(({ urn, id = "" }) => [urn, id]));
  const book = catalogueBook(settings.account.site);
  const items = priceItems(planOfState(project, stack, state), settings.region, book, alwaysOn);
  return {
    book,
    items: items
      .map((one) => ({ one, fact: byId.get(idOf.get(one.item.urn) ?? "") }))
      .filter(({ fact }) => fact?.power !== "gone"),
  };
}

/** What a stack costs as it runs, what it has cost, and what is paid ahead: estimates, each nature by itself. */
export function costOf(input: CostOf): CostStatus {
  const { now } = input;
  const { book, items } = itemsThere(input);
  const running = items.filter(({ one: { item }, fact }) => !(fact?.free === true && item.kind === "host"));
  let used: Amount = nothing;
  const unpriced = new Map<string, Set<string>>();
  const without = (name: string, why: string) => unpriced.set(why, (unpriced.get(why) ?? new Set()).add(name));
  const made: string[] = [];
  for (const { one, fact } of items) {
    const { item, hourly } = one;
    const name = fact?.name ?? nameIn(item.urn);
    if (isPaidOtherwise({ one, fact }))
      without(name, "the cloud and the state say different ways of paying: see DRIFT");
    else if (item.pay.kind === "subscription") continue;
    else if (hourly === undefined) without(name, whyUnpriced(one));
    else if (fact?.createdAt === undefined)
      without(name, "since when it is billed is not known: it is in no sum so far");
    else {
      made.push(fact.createdAt);
      used = plus(used, times(hourly, Math.max(0, now - Date.parse(fact.createdAt)), hour));
    }
  }
  const perHour = sum(
    running.flatMap((there) => {
      const { item, hourly } = there.one;
      return item.pay.kind === "subscription" || isPaidOtherwise(there) ? [] : (hourly ?? []);
    }),
  );
  const [since] = made.toSorted();
  return {
    currency: book.currency,
    list: "China site list prices",
    dates: datesOf(items.map(({ one }) => one)),
    sizeOnly: book.otherSite,
    byTheHour: { perDay: rounded(times(perHour, 24), 2), perMonth: rounded(times(perHour, hoursPerMonth), 2) },
    usedSoFar: rounded(used, 2),
    ...(since === undefined ? {} : { since }),
    unpriced: [...unpriced].map(([why, names]) => `${some([...names].sort())}: ${why}`).sort(),
    paidAhead: paidAhead(items, now),
  };
}

type There = ReturnType<typeof itemsThere>["items"];

/** Whether somebody has bought a term, or ended one, beside the state: what the state says of money is then no longer so. */
function isPaidOtherwise({ one: { item }, fact }: There[number]): boolean {
  if (fact === undefined) return false;
  return (fact.pay.kind === "subscription") !== (item.pay.kind === "subscription");
}

function paidAhead(items: There, now: number): CostStatus["paidAhead"] {
  const ahead = items.filter((there) => there.one.item.pay.kind === "subscription" && !isPaidOtherwise(there));
  const groups = Map.groupBy(ahead, ({ one, fact }) =>
    JSON.stringify([
      one.item.pay.kind === "subscription" ? one.item.pay.term : "",
      one.item.component,
      fact?.pay.until?.slice(0, 10),
    ]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || first.one.item.pay.kind !== "subscription") return [];
    const until = first.fact?.pay.until;
    const priced = group.every(({ one }) => one.payNow !== undefined);
    const perTerm = priced ? { perTerm: rounded(sum(group.flatMap(({ one }) => one.payNow ?? [])), 2) } : {};
    return [
      {
        names: [...new Set(group.map(({ one, fact }) => fact?.name ?? nameIn(one.item.urn)))].sort(),
        term: termText(first.one.item.pay.term),
        ...perTerm,
        ...(until === undefined ? {} : { until, daysLeft: Math.floor((Date.parse(until) - now) / day) }),
      },
    ];
  });
}

/** What one more term of a thing costs, with what is paid together with it; undefined where something of it has no price. */
export function priceOfTerm(input: CostOf, id: string, pay: OwnPay): Amount | undefined {
  const { book, items } = itemsThere({ ...input, facts: input.facts.filter((one) => one.id === id) });
  const own = items.filter(({ one, fact }) => fact !== undefined && one.item.pay.kind === "subscription");
  const prices = own.map(({ one }) => quoteOf(book, one.item, pay));
  if (prices.length === 0 || prices.some(({ state }) => state !== "priced")) return undefined;
  return sum(prices.flatMap((quote) => (quote.state === "priced" ? [quote.amount] : [])));
}

/** Names that are told one by one. */
const named = 4;

function some(names: readonly string[]): string {
  const more = names.length - named;
  return `${names.slice(0, named).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function whyUnpriced({ quote }: PricedItem): string {
  return quote.state === "priced" ? "" : quote.why;
}

/** Days of all figures, each once. */
function datesOf(items: readonly PricedItem[]): string {
  const days = items.flatMap(({ quote }) => (quote.state === "priced" ? [quote.from.observedAt] : []));
  const all = [...new Set(days)].sort();
  return all.length > 2 ? `${all[0]} to ${all.at(-1)}` : all.join(" and ");
}
