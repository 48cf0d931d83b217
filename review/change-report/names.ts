import type { ResourceChange } from "../changes/change.ts";
import type { ChangeReview, ReviewedChange, State } from "../pull-request/pull-request.ts";
import { type Phrase, said, value } from "./phrase.ts";

/** main 1a2b3c4. */
export function stateName({ ref, commit }: State): Phrase {
  return commit === undefined ? value(ref, 80) : said`${value(ref, 80)} ${value(commit.slice(0, 9))}`;
}

/** alicloud:ecs/instance:Instance -> ecs Instance. */
export function typeName(type: string): string {
  const found = /^[\w-]+:([\w-]+)\/[\w-]+:(\w+)$/.exec(type);
  return found === null ? type : `${found[1]} ${found[2]}`;
}

/** Nothing to say of it: neither resources nor options change, and nothing is dangerous. */
export function isQuiet({ state, changes, hazards }: ReviewedChange): boolean {
  return (
    state === "unchanged" &&
    changes.resources.length === 0 &&
    (changes.optionChanges ?? []).length === 0 &&
    hazards.length === 0
  );
}

/** Stacks that something is to be said of. */
export function changedStacks({ stacks }: ChangeReview): readonly ReviewedChange[] {
  return stacks.filter((one) => !isQuiet(one));
}

/** In front of what is said, where there is more than one stack to say it of. */
export function of(stack: string, review: ChangeReview, text: Phrase): Phrase {
  return changedStacks(review).length > 1 ? said`${value(stack, 80)}: ${text}` : text;
}

export function countOperations(changes: readonly ResourceChange[]): Record<ResourceChange["operation"], number> {
  const counts = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const { operation } of changes) counts[operation] += 1;
  return counts;
}

/** Words of this project in front of a count: 1 hazard, 2 hazards. */
export function counted(n: number, one: string, many = `${one}s`): Phrase {
  return [{ kind: "words", text: `${n.toLocaleString("en-US")} ${n === 1 ? one : many}` }];
}
