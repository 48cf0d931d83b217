import { chargeTypesOf, isLeftBehind, isPaidAhead, isSubscription, paidAheadWord } from "../billing.ts";
import { after, before, changesIn, isDeleted } from "../change.ts";
import { isHeld } from "../held.ts";
import type { HazardRule } from "../rule.ts";
import * as sources from "../sources.ts";
import { disks, instance, lindormV2 } from "../types.ts";
import { flag, text } from "../values.ts";
import { fate, inWords } from "../words.ts";

export const billedOn: HazardRule = {
  id: "billed-on",
  title: "A subscription that stays and is billed on",
  severity: "high",
  what: "The provider deletes no subscription of these kinds: it writes a warning into its log, drops the resource from the state, and calls that deleted. It stays in the cloud until its term ends, and longer where it renews itself.",
  when: "the deletion or replacement of Lindorm (first generation), TSDB, RDS, Tair, MongoDB, AnalyticDB, ClickHouse, an EIP or a NAT gateway that is paid ahead; of a disk that is paid ahead and goes with its instance",
  advice: "turn renewal off and note the id before the update; release it in the console when the term has ended",
  source: sources.subscriptionDelete,
  *find(scope) {
    for (const change of scope.resources) {
      if (!isDeleted(change) || isHeld(change) || !isLeftBehind(change)) continue;
      yield {
        change,
        says:
          change.operation === "replace"
            ? "the old one stays in the cloud and is billed on beside the new one"
            : "leaves the state, stays in the cloud and is billed on",
        evidence: [paidAheadWord(change), ...fate(change)],
      };
    }
  },
};

export const subscriptionEnded: HazardRule = {
  id: "subscription-not-refunded",
  title: "A subscription ends early",
  severity: "high",
  what: "What was paid ahead comes back in part or not at all. With forceDelete the provider turns the subscription into pay-as-you-go, which orders and pays by itself, and then deletes the host; turning it by instanceChargeType does the same and keeps the host. How often that is allowed is limited.",
  when: "the deletion or replacement of an ECS instance that is paid ahead with forceDelete, of Lindorm 2 or of a disk of its own that is paid ahead; an update from subscription to pay-as-you-go",
  advice: "let the term end: turn renewal off, and delete or convert on its last day",
  source: sources.instanceCharge,
  *find(scope) {
    for (const change of scope.ofType(instance, lindormV2, ...disks)) {
      const paid = isPaidAhead(change.type, before(change));
      if (!paid) continue;
      if (isDeleted(change)) {
        const ends = change.type !== instance || flag(before(change)["forceDelete"]) === true;
        if (!ends || isHeld(change) || isLeftBehind(change)) continue;
        const forced = change.type === instance ? ["forceDelete: true"] : [];
        yield {
          change,
          says: "the subscription ends early, with a part of the price or nothing back",
          evidence: [paidAheadWord(change), ...forced, ...fate(change)],
        };
      } else {
        const turned = changesIn(change, ...chargeTypesOf(change.type)).filter(({ after: next }) => {
          return !isSubscription(text(next));
        });
        if (turned.length === 0 || isPaidAhead(change.type, after(change))) continue;
        yield {
          change,
          says: "the subscription is turned into pay-as-you-go, with a part of the price or nothing back",
          evidence: turned.map(inWords),
        };
      }
    }
  },
};

/** Where a term stands. Lindorm 2 reads none of them after it was made. */
const terms = ["period", "periodUnit", "duration", "pricingCycle"];

export const termChanged: HazardRule = {
  id: "term-buys-nothing",
  title: "Another term buys nothing",
  severity: "medium",
  what: "The term of a subscription is read when it is bought. A changed one is written into the state and nowhere else: nothing is bought, extended or shortened, and the cost review would count what nobody pays.",
  when: "an update of what is paid ahead and stays so, in period, periodUnit, duration or pricingCycle",
  advice: "renew for the term that is wanted in the console, or set the renewal period",
  source: sources.instanceUpdate,
  *find(scope) {
    for (const change of scope.resources) {
      if (change.operation !== "update") continue;
      const { type } = change;
      if (!isPaidAhead(type, before(change)) || !isPaidAhead(type, after(change))) continue;
      const changed = changesIn(change, ...terms);
      if (changed.length === 0) continue;
      yield { change, says: "the changed term buys and ends nothing", evidence: changed.map(inWords) };
    }
  },
};

export const subscriptionRules: readonly HazardRule[] = [billedOn, subscriptionEnded, termChanged];
