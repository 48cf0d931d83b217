import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { addTexts } from "../terminal/money.ts";
import { oneLine, short } from "./text.ts";

type Cost = StackReview["cost"];

/** A component whose cost changes: a month before and after, of what has a price on both sides. */
export interface Bar {
  readonly component: string;
  readonly before: string;
  readonly after: string;
}

export function barsOf({ change }: Cost): readonly Bar[] {
  const priced = (change?.groups ?? []).filter(({ delta }) => delta !== undefined);
  return [...Map.groupBy(priced, ({ component }) => component)].map(([component, groups]) => ({
    component,
    before: addTexts(groups.map(({ before }) => before?.perMonth ?? "0.00")),
    after: addTexts(groups.map(({ after }) => after?.perMonth ?? "0.00")),
  }));
}

const size = { width: 860, label: 190, figure: 110, bar: 14, row: 44 };

/** Two bars for each component, before above after. Costs are numbers here: a drawing, no sum. */
export function barsSvg(bars: readonly Bar[], currency: string, id: string): Element {
  const highest = Math.max(1, ...bars.flatMap(({ before, after }) => [Number(before), Number(after)]));
  const x = scaleLinear()
    .domain([0, highest])
    .range([0, size.width - size.label - size.figure]);
  const height = bars.length * size.row + 8;
  const bar = (amount: string, y: number, name: string) => [
    s("rect", {
      className: [name],
      x: size.label,
      y,
      width: Math.max(1, Math.round(x(Number(amount)))),
      height: size.bar,
    }),
    s("text", { x: size.label + Math.round(x(Number(amount))) + 6, y: y + 11 }, grouped(amount)),
  ];
  return s(
    "svg",
    {
      viewBox: `0 0 ${size.width} ${height}`,
      role: "img",
      className: ["bars"],
      xmlns: "http://www.w3.org/2000/svg",
      ariaLabelledBy: `${id}-title`,
    },
    [
      s("title", { id: `${id}-title` }, `${currency} a month by component, before and after the change`),
      ...bars.flatMap(({ component, before, after }, at) => {
        const y = at * size.row + 6;
        return [
          s("text", { x: size.label - 8, y: y + 20, textAnchor: "end" }, short(oneLine(component), 24)),
          ...bar(before, y, "before"),
          ...bar(after, y + size.bar + 2, "after"),
        ];
      }),
    ],
  );
}
