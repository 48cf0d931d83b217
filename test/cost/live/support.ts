import "@alicloud/bssopenapi20171214";
import "@alicloud/ecs20140526";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { priceCloud } from "../../../cli/price-cloud.ts";
import { type Live, type LiveInput, liveBook } from "../../../cost/live/book.ts";
import type { Place, PriceCloud } from "../../../cost/live/cloud.ts";
import { billableItems } from "../../../cost/price.ts";
import type { Plan } from "../../../plan/plan.ts";
import { type Effect, type Fault, faults } from "../../../sandbox/core/faults.ts";
import { type TestPriceList, testPriceLists } from "../../../sandbox/ecs/price-list.ts";
import { defaultAccounts } from "../../../sandbox/session.ts";
import { type MeteredCloud, meteredCloud } from "../../sandbox/account/metering-cloud.ts";
import { planOf, shippedText } from "../../support/stacks.ts";

/** A stack's items, the place they are in, and a cloud that can be asked over HTTPS with Alibaba's typed SDKs. */
export interface Market {
  readonly metered: MeteredCloud;
  readonly plan: Plan;
  readonly place: Place;
  /** Calls that were made, by action; what is asked again counts again. */
  readonly calls: string[];
  ask(more?: Partial<LiveInput>): Promise<Live>;
}

export const now = Date.parse("2026-11-25T08:00:00Z");

export async function market(
  options: { site?: "china" | "international"; stack?: "shanghai" | "beijing" | "hangzhou" } = {},
): Promise<Market> {
  const { site = "china", stack = "shanghai" } = options;
  const metered = await meteredCloud(site);
  const plan = await shipped(stack);
  const place = { region: `cn-${stack}`, site };
  const calls: string[] = [];
  const { environment } = metered;
  const sdk = priceCloud({
    ...place,
    environment,
    authority: readFileSync(environment["SSL_CERT_FILE"] ?? "", "utf8"),
  });
  const cloud: PriceCloud = {
    describePrice: (...asked) => {
      calls.push("DescribePrice");
      return sdk.describePrice(...asked);
    },
    getPayAsYouGoPrice: (...asked) => {
      calls.push("GetPayAsYouGoPrice");
      return sdk.getPayAsYouGoPrice(...asked);
    },
  };
  const items = billableItems(plan, place.region);
  return {
    ...{ metered, plan, place, calls },
    ask: (more = {}) => liveBook({ mode: "live", items, place, cloud, now, today: "2026-11-25", ...more }),
  };
}

const plans = new Map<string, Promise<Plan>>();

/** Plan of a shipped stack, recorded once. */
function shipped(stack: "shanghai" | "beijing" | "hangzhou"): Promise<Plan> {
  const plan = plans.get(stack) ?? planOf(shippedText(stack), stack);
  plans.set(stack, plan);
  return plan;
}

/** From now on calls of an action meet an effect. */
export function fault({ cloud }: MeteredCloud, action: string, effect: Effect, more: Partial<Fault> = {}): void {
  const row = { id: randomUUID(), account: "", region: "", createdAt: 0, action, effect, seen: 0, caught: 0 };
  cloud.store.put(faults, { ...row, ...more });
}

/** Made-up prices of an account, in place of the catalogue's. */
export function giveList(
  { cloud }: MeteredCloud,
  site: "china" | "international",
  list: Pick<TestPriceList, "currency" | "prices">,
): void {
  cloud.store.put(testPriceLists, { id: "list", account: defaultAccounts[site], region: "", createdAt: 0, ...list });
}
