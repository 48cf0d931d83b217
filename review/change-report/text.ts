/**
 * Texts of a review come from names, tags, stack files, user data and other people's programs. Here is what makes them safe to
 * show anywhere; what a format needs beside that stands with the format.
 */

/** Control and formatting characters, bidi overrides, half characters, what is invisible: a reader would not see what they do. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** As it would be typed in a program: `\u{202e}`. */
export function escapeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** One line without anything unseen in it. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\u0085]+/gu, " ")
    .replace(unseen, escapeOf)
    .trim();
}

/** A line of a file: blanks and tabs as they are. */
export function unseenAsEscapes(line: string): string {
  return line.replace(unseen, (one) => (one === "\t" ? one : escapeOf(one)));
}

/** At most so many characters, and how many there were. */
export function short(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  return `${characters.slice(0, most).join("")}… (${characters.length} characters)`;
}

/** Unseen characters of a JSON text as JSON's own escapes; the line ends between its tokens stay. */
export function escapesInJson(json: string): string {
  const unit = (at: string) => `\\u${at.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(unseen, (one) => (one === "\n" ? one : one.split("").map(unit).join("")));
}
