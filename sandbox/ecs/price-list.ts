import { Decimal } from "decimal.js";
import type { Call } from "../core/call.ts";
import { Kind, type Row } from "../core/store.ts";
import { catalogueList, listed, type PriceList, type Span, type Sum } from "./price-sums.ts";

/** A price that a test makes up. */
export interface TestPrice {
  readonly region: string;
  /** A type, a disk as category and level ("cloud_essd PL0", by the GiB), or "bandwidth" by the Mbit/s. */
  readonly what: string;
  /** Decimal texts: for an hour, and for a month of a subscription. */
  readonly hour?: string;
  readonly month?: string;
}

/**
 * For tests alone: prices of one account in place of the catalogue's, in a currency of choice. No list of the international
 * site is known, and a client has to be tried with USD, and with a currency that it does not expect.
 */
export interface TestPriceList extends Row {
  readonly currency: PriceList["currency"];
  readonly prices: readonly TestPrice[];
}
export const testPriceLists = new Kind<TestPriceList>("testPriceList");

/** The prices of the caller's account; undefined for one of the international site, whose list is not known. */
export function priceListOf({ store, account }: Call): PriceList | undefined {
  const [own] = store.list(testPriceLists, account.id);
  if (own !== undefined) return testList(own);
  return account.site === "china" ? catalogueList : undefined;
}

function testList({ currency, prices }: TestPriceList): PriceList {
  const price = (region: string, what: string, quantity: number, span: Span): Sum | undefined => {
    const row = prices.find((one) => one.region === region && one.what === what);
    const each = span.unit === "hour" ? row?.hour : row?.month;
    if (each === undefined) return undefined;
    return listed(new Decimal(each).times(quantity).times(span.unit === "hour" ? 1 : span.months));
  };
  return {
    currency,
    host: (region, type, span) => price(region, type, 1, span),
    disk: (region, { category, level, GiB }, span) =>
      price(region, level === undefined ? category : `${category} ${level}`, GiB, span),
    bandwidth: (region, Mbps, span) => price(region, "bandwidth", Mbps, span),
  };
}
