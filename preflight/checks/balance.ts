import { Decimal } from "decimal.js";
import { leastBalance } from "../../catalog/account.ts";
import { consolePage } from "../../catalog/console-pages.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import { estimate } from "../../cost/estimate.ts";
import { alwaysOn } from "../../cost/use.ts";
import { managed } from "../../plan/plan.ts";
import { type Balance, balanceOf } from "../account.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import { standing } from "../standing.ts";

/** Whether there is money for what a deployment buys. The sum itself is nobody's business and is not shown. */
export const balance: Check = {
  id: "balance",
  area: "account",
  title: "balance",
  what: "Whether the account has the least that pay-as-you-go asks for, and what terms cost at once by the catalogue: QueryAccountBalance.",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const answer = await balanceOf(situation);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    return [leftOver(answer.value, situation), ...(await terms(answer.value, situation))];
  },
};

function leftOver({ available, currency }: Balance, { settings }: Situation): Finding {
  const { url } = consolePage("funds", settings.account.site);
  if (available.lt(0)) {
    return {
      status: "fail",
      text: "less than nothing is left in the account (see open bills)",
      next: `add funds: ${url}`,
    };
  }
  // An account that pays by card has no balance, and buys all the same.
  if (currency !== "CNY") {
    return available.gt(0)
      ? { status: "ok", text: "the account has money left" }
      : {
          status: "warning",
          text: "nothing is left in the account, so orders are charged to its payment method, which no call tells",
          next: `see that the payment method is valid: ${url}`,
        };
  }
  const least = leastBalance.CNY;
  if (available.isZero()) {
    return {
      status: "fail",
      text: "nothing is left in the account, and nothing is sold by the hour then",
      next: `add funds, at least ${least} CNY: ${url}`,
    };
  }
  return available.lt(least)
    ? {
        status: "warning",
        text: `less than ${least} CNY are left, the least that pay-as-you-go asks for; vouchers count as well and are not told`,
        next: `add funds, or see that there is a voucher: ${url}`,
      }
    : { status: "ok", text: `${least} CNY or more are left, the least that pay-as-you-go asks for` };
}

/** What is paid ahead is paid at once. */
async function terms({ available, currency }: Balance, situation: Situation): Promise<readonly Finding[]> {
  const { demand, plan, settings } = situation;
  if (currency !== "CNY" || !demand.hosts.some(({ charge }) => charge === "PrePaid")) return [];
  const hosts = await standing(situation, "host");
  const there = new Set(hosts.ok ? hosts.value.own.map(({ name }) => name) : []);
  const gone = new Set(
    managed(plan)
      .filter(({ inputs }) => there.has(String(inputs["instanceName"])))
      .map(({ urn }) => urn),
  );
  const fresh = { ...plan, resources: plan.resources.filter(({ urn }) => !gone.has(urn)) };
  const { payNow } = estimate(fresh, settings.region, catalogueBook("china"), alwaysOn);
  const sum = new Decimal(payNow.amount);
  const on = "terms paid ahead";
  if (sum.isZero()) {
    if (payNow.unpriced === 0) return [];
    const text = "what they cost at once has no price in the catalogue, so nobody knows whether the balance covers it";
    return [{ status: "not-checked", on, text }];
  }
  const price = `${payNow.amount} CNY by the catalogue${payNow.unpriced === 0 ? "" : `, without ${payNow.unpriced} that have no price there`}`;
  if (available.gte(sum))
    return [{ status: "ok", on, text: `the balance covers what is to be paid at once: ${price}` }];
  const { url } = consolePage("funds", settings.account.site);
  return [
    {
      ...{ status: "fail", on, text: `the balance does not cover what is to be paid at once: ${price}` },
      next: `add funds: ${url}`,
    },
  ];
}
