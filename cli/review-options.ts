import { BadInput } from "../deploy/errors.ts";
import type { ReviewOptions } from "./review.ts";
import type { ChangeFormat } from "./review-change.ts";

/** Everything that `npm run review` takes. */
export interface AnyReviewOptions extends Omit<ReviewOptions, "format"> {
  readonly format: ChangeFormat;
  readonly base?: string;
  readonly head?: string;
  readonly trustNewAccept?: boolean;
  readonly output?: string;
}

/** A review of stacks as they are, or of what a change does to them. */
export async function anyReviewCommand(stacks: readonly string[], options: AnyReviewOptions): Promise<void> {
  const { base, format } = options;
  if (base !== undefined) {
    const { reviewChangeCommand } = await import("./review-change.ts");
    return await reviewChangeCommand(stacks, { ...options, base });
  }
  for (const option of ["head", "trustNewAccept", "output"] as const) {
    if (options[option] !== undefined) throw new BadInput(`${names[option]} goes with --base: it is about a change`);
  }
  if (format !== "terminal" && format !== "json") {
    throw new BadInput(
      `--format ${format} goes with --base: it is of a change. A review of stacks: terminal or json; costs alone: npm run cost`,
    );
  }
  const { reviewCommand } = await import("./review.ts");
  await reviewCommand(stacks, { ...options, format });
}

const names = { head: "--head", trustNewAccept: "--trust-new-accept", output: "--output" } as const;
