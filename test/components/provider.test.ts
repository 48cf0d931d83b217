import { describe, expect, test } from "vitest";
import { type SettingsInput, settings as schema } from "../../components/config/schema.ts";
import { regionProvider } from "../../components/provider.ts";
import { byName, smallSettings } from "../support/stacks.ts";
import { planOfProgram } from "./programs.ts";

async function providerOf(account: SettingsInput["account"], environment: Record<string, string> = {}) {
  const settings = schema.parse({ ...smallSettings(), account });
  const plan = await planOfProgram(() => {
    for (const [name, value] of Object.entries(environment)) process.env[name] = value;
    regionProvider(settings);
  }).finally(() => {
    for (const name of Object.keys(environment)) delete process.env[name];
  });
  expect(plan.resources).toHaveLength(2);
  return byName(plan, "cn-shanghai");
}

describe("the provider of a region", () => {
  test.each([
    ["china", "Domestic"],
    ["international", "International"],
  ] as const)("of an account of the %s site says %s, so that it need not ask the billing service", async (site, type) => {
    expect(await providerOf({ site })).toMatchObject({
      type: "pulumi:providers:alicloud",
      inputs: { region: "cn-shanghai", accountType: type },
    });
  });

  test("names the account, when the stack file does: another one fails early", async () => {
    expect((await providerOf({ site: "china", id: "1234567890123456" })).inputs).toEqual({
      region: "cn-shanghai",
      accountType: "Domestic",
      accountId: "1234567890123456",
    });
  });

  test("takes no keys from the environment into its inputs: they would stand in the state", async () => {
    const secrets = { ALICLOUD_ACCESS_KEY: "LTAI-not-a-key", ALICLOUD_SECRET_KEY: "no-secret-either" };
    const { inputs } = await providerOf({ site: "china" }, secrets);
    expect(Object.keys(inputs).sort()).toEqual(["accountType", "region"]);
  });
});
