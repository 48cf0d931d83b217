/** Blocks of real output in the READMEs, kept true by a test: a fenced block right after a mark. */
const block = (mark: string) => new RegExp(`(<!-- ${mark} -->\\n\`\`\`\\n)([^]*?)(\`\`\`)`);

/** The text with the marked block replaced; unchanged when it has none. */
export function withOutput(text: string, mark: string, output: string): string {
  return text.replace(
    block(mark),
    (_, before: string, _old: string, after: string) => `${before}${output.trimEnd()}\n${after}`,
  );
}

/** The marked block; undefined when there is none. */
export function outputIn(text: string, mark: string): string | undefined {
  return block(mark).exec(text)?.[2];
}

/** What differs from day to day and from machine to machine. */
export function withoutTimes(output: string): string {
  return output.replace(/ +\d+\.\d s$/m, " N s").replace(/\d+ days old/g, "N days old");
}
