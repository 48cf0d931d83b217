import { describe, expect, test } from "vitest";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { runByRunner } from "../support/engine.ts";
import { planOf, shipped, shippedText, smallSettings, stackFile } from "../support/stacks.ts";

// No engine is needed, but a process with the SDK for each case: too much for npm test.
const configOf = (text: string) => parseStackFile(text, "china").config;

describe("Pulumi's own runner", () => {
  test.each(shipped)("declares for %s exactly what is recorded: resources, inputs, options, outputs", async (stack) => {
    const text = shippedText(stack);
    const run = await runByRunner(stack, configOf(text));
    expect(run.log).toBe("");
    expect(run.exitCode).toBe(0);
    expect(run.plan).toEqual(await planOf(text, stack));
  });

  test("prints a mistake in a stack file with its line, without a stack trace", async () => {
    const config = configOf(shippedText("shanghai").replace("count: 2", "count: two"));
    const run = await runByRunner("shanghai", config);
    expect(run.log).toMatch(/Pulumi\.shanghai\.yaml: 1 mistake/);
    expect(run.log).toMatch(/line \d+ {2}china:hosts\.workers\.count/);
    expect(run.log).not.toMatch(/^\s+at /m);
    expect(run.exitCode).not.toBe(0);
    expect(run.plan.resources.filter((r) => r.type.startsWith("alicloud:"))).toEqual([]);
  });

  test("refuses a secret where none belongs", async () => {
    const config = configOf(stackFile(smallSettings()));
    const run = await runByRunner("test", config, ["china:network"]);
    expect(run.log).toMatch(/china:network\n {2}found {3}a secret/);
  });

  test("takes a date as the engine writes it", async () => {
    const accept = [{ what: "x", on: "workers", why: "y", by: "z", until: "2027-02-28 00:00:00 +0000 UTC" }];
    const run = await runByRunner("test", configOf(stackFile({ ...smallSettings(), accept })));
    expect(run.log).toBe("");
    expect(run.exitCode).toBe(0);
  });
});
