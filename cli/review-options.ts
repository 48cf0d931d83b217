import { BadInput } from "../deploy/errors.ts";
import type { ChangeFormat } from "./change-output.ts";
import type { ReviewOptions } from "./review.ts";

/** Everything that `npm run review` takes. */
export interface AnyReviewOptions extends Omit<ReviewOptions, "format"> {
  readonly format: ChangeFormat;
  readonly base?: string;
  readonly head?: string;
  readonly trustNewAccept?: boolean;
  readonly output?: string;
  readonly preview?: string;
  readonly site?: "china" | "international";
}

/** A review of stacks as they are, or of what a change does to them. */
export async function anyReviewCommand(stacks: readonly string[], options: AnyReviewOptions): Promise<void> {
  const { base, preview, format } = options;
  if (base !== undefined && preview !== undefined) {
    throw new BadInput("--base and --preview do not go together: the files of both sides, or the engine's word");
  }
  only(options, "--base: it is about a change", base !== undefined, ["head", "trustNewAccept"]);
  only(options, "--base or --preview: it is of a change", (base ?? preview) !== undefined, ["output"]);
  only(options, "--preview", preview !== undefined, ["site"]);
  if (base !== undefined) {
    const { reviewChangeCommand } = await import("./review-change.ts");
    return await reviewChangeCommand(stacks, { ...options, base });
  }
  if (preview !== undefined) {
    const { reviewPreviewCommand } = await import("./review-preview.ts");
    return await reviewPreviewCommand(stacks, { ...options, preview });
  }
  if (format !== "terminal" && format !== "json") {
    throw new BadInput(
      `--format ${format} is of a change: with --base or --preview. A review of stacks: terminal or json; costs alone: npm run cost`,
    );
  }
  const { reviewCommand } = await import("./review.ts");
  await reviewCommand(stacks, { ...options, format });
}

const names = { head: "--head", trustNewAccept: "--trust-new-accept", output: "--output", site: "--site" } as const;

function only(
  options: AnyReviewOptions,
  withWhat: string,
  allowed: boolean,
  keys: readonly (keyof typeof names)[],
): void {
  const stray = allowed ? undefined : keys.find((key) => options[key] !== undefined);
  if (stray !== undefined) throw new BadInput(`${names[stray]} goes with ${withWhat}`);
}
