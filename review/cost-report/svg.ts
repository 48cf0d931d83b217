import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Chart, Point } from "./chart.ts";
import { amount } from "./chart-table.ts";

const size = { width: 860, height: 420 };
const plot = { left: 70, top: 44, bottom: 366 };
/** Room for a letter of a line's name, which stands at its right end. */
const letter = 7;
/** Least distance of two lines of text. */
const lineHeight = 16;

/**
 * A chart as SVG: readable without a script, in colours that the page's style sheet gives by class, dashed where only the size is
 * known, with title and description for who does not see it.
 *
 * @param id that is used once in the page
 */
export function svgOf(chart: Chart, id: string): Element {
  const { title, currency, hours, series, crossings, use } = chart;
  const right = size.width - 20 - letter * Math.max(...series.map(({ label }) => label.length));
  const highest = Math.max(...series.flatMap(({ from, to }) => [from.cost, to.cost]));
  const x = scaleLinear().domain([0, hours]).range([plot.left, right]);
  const y = scaleLinear().domain([0, highest]).nice(6).range([plot.bottom, plot.top]);
  const at = ({ hours: of, cost }: Point) => ({ x: round(x(of)), y: round(y(cost)) });
  const ends = spread(series.map(({ to }) => at(to).y));
  const marks = spread(crossings.map((one) => at(one).y));

  return s("svg", { ...frame, ariaLabelledBy: `${id}-title ${id}-text` }, [
    s("title", { id: `${id}-title` }, title),
    s("desc", { id: `${id}-text` }, describe(chart)),
    ...y
      .ticks(6)
      .map((cost) =>
        s("g", { className: ["grid"] }, [
          s("line", { x1: plot.left, x2: right, y1: round(y(cost)), y2: round(y(cost)) }),
          s("text", { x: plot.left - 8, y: round(y(cost)) + 4, textAnchor: "end" }, cost.toLocaleString("en-US")),
        ]),
      ),
    ...ticksOf(hours).map((hour) =>
      s("text", { className: ["grid"], x: round(x(hour)), y: plot.bottom + 18, textAnchor: "middle" }, String(hour)),
    ),
    s("text", { className: ["axis"], x: plot.left, y: plot.top - 24 }, `${currency} a month`),
    s("text", { className: ["axis"], x: right, y: plot.bottom + 38, textAnchor: "end" }, "hours a month"),
    ...(use === undefined ? [] : [useMark(use, at(use), right)]),
    ...series.map(({ from, to, dashed, label }, index) => {
      const [start, end] = [at(from), at(to)];
      return s("g", { className: [`s${index % 12}`, ...(dashed ? ["dashed"] : [])] }, [
        s("line", { className: ["series"], x1: start.x, y1: start.y, x2: end.x, y2: end.y }),
        s("text", { x: right + 10, y: (ends[index] ?? end.y) + 4 }, label),
      ]);
    }),
    ...crossings.map((crossing, index) => {
      const { x: cx, y: cy } = at(crossing);
      return s("g", { className: [`s${crossing.series % 12}`, "crossing"] }, [
        s("circle", { cx, cy, r: 4 }),
        s("text", { x: cx - 8, y: (marks[index] ?? cy) - 5, textAnchor: "end" }, crossing.label),
      ]);
    }),
  ]);
}

const frame = {
  viewBox: `0 0 ${size.width} ${size.height}`,
  role: "img",
  xmlns: "http://www.w3.org/2000/svg",
};

function useMark(
  { label, cost }: NonNullable<Chart["use"]>,
  { x, y }: { x: number; y: number },
  right: number,
): Element {
  const late = x > (plot.left + right) / 2;
  return s("g", { className: ["use"] }, [
    s("line", { x1: x, x2: x, y1: plot.top - 6, y2: plot.bottom }),
    s("circle", { cx: x, cy: y, r: 5 }),
    s(
      "text",
      { x: late ? x : x - 2, y: plot.top - 12, textAnchor: late ? "end" : "start" },
      `${label}, ${amount(cost)}`,
    ),
  ]);
}

/** Round hours, and the end of the month where it has room beside them. */
function ticksOf(hours: number): readonly number[] {
  const round = scaleLinear().domain([0, hours]).ticks(8);
  const step = (round[1] ?? hours) - (round[0] ?? 0);
  return [...round.filter((hour) => hours - hour >= step / 2), hours];
}

/** Texts moved apart, least where they stand closest, in the order of their places; none below the plot. */
export function spread(places: readonly number[]): readonly number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const moved = [...places];
  let free = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    moved[index] = Math.max(places[index] ?? 0, free);
    free = (moved[index] ?? 0) + lineHeight;
  }
  let limit = plot.bottom;
  for (const index of order.toReversed()) {
    moved[index] = Math.min(moved[index] ?? 0, limit);
    limit = (moved[index] ?? 0) - lineHeight;
  }
  return moved;
}

function describe({ series, crossings, use, currency }: Chart): string {
  const lines = series.map(({ label, from, to }) =>
    from.cost === to.cost
      ? `${label}: ${amount(from.cost)} whatever the hours`
      : `${label}: ${amount(from.cost)} at 0 hours to ${amount(to.cost)} at ${to.hours}`,
  );
  const cheaper = crossings.map(({ series: of, label }) => `${series[of]?.label} from ${label}`);
  return [
    `${currency} a month against hours of use. ${lines.join("; ")}.`,
    cheaper.length === 0 ? "" : ` Cheaper than pay-as-you-go: ${cheaper.join("; ")}.`,
    use === undefined ? "" : ` ${use.label}.`,
  ].join("");
}

function round(place: number): number {
  return Math.round(place * 10) / 10;
}
