import { stringify } from "csv-stringify/sync";
import { reasons } from "../cost/bill/parts.ts";
import type { BillReport } from "../cost/bill/report.ts";

/** One row for each line, one column for each reason; what is of no stack at the end. Sums are left to the spreadsheet. */
export function billCsv(report: BillReport): string {
  const { stack, month, currency } = report;
  const head = ["stack", "month", "currency", "nature", "component", "kind", "name", "what", "ids"];
  const rows = report.lines.map((line) => {
    const parts = new Map(line.parts.map(({ reason, amount }) => [reason, amount]));
    const who = [
      stack,
      month,
      currency,
      line.nature,
      line.component,
      line.kind,
      line.name,
      line.what,
      line.ids.join(" "),
    ];
    const figures = [line.expected ?? "", line.billed ?? "", line.difference ?? ""];
    return [...who.map(plain), ...figures, ...reasons.map((reason) => parts.get(reason) ?? ""), plain(line.note ?? "")];
  });
  const others = report.ofNoStack.map(({ product, region, kind, rows: count, billed }) => {
    const who = ["", month, currency, "run", "", kind, product, region, ""].map(plain);
    return [...who, "", billed ?? "", "", ...reasons.map(() => ""), `of no stack, ${count} rows of the bill`];
  });
  return stringify([[...head, "expected", "billed", "difference", ...reasons, "note"], ...rows, ...others]);
}

/** A name that a spreadsheet would run as a formula stays text; amounts may be negative and are left alone. */
function plain(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
