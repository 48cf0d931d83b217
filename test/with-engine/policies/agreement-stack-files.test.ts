import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseStackFile } from "../../../components/config/stack-file.ts";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile } from "../../../components/config.ts";
import china from "../../../index.ts";
import { contextOf, setupOf } from "../../../policies/setup.ts";
import { validSettings } from "../../config/valid-settings.ts";
import { planOf, stackFile } from "../../support/stacks.ts";
import { enterOffline, temporaryHome } from "../engine.ts";
import { agreed, differences, judgementOf, mishaps, onOneDay, programs, seed } from "./agreement.ts";
import { PackStack } from "./pack.ts";
import { acceptList, acceptPlans, ruleSettings } from "./settings.ts";

const { home, done } = temporaryHome();
let stack: PackStack;
beforeAll(async () => {
  await enterOffline(home);
  stack = await PackStack.open(home, "china");
});
afterAll(done);

describe("a review and the engine say the same of a stack file", () => {
  const samples = fc.sample(fc.tuple(validSettings, ruleSettings, acceptPlans), { numRuns: programs, seed });

  test.each(samples.map((sample, index) => [index, sample] as const))("%d", (_, [settings, policies, accepts]) =>
    onOneDay(async (day) => {
      const unaccepted = await planOf(stackFile(settings));
      const { violations } = judgementOf(unaccepted, setupOf({ ...policies }).context, [], day);
      const text = stackFile({ ...settings, policies, accept: acceptList(accepts, violations) });

      const { config, values } = parseStackFile(text, "china");
      const checked = validate(values, "test", readProjectFile);
      if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
      const { policies: read, accept } = checked.settings;
      const judgement = judgementOf(await planOf(text), contextOf(read), accept, day);

      stack.configure(config);
      const judged = await stack.preview(china);
      expect(mishaps(judged)).toEqual([]);
      expect(differences(judged, judgement, day)).toEqual(agreed);
    }));
});
