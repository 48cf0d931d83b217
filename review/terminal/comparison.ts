import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { columns, type Style } from "./layout.ts";
import { payInWords } from "./words.ts";

type Comparison = StackReview["cost"]["comparisons"][number];
type Option = Comparison["options"][number];

/** Terms that stand on the first screen beside the declared one; `npm run cost` has all. */
const shown = ["1 month", "1 year"];

/** Ways of paying for each group of hosts: what a month costs, what is paid ahead, from when it pays, and which to take. */
export function comparisonBlock({ comparisons, hoursPerMonth }: StackReview["cost"], style: Style): string[] {
  const shownOf = (one: Comparison) => one.options.filter((option) => isShown(option, one));
  const tables = comparisons.map((one) =>
    [
      columns(
        [
          [title(one), "a month", "paid ahead", "cheaper than pay-as-you-go from"],
          ...shownOf(one).map((option) => rowOf(option, one, hoursPerMonth)),
        ],
        ["left", "right", "right", "left"],
        style.width,
      ),
      ...recommendation(one, style),
    ].join("\n"),
  );
  const sizes = comparisons
    .flatMap(shownOf)
    .flatMap(({ pay, sizeOnly, note }) =>
      sizeOnly && pay.kind === "subscription" && note !== undefined ? [note] : [],
    );
  return [...tables, ...[...new Set(sizes)].map((text) => columns([[`~ ${text}`]], ["left"], style.width))];
}

function title({ component }: Comparison): string {
  return component === undefined ? "all groups together" : `${component}: hosts, disks`;
}

function isShown({ pay }: Option, { declared }: Comparison): boolean {
  if (pay.kind !== "subscription") return pay.kind !== "savings-plan";
  return shown.includes(pay.term) || (declared.pay?.kind === "subscription" && declared.pay.term === pay.term);
}

function rowOf(option: Option, one: Comparison, hoursPerMonth: number): string[] {
  const { pay, perMonth, payNow, sizeOnly, note } = option;
  const about = sizeOnly ? "~" : "";
  const mark = JSON.stringify(one.declared.pay) === JSON.stringify(pay) ? " (now)" : "";
  if (pay.kind !== "subscription") {
    const name = `${pay.kind}, ${useInWords(one, hoursPerMonth)}${mark}`;
    return [name, perMonth === undefined ? "no price" : `${about}${grouped(perMonth)}`, "-", note ?? ""];
  }
  const name = `${pay.term} subscription${mark}`;
  if (perMonth === undefined || payNow === undefined) return [name, "no price", "no price", note ?? ""];
  return [name, `${about}${grouped(perMonth)}`, `${about}${grouped(payNow)}`, fromWhen(option)];
}

function useInWords({ use }: Comparison, hoursPerMonth: number): string {
  if (use === undefined) return "as used";
  return use.whenIdle === "run" ? `${hoursPerMonth} h` : `${use.hours} h, then ${use.whenIdle}`;
}

/** 470 h a month (480 h if idle hosts are deleted); paid off after 0.7 months. */
export function fromWhen({ breakEven, coveredAfterMonths, sizeOnly }: Option): string {
  const { stop, delete: deleted } = breakEven ?? {};
  const about = sizeOnly ? "~" : "";
  const hours =
    stop === undefined
      ? "no number of hours"
      : `${about}${Math.round(stop)} h${deleted === undefined ? "" : ` (${about}${Math.round(deleted)} h if deleted)`}`;
  const covered = coveredAfterMonths === undefined ? "" : `; paid off in ${coveredAfterMonths} months`;
  return `${hours}${covered}`;
}

function recommendation({ recommendation: advice, declared }: Comparison, style: Style): string[] {
  if (advice === undefined) return [];
  const { pay } = advice;
  const reason = advice.reason.replace(/\d+\.\d\d/g, grouped);
  const asNow = JSON.stringify(declared.pay) === JSON.stringify(pay) ? ", as it is now" : "";
  const of = advice.maybeLess ? ", of what has a price" : "";
  return [columns([[`${style.bold(`-> ${payInWords(pay)}${asNow}${of}`)}: ${reason}`]], ["left"], style.width)];
}
