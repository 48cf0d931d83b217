import type { Decimal } from "decimal.js";
import { type Amount, amount, minus, ratio, rounded } from "../cost/amount.ts";
import type { BillableItem } from "../cost/items.ts";
import { askFor, limits } from "../cost/live/ask.ts";
import { currencyOf } from "../cost/live/cloud.ts";
import { type Figure, figureKey } from "../cost/live/figure.ts";
import { questionsFor } from "../cost/live/questions.ts";
import { type Pay, termText } from "../cost/pay.ts";
import { billableItems } from "../cost/price.ts";
import type { Situation } from "./check.ts";
import { priceCloudOf } from "./price-cloud.ts";

/** Things of a stack that have one price, and what it is today. */
export interface Today {
  readonly item: BillableItem;
  readonly count: number;
  readonly figure?: Figure;
  /** Why there is no figure. */
  readonly why?: string;
}

/** Questions for prices of one stack: as it is paid, and nothing else. */
const mostCalls = 12;

/**
 * What everything of the stack costs today, as it is paid. Spot hosts are left out: their price is the market's. Nothing where
 * there are no credentials.
 */
export async function pricesToday({ ask, plan, settings }: Situation): Promise<readonly Today[]> {
  if (ask === undefined) return [];
  const { region, account } = settings;
  const items = billableItems(plan, region).filter(({ pay, kind }) => pay.kind !== "spot" && kind !== "other");
  const place = { region, site: account.site };
  const wanted = items.filter(({ unknown }) => unknown === undefined).map((item) => ({ item, pay: item.pay }));
  // What is refused is not asked again: the client of the cloud has done so already.
  const patience = { ...limits, calls: mostCalls, atOnce: mostCalls, wait: 0 };
  const { figures, missing } = await askFor(questionsFor(wanted, place), priceCloudOf(ask), place, patience);
  return [...Map.groupBy(items.toSorted(hostsFirst), (item) => figureKey(item, item.pay))].flatMap(([key, same]) => {
    const [item] = same;
    if (item === undefined) return [];
    const figure = figures.get(key);
    const untold = item.withHost ? "told only with a host that is no spot host" : "no API tells it";
    const why = item.unknown ?? missing.get(key) ?? untold;
    return [{ item, count: same.length, ...(figure === undefined ? { why } : { figure }) }];
  });
}

const readingOrder: readonly BillableItem["kind"][] = ["host", "system-disk", "data-disk"];

function hostsFirst(a: BillableItem, b: BillableItem): number {
  const [first, second] = [a, b].map(({ kind }) => readingOrder.indexOf(kind) + (readingOrder.includes(kind) ? 0 : 9));
  return (first ?? 0) - (second ?? 0);
}

/** By how many percent a price is above another; undefined against nothing. */
export function percentAbove(price: Amount, other: Amount): Decimal | undefined {
  return ratio(minus(price, other), other)?.times(100);
}

/** Percent, where neither the command line nor the stack file says another. */
const defaultTolerance = 5;

/** Percent that a price may be above another. */
export function toleranceOf({ prices, settings }: Situation): number {
  return prices?.tolerance ?? settings.cost.priceTolerance ?? defaultTolerance;
}

/** 0.5233 CNY an hour, 522.32 CNY for 1 month. */
export function priceText(price: Amount, pay: Pay, currency: string): string {
  if (pay.kind === "subscription") return `${rounded(price, 2)} ${currency} for ${termText(pay.term)}`;
  return `${rounded(price, 4)} ${currency} an hour`;
}

/** ecs.g7.xlarge, 200 GiB PL1. */
export function sizeText({
  unit,
  quantity,
  level,
  what,
}: Pick<BillableItem, "unit" | "quantity" | "level" | "what">): string {
  if (unit === "GiB") return `${quantity} GiB ${level ?? what}`;
  return quantity > 1 ? `${quantity} x ${what}` : what;
}

export function listPrice({ list }: Figure): Amount {
  return amount(list);
}

/** What this account pays: shown only to who asked for it. */
export function ownPrice({ account }: Figure): Amount {
  return amount(account);
}

/** The currency that an account's list is in. */
export function currencyFor({ settings }: Situation): string {
  return currencyOf[settings.account.site];
}
