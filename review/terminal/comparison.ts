import type { StackReview } from "../review.ts";
import { columns, type Style } from "./layout.ts";
import { grouped, payInWords } from "./words.ts";

type Comparison = StackReview["cost"]["comparisons"][number];
type Option = Comparison["options"][number];

/** Terms that stand on the first screen; the JSON has all. */
const shown = ["1 month", "1 year"];

/** Ways of paying for each group of hosts: what a month costs, what is paid ahead, from when it pays, and which to take. */
export function comparisonBlock({ comparisons, hoursPerMonth }: StackReview["cost"], style: Style): string[] {
  return comparisons.map((one) =>
    [
      columns(
        [
          [`${one.component}, hosts and disks`, "a month", "paid ahead", "cheaper than pay-as-you-go from"],
          ...one.options.filter(isShown).map((option) => rowOf(option, one, hoursPerMonth)),
        ],
        ["left", "right", "right", "left"],
        style.width,
      ),
      ...recommendation(one, style),
    ].join("\n"),
  );
}

function isShown({ pay }: Option): boolean {
  return pay.kind !== "subscription" || shown.includes(pay.term);
}

function rowOf(option: Option, { use }: Comparison, hoursPerMonth: number): string[] {
  const { pay, perMonth, payNow, sizeOnly, note } = option;
  const about = sizeOnly ? "~" : "";
  if (pay.kind !== "subscription") {
    const used = use.whenIdle === "run" ? `${hoursPerMonth} h` : `${use.hours} h, then ${use.whenIdle}`;
    return [`pay-as-you-go, ${used}`, perMonth === undefined ? "no price" : grouped(perMonth), "", note ?? ""];
  }
  if (perMonth === undefined || payNow === undefined) return [payInWords(pay), "no price", "no price", note ?? ""];
  return [payInWords(pay), `${about}${grouped(perMonth)}`, `${about}${grouped(payNow)}`, fromWhen(option)];
}

/** 470 h a month (480 h if idle hosts are deleted); covered after 0.7 months. */
function fromWhen({ breakEven, coveredAfterMonths, sizeOnly, note }: Option): string {
  const { stop, delete: deleted } = breakEven ?? {};
  const hours =
    stop === undefined
      ? "no number of hours"
      : `${Math.round(stop)} h${deleted === undefined ? "" : ` (${Math.round(deleted)} h if deleted, not stopped)`}`;
  if (sizeOnly && note !== undefined) return `~${hours}; ${note}`;
  const covered = coveredAfterMonths === undefined ? "" : `; paid off in ${coveredAfterMonths} months of this use`;
  return `${hours}${covered}`;
}

function recommendation({ recommendation: advice }: Comparison, style: Style): string[] {
  if (advice === undefined) return [];
  const { pay, reason } = advice;
  return [columns([[`${style.bold(`-> ${payInWords(pay)}`)}: ${reason}`]], ["left"], style.width)];
}
