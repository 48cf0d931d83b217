import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { loadStackFile } from "../components/config/load.ts";
import { BadInput } from "../deploy/errors.ts";
import type { State } from "../review/pull-request/pull-request.ts";
import { type ChangeFormat, put, rendered } from "./change-output.ts";
import type { ReviewOptions } from "./review.ts";

export interface PreviewReviewOptions extends Omit<ReviewOptions, "format"> {
  readonly preview: string;
  readonly format: ChangeFormat;
  readonly output?: string;
  readonly site?: "china" | "international";
}

/** Largest preview that is read, bytes: 10,000 resources with both sides have about 60 MB. */
const largest = 256_000_000;

/** Reviews what the real engine's preview says; exit code 1 when something stops it. */
export async function reviewPreviewCommand(stacks: readonly string[], options: PreviewReviewOptions): Promise<void> {
  const { preview, format, output, config, site, profile } = options;
  if (options.against !== undefined) throw new BadInput("--against and --preview do not go together");
  if (stacks.length > 1) throw new BadInput("--preview is of one stack");
  const text = await textOf(preview);
  const { reviewOfPreview } = await import("../review/preview/review.ts");
  const [stack] = stacks;
  const own = config === undefined ? undefined : await loadStackFile(stack ?? "preview", config);
  const now = new Date().toISOString();
  const read = reviewOfPreview(text, {
    today: now.slice(0, 10),
    ref: preview,
    ...(site === undefined ? {} : { site }),
    ...(profile === undefined ? {} : { profile }),
    ...(own === undefined ? {} : { own: { file: own.file, settings: own.settings } }),
  });
  const review = { ...read, before: await named(read.before) };
  await put(await rendered({ review, plans: new Map(), texts: new Map() }, format, now), output);
  if (review.stops.length > 0) process.exitCode = 1;
}

/** What is deployed, with how its commit stands to the one here: a review is of the base only where the base is what runs. */
async function named(before: State): Promise<State> {
  if (before.commit === undefined) return before;
  const { relationOf } = await import("../deploy/commit.ts");
  const relation = await relationOf(resolve(import.meta.dirname, ".."), before.commit);
  return relation === undefined ? before : { ...before, ref: `${before.ref} (${relation})` };
}

/** @throws BadInput for what cannot be read, and for what is too large */
async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > largest) throw new BadInput(`--preview ${file} is larger than ${largest / 1e6} MB`);
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new BadInput(
      `--preview ${file} cannot be read${code}: write it with pulumi preview --json --show-sames > ${file}`,
    );
  }
}
