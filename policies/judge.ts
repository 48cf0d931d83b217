import { stackType } from "../plan/plan.ts";
import { type Acceptance, Acceptances } from "./accept.ts";
import { changesOf, check, checkStack, looksAt } from "./check.ts";
import { Collected } from "./collected.ts";
import { levelOf, settingsMistakes } from "./levels.ts";
import { acceptRule, ownRules, settingsRule } from "./own-rules.ts";
import {
  type Attestation,
  type Context,
  isStackRule,
  type Level,
  type Resource,
  type Rule,
  type RuleFacts,
} from "./rule.ts";
import { rules as allRules } from "./rules.ts";

/** One broken rule at one property of one resource. */
export interface Violation {
  readonly rule: RuleFacts;
  readonly resource: Pick<Resource, "urn" | "name" | "parent">;
  /** Property, as a user writes it; "" for the resource as a whole. */
  readonly path: string;
  /** A class of value, never the value. */
  readonly found: string;
  readonly wanted: string;
  readonly level: Exclude<Level, "disabled">;
  /** The entry that accepts it; it stops nothing then, and is shown all the same. */
  readonly accepted?: Acceptance;
}

/** A rule that could not decide before the deployment, once, with the first place where it could not. */
export interface Undecided {
  readonly rule: RuleFacts;
  readonly name: string;
  readonly path: string;
  /** Places in all. */
  readonly places: number;
}

/** What only a person can say: who said it and when, or nobody yet. */
export interface Attested {
  readonly what: Attestation;
  readonly by?: string;
  readonly on?: string;
  readonly note?: string;
}

/** What the engine would set in place before it judges, at a rule whose level is `remediate`. */
export interface Mended {
  readonly rule: RuleFacts;
  readonly name: string;
  readonly inWords: string;
}

/** What the rules say about a stack. Says nothing of compliance: it is what these rules found. */
export interface Judgement {
  readonly profile: Context["profile"];
  /** Number of rules that looked. */
  readonly rules: number;
  /** Mandatory ones first, then by severity, rule, resource. */
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  readonly attested: readonly Attested[];
  readonly mended: readonly Mended[];
}

export interface Input {
  /** The stack's own resource and everything in it. */
  readonly resources: readonly Resource[];
  readonly context: Context;
  readonly accept: readonly Acceptance[];
  /** yyyy-mm-dd */
  readonly today: string;
}

/** Judges a whole stack at once: pure, for reviews. The engine asks the same functions resource by resource (pack.ts). */
export function judge({ resources: given, context, accept, today }: Input): Judgement {
  const active = allRules.filter((rule) => levelOf(rule, context) !== "disabled");
  const { resources, mended } = mend(given, active, context);
  const acceptances = new Acceptances(accept, today);
  const collected = new Collected(context, acceptances);

  const byType = new Map<string, readonly Rule[]>();
  for (const resource of resources) {
    const looking = byType.get(resource.type) ?? active.filter((rule) => looksAt(rule, resource.type));
    byType.set(resource.type, looking);
    for (const rule of looking) {
      if (!isStackRule(rule)) collected.add(rule, check(rule, resource, context), resource);
    }
  }
  const stack = stackItself(resources);
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  for (const rule of active) {
    if (!isStackRule(rule)) continue;
    for (const finding of checkStack(rule, resources, context)) {
      collected.add(rule, [finding], byUrn.get(finding.urn ?? "") ?? stack);
    }
  }
  // Last, since what was of use is known only now.
  const ids = allRules.map(({ id }) => id);
  const own = ownRules.map(({ id }) => id);
  for (const mistake of settingsMistakes(context)) collected.add(settingsRule, [mistake], stack);
  for (const { path, found, wanted } of acceptances.mistakes(ids, own)) {
    collected.add(acceptRule, [{ verdict: "violation", path, found, wanted }], stack);
  }
  return { profile: context.profile, rules: active.length, mended, ...collected.result() };
}

/** Those that stop a deployment. */
export function stopping(judgement: Pick<Judgement, "violations">): readonly Violation[] {
  return judgement.violations.filter(({ level, accepted }) => level === "mandatory" && accepted === undefined);
}

/** What the engine's pack does where a rule's level is `remediate`; resources that need nothing are the same objects. */
function mend(resources: readonly Resource[], active: readonly Rule[], context: Context) {
  const mending = active.filter(({ id, remedy }) => remedy && context.settings.levels[id] === "remediate");
  const mended: Mended[] = [];
  if (mending.length === 0) return { resources, mended };
  const after = resources.map((resource) => {
    let now = resource;
    for (const rule of mending) {
      const changes = changesOf(rule, now, context);
      if (changes === undefined || rule.remedy === undefined) continue;
      mended.push({ rule, name: now.name, inWords: rule.remedy.inWords });
      now = { ...now, values: { ...now.values, ...changes } };
    }
    return now;
  });
  return { resources: after, mended };
}

/** The stack's own resource, or one that stands for it: what is wrong with settings and lists belongs to it. */
function stackItself(resources: readonly Resource[]): Pick<Resource, "urn" | "name"> {
  return resources.find(({ type }) => type === stackType) ?? { urn: "", name: "stack" };
}
