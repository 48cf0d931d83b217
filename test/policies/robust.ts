import { policies } from "../../components/config/schema-policies.ts";
import { type Judgement, judge } from "../../policies/judge.ts";
import { messageOf, undecidedMessage } from "../../policies/message.ts";
import type { Context, Level, Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { rulesReviewOf } from "../../review/rules.ts";
import { marker, Random, randomStack } from "./random-inputs.ts";

const today = "2026-11-25";

function contextOf(profile: Context["profile"], level: Level | "remediate" | undefined): Context {
  const all = rules.map(({ id, remedy }) => [id, level === "remediate" && remedy === undefined ? "mandatory" : level]);
  const levels = level === undefined ? {} : Object.fromEntries(all);
  return { settings: policies.parse({ profile, levels, stateBuckets: ["private"], services: ["*"] }), profile };
}

/** The profiles as they are, every rule on, and everything mended that can be. */
const contexts = [
  contextOf("baseline", undefined),
  contextOf("mlps-3", undefined),
  contextOf("mlps-3", "mandatory"),
  contextOf("baseline", "remediate"),
] as const;

/** What must never be: a rule that failed by itself, or a user's value in what is said. */
export function wrongs(judgement: Judgement): readonly string[] {
  const said = [
    ...judgement.violations.map((one) => [one.rule.id, messageOf(one, today)]),
    ...judgement.undecided.map((one) => [one.rule.id, undecidedMessage(one)]),
  ] as const;
  const faults = judgement.violations.filter(({ found }) => found.startsWith("a defect of the rule itself"));
  return [
    ...new Set([
      ...faults.map(({ rule, resource }) => `${rule.id} fails on ${resource.urn.split("::")[2]}`),
      ...said.filter(([, message]) => message?.includes(marker)).map(([id]) => `${id} repeats a value in a message`),
      ...(JSON.stringify(rulesReviewOf(judgement, today)).includes(marker) ? ["the review repeats a value"] : []),
    ]),
  ];
}

export function judged(resources: readonly Resource[], context: Context = contexts[0]): Judgement {
  return judge({ resources, context, accept: [], today });
}

/** Judges random resources, a hundred at a time as one stack; every wrong with the seed that shows it. */
export function tryRandom(resources: number, seed: number): readonly string[] {
  const size = 100;
  return Array.from({ length: Math.ceil(resources / size) }, (_, index) => {
    const stack = randomStack(new Random(seed + index), size);
    return wrongs(judged(stack, contexts[index % contexts.length])).map((wrong) => `seed ${seed + index}: ${wrong}`);
  }).flat();
}
