import { z } from "zod";
import { rounded } from "../cost/amount.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import { termText } from "../cost/pay.ts";
import type { PriceBook } from "../cost/quote.ts";
import { renewalsBegun } from "../cost/renewals.ts";
import type { Intent, Purchase } from "../deploy/confirm.ts";
import type { Host } from "../deploy/hosts.ts";
import { kindOf } from "../deploy/kinds.ts";
import type { Plan } from "../plan/plan.ts";
import { reviewCost } from "../review/cost.ts";
import type { LoadedStack } from "../review/load.ts";
import { readPreview } from "../review/preview/read.ts";
import { sidesOf } from "../review/preview/sides.ts";
import type { StackReview } from "../review/review.ts";

export interface IntentInput {
  readonly loaded: LoadedStack;
  /** The engine's events of a preview, a JSON event a line. */
  readonly preview: string;
  readonly book?: PriceBook;
  /** yyyy-mm-dd */
  readonly today: string;
  /** Hosts as they stand, and the hash of each group's software as it was deployed. */
  readonly hosts: readonly Host[];
  readonly software: Readonly<Record<string, string>>;
}

/** What has to be agreed to, and all that is paid at once. */
export interface Priced {
  readonly intent: Intent;
  readonly sum: string;
}

/** Things whose loss is named one by one. */
const dear = /^alicloud:(ecs\/instance:Instance|ecs\/ecsDisk:EcsDisk|lindorm\/|hitsdb\/|tsdb\/)/;

/**
 * What somebody must agree to, from the engine's own preview. What is rebuilt and paid ahead is bought again, although its
 * price does not change: it counts as new.
 */
export function intentOf(input: IntentInput): Priced {
  const { loaded, preview, book, today } = input;
  const { stack, settings } = loaded;
  const sides = sidesOf(readPreview(preview));
  const rebuilt = new Set(sides.told.filter(({ fate }) => fate === "replace").map(({ urn }) => urn));
  const stays = { ...sides.before, resources: sides.before.resources.filter(({ urn }) => !rebuilt.has(urn)) };
  const priced = (before: Plan) =>
    reviewCost({
      ...{ plan: sides.after, settings, today, before: { plan: before, settings } },
      ...(book === undefined ? {} : { book }),
    });
  const bought = priced(stays);
  const month = priced(sides.before).change;
  const resources = sides.told.filter(({ urn }) => urn.split("::")[2]?.split("$").at(-1)?.startsWith("alicloud:"));
  const count = (wanted: string) => resources.filter(({ fate }) => fate === wanted).length;
  const changes = {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    delete: count("delete"),
  };
  const lost = resources.flatMap(({ urn, fate }) => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    if (!dear.test(type) || (fate !== "delete" && fate !== "replace")) return [];
    return [
      `${urn.split("::").at(-1)} (${kindOf(type)}) is ${fate === "delete" ? "deleted" : "rebuilt: what stands on it alone is lost"}`,
    ];
  });
  return {
    intent: {
      ...{ stack, changes, lost },
      cost: {
        currency: bought.currency,
        monthBefore: month?.before ?? "0.00",
        monthAfter: month?.after ?? bought.sum.perMonth,
        atLeast: bought.unpricedLines > 0,
        prices: pricesText(bought),
      },
      purchases: purchasesOf(bought),
      renewals: renewalsBegun(stays, sides.after, settings.region, book ?? catalogueBook(settings.account.site)).map(
        ({ names, every, each }) => ({
          ...{ names, every: termText(every) },
          ...(each === undefined ? {} : { each: rounded(each, 2) }),
        }),
      ),
      software: softwareOf(input, new Set([...rebuilt].map((urn) => urn.split("::").at(-1) ?? ""))),
    },
    sum: bought.sizeOnly ? "0.00" : (bought.change?.payNow ?? "0.00"),
  };
}

function pricesText({ list, prices, sizeOnly }: StackReview["cost"]): string {
  if (sizeOnly) return `${list} list, which only shows the size here`;
  return prices === "catalogue" ? `${list} list, from this project's catalogue` : `${list}, asked today`;
}

type Group = NonNullable<StackReview["cost"]["change"]>["groups"][number];

/** What is bought for a term; a subscription that grows pays the difference, which nobody can tell beforehand. */
export function purchasesOf(cost: StackReview["cost"]): readonly Purchase[] {
  return (cost.change?.groups ?? []).flatMap((group): readonly Purchase[] => {
    const { after, before, names, component } = group;
    if (after?.pay.kind !== "subscription") return [];
    const grows = before?.pay.kind === "subscription" && sameThing(group);
    if (grows && before.what === after.what && before.quantity === after.quantity) return [];
    const { term } = after.pay;
    const commitment = cost.commitments.find(
      (one) => one.component === component && one.term === term && after.what.startsWith(one.what),
    );
    const known = !grows && !cost.sizeOnly;
    return [
      {
        ...{ names, what: after.what, term },
        ...(commitment?.renews === undefined ? {} : { renews: commitment.renews }),
        ...(known && after.payNow !== undefined ? { payNow: after.payNow } : {}),
      },
    ];
  });
}

/** As cost/change.ts compares: a disk of another level is the same disk. */
function sameThing({ kind, before, after }: Group): boolean {
  const bare = (what = "") => (kind.endsWith("-disk") ? (what.split(" ")[0] ?? "") : what);
  return bare(before?.what) === bare(after?.what);
}

const hashes = z.record(z.string(), z.string());

/** Standing hosts of groups whose software is another one than was deployed, and which take it without a rebuild. */
function softwareOf({ loaded, hosts, software }: IntentInput, rebuilt: ReadonlySet<string>): Intent["software"] {
  const wanted = hashes.safeParse(loaded.plan.outputs["software"]).data ?? {};
  return Object.entries(loaded.settings.hosts).flatMap(([group, { onSoftwareChange }]) => {
    if (onSoftwareChange !== "rerun" || software[group] === undefined || software[group] === wanted[group]) return [];
    const standing = hosts.filter((host) => host.group === group && !rebuilt.has(host.key)).map(({ key }) => key);
    return standing.length === 0 ? [] : [{ group, hosts: standing }];
  });
}
