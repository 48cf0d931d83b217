import type { BreakEven } from "../../cost/break-even.ts";
import { columns, type Style } from "./layout.ts";

/** The answer first, then the term: who is bound for how long. */
export function breakEvenText(answer: BreakEven, style: Style): string {
  const { hours, percent, monthHours, pays, term, ladder, like } = answer;
  const indented = (text: string) => columns([[text]], ["left"], style.width);
  const rows = ladder.map((rung) => [
    like.includes(rung) ? "*" : "",
    `${rung.hours} h`,
    rung.term,
    `${rung.what} (${rung.observedAt})`,
  ]);
  return [
    style.bold(`break-even at ${hours} h a month`),
    indented(
      pays
        ? `${percent} % of a month of ${monthHours} h: with fewer hours pay-as-you-go is cheaper, with more the month is`
        : `more than a month of ${monthHours} h has: pay-as-you-go is always cheaper`,
    ),
    indented(term === undefined ? missingTerm(style, like) : `bound for ${term}: that long it is paid, used or not`),
    "",
    "What list prices say of terms (averages, for comparison only):",
    columns(rows, ["left", "right", "left", "left"], style.width),
    "",
    indented("A disk goes on while a host is stopped: of a whole stack the break-even is lower (npm run cost)."),
  ]
    .join("\n")
    .concat("\n");
}

function missingTerm({ warn }: Style, like: BreakEven["like"]): string {
  const hint =
    like.length === 0
      ? "no list price has such a ratio"
      : `marked * is what has such a ratio: ${[...new Set(like.map(({ term }) => term))].join(", ")}`;
  return `${warn("term missing")}: a price by the month says nothing of how long one is bound; ${hint}`;
}
