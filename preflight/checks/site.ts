import { z } from "zod";
import { balanceOf } from "../account.ts";
import { unanswered } from "../ask.ts";
import type { Check, Situation } from "../check.ts";

const names = { china: "aliyun.com (china)", international: "alibabacloud.com (international)" } as const;

/** Currency, price list, terms and the page for registration follow from the site. */
export const site: Check = {
  id: "site",
  area: "account",
  title: "site of the account",
  what: "Whether china:account.site is where the account was opened, by the currency that it is billed in: QueryAccountBalance, else DescribeSpotPriceHistory.",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const balance = await balanceOf(situation);
    const currency = balance.ok ? balance.value.currency : await currencyByEcs(situation);
    if (currency === undefined) {
      if (balance.ok) return [];
      return [unanswered(balance.refusal, { region: settings.region, stack, settings })];
    }
    const found = currency === "CNY" ? "china" : "international";
    const declared = settings.account.site;
    if (found === declared)
      return [{ status: "ok", text: `billed in ${currency}, so it was opened on ${names[found]}` }];
    return [
      {
        status: "fail",
        text: `billed in ${currency}, so it was opened on ${names[found]}, and china:account.site says ${declared}`,
        next: `write site: ${found} into china:account, and review again: prices and terms are others`,
      },
    ];
  },
};

const shape = z.object({ Currency: z.string().nullish() });

/** ECS tells the currency to who may not read balances. */
async function currencyByEcs({ ask, settings, demand }: Situation): Promise<string | undefined> {
  const [host] = demand.hosts;
  if (ask === undefined || host === undefined) return undefined;
  const parameters = { RegionId: settings.region, NetworkType: "vpc", InstanceType: host.type };
  const answer = await ask.ask("ecs", "DescribeSpotPriceHistory", parameters, shape);
  return answer.ok ? (answer.value.Currency ?? undefined) : undefined;
}
