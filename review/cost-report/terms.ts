import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { countOf, payInWords } from "../terminal/words.ts";
import { chartOf } from "./chart.ts";
import { type Block, type Item, list, part, type Section, type Table, table, text } from "./document.ts";
import { referenceOf } from "./sources.ts";
import { about, boundFor, comparisonName, noPrice, reasonText, samePay } from "./words.ts";

type Cost = StackReview["cost"];
type Comparison = Cost["comparisons"][number];
type Option = Comparison["options"][number];

/** For each group of hosts, and for all together: every way of paying, drawn and in figures. */
export function termParts(cost: Cost): Section[] {
  return cost.comparisons.flatMap((one, index) =>
    part(`Ways of paying: ${comparisonName(one)} (${countOf(one.hosts, "host")} with disks)`, [
      ...blocksOf(one, cost),
      ...list([...notesOf(one), ...(index === 0 ? legend : [])]),
    ]),
  );
}

function blocksOf(comparison: Comparison, cost: Cost): Block[] {
  const chart = chartOf(comparison, cost);
  const advice = comparison.recommendation;
  return [
    text(useText(comparison, cost)),
    ...(advice === undefined
      ? []
      : [
          text(
            `Cheapest${advice.maybeLess ? " of what has a price" : ""}: ${payInWords(advice.pay)}: ${reasonText(advice)}`,
            "strong",
          ),
        ]),
    ...(chart === undefined ? [] : [{ kind: "chart" as const, chart }]),
    ...table(tableOf(comparison, cost)),
  ];
}

function tableOf(comparison: Comparison, cost: Cost): Table {
  const wanted = columnsOf(comparison, cost);
  return {
    caption: `Ways of paying for ${comparisonName(comparison)}`,
    head: wanted.map(({ head }) => head),
    align: wanted.map(({ align }) => align ?? "right"),
    rows: comparison.options.map((option) => wanted.map(({ cell }) => cell(option))),
  };
}

interface Column {
  readonly head: string;
  readonly align?: "left";
  readonly cell: (option: Option) => string;
}

function columnsOf({ declared, options }: Comparison, cost: Cost): Column[] {
  const hourly = ({ pay }: Option) => pay.kind === "pay-as-you-go" || pay.kind === "spot";
  const bound = (option: Option, amount: string | undefined) =>
    hourly(option) ? "-" : about(option, amount, option.perMonth === undefined ? noPrice : "-");
  const hours = (option: Option, at: number | undefined) => {
    if (at !== undefined) return `${option.sizeOnly ? "~" : ""}${Math.round(at)} h`;
    return option.breakEven === undefined ? "-" : "never";
  };
  const owesMore = options.some(({ bound: owed, payNow }) => owed !== payNow);
  return [
    {
      head: "way of paying",
      align: "left",
      cell: (one) => `${nameOf(one)}${samePay(declared.pay, one.pay) ? " (now)" : ""}`,
    },
    { head: "bound for", align: "left", cell: boundFor },
    { head: "a month", cell: (one) => about(one, one.perMonth, noPrice) },
    { head: "paid ahead", cell: (one) => bound(one, one.payNow) },
    ...(owesMore ? [{ head: "owed in all", cell: (one: Option) => bound(one, one.bound) }] : []),
    { head: "saves", cell: (one) => bound(one, one.savesPerMonth) },
    { head: "from", cell: (one) => hours(one, one.breakEven?.stop) },
    { head: "deleted", cell: (one) => hours(one, one.breakEven?.delete) },
    {
      head: "paid off",
      cell: ({ coveredAfterMonths: months, sizeOnly }) =>
        months === undefined ? "-" : `${sizeOnly ? "~" : ""}${months} mo`,
    },
    { head: "source", align: "left", cell: ({ from }) => (from === undefined ? noPrice : referenceOf(from, cost)) },
  ];
}

/** Why there is no price, or only a size: of several terms once. */
function notesOf({ options }: Comparison): Item[] {
  const said = options.flatMap((option) => {
    const { pay, note, sizeOnly } = option;
    if (note === undefined) return [];
    const reason = pay.kind === "subscription" ? note.replaceAll(pay.term, "this term") : note;
    return sizeOnly
      ? [{ label: "~ shows the size only, no advice rests on it", text: reason }]
      : [{ label: `${nameOf(option)}, ${noPrice}`, text: reason }];
  });
  return [...new Map(said.map((one) => [JSON.stringify(one), one])).values()];
}

/** What columns mean, said once. */
const legend: readonly Item[] = [
  {
    label: "from",
    text: "hours a month from which it is cheaper than pay-as-you-go, while idle hosts are stopped without charge and disks go on; deleted: the same when they are deleted",
  },
  {
    label: "paid off",
    text: "months of the stated use after which leaving early, without any refund, has cost nothing",
  },
];

function useText({ use, declared }: Comparison, { hoursPerMonth, currency }: Cost): string {
  const stated =
    use === undefined
      ? "each group as it is used"
      : use.whenIdle === "run"
        ? `always on, ${hoursPerMonth} h a month`
        : `${use.hours} h a month, then ${{ stop: "stopped", delete: "deleted" }[use.whenIdle]}`;
  const { pay, perMonth, payNow } = declared;
  const cost =
    perMonth === undefined || payNow === undefined
      ? `${noPrice} for all of it`
      : `${grouped(perMonth)} ${currency} a month, ${grouped(payNow)} paid ahead`;
  return `Stated use: ${stated}; as declared, ${pay === undefined ? "in several ways" : payInWords(pay)}: ${cost}`;
}

function nameOf({ pay }: Option): string {
  return pay.kind === "savings-plan" ? `savings plan, ${pay.upfront} upfront` : payInWords(pay).replace(/ for .*/, "");
}
