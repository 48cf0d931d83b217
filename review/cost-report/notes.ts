import type { StackReview } from "../review.ts";
import { list, part, type Section, table } from "./document.ts";
import { sourcesOf } from "./sources.ts";

type Cost = StackReview["cost"];

/** What costs money when it is not known, what to know of the prices, and where they come from. */
export function noteParts(cost: Cost): Section[] {
  const { traps, notes } = cost;
  return [
    ...part(
      "Traps",
      list(
        traps.map(({ id, text, source, observedAt }) => ({ label: id, text: `${text} (${source}, ${observedAt})` })),
      ),
    ),
    ...part("Notes on the prices", list(notes.map((text) => ({ text })))),
    ...part(
      "Sources",
      table({
        caption: "Where the prices come from",
        head: ["", "date", "confidence", "source"],
        align: ["left", "left", "left", "left"],
        rows: sourcesOf(cost).map(({ source, observedAt, confidence }, index) => [
          `[${index + 1}]`,
          observedAt,
          confidence ?? "read at the source",
          source,
        ]),
      }),
      true,
    ),
  ];
}
