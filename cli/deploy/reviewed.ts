import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import type { Settings } from "../../components/config.ts";
import { billableItems } from "../../cost/price.ts";
import type { PriceBook } from "../../cost/quote.ts";
import { hostsIn } from "../../deploy/hosts.ts";
import type { RunOptions } from "../../deploy/operation.ts";
import { stateOf } from "../../deploy/state.ts";
import { changeText } from "../../review/change-report/terminal.ts";
import { reviewOfPreview } from "../../review/preview/review.ts";
import { intentOf, type Priced } from "../deploy-intent.ts";
import { askPrices, type PricesMode } from "../prices.ts";
import { shownOperation } from "../shown-operation.ts";
import { terminalStyle, write } from "../terminal.ts";
import { explained, outputsOf, say, type Work } from "./work.ts";

export interface Reviewed {
  /** What somebody has to agree to. */
  readonly priced: Priced;
  /** Of the engine's preview. */
  readonly events: readonly EngineEvent[];
}

export interface ReviewOptions extends Pick<RunOptions, "replace"> {
  readonly prices?: PricesMode;
  /** What the command line itself accepts, beside the stack file. */
  readonly accept?: Settings["accept"];
}

/** What changes and what it costs, by the engine's own preview; undefined where something stops it, which is told. */
export async function reviewed(
  work: Work,
  { prices, accept = [], ...how }: ReviewOptions = {},
): Promise<Reviewed | undefined> {
  const { loaded, opened, today } = work;
  const { file, settings } = loaded;
  const { outcome, events } = await shownOperation(opened.stack, "preview", how);
  if (!outcome.ok) {
    say(`${await explained(outcome, work)}\n\nThe preview failed; nothing was touched.`);
    return undefined;
  }
  const preview = events.map((event) => JSON.stringify(event)).join("\n");
  const book = await bookOf(work, prices);
  const priced = book === undefined ? {} : { book };
  const own = { file, settings: { ...settings, accept: [...settings.accept, ...accept] } };
  const review = reviewOfPreview(preview, { today, ref: "this deployment", own, ...priced });
  await write(`${changeText(review, terminalStyle())}\n`);
  if (review.stops.length > 0) {
    say("Nothing was touched: mend what stops it, or accept it under china:accept.");
    return undefined;
  }
  const hosts = hostsIn(await stateOf(opened.stack));
  const software = ((await outputsOf(work))["software"] ?? {}) as Readonly<Record<string, string>>;
  return { priced: intentOf({ loaded, preview, today, hosts, software, ...priced }), events };
}

/** The cloud's prices of today, so that the sum is the one that is billed; the local cloud has the catalogue's. */
export async function bookOf(
  { loaded, options, target, today }: Pick<Work, "loaded" | "options" | "target" | "today">,
  prices: PricesMode | undefined,
  plan = loaded.plan,
): Promise<PriceBook | undefined> {
  const { settings } = loaded;
  const mode = prices ?? (options.sandbox === true ? "catalogue" : "live");
  if (mode === "catalogue") return undefined;
  const { environment, authority } = target.place;
  const cloud = { environment, ...(authority === undefined ? {} : { authority }) };
  return (await askPrices(mode, billableItems(plan, settings.region), settings, { today, cloud, anew: true })).book;
}

/** Every step of a preview that changes something, with what it is for, as text to compare. */
export function stepsOf(events: readonly EngineEvent[]): readonly string[] {
  return events
    .flatMap(({ resourcePreEvent }) => {
      const metadata = resourcePreEvent?.metadata;
      if (metadata === undefined || ["same", "refresh", "read"].includes(metadata.op)) return [];
      const { op, urn, diffs, keys } = metadata;
      return [JSON.stringify([op, urn, diffs ?? [], keys ?? []])];
    })
    .toSorted();
}
