/** One word for a POSIX shell, whatever is in it. */
export function shellQuote(text: string): string {
  if (!isText(text)) throw new RangeError(`no shell can take this as a word: ${JSON.stringify(text)}`);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function shellWords(words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

/** A string that shell, YAML and files can all hold: no NUL, no half of a surrogate pair. */
export function isText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** For a comment: one line of letters that end no comment and start no escape sequence. */
export function commentText(text: string): string {
  return text.replace(/[^\w.:+@-]/g, "?");
}
