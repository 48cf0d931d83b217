import { ForgeError } from "./errors.ts";

/** A part of the details: ready Markdown, or a title and what folds below it. */
export type Detail = string | { readonly title: string; readonly body: string };

export interface Fitted {
  readonly body: string;
  /** Parts of the details that were left out. */
  readonly left: number;
}

/**
 * A comment's body within `limit` characters. First line and summary are never cut; parts of the details are dropped
 * whole, from the end, and the reader is told. Throws when the summary alone is too long.
 */
export function fit(
  head: string,
  summary: string,
  details: readonly Detail[],
  { limit, folds, link }: { readonly limit: number; readonly folds: boolean; readonly link?: string },
): Fitted {
  const parts = details.map((detail) => written(detail, folds));
  const always = `${head}\n\n${summary.trim()}`;
  const note = (left: number) => {
    if (left === 0) return "";
    const whole = link === undefined ? "the job's log or report has all" : `[all of it](<${link}>)`;
    return `\n\n*${left} of ${parts.length} parts of the details left out: a comment here has at most ${limit} characters; ${whole}.*`;
  };
  let size = always.length + parts.reduce((sum, part) => sum + part.length + 2, 0);
  for (let kept = parts.length; kept >= 0; kept--) {
    const end = note(parts.length - kept);
    if (size + end.length <= limit) {
      return { body: `${[always, ...parts.slice(0, kept)].join("\n\n")}${end}`, left: parts.length - kept };
    }
    size -= (parts[kept - 1]?.length ?? 0) + 2;
  }
  throw new ForgeError(
    `the summary is too long for one comment: ${always.length} characters, ${limit} are possible here\n` +
      "  Put less in the summary and more in the details: they are left out where they do not fit.",
  );
}

function written(detail: Detail, folds: boolean): string {
  if (typeof detail === "string") return detail.trim();
  const { title, body } = detail;
  const plain = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/\s+/g, " ");
  // Markdown inside needs the empty lines.
  if (folds) return `<details><summary>${plain}</summary>\n\n${body.trim()}\n\n</details>`;
  return `#### ${plain}\n\n${body.trim()}`;
}
