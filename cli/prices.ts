import type { Settings } from "../components/config.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import type { BillableItem } from "../cost/items.ts";
import type { Live, LiveMode } from "../cost/live/book.ts";
import type { PriceCloud } from "../cost/live/cloud.ts";
import { billableItems } from "../cost/price.ts";
import type { PriceBook } from "../cost/quote.ts";
import type { Plan } from "../plan/plan.ts";

/** catalogue: the dated list of this project, without a network; live and account: see cost/live/book.ts. */
export type PricesMode = "catalogue" | LiveMode;

/**
 * The prices that a review asked for. What cannot be asked falls back to the catalogue and is told in the book's notes.
 *
 * @param plans all that is priced by it: the stack, and the stack as it was
 */
export async function openBook(mode: PricesMode, plans: readonly Plan[], settings: Settings): Promise<PriceBook> {
  if (mode === "catalogue") return catalogueBook(settings.account.site);
  const items = plans.flatMap((plan) => billableItems(plan, settings.region));
  return (await ask(mode, items, settings)).book;
}

export interface AskOptions {
  /** Also for what was told today already. */
  readonly anew?: boolean;
  /** Another cloud than the account's own. */
  readonly cloud?: PriceCloud;
}

/** Asks the account's own cloud, or the one that the environment names. */
export async function ask(
  mode: LiveMode,
  items: readonly BillableItem[],
  { account, region }: Pick<Settings, "account" | "region">,
  { anew = false, cloud }: AskOptions = {},
): Promise<Live> {
  const [{ liveBook }, { cacheFile }] = await Promise.all([
    import("../cost/live/book.ts"),
    import("../cost/live/cache.ts"),
  ]);
  const place = { region, site: account.site };
  return await liveBook({
    mode,
    items,
    place,
    cloud: cloud ?? (await priceCloud(region, account.site)),
    now: Date.now(),
    cache: cacheFile(place),
    anew,
  });
}

/** Accounts of the international site ask in Singapore, whatever region the prices are of (BSS 2017-12-14 endpoints). */
const internationalPrices = "business.ap-southeast-1.aliyuncs.com";

/** A client with the keys of the environment, a profile, or the machine's role. */
export async function priceCloud(region: string, site: "china" | "international"): Promise<PriceCloud> {
  const { cloudClient } = await import("../deploy/cloud-client.ts");
  const own = site === "international" ? { ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI: internationalPrices } : {};
  return cloudClient({ region, environment: { ...own, ...process.env } });
}
