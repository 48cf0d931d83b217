import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { parseStackFile } from "../../../components/config/stack-file.ts";
import china from "../../../index.ts";
import { shipped, shippedText } from "../../support/stacks.ts";
import { enterOffline, temporaryHome } from "../engine.ts";
import { PackStack, stoppedBy } from "./pack.ts";

const { home, done } = temporaryHome();
let stack: PackStack;
beforeAll(async () => {
  await enterOffline(home);
  stack = await PackStack.open(home, "china");
});
afterAll(done);

/** A shipped stack file with other settings on top. */
function shippedWith(name: string, settings: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const file: { config: Record<string, unknown> } = parse(shippedText(name));
  return parseStackFile(stringify({ config: { ...file.config, ...settings } }), "china").config;
}

test.each(
  shipped.flatMap((name) => (["baseline", "mlps-3"] as const).map((profile) => [name, profile] as const)),
)("%s passes %s", async (name, profile) => {
  stack.configure(shippedWith(name, { "china:policies": { profile } }));
  const judged = await stack.preview(china);
  expect(stoppedBy(judged)).toEqual([]);
  expect(judged).toMatchObject({ ok: true, errors: [] });
});

test("what a stack file says of the rules reaches the pack", async () => {
  stack.configure(shippedWith("shanghai", { "china:policies": { tags: ["owner", "cost-centre"] } }));
  const judged = await stack.preview(china);
  expect(judged.ok).toBe(false);
  expect(stoppedBy(judged)).toEqual(["cn-tags"]);
});

test("Hong Kong is refused by the configuration already", async () => {
  stack.configure(shippedWith("shanghai", { "china:region": "cn-hongkong" }));
  const judged = await stack.preview(china);
  expect(judged.ok).toBe(false);
  expect(judged.said).toEqual([]);
  expect(judged.errors.join("\n")).toMatch(/china:region\n {2}found {3}"cn-hongkong"/);
});
