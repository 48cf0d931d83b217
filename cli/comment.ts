import { createReadStream } from "node:fs";
import { z } from "zod";
import { BadInput } from "../deploy/errors.ts";
import { type Posted, postComment } from "../forges/comment.ts";
import { detect, type Place, type PlaceOptions, parseEvent } from "../forges/detect.ts";
import type { Forge } from "../forges/forge.ts";
import { forkRun, notBelieved } from "../forges/fork.ts";
import { openForge } from "../forges/open.ts";
import { write } from "./terminal.ts";

export interface CommentOptions extends PlaceOptions {
  readonly file: string;
  readonly project: string;
  readonly check?: "pending" | "success" | "failure";
  readonly checkText: string;
}

/** A review as JSON: the summary is always shown, the details as far as they fit. */
const envelope = z.strictObject({
  summary: z.string().min(1),
  details: z.array(z.union([z.string(), z.strictObject({ title: z.string(), body: z.string() })])).max(10_000),
  validAt: z.iso.datetime({ offset: true }).optional(),
});

/** Bytes of a review or an event. */
const limit = 25e6;

/** Creates or updates the comment, then sets the check. The run that is not the newest changes no comment. */
export async function commentCommand(options: CommentOptions): Promise<void> {
  const { env } = process;
  const told = parseReview(options.file, await readText(options.file));
  const event = env["GITHUB_EVENT_PATH"] ? parseEvent(await readText(env["GITHUB_EVENT_PATH"])) : undefined;
  const fork = await forkRun(options, env, event);
  const number = options.number ?? fork?.number;
  const place = detect({ ...options, ...(number === undefined ? {} : { number }) }, env, event);
  const distrust = fork?.distrust;
  const review = distrust === undefined ? told : { ...told, summary: notBelieved(distrust), details: [] };
  const forge = openForge(place, env, "china-review");
  if (options.check !== undefined && place.commit === undefined) {
    throw new BadInput("--check needs the head of the pull request, which this run does not tell: give --commit");
  }
  // What the forge's clock said goes before what a file says, which another job may have written.
  const stamp = place.stamp ?? { validAt: review.validAt ?? new Date().toISOString() };
  const link = place.link === undefined ? {} : { link: place.link };
  const posted = await postComment(forge, options.project, {
    summary: review.summary,
    details: review.details,
    ...stamp,
    ...link,
  });
  await write(`${said(place, posted)}\n`);
  const believed = distrust === undefined || options.check === undefined;
  await setCheck(forge, place, believed ? options : { ...options, check: "failure" });
}

async function setCheck(forge: Forge, { commit, link }: Place, { check, checkText }: CommentOptions): Promise<void> {
  if (check === undefined || commit === undefined) return;
  await forge.check(commit, check, checkText, link);
  if (forge.name !== "gitee") await write(`check on ${commit.slice(0, 12)}: ${check}\n`);
}

function said({ forge, pullRequest }: Place, { outcome, left }: Posted): string {
  const where = `${forge}, ${pullRequest.repository} #${pullRequest.number}`;
  const words: Readonly<Record<Posted["outcome"], string>> = {
    created: "comment created",
    updated: "comment updated",
    unchanged: "comment is as it was",
    older: "nothing changed: the comment there is of a newer run",
  };
  const cut = left === 0 || outcome === "older" ? "" : `; ${left} parts of the details did not fit`;
  return `${where}: ${words[outcome]}${cut}`;
}

function parseReview(file: string, text: string): z.infer<typeof envelope> {
  if (!/^\s*\{/.test(text)) {
    if (text.trim() === "") throw new BadInput(`${file} is empty: nothing to say`);
    return { summary: text, details: [] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadInput(`${file} begins like JSON and is none; Markdown does not begin with {`);
  }
  const parsed = envelope.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join(".") || "(whole)"}: ${message}`);
  throw new BadInput(`${file} is no review { summary, details, validAt }\n  ${issues.join("\n  ")}`);
}

async function readText(file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of file === "-" ? process.stdin : createReadStream(file)) {
      size += chunk.length;
      if (size > limit) throw new BadInput(`${file} has more than ${limit / 1e6} MB`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BadInput || !(error instanceof Error)) throw error;
    throw new BadInput(`${file} cannot be read: ${"code" in error ? error.code : error.message}`);
  }
  return Buffer.concat(chunks).toString("utf8");
}
