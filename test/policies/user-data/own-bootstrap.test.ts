import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile } from "../../../components/config.ts";
import { reviewRules } from "../../../review/rules.ts";
import { planOf, shipped, shippedText } from "../../support/stacks.ts";

/** The shipped stack, with what its hosts do not have by default. */
function fullest(stack: string): { readonly text: string; readonly values: Record<string, unknown> } {
  const { config } = parse(shippedText(stack)) as { config: Record<string, unknown> };
  const hosts = config["china:hosts"] as Record<string, { software?: object }>;
  for (const group of Object.values(hosts)) {
    group.software = { ...group.software, docker: true, probe: "daily" };
  }
  const values = Object.entries(config).map(([key, value]) => [key.replace(/^china:/, ""), value]);
  return { text: stringify({ config }), values: Object.fromEntries(values) };
}

test.each(shipped)("the rules find nothing mandatory in user data with Docker and the probe, %s", async (stack) => {
  const { text, values } = fullest(stack);
  const checked = validate(values, stack, readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  const { violations } = reviewRules(await planOf(text, stack), checked.settings, "2026-11-25");
  expect(violations.filter(({ level }) => level === "mandatory")).toEqual([]);
});
