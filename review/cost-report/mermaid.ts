import { scaleLinear } from "d3-scale";
import type { Chart } from "./chart.ts";

/** Colours that can be told apart on white and on black, with the words for them; a chart repeats them after twelve lines. */
const palette: readonly (readonly [word: string, colour: string])[] = [
  ["blue", "#2f81f7"],
  ["orange", "#d9730d"],
  ["green", "#2da44e"],
  ["purple", "#a371f7"],
  ["red", "#e5534b"],
  ["teal", "#1b9aaa"],
  ["pink", "#d6409f"],
  ["brown", "#99704f"],
  ["olive", "#8a8a1f"],
  ["grey", "#808890"],
  ["gold", "#c69026"],
  ["violet", "#7a5af5"],
];

export const colourWords: readonly string[] = palette.map(([word]) => word);

/**
 * A chart for Mermaid as GitHub, GitLab and Gitea draw it. Two points are a straight line: they stand at both ends of the axis.
 *
 * Source: mermaid.js.org/syntax/xyChart, read 2026-11-25; "xychart-beta" is the name that older versions know too
 */
export function mermaidOf({ title, currency, hours, series }: Chart): string {
  const highest = Math.max(...series.flatMap(({ from, to }) => [from.cost, to.cost]));
  const [, top = highest] = scaleLinear().domain([0, highest]).nice(5).domain();
  const colours = palette.map(([, colour]) => colour).join(", ");
  const init = { themeVariables: { xyChart: { plotColorPalette: colours } } };
  return [
    `%%{init: ${JSON.stringify(init)}}%%`,
    "xychart-beta",
    `  title "${plain(title)}"`,
    `  x-axis "hours a month" 0 --> ${hours}`,
    `  y-axis "${currency} a month" 0 --> ${top}`,
    ...series.map(({ label, from, to }) => `  line "${plain(label)}" [${figure(from.cost)}, ${figure(to.cost)}]`),
  ].join("\n");
}

/** Mermaid has no escape for a quote, and reads entities and Markdown in texts. */
function plain(text: string): string {
  return text.replace(/["`#;&<>\\\s]+/g, " ").trim();
}

/** A number as the grammar has it: digits, a point, digits. */
function figure(cost: number): string {
  return cost.toFixed(2);
}
