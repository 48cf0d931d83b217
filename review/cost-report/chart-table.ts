import type { Chart } from "./chart.ts";
import type { Table } from "./document.ts";

/**
 * The chart in figures: for who does not see it, and where the crossings cannot be marked.
 *
 * @param colours of the lines, in words, where the chart does not name them
 */
export function tableOfChart({ title, currency, hours, series, crossings }: Chart, colours?: readonly string[]): Table {
  const [byHour] = series;
  return {
    caption: `${title}, in figures`,
    head: ["line", ...(colours === undefined ? [] : ["colour"]), "0 h", `${hours} h`, "cheaper than pay-as-you-go"],
    align: ["left", ...(colours === undefined ? [] : ["left" as const]), "right", "right", "left"],
    rows: series.map(({ label, dashed, from, to }, index) => {
      const crossing = crossings.find((one) => one.series === index);
      const below = byHour !== undefined && from.cost < byHour.from.cost && to.cost < byHour.to.cost;
      const cheaper = below ? "at any hours" : "not in a month";
      const mark = dashed ? "~" : "";
      const text =
        crossing === undefined
          ? cheaper
          : `from ${crossing.label}, at ${mark}${amount(crossing.cost)} ${currency} a month`;
      return [
        label,
        ...(colours === undefined ? [] : [colours[index % colours.length] ?? ""]),
        `${mark}${amount(from.cost)}`,
        `${mark}${amount(to.cost)}`,
        index === 0 ? "-" : text,
      ];
    }),
  };
}

/** 1,652.97 */
export function amount(cost: number): string {
  return cost.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
