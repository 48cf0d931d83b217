import type { BillableItem } from "../items.ts";
import type { Pay } from "../pay.ts";

/** One price as the cloud told it. Decimal texts: a list price is everybody's, the account's is this account's alone. */
export interface Figure {
  readonly list: string;
  readonly account: string;
  readonly currency: string;
  readonly per: "hour" | "term";
  /** API and action that told it. */
  readonly source: string;
}

/** Figures by what they are of. */
export type Figures = ReadonlyMap<string, Figure>;

/** What a price depends on, and nothing else: not whose it is. */
export function figureKey(item: BillableItem, pay: Pay): string {
  const { region, kind, what, quantity, level = "", withHost } = item;
  return JSON.stringify([
    region,
    kind,
    what,
    quantity,
    level,
    withHost,
    pay.kind === "subscription" ? pay.term : pay.kind,
  ]);
}
