import { Kind, type Row } from "./core/store.ts";

/**
 * What is not to be had in a zone, beyond what the catalogue says. A rehearsal of "sold out". Its account is "": stock is
 * the same for everybody.
 */
export interface SoldOut extends Row {
  /** Full zone id; * for every zone. */
  readonly zone: string;
  /** Instance type, disk category, Lindorm or TSDB class; * for everything. */
  readonly what: string;
  /** NoStock: sold out for now. NotOnSale: not sold in that zone. */
  readonly how: "NoStock" | "NotOnSale";
}

export const soldOut = new Kind<SoldOut>("soldOut");
