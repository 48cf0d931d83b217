import type { Settings } from "../components/config.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import type { BillableItem } from "../cost/items.ts";
import type { Live, LiveMode } from "../cost/live/book.ts";
import { billableItems } from "../cost/price.ts";
import type { PriceBook } from "../cost/quote.ts";
import { BadInput } from "../deploy/errors.ts";
import type { Plan } from "../plan/plan.ts";
import type { PriceCloudOptions } from "./price-cloud.ts";

/** catalogue: the dated list of this project, without a network; live and account: see cost/live/book.ts. */
export type PricesMode = "catalogue" | LiveMode;

/** What is asked for whom: the region and the account of a stack file. */
export type Asker = Pick<Settings, "account" | "region">;

/**
 * The prices that a review asked for. What cannot be told is the catalogue's, and the book's notes say so.
 *
 * @param plan or several that are priced by one book: a stack as it is and as it was
 * @param today yyyy-mm-dd, the day of what is told now
 * @throws BadInput without credentials
 */
export async function openBook(
  mode: PricesMode,
  plan: Plan | readonly Plan[],
  settings: Asker,
  today: string,
): Promise<PriceBook> {
  if (mode === "catalogue") return catalogueBook(settings.account.site);
  const plans: readonly Plan[] = "resources" in plan ? [plan] : plan;
  const items = plans.flatMap((one) => billableItems(one, settings.region));
  return (await askPrices(mode, items, settings, { today })).book;
}

export interface AskOptions {
  /** Also for what was told today already. */
  readonly anew?: boolean;
  /** yyyy-mm-dd */
  readonly today: string;
  /** Variables of another cloud than the process's own, and its authority. */
  readonly cloud?: Pick<PriceCloudOptions, "environment" | "authority">;
  /** File of what was told before. */
  readonly cache?: string;
}

/**
 * Asks the account's own cloud, or the one that the environment names.
 *
 * @throws BadInput without credentials
 */
export async function askPrices(
  mode: LiveMode,
  items: readonly BillableItem[],
  { account, region }: Asker,
  { anew = false, today, cloud: { environment, authority } = { environment: process.env }, ...options }: AskOptions,
): Promise<Live> {
  const [{ liveBook }, { cacheFile, otherCloud }, { priceCloud }] = await Promise.all([
    import("../cost/live/book.ts"),
    import("../cost/live/cache.ts"),
    import("./price-cloud.ts"),
  ]);
  const place = { region, site: account.site };
  const cache = options.cache ?? cacheFile(place, environment);
  const cloud = priceCloud({ ...place, environment, ...(authority === undefined ? {} : { authority }) });
  const other = otherCloud(environment);
  const note = other === undefined ? {} : { note: `prices told by ${other}, not by Alibaba Cloud` };
  const live = await liveBook({ mode, items, place, cloud, now: Date.now(), today, cache, anew, ...note });
  if (live.unsigned) throw new BadInput(waysToSign);
  return live;
}

const waysToSign = `no credentials were found to ask for prices. Any of these does:
  environment  ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (and ALIBABA_CLOUD_SECURITY_TOKEN)
  profile      ALIBABA_CLOUD_PROFILE=<profile of the aliyun CLI>
  RAM role     of the host that this runs on
  OIDC         in a pipeline: ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE
What the key has to be allowed: docs/ram.md. Without one: --prices catalogue`;
