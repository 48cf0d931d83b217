/**
 * A line without its comment, as shells, YAML and most configuration files have it: `#` first or after a blank and outside of
 * quotes; `;`, `//`, `::` and `rem` only first.
 */
export function withoutComment(line: string): string {
  const start = line.trimStart();
  if (/^(?:[#;]|\/\/|::|rem\s|<!--)/i.test(start)) return "";
  if (!line.includes("#")) return line;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "#" && /\s/.test(line[at - 1] ?? "")) return line.slice(0, at);
  }
  return line;
}
