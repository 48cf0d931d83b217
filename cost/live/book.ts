import { amount } from "../amount.ts";
import { catalogueBook } from "../catalogue.ts";
import type { BillableItem } from "../items.ts";
import type { PriceBook, Quote } from "../quote.ts";
import { type Wanted, wantedPrices } from "../wanted.ts";
import { type Asked, askFor, type Limits, limits } from "./ask.ts";
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
  /** yyyy-mm-dd, the day of what is told now. */
  readonly today: string;
  /** File of list prices that were told before; absent: none is read or written. */
  readonly cache?: string;
  /** Asks also for what the cache still has. */
  readonly anew?: boolean;
  /** Said first: what a reader has to know of who was asked. */
  readonly note?: string;
  readonly limits?: Limits;
}

/** A book of today's prices, and how it came about. */
export interface Live {
  readonly book: PriceBook;
  readonly calls: number;
  readonly figures: ReadonlyMap<string, Kept | Figure>;
  /** Something had to be asked, and there was nothing to sign with. */
  readonly unsigned: boolean;
}

/**
 * Asks for the prices of these items and makes a book of them, with the catalogue behind it item by item. Never throws for what
 * the cloud does: without any answer it is the catalogue's book, with a note.
 */
export async function liveBook(input: LiveInput): Promise<Live> {
  const { mode, items, place, cloud, now, today, cache, anew = false } = input;
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
  const notes = [input.note, kept.note].filter((note) => note !== undefined);
  if (mode === "live" && cache !== undefined && asked.figures.size > 0) {
    await writeCache(cache, new Map([...fresh, ...keepable(asked.figures, now)])).catch(() =>
      notes.push(`the prices could not be kept in ${cache}`),
    );
  }
  const book = bookOf(mode, place, told, [...notes, ...notesOf(wanted, told, asked, place)], today);
  return { book, calls: asked.calls, figures: told, unsigned: asked.unsigned };
}

/** Everybody's price alone. */
function keepable(figures: ReadonlyMap<string, Figure>, now: number): readonly (readonly [string, Kept])[] {
  const at = new Date(now).toISOString();
  return [...figures].map(([key, { list, currency, per, source }]) => [key, { list, currency, per, source, at }]);
}

/** How many prices the catalogue has to give, how many there are nowhere, and why. */
function notesOf(
  wanted: readonly Wanted[],
  told: ReadonlyMap<string, unknown>,
  { missing }: Asked,
  { site }: Place,
): readonly string[] {
  const all = new Map(wanted.map((one) => [figureKey(one.item, one.pay), one]));
  const rest = [...all].flatMap(([key, { item, pay }]) => {
    if (told.has(key)) return [];
    const why = missing.get(key) ?? "no price API known";
    const listed = fallback(site, told.size)?.quote(item, pay).state ?? "unknown";
    return [{ why, where: listed === "unknown" ? "unknown" : "from the catalogue" }];
  });
  return ["from the catalogue", "unknown"].flatMap((where) => {
    const found = rest.filter((one) => one.where === where);
    if (found.length === 0) return [];
    const reasons = [...Map.groupBy(found, ({ why }) => why)];
    const said = reasons.map(([why, { length }]) => (reasons.length === 1 ? why : `${length} x ${why}`)).join("; ");
    return [`${found.length} of ${all.size} prices ${where}: ${said}`];
  });
}

/** The catalogue, where its currency is the book's: two lists are never mixed. Without any answer it is the whole book. */
function fallback(site: Place["site"], told: number): PriceBook | undefined {
  const catalogue = catalogueBook(site);
  return told === 0 || catalogue.currency === currencyOf[site] ? catalogue : undefined;
}

function bookOf(
  mode: LiveMode,
  { site }: Place,
  told: ReadonlyMap<string, Kept | Figure>,
  notes: readonly string[],
  today: string,
): PriceBook {
  const behind = fallback(site, told.size);
  if (told.size === 0 && behind !== undefined) return { ...behind, notes };
  const currency = currencyOf[site];
  return {
    ...{ name: mode, site, currency, otherSite: false, notes },
    quote: (item, pay) => {
      const figure = told.get(figureKey(item, pay));
      if (figure !== undefined) return quoteOf(figure, mode, today);
      // The catalogue's is a part of its own hour, which is not the hour that stands beside it here.
      if (pay.kind === "savings-plan") return { state: "unknown", why: "discounts of savings plans are not asked for" };
      return behind?.quote(item, pay) ?? { state: "unknown", why: `no price in ${currency} was told` };
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
