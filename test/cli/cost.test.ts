import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addCostCommands } from "../../cli/cost-commands.ts";
import { china, temporaryFolder } from "../support/command.ts";
import { command, said } from "../support/in-process.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";

const small = smallSettings();
const cost = (...args: readonly string[]) => said({}, command([addCostCommands], "cost", ...args));

describe("cost", () => {
  test("prints the whole review of a stack, as plain text where nobody looks", () => {
    const run = china(["cost", "shanghai"]);
    expect(run.status, run.stderr).toBe(0);
    for (const title of ["What is billed", "Ways of paying: workers", "5 years", "savings plan", "Traps", "Sources"]) {
      expect(run.stdout).toContain(title);
    }
    expect(run.stdout).not.toContain("\u001b");
  });

  test("writes every shipped stack as a page, whole or not at all", async () => {
    const folder = temporaryFolder();
    const run = await cost("--format", "html", "--output", join(folder, "cost.html"));
    expect(run).toEqual({ out: "", refusal: "", exitCode: 0 });
    expect(readdirSync(folder)).toEqual(["cost.html"]);
    const page = readFileSync(join(folder, "cost.html"), "utf8");
    for (const stack of ["shanghai", "beijing", "hangzhou"]) expect(page).toContain(`${stack}: at least`);
  });

  test("a budget that is passed ends with 1, and the change says what it costs", async () => {
    const folder = temporaryFolder();
    const [before, after] = [join(folder, "before.yaml"), join(folder, "after.yaml")];
    writeFileSync(before, stackFile(small));
    const { workers } = small.hosts;
    writeFileSync(
      after,
      stackFile({ ...small, budget: { currency: "CNY", increase: 10 }, hosts: { workers: { ...workers, count: 3 } } }),
    );
    const run = await cost("shanghai", "--config", after, "--against", before, "--format", "infracost");
    expect(run.refusal).toBe("");
    const { diffTotalMonthlyCost, currency } = JSON.parse(run.out);
    expect([currency, Number(diffTotalMonthlyCost) > 10]).toEqual(["CNY", true]);
    expect(run.exitCode).toBe(1);
  });

  test.each([
    [["shangai"], /no stack "shangai": .*Did you mean shanghai\?/s],
    [["--format", "pdf"], /Allowed choices are terminal, markdown, html, json, infracost/],
    [["--against", "old.yaml"], /--against names one stack file/],
    [["beijing", "--format", "json", "--output", "no/such/folder/cost.json"], /cannot be written \(ENOENT\)/],
  ] as const)("%j ends with 2 and a message", async (args, message) => {
    const run = await cost(...args);
    expect(run.refusal).toMatch(message);
    expect(run.refusal).not.toMatch(/^\s+at |node:internal/m);
    expect([run.out, run.exitCode]).toEqual(["", 2]);
    expect(existsSync("no")).toBe(false);
  });
});
