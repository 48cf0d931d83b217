import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PolicySettingsInput } from "../../../components/config/schema-policies.ts";
import type { Program } from "../../../deploy/operation.ts";
import type { Plan } from "../../../plan/plan.ts";
import { record } from "../../../plan/recorder.ts";
import type { Acceptance } from "../../../policies/accept.ts";
import { providerType } from "../../../policies/check.ts";
import { rules } from "../../../policies/rules.ts";
import { setupOf } from "../../../policies/setup.ts";
import * as foreign from "../../policies/fixtures/foreign.ts";
import { projectFolder } from "../../support/stacks.ts";
import { enterOffline, temporaryHome } from "../engine.ts";
import { agreed, differences, judgementOf, mishaps, onOneDay, programs, seed } from "./agreement.ts";
import { foreignPrograms } from "./generated.ts";
import { type PackConfig, PackStack } from "./pack.ts";
import { programOf } from "./programs.ts";
import { acceptList, acceptPlans, ruleSettings } from "./settings.ts";

const { home, done } = temporaryHome();
let stack: PackStack;
beforeAll(async () => {
  await enterOffline(home);
  stack = await PackStack.open(home, "foreign");
});
afterAll(done);

function planOf(program: Program): Promise<Plan> {
  return record(program, { project: "foreign", stack: "test", config: {}, secretKeys: [] });
}

describe("a review and the engine say the same of a program of somebody else", () => {
  const samples = fc.sample(fc.tuple(foreignPrograms, ruleSettings, acceptPlans), { numRuns: programs, seed });
  const heard = new Set<string>();

  test.each(samples.map((sample, index) => [index, sample] as const))("%d", (_, [one, settings, accepts]) =>
    onOneDay(async (day) => {
      const program = programOf(one);
      const plan = await planOf(program);
      const { violations } = judgementOf(plan, setupOf({ ...settings }).context, [], day);
      const accept = acceptList(accepts, violations);
      const { context, mistakes } = setupOf({ ...settings, accept });
      expect(mistakes).toEqual([]);
      const judgement = judgementOf(plan, context, accept, day);

      const judged = await stack.preview(program, { pack: inBothWays(settings, accept) });
      expect(mishaps(judged)).toEqual([]);
      expect(differences(judged, judgement, day)).toEqual(agreed);
      for (const { rule } of judged.said) heard.add(rule);
    }));

  test("and every rule about resources that the provider knows was heard of", () => {
    const { resources } = JSON.parse(readFileSync(join(projectFolder, "engine/provider-inputs.json"), "utf8"));
    const judgeable = rules.filter(({ reads }) =>
      Object.keys(reads).some((type) => type === providerType || Object.hasOwn(resources, type)),
    );
    // What a rule with a prefix list lets in stands in the list, which the provider does not know.
    const elsewhere = ["cn-sg-prefix-lists"];
    expect(judgeable.map(({ id }) => id).filter((id) => !heard.has(id))).toEqual(elsewhere);
  });
});

test("a secret is the one thing that only the engine can read", () =>
  onOneDay(async (day) => {
    const judgement = judgementOf(await planOf(foreign.secretKeyInUserData), setupOf({}).context, [], day);
    const judged = await stack.preview(foreign.secretKeyInUserData);
    const { engineAlone, reviewAlone } = differences(judged, judgement, day);
    const rulesOf = (said: readonly string[]) => said.map((text) => /cn-userdata-[a-z]+/.exec(text)?.[0]);
    expect(reviewAlone.every((text) => text.endsWith(" could not decide"))).toBe(true);
    expect(rulesOf(reviewAlone)).toContain("cn-userdata-secrets");
    expect(rulesOf(engineAlone)).toContain("cn-userdata-secrets");
    expect(rulesOf([...engineAlone, ...reviewAlone])).not.toContain(undefined);
    expect(judged.text).not.toContain(foreign.accessKeySecret);
  }));

/** The pack's configuration: levels by Pulumi's own way and as settings of ours, in turn. */
function inBothWays({ levels = {}, ...settings }: PolicySettingsInput, accept: readonly Acceptance[]): PackConfig {
  const byPulumi = Object.entries(levels).filter(([id, level], index) => {
    const rule = rules.find((one) => one.id === id);
    // What means nothing is for cn-settings to refuse.
    if (rule === undefined || (level === "remediate" && rule.remedy === undefined)) return false;
    // The engine mends before the pack has read its settings.
    if (level === "remediate") return true;
    // Nothing tells the level that a rule is made with from one that was asked for: a profile of the settings counts.
    return level !== rule.levels.baseline && index % 2 === 0;
  });
  const told = Object.fromEntries(byPulumi);
  const ours = Object.fromEntries(Object.entries(levels).filter(([id]) => !Object.hasOwn(told, id)));
  return { ...told, "cn-settings": { ...settings, levels: ours, accept } };
}
