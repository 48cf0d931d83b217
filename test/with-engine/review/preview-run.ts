import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Program } from "../../../deploy/operation.ts";
import { pulumiPreview } from "../pulumi-preview.ts";

/** What one run of the engine's preview leaves for a review, as texts. */
export interface PreviewTexts {
  /** Of `pulumi preview --json`: the digest, or the stream of events where the environment asks for it. */
  readonly json: string;
  /** Of `--event-log`. */
  readonly log: string;
}

/** Runs `pulumi preview --json` on a stack of the current environment; the program runs in this process. */
export async function previewTexts(
  folder: string,
  stack: string,
  program: Program,
  flags: readonly string[] = [],
  streaming = false,
): Promise<PreviewTexts> {
  const temporary = mkdtempSync(join(tmpdir(), "china-preview-"));
  const log = join(temporary, "events.jsonl");
  try {
    const environment = {
      PULUMI_DEBUG_COMMANDS: "true",
      ...(streaming ? { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" } : {}),
    };
    const json = await pulumiPreview(folder, stack, program, ["--event-log", log, ...flags], environment);
    return { json, log: readFileSync(log, "utf8") };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
