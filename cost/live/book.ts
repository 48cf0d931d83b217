import type { Site } from "../../catalog/term-prices.ts";
import { amount } from "../amount.ts";
import { catalogueBook } from "../catalogue.ts";
import type { BillableItem } from "../items.ts";
import type { Pay } from "../pay.ts";
import type { PriceBook, Quote } from "../quote.ts";
import { wantedPrices } from "../wanted.ts";
import { askFor, type Limits, limits } from "./ask.ts";
import { isFresh, type Kept, readCache, writeCache } from "./cache.ts";
import { currencyOf, type Place, type PriceCloud } from "./cloud.ts";
import { type Figure, figureKey } from "./figure.ts";
import { questionsFor } from "./questions.ts";

/** live: everybody's list prices of today; account: what this account pays. */
export type LiveMode = "live" | "account";

export interface LiveInput {
  readonly mode: LiveMode;
  readonly items: readonly BillableItem[];
  readonly place: Place;
  readonly cloud: PriceCloud;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** File of list prices that were told before; absent: none is read or written. */
  readonly cache?: string;
  /** Asks also for what the cache still has. */
  readonly anew?: boolean;
  readonly limits?: Limits;
}

/** A book of today's prices, and how many calls it took. */
export interface Live {
  readonly book: PriceBook;
  readonly calls: number;
  readonly figures: ReadonlyMap<string, Kept | Figure>;
}

/**
 * Asks for the prices of these items and makes a book of them, with the catalogue behind it item by item. Never throws for what the
 * cloud does: without any answer it is the catalogue's book, with a note.
 */
export async function liveBook(input: LiveInput): Promise<Live> {
  const { mode, items, place, cloud, now, cache, anew = false } = input;
  const kept = mode === "live" && cache !== undefined ? await readCache(cache) : { prices: new Map<string, Kept>() };
  const fresh = new Map(
    [...kept.prices].filter(([, price]) => isFresh(price, now) && price.currency === currencyOf[place.site]),
  );
  const wanted = wantedPrices(items);
  const questions = questionsFor(wanted, place).filter(({ items: of, pay }) =>
    of.some((item) => anew || !fresh.has(figureKey(item, pay))),
  );
  const asked = await askFor(questions, cloud, place, input.limits ?? limits);
  const told = new Map<string, Kept | Figure>([...fresh, ...asked.figures]);
  if (mode === "live" && cache !== undefined && asked.figures.size > 0) {
    await writeCache(cache, new Map([...kept.prices, ...keepable(asked.figures, now)]));
  }
  const notes = [
    ...(kept.note === undefined ? [] : [kept.note]),
    ...(questions.length === 0 ? [] : notesOf(asked.missing, told.size, mode)),
  ];
  const today = new Date(now).toISOString().slice(0, 10);
  return { book: bookOf(mode, place, told, notes, today), calls: asked.calls, figures: told };
}

/** Everybody's price alone. */
function keepable(figures: ReadonlyMap<string, Figure>, now: number): readonly (readonly [string, Kept])[] {
  const at = new Date(now).toISOString();
  return [...figures].flatMap(([key, { list, currency, per, source }]) => [
    [key, { list, currency, per, source, at }] as const,
  ]);
}

function notesOf(missing: ReadonlyMap<string, number>, told: number, mode: LiveMode): readonly string[] {
  if (missing.size === 0) return [];
  const reasons = [...missing].map(([why, count]) => `${count} x ${why}`).join(", ");
  const whose = mode === "live" ? "list price of today" : "price of this account";
  return [
    `${told === 0 ? `no ${whose}` : `not every ${whose}`} was told (${reasons}): what is missing is the catalogue's, or has no price`,
  ];
}

function bookOf(
  mode: LiveMode,
  { site }: Place,
  told: ReadonlyMap<string, Kept | Figure>,
  notes: readonly string[],
  today: string,
): PriceBook {
  const catalogue = catalogueBook(site as Site);
  if (told.size === 0) return { ...catalogue, notes };
  const currency = currencyOf[site];
  return {
    name: mode,
    site,
    currency,
    otherSite: false,
    notes,
    quote: (item, pay) => {
      const figure = told.get(figureKey(item, pay));
      if (figure !== undefined) return quoteOf(figure, mode, today);
      // Two lists are never mixed: the catalogue's is in the other currency.
      return currency === catalogue.currency
        ? catalogue.quote(item, pay)
        : { state: "unknown", why: `no price in ${currency} was told: ${inWords(pay)}` };
    },
  };
}

function quoteOf(figure: Kept | Figure, mode: LiveMode, today: string): Quote {
  const { list, per, source } = figure;
  const observedAt = "at" in figure ? figure.at.slice(0, 10) : today;
  if (mode === "live" || !("account" in figure)) {
    return { state: "priced", amount: amount(list), per, from: { kind: "list", source, observedAt } };
  }
  const from = { kind: "account", source, observedAt } as const;
  return { state: "priced", amount: amount(figure.account), per, from, list: amount(list) };
}

function inWords(pay: Pay): string {
  return pay.kind === "subscription" ? "subscription" : pay.kind;
}
