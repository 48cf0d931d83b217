import { z } from "zod";
import { unanswered } from "../ask.ts";
import type { Check } from "../check.ts";

const shape = z.object({
  AccountAttributeItems: z.object({
    AccountAttributeItem: z.array(
      z.object({
        AttributeName: z.string(),
        AttributeValues: z.object({ ValueItem: z.array(z.object({ Value: z.string() })) }),
      }),
    ),
  }),
});

/** Where an account is registered, by site. */
const pages = {
  china: "https://account.console.aliyun.com/v2/#/authc/home",
  international: "https://account.alibabacloud.com/#/auth/home",
} as const;

/** Without it the network is made and the first host is refused. */
export const realName: Check = {
  id: "real-name",
  area: "account",
  title: "real-name registration",
  what: "Whether the account may create hosts in the mainland: DescribeAccountAttributes, real-name-authentication.",
  asks: true,
  async find({ ask, settings, stack, demand }) {
    if (ask === undefined || demand.hosts.length === 0) return [];
    const parameters = { RegionId: settings.region, "AttributeName.1": "real-name-authentication" };
    const answer = await ask.ask("ecs", "DescribeAccountAttributes", parameters, shape);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    const [item] = answer.value.AccountAttributeItems.AccountAttributeItem;
    const value = item?.AttributeValues.ValueItem[0]?.Value;
    if (value === "yes") return [{ status: "ok", text: "the account is registered" }];
    return [
      {
        status: "fail",
        text: "the account has no real-name registration, and no host is created in the mainland without it",
        next: `register the account holder at ${pages[settings.account.site]}, and wait until it is confirmed`,
      },
    ];
  },
};
