import type { Element } from "hast";
import { s } from "hastscript";
import type { Fate, GraphBox, GraphRow } from "./graph.ts";
import { typeName } from "./names.ts";
import { oneLine, short } from "./text.ts";

const box = { width: 300, head: 30, row: 20, pad: 10 };
const gap = { x: 70, y: 22 };
/** Rows of a box that are drawn; the others are counted. */
const mostRows = 14;

export const marks: Readonly<Record<Fate, string>> = { create: "+", update: "~", replace: "±", delete: "−", same: "·" };
export const fates: Readonly<Record<Fate, string>> = {
  create: "new",
  update: "changed",
  replace: "replaced",
  delete: "deleted",
  same: "as it is",
};

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/**
 * Boxes of components in columns, what they use left of them, a line for each use. Colours by class, and a sign for who does
 * not see them.
 *
 * @param id that is used once in the page
 */
export function graphSvg(boxes: readonly GraphBox[], title: string, id: string): Element {
  const placed = place(boxes);
  const width = Math.max(...placed.map(({ x }) => x + box.width)) + 2;
  const height = Math.max(...placed.map((one) => one.y + one.height)) + 2;
  const attributes = { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", className: ["graph"] };
  return s("svg", { ...attributes, xmlns: "http://www.w3.org/2000/svg", ariaLabelledBy: `${id}-title ${id}-text` }, [
    s("title", { id: `${id}-title` }, oneLine(title)),
    s("desc", { id: `${id}-text` }, "Components with their resources; the same stands in the table below."),
    ...boxes.flatMap(({ uses }, from) => uses.flatMap((to) => edge(placed[to], placed[from]))),
    ...boxes.map((one, at) => boxElement(one, placed[at] ?? { x: 0, y: 0, height: 0 })),
  ]);
}

/** Columns by layer, each box below the one before it, in the order that crosses fewest lines: by the middle of what it uses. */
function place(boxes: readonly GraphBox[]): readonly Placed[] {
  const placed = new Map<number, Placed>();
  const layers = Math.max(0, ...boxes.map(({ layer }) => layer));
  for (let layer = 0; layer <= layers; layer++) {
    const here = boxes.flatMap((one, index) => (one.layer === layer ? [{ one, index }] : []));
    const middle = ({ uses }: GraphBox) => {
      const places = uses.flatMap((index) => placed.get(index) ?? []);
      return places.reduce((sum, { y, height }) => sum + y + height / 2, 0) / Math.max(1, places.length);
    };
    let y = 1;
    for (const { one, index } of here.toSorted((a, b) => middle(a.one) - middle(b.one) || a.index - b.index)) {
      const rows = Math.min(one.rows.length, mostRows) + (one.rows.length > mostRows ? 1 : 0);
      const height = box.head + rows * box.row + box.pad;
      placed.set(index, { x: 1 + layer * (box.width + gap.x), y, height });
      y += height + gap.y;
    }
  }
  return boxes.map((_, index) => placed.get(index) ?? { x: 0, y: 0, height: 0 });
}

/** From what is used to what uses it. */
function edge(from: Placed | undefined, to: Placed | undefined): Element[] {
  if (from === undefined || to === undefined) return [];
  const [x1, y1] = [from.x + box.width, from.y + box.head / 2];
  const [x2, y2] = [to.x, to.y + box.head / 2];
  const bend = Math.max(30, (x2 - x1) / 2);
  return [
    s("g", { className: ["uses"] }, [
      s("path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 6} ${y2}` }),
      s("path", { className: ["tip"], d: `M${x2} ${y2}l-7 -4v8z` }),
    ]),
  ];
}

function boxElement({ component, rows }: GraphBox, { x, y, height }: Placed): Element {
  const shown = rows.slice(0, mostRows);
  const left = rows.length - shown.length;
  const line = (at: number) => y + box.head + at * box.row + 12;
  return s("g", [
    s("rect", { className: ["box"], x, y, width: box.width, height, rx: 6 }),
    s("text", { className: ["name"], x: x + 10, y: y + 20 }, component === "" ? "the stack" : fitted(component, 34)),
    ...shown.map((row, at) => rowElement(row, x, line(at))),
    ...(left === 0 ? [] : [s("text", { className: ["same"], x: x + 28, y: line(shown.length) }, `and ${left} more`)]),
  ]);
}

function rowElement({ fate, type, names }: GraphRow, x: number, y: number): Element {
  const count = names.length > 1 ? `${names.length} × ` : "";
  const name = names.length === 1 ? ` ${names[0]}` : "";
  return s("g", { className: [fate] }, [
    s("title", `${fates[fate]}: ${oneLine(short(names.join(", "), 300))}`),
    s("text", { className: ["mark"], x: x + 10, y }, marks[fate]),
    s("text", { x: x + 26, y }, fitted(`${count}${typeName(type).replace(/^\w+ /, "")}${name}`, 40)),
  ]);
}

function fitted(text: string, most: number): string {
  const characters = [...oneLine(text)];
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}
