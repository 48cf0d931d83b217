import type { DiffLine } from "./document.ts";

/** Lines around a change. */
const context = 3;
/** Cells of the table that finds the longest common lines; beyond it everything between the first and last difference changes. */
const mostCells = 4_000_000;

/** What changes between two texts, line by line, in pieces with a few lines around each. Nothing where they are the same. */
export function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const lines: DiffLine[] = [
    ...before.slice(0, start).map((text): DiffLine => ({ sign: " ", text })),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map((text): DiffLine => ({ sign: " ", text })),
  ];
  return pieces(lines);
}

function middle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const gone = (text: string): DiffLine => ({ sign: "-", text });
  const come = (text: string): DiffLine => ({ sign: "+", text });
  if (before.length * after.length > mostCells) return [...before.map(gone), ...after.map(come)];
  const width = after.length + 1;
  // Longest common lines of what begins at each place of both.
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      lines.push({ sign: " ", text: old });
      i += 1;
      j += 1;
    } else if (
      old !== undefined &&
      (common[(i + 1) * width + j] ?? 0) >= (now === undefined ? 0 : (common[i * width + j + 1] ?? 0))
    ) {
      lines.push(gone(old));
      i += 1;
    } else if (now !== undefined) {
      lines.push(come(now));
      j += 1;
    }
  }
  return lines;
}

/** Leaves out what is far from any change. */
function pieces(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Set<number>();
  for (const [at, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    for (let i = at - context; i <= at + context; i++) near.add(i);
  }
  if (near.size === 0) return [];
  const shown: DiffLine[] = [];
  let left = 0;
  for (const [at, line] of lines.entries()) {
    if (!near.has(at)) left += 1;
    else {
      if (left > 0) shown.push({ sign: "@", text: `${left} lines as they were` });
      left = 0;
      shown.push(line);
    }
  }
  return left > 0 ? [...shown, { sign: "@", text: `${left} lines as they were` }] : shown;
}
