/** Longer texts are worked out anew: few are equal, and keeping them would cost memory. */
const longestLine = 1000;

/**
 * The same function with a memory of what it said of a line. Hosts share nearly all lines of their user data, so of a
 * thousand hosts only the lines that differ cost anything.
 */
export function rememberLines<T>(of: (line: string) => T, most = 5000): (line: string) => T {
  const known = new Map<string, T>();
  return (line) => {
    if (line.length > longestLine) return of(line);
    const before = known.get(line);
    if (before !== undefined) return before;
    const value = of(line);
    if (known.size >= most) known.clear();
    known.set(copyOf(line), value);
    return value;
  };
}

/** A line cut out of a text keeps the whole text in memory; a copy does not. */
function copyOf(line: string): string {
  return Buffer.from(line, "utf16le").toString("utf16le");
}

/** The same function with a memory of the last few texts, the one used longest ago forgotten first. */
export function rememberTexts<T>(of: (text: string) => T, most = 8): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    const value = before ?? of(text);
    known.delete(text);
    known.set(text, value);
    const [oldest] = known.size > most ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    return value;
  };
}
