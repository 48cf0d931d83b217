/**
 * YAML without what stands in its blocks (`content: |` and the lines below that are deeper): nine tenths of a cloud-config, and
 * nothing there can make it invalid. Only the plainest heads are known; any other block stays, which is as right and slower.
 */
export function withoutBlocks(text: string): string {
  let result = "";
  let kept = 0;
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const outside = depthOf(text, at, end);
    at = end + 1;
    if (outside === undefined) continue;
    const from = at;
    while (at < text.length && isDeeper(text, at, outside)) at = lineEnd(text, at) + 1;
    if (at === from) continue;
    result += text.slice(kept, from);
    kept = Math.min(at, text.length);
  }
  return result + text.slice(kept);
}

const head = /^( *(?:- +)*)([A-Za-z_][\w.-]*: +)?[|>][+-]?\r?$/;

/** Column of what a block belongs to, when the line is the head of one: its lines stand further to the right. */
function depthOf(text: string, from: number, end: number): number | undefined {
  // The last letter tells most lines apart from a head.
  const last = text[end - 1];
  if (last !== "|" && last !== ">" && last !== "-" && last !== "+" && last !== "\r") return undefined;
  const found = head.exec(text.slice(from, end));
  if (found === null) return undefined;
  const [, indent = "", key] = found;
  return key === undefined ? indent.lastIndexOf("-") : indent.length;
}

/** Whether a line is empty or stands further to the right. */
function isDeeper(text: string, from: number, column: number): boolean {
  let at = from;
  while (text[at] === " ") at += 1;
  return at - from > column || at >= text.length || text[at] === "\n" || text[at] === "\r";
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
