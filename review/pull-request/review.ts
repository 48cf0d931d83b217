import { projectReader } from "../../components/config.ts";
import type { PriceBook } from "../../cost/quote.ts";
import type { Plan } from "../../plan/plan.ts";
import type { ChangeRequest } from "../sides/request.ts";
import { sidesOf } from "../sides/stack-sides.ts";
import { reviewChange, type StackSide } from "./compose.ts";
import type { ChangeReview } from "./pull-request.ts";

/** A review, and what its renderings need beside it. */
export interface Reviewed {
  readonly review: ChangeReview;
  /** Plans after the change. */
  readonly plans: ReadonlyMap<string, Plan>;
  /** Texts of the stack files after the change: where a setting stands. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Records both sides, at the same time, each by its own code, and reviews the change by this code. */
export async function reviewOf(request: ChangeRequest, today: string, book?: PriceBook): Promise<Reviewed> {
  const [before, after] = await Promise.all([
    sidesOf(request.before, request.before.stacks),
    sidesOf(request.after, request.after.stacks),
  ]);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const sides = new Map(names.map((stack) => [stack, pair(before.get(stack), after.get(stack))]));
  const { changedFiles, trustNewAccept, note } = request;
  const state = ({ ref, commit }: ChangeRequest["before"]) => ({ ref, ...(commit === undefined ? {} : { commit }) });
  const review = reviewChange({
    before: state(request.before),
    after: state(request.after),
    sides,
    changedFiles,
    trustNewAccept,
    today,
    ...(book === undefined ? {} : { book }),
  });
  const read = projectReader(request.after.folder);
  const texts = request.after.stacks.flatMap((stack) => {
    const text = read(`Pulumi.${stack}.yaml`);
    return text === undefined ? [] : [[stack, text] as const];
  });
  return {
    review: note === undefined ? review : { ...review, judge: [{ what: "files", text: note }, ...review.judge] },
    plans: new Map([...after].flatMap(([stack, side]) => (side.ok ? [[stack, side.plan] as const] : []))),
    texts: new Map(texts),
  };
}

function pair(before: StackSide | undefined, after: StackSide | undefined) {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
