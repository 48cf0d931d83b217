import { expect, test } from "vitest";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { checks } from "../../preflight/checks.ts";
import { preflight } from "../../preflight/run.ts";
import { ask } from "../../sandbox/control.ts";
import { shipped, shippedText } from "../support/stacks.ts";
import { listening } from "./cloud.ts";

/** Most calls for a shipped stack: each takes its time, and the account's quota of them is everybody's. */
const most = 40;

test.each(shipped)(`%s is asked about with ${most} calls at most, each of them once`, async (stack) => {
  const text = shippedText(stack);
  const { account } = parseStackFile(text, "china").values as { readonly account: { site: "china" | "international" } };
  const cloud = await listening({ site: account.site });
  const { calls, rows } = await preflight(checks, await cloud.situation(text, { stack }));
  expect(rows.filter(({ text: said }) => said.startsWith("the check itself failed"))).toEqual([]);
  expect(calls).toBeLessThanOrEqual(most);
  const made = ask(cloud.cloud, { ask: "calls", most: 1_000 });
  expect(made.map(({ action }) => action).sort()).toHaveLength(calls);
  // It only reads: nothing is there afterwards.
  expect(ask(cloud.cloud, { ask: "inventory" })).toEqual([]);
});
