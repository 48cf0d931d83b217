import { grouped } from "../cost/amount.ts";
import type { StatusReport } from "../deploy/status/schema.ts";
import type { Style } from "../review/terminal/layout.ts";
import { dayInChina, here, section } from "./status-frame.ts";

/** Each nature in a line of its own. */
export function costPart({ cost, stack, cloud }: StatusReport, style: Style): string {
  const { currency, list, dates, sizeOnly, byTheHour, usedSoFar, since, unpriced, paidAhead } = cost;
  const more = unpriced.length === 0 ? "" : ", at least";
  const rows = [
    ["billed as used", `~${grouped(byTheHour.perDay)} a day, ~${grouped(byTheHour.perMonth)} a month of 730 h${more}`],
    [
      "so far",
      since === undefined
        ? "nothing that has a price"
        : `~${grouped(usedSoFar)} since ${dayInChina(since)}${more}, as if all had run all the time`,
    ],
    ...paidAhead.map(({ names, term, perTerm, daysLeft }) => [
      "paid ahead",
      `${names.join(", ")}: ${perTerm === undefined ? "no price" : `~${grouped(perTerm)}`} for ${term}${daysLeft === undefined ? "" : `, ${Math.max(0, daysLeft)} days left`}`,
    ]),
    ...unpriced.map((one) => ["no price", one]),
  ];
  const whose = `${currency}, ${list}${dates === "" ? "" : ` of ${dates}`}`;
  const head = `estimate without traffic and snapshots, ${whose}${sizeOnly ? ", which only show the size here" : ""}`;
  return `${section("COST", head, rows, style)}\n  -> npm run bill -- ${stack}${here(cloud)} compares with the real bill`;
}

/** What ends or renews itself soon, with what changes it. */
export function renewalsPart({ renewals }: StatusReport, style: Style): string {
  const rows = renewals.map(({ names, on, days, renews, every, sum, change }) => [
    on,
    days < 0 ? "past" : days === 0 ? "today" : `in ${days} ${days === 1 ? "day" : "days"}`,
    `${names.join(", ")} ${renews ? `renews by ${every ?? "a term"}` : days < 0 ? "ended" : "ends"}, ${sum === undefined ? "price unknown" : `~${grouped(sum)}`}. To change: ${change}`,
  ]);
  return section("RENEWALS", "China's clock", rows, style);
}
