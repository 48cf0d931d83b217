import { type Amount, amount, nothing, sum, times } from "../../cost/amount.ts";
import { termOfText } from "../../cost/pay.ts";
import type { Check, Finding, Situation } from "../check.ts";
import {
  listPrice,
  ownPrice,
  percentAbove,
  pricesToday,
  priceText,
  sizeText,
  type Today,
  toleranceOf,
} from "../price.ts";
import type { ReviewedLine, ReviewedPrices } from "../reviewed-prices.ts";

/** What was decided by a review is not what is paid when prices have moved since. */
export const priceReview: Check = {
  id: "price-review",
  area: "price",
  title: "price of the review",
  what: "With --review FILE: whether the stack is what that review counted, at today's prices within the tolerance: ECS DescribePrice, BSS GetPayAsYouGoPrice.",
  asks: true,
  applies: ({ prices }) => prices?.review !== undefined,
  async find(situation) {
    const review = situation.prices?.review;
    if (review === undefined) return [];
    const blind = incomparable(review, situation);
    if (blind !== undefined) return [{ status: "not-checked", ...blind }];
    return compared(await pricesToday(situation), review, situation);
  },
};

function incomparable(
  { file, prices, sizeOnly, asOf }: ReviewedPrices,
  { prices: wishes }: Situation,
): Omit<Finding, "status"> | undefined {
  if (sizeOnly) {
    return { text: `${file} of ${asOf} counts by the list of the other site, which says nothing of what is paid here` };
  }
  if (prices === "account" && wishes?.account !== true) {
    return {
      text: `${file} of ${asOf} has this account's own prices, and those are not shown unasked`,
      next: "compare with them: --prices account",
    };
  }
  return undefined;
}

function compared(today: readonly Today[], review: ReviewedPrices, situation: Situation): readonly Finding[] {
  const { file, asOf, lines, currency } = review;
  const asked = lines.filter(({ kind, pay }) => pay.kind !== "spot" && kind !== "other");
  const then = Map.groupBy(asked, keyOfLine);
  const now = Map.groupBy(today, keyOfToday);
  const other = otherState(then, now);
  if (other.length > 0) {
    return [
      {
        status: "warning",
        text: `${file} of ${asOf} is of another state of the stack: ${other.join("; ")}`,
        next: `review again: npm run review -- ${situation.stack} --format json > ${file}`,
      },
    ];
  }
  const pairs = [...now].flatMap(([key, those]) => {
    const [one] = those;
    const reviewed = then.get(key)?.flatMap(({ perHour, payNow }) => payNow ?? perHour ?? []) ?? [];
    const missing = reviewed.length < (then.get(key)?.length ?? 0) || those.some(({ figure }) => figure === undefined);
    if (one === undefined || missing) return [];
    const paid = sum(those.map((each) => times(priceOf(each, review.prices), each.count)));
    return [{ one, was: sum(reviewed.map((text) => amount(text))), is: paid, count: countOf(those) }];
  });
  const foreign = pairs.find(({ one: { figure } }) => figure?.currency !== currency);
  if (foreign !== undefined) {
    const text = `${file} of ${asOf} counts in ${currency}, and this account pays in ${foreign.one.figure?.currency}`;
    return [{ status: "not-checked", text }];
  }
  const tolerance = toleranceOf(situation);
  const drifts = pairs.flatMap(({ one: { item }, was, is, count }): readonly Finding[] => {
    const above = percentAbove(is, was);
    if (above === undefined || above.abs().lessThanOrEqualTo(tolerance)) return [];
    const [figure, before] = [priceText(is, item.pay, currency), priceText(was, item.pay, currency)];
    const on = `${count} x ${sizeText(item)}`;
    const against = `${above.abs().toFixed(1)} % ${above.isNegative() ? "below" : "above"} the ${before} of ${file}, ${asOf}`;
    if (above.isNegative()) return [{ status: "warning", on, text: `${figure}, ${against}` }];
    return [
      {
        ...{ status: "fail", on, text: `${figure}, ${against}; ${tolerance} % is tolerated` },
        next: `review again by today's prices, --prices live, before you deploy`,
      },
    ];
  });
  if (drifts.length > 0) return drifts;
  if (pairs.length === 0) {
    return [{ status: "not-checked", text: `nothing that ${file} of ${asOf} has a price for is told by the cloud` }];
  }
  const text = `${pairs.length} of ${now.size} prices are within ${tolerance} % of ${file}, ${asOf}; of the others one side has none`;
  return [
    {
      status: "ok",
      text: pairs.length < now.size ? text : `today's prices are within ${tolerance} % of ${file}, ${asOf}`,
    },
  ];
}

/** What one side has and the other has not, in the same number. */
function otherState(
  then: ReadonlyMap<string, readonly ReviewedLine[]>,
  now: ReadonlyMap<string, readonly Today[]>,
): readonly string[] {
  const gone = [...then].flatMap(([key, lines]) => {
    const [count, is] = [lines.reduce((all, line) => all + line.count, 0), countOf(now.get(key) ?? [])];
    const [line] = lines;
    return line === undefined || count === is ? [] : [`it has ${count} x ${sizeOfLine(line)}, the stack file ${is}`];
  });
  const come = [...now].flatMap(([key, those]) => {
    const [one] = those;
    return one === undefined || then.has(key)
      ? []
      : [`it has no ${sizeText(one.item)}, the stack file ${countOf(those)}`];
  });
  return [...gone, ...come];
}

function priceOf({ figure }: Today, prices: ReviewedPrices["prices"]): Amount {
  if (figure === undefined) return nothing;
  return prices === "account" ? ownPrice(figure) : listPrice(figure);
}

function countOf(those: readonly Today[]): number {
  return those.reduce((all, { count }) => all + count, 0);
}

function sizeOfLine({ quantity, level, what, kind }: ReviewedLine): string {
  return sizeText({
    quantity,
    what,
    unit: /disk|storage/.test(kind) ? "GiB" : "host",
    ...(level === undefined ? {} : { level }),
  });
}

function keyOfLine({ kind, what, quantity, level, pay }: ReviewedLine): string {
  const term = pay.kind === "subscription" ? termOfText(pay.term) : undefined;
  return JSON.stringify([kind, what, quantity, level, pay.kind, term]);
}

function keyOfToday({ item: { kind, what, quantity, level, pay } }: Today): string {
  return JSON.stringify([kind, what, quantity, level, pay.kind, pay.kind === "subscription" ? pay.term : undefined]);
}
