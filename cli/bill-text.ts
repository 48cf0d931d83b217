import { Decimal } from "decimal.js";
import type { Reason } from "../cost/bill/parts.ts";
import type { BillReport } from "../cost/bill/report.ts";
import { type Align, columns, type Style } from "../review/terminal/layout.ts";

type Line = BillReport["lines"][number];
type Total = BillReport["totals"]["run"];

const words: Readonly<Record<Reason, string>> = {
  hours: "hours",
  size: "another type or size",
  term: "another term",
  traffic: "traffic",
  snapshots: "snapshots",
  price: "list price differs",
  minimum: "minimum charge",
  discount: "discount",
  tax: "tax",
  unreviewed: "not in the review",
  "not-billed": "reviewed, not billed",
  rounding: "rounding",
  unexplained: "UNEXPLAINED",
};

/** A bill against the review for people: equal lines together, the reasons beside each difference. */
export function billText(report: BillReport, style: Style): string {
  const { stack, month, hours, elapsed, partial, currency, prices } = report;
  const time = partial
    ? `${month} so far: ${elapsed} of ${hours} hours are over, and compared with the same part of the review`
    : `${month}, ${hours} hours`;
  const blocks = [
    `${style.bold(`BILL OF ${stack}`)}   ${time}   ${currency}\n  review: ${prices}`,
    section("by the hour and by use", "run", report, style),
    section("bought for a term in this month", "purchase", report, style),
    section("paid back", "refund", report, style),
    verdict(report, style),
    noStack(report, style),
    renewals(report, style),
    budget(report, style),
    ...report.notes.map((note) => style.warn(`! ${note}`)),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const align: readonly Align[] = ["left", "left", "right", "right", "right", "left"];

function section(title: string, nature: Line["nature"], report: BillReport, style: Style): string {
  const lines = report.lines.filter((line) => line.nature === nature);
  if (lines.length === 0) return "";
  const total = report.totals[nature];
  const rows = [
    [title, "", "review", "bill", "difference", "why"],
    ...together(lines).map((line) => [
      ...[
        line.label,
        line.what,
        line.expected ?? "unknown",
        line.billed ?? "unknown",
        signed(line.difference),
        line.why,
      ],
    ]),
    ["sum", "", total.expected, total.billed, signed(total.difference), why(total)],
  ];
  const { notComparable } = total;
  const beside =
    notComparable.lines === 0
      ? ""
      : `\n  in no sum: ${notComparable.lines} ${notComparable.lines === 1 ? "item" : "items"} without a price or an amount, billed ${notComparable.billed}`;
  return `${columns(rows, align, style.width)}${beside}`;
}

interface Shown extends Partial<Pick<Line, "expected" | "billed" | "difference">> {
  readonly label: string;
  readonly what: string;
  readonly why: string;
}

/** Equal things of a component that differ for the same reasons are one line. */
function together(lines: readonly Line[]): readonly Shown[] {
  const alike = Map.groupBy(lines, ({ component, kind, what, parts, note, difference, billed }) =>
    JSON.stringify([
      component,
      kind,
      what,
      parts.map(({ reason }) => reason),
      note,
      difference === undefined,
      billed === undefined,
    ]),
  );
  return [...alike.values()].flatMap((of): Shown[] => {
    const [first] = of;
    if (first === undefined) return [];
    const who = of.length === 1 && first.name !== "" ? first.name : first.component;
    const label = `${who === "" ? first.kind : `${who} ${first.kind}`}${of.length > 1 ? ` x ${of.length}` : ""}`;
    const parts = first.parts.map(({ reason }) => ({
      reason,
      amount: added(of, (line) => line.parts.find((part) => part.reason === reason)?.amount) ?? "0.00",
    }));
    const sums = Object.fromEntries(
      (["expected", "billed", "difference"] as const).flatMap((side) => {
        const total = added(of, (line) => line[side]);
        return total === undefined ? [] : [[side, total]];
      }),
    );
    return [{ label, what: first.what, why: first.note ?? why({ parts }), ...sums }];
  });
}

function added(lines: readonly Line[], of: (line: Line) => string | undefined): string | undefined {
  const values = lines.map(of);
  if (values.some((value) => value === undefined)) return undefined;
  return values.reduce((total, value) => total.plus(value ?? 0), new Decimal(0)).toFixed(2);
}

function why({ parts }: Pick<Total, "parts">): string {
  return parts.map(({ reason, amount }) => `${words[reason]} ${signed(amount)}`).join(", ");
}

function signed(amount: string | undefined): string {
  if (amount === undefined) return "";
  return Number(amount) > 0 ? `+${amount}` : Number(amount) === 0 ? "0.00" : amount;
}

function verdict({ totals, lines }: BillReport, style: Style): string {
  if (lines.length === 0) return "The bill has nothing of this stack, and the review expected nothing.";
  const left = Object.values(totals).flatMap(({ parts }) => parts.filter(({ reason }) => reason === "unexplained"));
  return left.length === 0
    ? "Every difference is explained."
    : style.warn(
        `! ${left.map(({ amount }) => signed(amount)).join(" and ")} is not explained: compare these lines in the console`,
      );
}

function noStack({ ofNoStack, otherRows, currency }: BillReport, style: Style): string {
  if (ofNoStack.length === 0) return "";
  const rows = ofNoStack.map(({ product, region, kind, rows: count, billed }) => [
    ...[product, kind, region, `${count} ${count === 1 ? "row" : "rows"}`, billed ?? "no amount"],
  ]);
  const more = otherRows === 0 ? "" : `\n  ${otherRows} rows are of other stacks`;
  return `of no stack: neither tags nor name (${currency}, in no sum)\n${columns(rows, ["left", "left", "left", "right", "right"], style.width)}${more}`;
}

function renewals({ renewals: soon }: BillReport, style: Style): string {
  if (soon.length === 0) return "";
  const rows = soon.map(({ name, does, on, term, amount, cancelBy, tooLate, how }) => [
    ...[name, does === "ends" ? `ends ${on}` : `renews ${on}${term === undefined ? "" : ` for ${term}`}`],
    does === "ends" ? "" : (amount ?? "price unknown"),
    cancelBy === undefined ? how : `${tooLate ? "TOO LATE, last day was" : "call off by"} ${cancelBy}: ${how}`,
  ]);
  return `paid ahead, in the next 60 days\n${columns(rows, ["left", "left", "right", "left"], style.width)}`;
}

function budget({ budget: findings }: BillReport, style: Style): string {
  return findings
    .map(({ verdict: said, text, accepted }) => {
      if (accepted !== undefined) return `budget: ${text}; accepted until ${accepted.until}: ${accepted.why}`;
      return style.warn(`! budget${said === "over" ? ", over" : ""}: ${text}`);
    })
    .join("\n");
}
