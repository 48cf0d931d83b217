import type { Plan } from "../../../plan/plan.ts";
import type { Acceptance } from "../../../policies/accept.ts";
import { resourcesOf } from "../../../policies/from-plan.ts";
import { type Judgement, judge } from "../../../policies/judge.ts";
import { messageOf } from "../../../policies/message.ts";
import type { Context } from "../../../policies/rule.ts";
import { isUndecided, type Judged, keyOf } from "./pack.ts";

/** Half of the programs that are compared; the others are in the other file, which runs beside this one. */
export const programs = 52;
/** The day of the first run; any other gives other programs. */
export const seed = 20261125;

/** Compares both sides on one day, since both write it into what they say: once more where midnight came between. */
export async function onOneDay(compare: (day: string) => Promise<void>): Promise<void> {
  const day = today();
  try {
    await compare(day);
  } catch (error) {
    if (today() === day) throw error;
    await compare(today());
  }
}

/** The day as the pack counts it. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function judgementOf(plan: Plan, context: Context, accept: readonly Acceptance[], day: string): Judgement {
  return judge({ resources: resourcesOf(plan), context, accept, today: day });
}

/** What an engine's run and a review say differently; two empty lists where they agree. */
export function differences(judged: Judged, judgement: Judgement, day: string) {
  const engine = saidByEngine(judged);
  const review = saidByReview(judgement, day);
  return { engineAlone: without(engine, review), reviewAlone: without(review, engine) };
}

export const agreed = { engineAlone: [], reviewAlone: [] };

/** Errors of the program or the provider, beside the refusal itself. */
export function mishaps({ errors }: Judged): readonly string[] {
  return errors.filter((text) => text !== "preview failed");
}

/** Rule, level, resource and whole message of each violation, as often as it is said; and which rules could not decide. */
function saidByReview({ violations, undecided }: Judgement, day: string): readonly string[] {
  return [
    ...violations.map((violation) => {
      const { rule, resource, accepted } = violation;
      // What is accepted stops nothing: the engine hears of it as advice.
      const level = accepted === undefined ? violation.level : "advisory";
      return keyOf({ rule: rule.id, level, urn: resource.urn, message: messageOf(violation, day) });
    }),
    ...undecided.map(({ rule }) => `${rule.id} could not decide`),
  ];
}

function saidByEngine({ said }: Judged): readonly string[] {
  // Where it could not decide first depends on the order in which resources come.
  return said.map((one) => (isUndecided(one) ? `${one.rule} could not decide` : keyOf(one)));
}

/** What is left of a list when each element of another has taken one of its own kind away. */
function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...list];
  for (const other of others) {
    const at = left.indexOf(other);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}
