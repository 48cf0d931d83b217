import { setTimeout as sleep } from "node:timers/promises";
import { ForgeError, misuse } from "./errors.ts";
import { type Detail, fit } from "./fit.ts";
import type { Forge } from "./forge.ts";
import { firstLine, isOlder, markerOf, type Stamp, stampOf } from "./marker.ts";

/** What is to stand below a pull request. */
export interface Review extends Stamp {
  /** Markdown, never cut. */
  readonly summary: string;
  /** Dropped whole from the end where they do not fit. */
  readonly details: readonly Detail[];
  /** Where all of it can be read. */
  readonly link?: string;
}

export interface Posted {
  /** `older`: the comment there is of a newer run, and stays. */
  readonly outcome: "created" | "updated" | "unchanged" | "older";
  /** Parts of the details that did not fit. */
  readonly left: number;
}

export interface Waiting {
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly now: () => number;
}

const usual: Waiting = { sleep: (milliseconds) => sleep(milliseconds), now: Date.now };
const tries = 4;
/** Milliseconds that clocks may differ. */
const clocks = 10 * 60_000;

/**
 * Creates or updates the one comment of a project, known by the hidden marker `<!-- china-review:<project> -->`.
 *
 * Which run is newer is told by `validAt`, the time at which the forge saw what started it (`detect.ts`), then by its run
 * number. Not by the commit's time: its author writes it, and a force push goes back. An equal run may write again.
 * Where an answer is lost, the comment is looked for before anything is sent again: a cut connection makes no second one.
 */
export async function postComment(
  forge: Forge,
  project: string,
  review: Review,
  waiting: Waiting = usual,
): Promise<Posted> {
  const time = Date.parse(review.validAt);
  if (Number.isNaN(time))
    throw misuse(`valid-at is a time like 2026-11-25T09:30:00Z, not ${JSON.stringify(review.validAt.slice(0, 60))}`);
  if (time > waiting.now() + clocks) {
    throw misuse(`valid-at ${review.validAt} is in the future: no later run could write any more`);
  }
  const stamp: Stamp = { ...review, validAt: new Date(time).toISOString() };
  const marker = markerOf(project);
  const { body, left } = fit(firstLine(marker, stamp), review.summary, review.details, {
    limit: forge.commentLimit,
    folds: forge.folds,
    ...(review.link === undefined ? {} : { link: review.link }),
  });
  let begun: "created" | "updated" | undefined;
  for (let attempt = 1; ; attempt++) {
    const there = await forge.find(marker);
    const found = there === undefined ? undefined : stampOf(there.body);
    // A time in the future is a mistake, and is not believed: nothing could be written after it.
    const believed = found !== undefined && Date.parse(found.validAt) <= waiting.now() + clocks;
    if (found !== undefined && believed && isOlder(stamp, found)) return { outcome: "older", left };
    if (there !== undefined && same(there.body, body)) return { outcome: begun ?? "unchanged", left };
    begun = there === undefined ? "created" : "updated";
    try {
      if (there === undefined) await forge.create(body);
      else await forge.update(there, body);
      return { outcome: begun, left };
    } catch (error) {
      if (!(error instanceof ForgeError && error.maybeDone) || attempt === tries) throw error;
      await waiting.sleep(1000 * 2 ** (attempt - 1));
    }
  }
}

/** Forges change line ends, and some trim the end. The stamp counts: it tells later runs what is there. */
function same(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(a) === plain(b);
}
