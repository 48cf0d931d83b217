import Table from "cli-table3";

/** How a text is laid out. */
export interface Style {
  /** Columns of the terminal. */
  readonly width: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warn: (text: string) => string;
}

export const plainStyle = (width: number): Style => {
  const same = (text: string) => text;
  return { width, bold: same, dim: same, warn: same };
};

const noBorders = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right", "left", "left-mid"]
    .concat(["mid", "mid-mid", "right", "right-mid", "middle"])
    .map((place) => [place, ""]),
);

export type Align = "left" | "right";

/**
 * Rows in columns without lines, each column as wide as its content; the last takes what is left and wraps.
 *
 * @param indent columns left free at the left
 */
export function columns(
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  width: number,
  indent = 2,
): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  if (count === 0) return "";
  const gap = 2;
  const natural = Array.from({ length: count }, (_, i) => Math.max(0, ...rows.map((row) => visible(row[i] ?? ""))));
  const before = natural.slice(0, -1).reduce((sum, w) => sum + w + gap, 0);
  const room = width - indent - before;
  const wanted = natural.at(-1) ?? 0;
  if (count > 1 && room < Math.min(wanted, narrowest)) return stacked(rows, natural, align, width, indent);
  const last = Math.max(12, Math.min(wanted, room));
  const table = new Table({
    chars: noBorders,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colWidths: [...natural.slice(0, -1).map((w) => w + gap), last],
    colAligns: align.map((a) => a),
    wordWrap: true,
  });
  // Right-aligned columns would end at the gap: it is put behind the text instead.
  for (const row of rows) {
    table.push(
      Array.from({ length: count }, (_, i) =>
        align[i] === "right" && i < count - 1 ? `${row[i] ?? ""}${" ".repeat(gap)}` : (row[i] ?? ""),
      ),
    );
  }
  return table
    .toString()
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line}`.trimEnd())
    .join("\n");
}

/** Columns that a wrapped cell keeps; with less it goes below its row. */
const narrowest = 24;

/** For a narrow terminal: the last cell of each row below it, the others in columns as before. */
function stacked(
  rows: readonly (readonly string[])[],
  natural: readonly number[],
  align: readonly Align[],
  width: number,
  indent: number,
): string {
  const keep = natural.length - 1;
  return rows
    .map((row) => {
      const cells = Array.from({ length: keep }, (_, i) => {
        const cell = row[i] ?? "";
        const blanks = " ".repeat((natural[i] ?? 0) - visible(cell));
        return align[i] === "right" ? `${blanks}${cell}` : i === keep - 1 ? cell : `${cell}${blanks}`;
      });
      const below = row[keep] ?? "";
      const above = columns([cells], align.slice(0, keep), width, indent);
      return below === "" ? above : `${above}\n${columns([[below]], ["left"], width, indent + 4)}`;
    })
    .join("\n");
}

/** A line with something at its right end; wrapped, with that below, when there is no room. */
export function leftAndRight(left: string, right: string, width: number): string {
  const space = width - visible(left) - visible(right);
  if (right !== "" && space >= 2) return `${left}${" ".repeat(space)}${right}`;
  const lines = visible(left) <= width ? left.trimEnd() : columns([[left]], ["left"], width, 0);
  return right === "" ? lines : `${lines}\n  ${right}`;
}

/** Columns that a text takes, colours not counted. */
function visible(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return text.replace(/\u001b\[[0-9;]*m/g, "").length;
}
