import { resolve } from "node:path";
import {
  type Checkout,
  changedFiles,
  checkOut,
  checkoutCache,
  commitOf,
  forkPoint,
  isClean,
  stacksOf,
} from "./checkout.ts";
import type { ChangeRequest } from "./request.ts";

const project = resolve(import.meta.dirname, "../..");

export interface Wanted {
  /** Branch, tag or commit that the change goes to. */
  readonly base: string;
  /** Branch, tag or commit with the change; without it the working tree. */
  readonly head?: string;
  /** Only these stacks; all of both sides when it is empty. */
  readonly stacks: readonly string[];
  readonly trustNewAccept: boolean;
}

/**
 * The folder whose code judges a change that may touch its own judge: the newest of the base, so that a branch cannot choose an
 * older judge by where it begins. "here" where that is what runs already, as in a pipeline that checks out the base.
 */
export async function judgeOf({ base, head }: Pick<Wanted, "base" | "head">): Promise<"here" | (string & {})> {
  const newest = await commitOf(base);
  const here = head !== undefined && newest === (await commitOf("HEAD")) && (await isClean());
  return here ? "here" : (await checkOut(base, newest, checkoutCache())).folder;
}

/**
 * Lays both sides out as files. The side before is where the change left its base, so that what others have merged since then is
 * no part of it.
 *
 * @throws BadInput for a ref that git does not know
 */
export async function gather({ base, head, stacks, trustNewAccept }: Wanted): Promise<ChangeRequest> {
  const to = await commitOf(head ?? "HEAD");
  const from = await forkPoint(await commitOf(base), to);
  const cache = checkoutCache();
  const before = await checkOut(base, from, cache);
  const after: Checkout =
    head === undefined
      ? { folder: project, ref: "working tree", ...((await isClean()) ? { commit: to } : {}) }
      : await checkOut(head, to, cache);
  const only = (of: readonly string[]) => (stacks.length === 0 ? of : of.filter((stack) => stacks.includes(stack)));
  return {
    version: 1,
    before: { ...before, stacks: [...only(await stacksOf(before))] },
    after: { ...after, stacks: [...only(await stacksOf(after))] },
    changedFiles: [...(await changedFiles(from, head === undefined ? undefined : to))],
    trustNewAccept,
  };
}
