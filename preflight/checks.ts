import type { Check } from "./check.ts";
import { priceAccount } from "./checks/price-account.ts";
import { priceCatalogue } from "./checks/price-catalogue.ts";
import { priceReview } from "./checks/price-review.ts";
import { realName } from "./checks/real-name.ts";

/** Every check of a preflight; imports and entries by name, so that two who add one each do not meet. */
export const checks: readonly Check[] = [
  priceAccount,
  priceCatalogue,
  priceReview,
  realName,
  //
];
