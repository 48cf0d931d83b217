import { type Amount, rounded, sum, times } from "../../cost/amount.ts";
import type { Figure } from "../../cost/live/figure.ts";
import type { Check, Finding } from "../check.ts";
import { listPrice, ownPrice, percentAbove, pricesToday, type Today } from "../price.ts";

/** What a contract takes off. It is the account's own business, so it is told only where it was asked for. */
export const priceAccount: Check = {
  id: "price-account",
  area: "price",
  title: "price of the account",
  what: "With --prices account: what this account pays beside the list, which is nobody else's business: ECS DescribePrice, BSS GetPayAsYouGoPrice.",
  asks: true,
  applies: ({ prices }) => prices?.account === true,
  async find(situation) {
    if (situation.prices?.account !== true) return [];
    const today = await pricesToday(situation);
    const told = today.filter(({ figure }) => figure !== undefined);
    if (told.length === 0) return [{ status: "not-checked", text: "no price was told" }];
    const rows = (["hour", "term"] as const).flatMap((per) => sumOf(told, per));
    const missing = today.length - told.length;
    return missing === 0
      ? rows
      : [
          ...rows,
          { status: "not-checked", text: `${missing} of ${today.length} prices were not told, and are in no sum` },
        ];
  },
};

function sumOf(told: readonly Today[], per: Figure["per"]): readonly Finding[] {
  const of = told.flatMap(({ figure, count }) => (figure?.per === per ? [{ figure, count }] : []));
  const [first] = of;
  if (first === undefined) return [];
  const total = (price: (figure: Figure) => Amount) => sum(of.map(({ figure, count }) => times(price(figure), count)));
  const [own, list] = [total(ownPrice), total(listPrice)];
  const above = percentAbove(own, list);
  const off =
    above === undefined || above.isZero()
      ? "as everybody"
      : `${above.abs().toFixed(1)} % ${above.isNegative() ? "below" : "above"} the list`;
  const decimals = per === "hour" ? 4 : 2;
  const what = per === "hour" ? "an hour, while it is billed by the hour" : "at once, for all terms";
  const text = `${rounded(own, decimals)} ${first.figure.currency} ${what}, of ${rounded(list, decimals)} by the list: ${off}`;
  return [{ status: "ok", on: per === "hour" ? "by the hour" : "paid ahead", text }];
}
