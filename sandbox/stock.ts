import { Kind, type Row } from "./core/store.ts";

/**
 * What is not to be had in a zone, beyond what the catalogue says. A rehearsal of "sold out". Its account is "": stock is
 * the same for everybody.
 */
export interface SoldOut extends Row {
  /** Full zone id; a region's for all of its zones and for what has none; * for every zone. */
  readonly zone: string;
  /** Instance type, disk category, Lindorm or TSDB class, image, or "lindorm" of a region; * for everything. */
  readonly what: string;
  /** NoStock: sold out for now. NotOnSale: not sold in that zone. LowStock: still sold, and little is left. */
  readonly how: "NoStock" | "NotOnSale" | "LowStock";
}

export const soldOut = new Kind<SoldOut>("soldOut");

/** Whether a rule is about a zone or region. */
export function covers({ zone }: SoldOut, place: string): boolean {
  return zone === "*" || zone === place || place.startsWith(`${zone}-`);
}

/** What a spot host costs in a zone now, for a rehearsal: no spot price of any day is in the catalogue. */
export interface SpotPrice extends Row {
  readonly zone: string;
  readonly type: string;
  /** By the hour, in the account's currency. */
  readonly price: number;
}

export const spotPrices = new Kind<SpotPrice>("spotPrice");
