import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "../deploy/errors.ts";
import { judgingFiles } from "../review/pull-request/own-judge.ts";
import type { ChangeReview } from "../review/pull-request/pull-request.ts";
import { gather } from "../review/sides/gather.ts";
import { type ChangeRequest, changeRequest } from "../review/sides/request.ts";
import type { ReviewOptions } from "./review.ts";
import { write } from "./terminal.ts";

export interface ChangeOptions extends ReviewOptions {
  readonly base: string;
  readonly head?: string;
  readonly trustNewAccept?: boolean;
}

/**
 * Reviews a change against its base; exit code 1 when something stops it. Where the change touches what judges it, the base's own
 * code does the judging.
 */
export async function reviewChangeCommand(stacks: readonly string[], options: ChangeOptions): Promise<void> {
  for (const option of ["config", "against", "profile"] as const) {
    if (options[option] !== undefined) throw new BadInput(`--${option} and --base do not go together`);
  }
  const { base, head, trustNewAccept = false } = options;
  const request = await gather({ base, stacks, trustNewAccept, ...(head === undefined ? {} : { head }) });
  for (const stack of stacks) {
    if (![...request.before.stacks, ...request.after.stacks].includes(stack)) {
      throw new BadInput(`neither ${base} nor the change has a stack ${JSON.stringify(stack)}`);
    }
  }
  const ownJudge = judgingFiles(request.changedFiles).length > 0;
  if (!ownJudge) return await judge(request, options.format);
  // The base may be older than this command.
  if (existsSync(join(request.before.folder, "review/sides/request.ts")))
    return await judgedByBase(request, options.format);
  const note = "judged by the change's own code: the base has no review of changes yet";
  return await judge({ ...request, note }, options.format);
}

/** Judges what a request names, by this code: the other end of `judgedByBase`. */
export async function judgeCommand(requestFile: string, format: ReviewOptions["format"]): Promise<void> {
  const parsed = changeRequest.safeParse(JSON.parse(await readFile(requestFile, "utf8")));
  if (!parsed.success)
    throw new BadInput(`${requestFile} is no request of this version: ${parsed.error.issues[0]?.message}`);
  await judge(parsed.data, format);
}

async function judge(request: ChangeRequest, format: ReviewOptions["format"]): Promise<void> {
  const { reviewOf } = await import("../review/pull-request/review.ts");
  const review = await reviewOf(request, new Date().toISOString().slice(0, 10));
  await write(await rendered(review, format));
  if (review.stops.length > 0) process.exitCode = 1;
}

/** The request goes through standard input: no file that somebody could change in between. */
async function judgedByBase(request: ChangeRequest, format: ReviewOptions["format"]): Promise<void> {
  const script = join(request.before.folder, "cli/china.js");
  const child = spawn(process.execPath, [script, "judge", "/dev/stdin", "--format", format], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  child.stdin.end(JSON.stringify(request));
  process.exitCode = await new Promise<number>((done) => child.on("close", (code) => done(code ?? 1)));
}

async function rendered(review: ChangeReview, format: ReviewOptions["format"]): Promise<string> {
  if (format === "json") return `${JSON.stringify(review, null, 2)}\n`;
  return `${JSON.stringify(
    review.stacks.map(({ stack, state, hazards }) => ({ stack, state, hazards })),
    null,
    2,
  )}\n`;
}
