import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { covers, type SoldOut, soldOut, spotPrices } from "../stock.ts";
import type { Instance } from "./rows.ts";

/** Whether a thing is to be had in a zone. */
export type Stock = (zone: string, what: string) => "WithStock" | SoldOut["how"];

/** What is on sale now, read once for all questions of a call. */
export function stockOf(call: Call): Stock {
  const rules = call.store.list(soldOut, "");
  return (zone, what) => {
    let stock: ReturnType<Stock> = "WithStock";
    for (const rule of rules) {
      if (!covers(rule, zone) || (rule.what !== "*" && rule.what !== what)) continue;
      if (rule.how === "NotOnSale") return "NotOnSale";
      // What is sold out is not low.
      if (stock !== "NoStock") stock = rule.how;
    }
    return stock;
  };
}

/**
 * @param wanted instance type and disk categories
 * @throws Zone.NotOnSale, OperationDenied.NoStock
 */
export function checkStock(call: Call, zone: string, wanted: readonly string[]): void {
  const stock = stockOf(call);
  for (const what of wanted) {
    const found = stock(zone, what);
    if (found === "NotOnSale") {
      throw new CloudError(
        "Zone.NotOnSale",
        403,
        "The resource in the specified zone is no longer available for sale. Please try other regions and zones.",
      );
    }
    if (found === "NoStock") throw new CloudError("OperationDenied.NoStock", 403, "The resource is out of usage.");
  }
}

/** Whether an image is rehearsed to be taken back in a region, or everywhere. */
export function isWithdrawn(stock: Stock, region: string, image: string): boolean {
  const found = stock(region, image);
  return found === "NoStock" || found === "NotOnSale";
}

/**
 * Where a spot price is rehearsed, a limit below it buys nothing.
 * @throws InvalidSpotPriceLimit.LowerThanPublicPrice
 */
export function checkSpotPrice(call: Call, zone: string, type: string, spot: Instance["spot"]): void {
  if (spot.strategy !== "SpotWithPriceLimit") return;
  const now = call.store.list(spotPrices, "").findLast((row) => row.zone === zone && row.type === type);
  if (now === undefined || spot.priceLimit >= now.price) return;
  throw new CloudError(
    "InvalidSpotPriceLimit.LowerThanPublicPrice",
    400,
    'The specified parameter "spotPriceLimit" can\'t be lower than current public price.',
  );
}
