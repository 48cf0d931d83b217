import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { nearest } from "../components/config/nearest.ts";
import { overBudget } from "../cost/budget.ts";
import type { PriceBook } from "../cost/quote.ts";
import { BadInput } from "../deploy/errors.ts";
import type { Profile } from "../policies/rule.ts";
import { buildReview } from "../review/build.ts";
import { type LoadedStack, loadStack } from "../review/load.ts";
import type { PrintedStack, Review } from "../review/review.ts";
import { reviewText } from "../review/terminal/stack.ts";
import type { PricesMode } from "./prices.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface ReviewOptions {
  readonly format: "terminal" | "json";
  readonly config?: string;
  readonly profile?: Profile;
  readonly against?: string;
  readonly prices?: PricesMode;
}

/** Reviews stacks from their files and prints it; exit code 1 when a mandatory rule is broken or a budget is passed. */
export async function reviewCommand(wanted: readonly string[], options: ReviewOptions): Promise<void> {
  const stacks = wanted.length > 0 ? wanted : knownStacks();
  for (const option of ["config", "against"] as const) {
    if (options[option] === undefined || stacks.length === 1) continue;
    throw new BadInput(
      `--${option} names one stack file: name one stack with it, for example: npm run review -- shanghai --${option} my.yaml`,
    );
  }
  if (options.config === undefined) for (const stack of stacks) checkKnown(stack);
  const asOf = new Date().toISOString().slice(0, 10);
  const reviews: PrintedStack[] = [];
  // One after the other: Pulumi's runtime is one per process.
  for (const stack of stacks) {
    const before = options.against === undefined ? undefined : await loadStack(stack, options.against);
    const loaded = await loadStack(stack, options.config);
    reviews.push(buildReview(loaded, asOf, options.profile, await pricedBy(options.prices, loaded, before, asOf)));
  }
  const review: Review = { version: 1, asOf, compared: "files", stacks: reviews };
  const text =
    options.format === "json"
      ? `${JSON.stringify(review, null, 2)}\n`
      : reviewText(review, terminalStyle(), performance.now() / 1000);
  await write(text);
  const over = reviews.some(({ cost }) => overBudget(cost.budget).length > 0);
  if (over || reviews.some(({ policies }) => policies.verdict === "stop")) process.exitCode = 1;
}

/** What a review is priced by: the catalogue's book is the default and needs nothing. */
export async function pricedBy(
  prices: PricesMode | undefined,
  loaded: LoadedStack,
  before: LoadedStack | undefined,
  today: string,
): Promise<{ readonly before?: LoadedStack; readonly book?: PriceBook }> {
  const was = before === undefined ? {} : { before };
  if (prices === undefined || prices === "catalogue") return was;
  const { openBook } = await import("./prices.ts");
  // What stood in another region is asked of another cloud: the catalogue prices it.
  const plans = [loaded, before].flatMap((one) => (one?.settings.region === loaded.settings.region ? [one.plan] : []));
  return { ...was, book: await openBook(prices, plans, loaded.settings, today) };
}

/** Stacks of the project: a file each. */
export function knownStacks(): string[] {
  return readdirSync(resolve(import.meta.dirname, ".."))
    .flatMap((file) => /^Pulumi\.([a-z0-9-]+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** @throws BadInput for a stack without a file */
export function checkKnown(stack: string): void {
  const known = knownStacks();
  if (known.includes(stack)) return;
  const near = nearest(stack, known);
  throw new BadInput(
    `there is no stack ${JSON.stringify(stack)}: the project has ${known.join(", ")}${near === undefined ? "" : `. Did you mean ${near}?`}\n` +
      `A new one is a file of its own: copy Pulumi.shanghai.yaml to Pulumi.<name>.yaml.`,
  );
}
