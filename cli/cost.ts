import { overBudget } from "../cost/budget.ts";
import { BadInput } from "../deploy/errors.ts";
import { buildReview } from "../review/build.ts";
import type { ReviewedStack } from "../review/cost-report/infracost.ts";
import { loadStack } from "../review/load.ts";
import type { PrintedStack } from "../review/review.ts";
import type { PricesMode } from "./prices.ts";
import { checkKnown, knownStacks, pricedBy } from "./review.ts";
import { terminalStyle, write } from "./terminal.ts";
import { writeWhole } from "./write-whole.ts";

export interface CostOptions {
  readonly format: "terminal" | "markdown" | "html" | "json" | "infracost";
  readonly config?: string;
  readonly against?: string;
  readonly output?: string;
  readonly prices?: PricesMode;
}

/** Prints or writes the cost review of stacks; exit code 1 when a budget is passed. */
export async function costCommand(wanted: readonly string[], options: CostOptions): Promise<void> {
  const stacks = wanted.length > 0 ? wanted : knownStacks();
  for (const option of ["config", "against"] as const) {
    if (options[option] === undefined || stacks.length === 1) continue;
    throw new BadInput(
      `--${option} names one stack file: name one stack with it, for example: npm run cost -- shanghai --${option} my.yaml`,
    );
  }
  if (options.config === undefined) for (const stack of stacks) checkKnown(stack);
  const now = new Date().toISOString();
  const asOf = now.slice(0, 10);
  const reviewed: ReviewedStack[] = [];
  // One after the other: Pulumi's runtime is one per process.
  for (const stack of stacks) reviewed.push(await reviewOne(stack, asOf, options));
  const text = await rendered(reviewed, now, options);
  if (options.output === undefined) await write(text);
  else await writeWhole(options.output, text);
  if (reviewed.some(({ now: { cost } }) => overBudget(cost.budget).length > 0)) process.exitCode = 1;
}

async function reviewOne(stack: string, asOf: string, options: CostOptions): Promise<ReviewedStack> {
  const { config, against, prices } = options;
  const before = against === undefined ? undefined : await loadStack(stack, against);
  const loaded = await loadStack(stack, config);
  const by = await pricedBy(prices, loaded, before, asOf);
  const now = buildReview(loaded, asOf, undefined, by);
  const { book } = by;
  return before === undefined
    ? { now }
    : { now, before: buildReview(before, asOf, undefined, book === undefined ? {} : { book }) };
}

/** Each format loads only what it needs. */
async function rendered(reviewed: readonly ReviewedStack[], now: string, { format }: CostOptions): Promise<string> {
  const asOf = now.slice(0, 10);
  const stacks = reviewed.map((one) => one.now);
  if (format === "json") {
    const costs = stacks.map(({ stack, file, region, city, cost }) => ({ stack, file, region, city, cost }));
    return `${JSON.stringify({ version: 1, asOf, stacks: costs }, null, 2)}\n`;
  }
  if (format === "infracost") {
    checkOneCurrency(stacks);
    const { infracostOf } = await import("../review/cost-report/infracost.ts");
    return `${JSON.stringify(infracostOf(reviewed, now), null, 2)}\n`;
  }
  const { reportOf } = await import("../review/cost-report/report.ts");
  const report = reportOf(stacks, asOf);
  if (format === "markdown") return (await import("../review/cost-report/markdown.ts")).markdownReport(report);
  if (format === "html") return (await import("../review/cost-report/html.ts")).htmlReport(report);
  return (await import("../review/cost-report/terminal.ts")).terminalReport(report, terminalStyle());
}

/** Infracost's JSON has one currency, and nothing is converted. */
function checkOneCurrency(stacks: readonly PrintedStack[]): void {
  const byCurrency = Map.groupBy(stacks, ({ cost }) => cost.currency);
  if (byCurrency.size < 2) return;
  const said = [...byCurrency].map(([currency, of]) => `${currency} (${of.map(({ stack }) => stack).join(", ")})`);
  throw new BadInput(
    `--format infracost has room for one currency, these stacks have ${said.join(" and ")}: name stacks of one of them`,
  );
}
