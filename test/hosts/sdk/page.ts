import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../support/stacks.ts";

/** The programs of docs/sdk.md as they stand there: what comes under a heading, all its Python together. */
export function programOf(heading: string): string {
  const page = readFileSync(join(projectFolder, "docs/sdk.md"), "utf8");
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  const blocks = [...section.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  if (blocks.length === 0) throw new Error(`docs/sdk.md has no program under ${heading}`);
  return blocks.join("\n");
}
