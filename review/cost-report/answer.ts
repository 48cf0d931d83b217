import { grouped } from "../../cost/amount.ts";
import { nameOf, pricesInWords, signed } from "../terminal/money.ts";
import { countOf, payInWords, sizeText } from "../terminal/words.ts";
import { type Item, list, type Section, text } from "./document.ts";
import type { CostedStack } from "./report.ts";
import { comparisonName, reasonText, samePay } from "./words.ts";

type Cost = CostedStack["cost"];

/** What a reader must know who reads no further: sums, change, what is paid now, what to do. */
export function answerOf({ stack, file, region, city, cost }: CostedStack): Section {
  const heading = `${stack}: ${cost.lines.length === 0 ? "nothing here is billed by the hour" : sumText(cost)}`;
  const where = `${city} (${region}), from ${file}; ${pricesInWords(cost)}; a month is ${cost.hoursPerMonth} h`;
  return {
    title: heading,
    level: 2,
    folded: false,
    blocks: [
      text(where),
      ...(cost.sizeOnly
        ? [text(`the account is billed by another list than this one: the figures show the size only`, "warning")]
        : []),
      ...list(cost.lines.length === 0 ? budgetItems(cost) : itemsOf(cost)),
    ],
  };
}

function sumText({ sum, currency, unpricedLines }: Cost): string {
  return `${unpricedLines > 0 ? "at least " : ""}${grouped(sum.perMonth)} ${currency} a month`;
}

function itemsOf(cost: Cost): Item[] {
  const { sum, currency, unpricedLines, lines, change } = cost;
  const unpriced = unpricedLines > 0 ? `; ${unpricedLines} of ${lines.length} items have no price` : "";
  const least = unpricedLines > 0 ? "at least " : "";
  return [
    ...(change === undefined ? [] : [{ label: "Change", text: changeText(cost, change), tone: "strong" as const }]),
    {
      label: "Sum",
      text: `${least}${grouped(sum.perHour)} ${currency} an hour while all works, ${grouped(sum.perMonth)} a month, ${grouped(sum.perYear)} a year${unpriced}`,
      tone: "strong",
    },
    { label: "Pay now", text: payNowText(cost) },
    { label: "Locked in", text: lockedInText(cost) },
    ...cost.comparisons.flatMap(adviceOf),
    ...budgetItems(cost),
  ];
}

function changeText({ currency }: Cost, { before, after, delta, incomparable }: NonNullable<Cost["change"]>): string {
  const compared =
    incomparable.items === 0
      ? ` (${grouped(before)} before, ${grouped(after)} after)`
      : ` of what has a price on both sides; ${countOf(incomparable.items, "item")} cannot be compared`;
  return `${signed(delta)} ${currency} a month${compared}`;
}

/** Paid at once: in no other sum. */
function payNowText({ payNow, currency, lines }: Cost): string {
  const sizes = lines.flatMap((line) =>
    line.spanPayNow === undefined ? [] : [`~${sizeText(line.spanPayNow)} for ${nameOf(line)}, size only`],
  );
  const least = payNow.unpriced > 0 ? "at least " : "";
  const missing = payNow.unpriced > 0 ? [`${countOf(payNow.unpriced, "purchase")} without a price`] : [];
  return [`${least}${grouped(payNow.amount)} ${currency}`, ...missing, ...sizes].join("; ");
}

function lockedInText({ commitments }: Cost): string {
  if (commitments.length === 0) return "nothing";
  return commitments
    .map(({ component, kind, count, what, term, renews }) => {
      const after = renews === undefined ? "then ends" : `then renews itself by ${renews}`;
      const thing = kind === "host" ? what : `${what} (${kind.replaceAll("-", " ")})`;
      return `${component}: ${count} x ${thing} for ${term}, ${after}`;
    })
    .join("; ");
}

function adviceOf(comparison: Cost["comparisons"][number]): Item[] {
  const { recommendation, declared } = comparison;
  if (recommendation === undefined) return [];
  const now = samePay(declared.pay, recommendation.pay) ? ", as it is now" : "";
  return [
    {
      label: `Cheapest for ${comparisonName(comparison)}${recommendation.maybeLess ? ", of what has a price" : ""}`,
      text: `${payInWords(recommendation.pay)}${now}: ${reasonText(recommendation)}`,
      tone: "strong",
    },
  ];
}

/** Limits that are passed, and those that nobody can judge. */
function budgetItems({ budget }: Cost): Item[] {
  return budget.map((finding) => {
    const over = finding.verdict === "over" && finding.accepted === undefined;
    const limit = finding.what.replace(/^budget-/, "").replaceAll("-", " ");
    return {
      label: over ? `Over budget (${limit})` : `Budget (${limit})`,
      text: `${finding.text}${consentText(finding)}`,
      ...(over ? { tone: "warning" as const } : {}),
    };
  });
}

function consentText({ accepted, accept }: Cost["budget"][number]): string {
  if (accepted !== undefined) return `; accepted until ${accepted.until} by ${accepted.by}: ${accepted.why}`;
  return accept === undefined ? "" : `; to accept it: ${accept}`;
}
