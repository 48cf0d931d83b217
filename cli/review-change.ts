import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { BadInput } from "../deploy/errors.ts";
import { canJudge } from "../review/pull-request/own-judge.ts";
import { gather, judgeOf } from "../review/sides/gather.ts";
import { type ChangeRequest, changeRequest } from "../review/sides/request.ts";
import { type ChangeFormat, put, rendered } from "./change-output.ts";
import type { ReviewOptions } from "./review.ts";

export interface ChangeOptions extends Omit<ReviewOptions, "format"> {
  readonly format: ChangeFormat;
  readonly output?: string;
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
  const folder = request.changedFiles.some(canJudge) ? await judgeOf(options) : "here";
  if (folder === "here") return await judge(request, options.format, options.output);
  // The base may be older than this command.
  if (existsSync(join(folder, "review/sides/request.ts"))) {
    return await judgedBy(folder, request, options.format, options.output);
  }
  const note = "judged by the change's own code: the base has no review of changes yet";
  return await judge({ ...request, note }, options.format, options.output);
}

/** Judges what the request on standard input names, by this code: the other end of `judgedBy`. */
export async function judgeCommand({ format }: { readonly format: ChangeFormat }): Promise<void> {
  const parsed = changeRequest.safeParse(JSON.parse(await text(process.stdin)));
  if (!parsed.success) throw new BadInput(`no request of this version: ${parsed.error.issues[0]?.message}`);
  await judge(parsed.data, format, undefined);
}

async function judge(request: ChangeRequest, format: ChangeFormat, output: string | undefined): Promise<void> {
  const { reviewOf } = await import("../review/pull-request/review.ts");
  const now = new Date().toISOString();
  const reviewed = await reviewOf(request, now.slice(0, 10));
  await put(await rendered(reviewed, format, now), output);
  if (reviewed.review.stops.length > 0) process.exitCode = 1;
}

/** The request goes through standard input: no file that somebody could change in between. */
async function judgedBy(
  folder: string,
  request: ChangeRequest,
  format: ChangeFormat,
  output: string | undefined,
): Promise<void> {
  const script = join(folder, "cli/china.js");
  const child = spawn(process.execPath, [script, "judge", "--format", format], {
    stdio: ["pipe", output === undefined ? "inherit" : "pipe", "inherit"],
  });
  const parts: Buffer[] = [];
  child.stdout?.on("data", (part: Buffer) => parts.push(part));
  child.stdin?.end(JSON.stringify(request));
  const code = await new Promise<number>((done) => child.on("close", (status) => done(status ?? 1)));
  if (output !== undefined && parts.length > 0) await put(Buffer.concat(parts).toString("utf8"), output);
  process.exitCode = code;
}
