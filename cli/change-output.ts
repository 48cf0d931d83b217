import type { Reviewed } from "../review/pull-request/review.ts";
import { terminalStyle, write } from "./terminal.ts";

/** How the review of a change is printed; comment is the JSON that `npm run comment -- --file` takes. */
export type ChangeFormat = "terminal" | "markdown" | "comment" | "html" | "sarif" | "json";

/** Prints or writes a rendering. */
export async function put(rendering: string, output: string | undefined): Promise<void> {
  if (output === undefined) return await write(rendering);
  const { writeWhole } = await import("./write-whole.ts");
  await writeWhole(output, rendering);
}

/** Each format loads only what it needs. */
export async function rendered({ review, plans, texts }: Reviewed, format: ChangeFormat, now: string): Promise<string> {
  const { linesOfFiles } = await import("../review/change-report/lines.ts");
  const lines = linesOfFiles(texts);
  switch (format) {
    case "json":
      return (await import("../review/change-report/json.ts")).changeJson(review);
    case "markdown":
      return (await import("../review/change-report/markdown.ts")).markdownReport(review, true, lines);
    case "comment": {
      const { summary, details } = (await import("../review/change-report/markdown.ts")).markdownParts(review, {
        lines,
      });
      return `${JSON.stringify({ summary, details, validAt: now })}\n`;
    }
    case "html":
      return (await import("../review/change-report/html.ts")).changePage(review, { plans, lines });
    case "sarif":
      return (await import("../review/change-report/sarif.ts")).changeSarif(review, lines);
    case "terminal":
      return (await import("../review/change-report/terminal.ts")).changeText(review, terminalStyle(), lines);
  }
}
