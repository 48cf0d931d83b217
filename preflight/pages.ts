import { z } from "zod";
import { checksPage } from "./report/page.ts";
import { preflightReport } from "./report/schema.ts";

/** Files made from code, by their path from the top of the project. */
export function preflightPages(): Readonly<Record<string, string>> {
  return {
    "docs/preflight.md": checksPage(),
    "schema/preflight.json": `${JSON.stringify(z.toJSONSchema(preflightReport), null, 2)}\n`,
  };
}
