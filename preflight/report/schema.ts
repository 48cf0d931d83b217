import { z } from "zod";
import { areas } from "../check.ts";
import type { Preflight } from "../run.ts";

const status = z.enum(["ok", "warning", "fail", "not-checked"]);
const count = z.int().min(0);

const row = z.strictObject({
  id: z.string().describe("Of the check, as docs/preflight.md lists it"),
  area: z.enum(areas),
  title: z.string(),
  status,
  on: z.string().optional().describe("What it is about, where a check looks at several: a zone, a type, an image"),
  text: z.string().describe("The evidence, in one sentence"),
  next: z.string().optional().describe("What to do"),
});

const stack = z.strictObject({
  version: z.literal(1),
  stack: z.string(),
  region: z.string(),
  at: z.iso.datetime().describe("The moment of the run"),
  rows: z.array(row).readonly().describe("By area"),
  counts: z.strictObject({ ok: count, warning: count, fail: count, "not-checked": count }),
  calls: count.describe("Questions to the cloud's API, those that another stack of the run had asked among them"),
});

/** What `npm run preflight -- --format json` prints. Versioned: a field that changes its meaning raises `version`. */
export const preflightReport = z.strictObject({
  version: z.literal(1),
  verdict: status.describe("The worst of all rows, a question without an answer before a warning; fail: exit code 1"),
  cloud: z.enum(["alibaba-cloud", "local-cloud", "none"]).describe("Who was asked; none: there were no credentials"),
  calls: count.describe("Calls of the cloud's API, in all"),
  stacks: z.array(stack).readonly(),
});

export interface PreflightReport extends Omit<z.output<typeof preflightReport>, "stacks"> {
  readonly stacks: readonly Preflight[];
}
