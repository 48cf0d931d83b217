import type { HazardRule } from "./rule.ts";
import { catalogueRules } from "./rules/catalogue.ts";
import { dataRules } from "./rules/data.ts";
import { exposureRules } from "./rules/exposure.ts";
import { hostRules } from "./rules/hosts.ts";
import { placeRules } from "./rules/places.ts";
import { protectionRules } from "./rules/protection.ts";
import { publicRules } from "./rules/public.ts";
import { rebootRules } from "./rules/reboot.ts";
import { refusalRules } from "./rules/refusals.ts";
import { subscriptionRules } from "./rules/subscriptions.ts";

/** Every hazard that is looked for, by id. */
export const hazardRules: readonly HazardRule[] = [
  ...catalogueRules,
  ...dataRules,
  ...exposureRules,
  ...hostRules,
  ...placeRules,
  ...protectionRules,
  ...publicRules,
  ...rebootRules,
  ...refusalRules,
  ...subscriptionRules,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));
