import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { china, temporaryFolder } from "../support/command.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";

const small = smallSettings();

describe("cost", () => {
  test("prints the whole review of a stack, as plain text where nobody looks", () => {
    const run = china(["cost", "shanghai"]);
    expect(run.status, run.stderr).toBe(0);
    for (const title of ["What is billed", "Ways of paying: workers", "5 years", "savings plan", "Traps", "Sources"]) {
      expect(run.stdout).toContain(title);
    }
    expect(run.stdout).not.toContain("\u001b");
  });

  test("writes every shipped stack as a page, whole or not at all", () => {
    const folder = temporaryFolder();
    const run = china(["cost", "--format", "html", "--output", join(folder, "cost.html")]);
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toBe("");
    expect(readdirSync(folder)).toEqual(["cost.html"]);
    const page = readFileSync(join(folder, "cost.html"), "utf8");
    for (const stack of ["shanghai", "beijing", "hangzhou"]) expect(page).toContain(`${stack}: at least`);
  });

  test("a budget that is passed ends with 1, and the change says what it costs", () => {
    const folder = temporaryFolder();
    const [before, after] = [join(folder, "before.yaml"), join(folder, "after.yaml")];
    writeFileSync(before, stackFile(small));
    const { workers } = small.hosts;
    writeFileSync(
      after,
      stackFile({ ...small, budget: { currency: "CNY", increase: 10 }, hosts: { workers: { ...workers, count: 3 } } }),
    );
    const run = china(["cost", "shanghai", "--config", after, "--against", before, "--format", "infracost"]);
    expect(run.stderr).toBe("");
    const { diffTotalMonthlyCost, currency } = JSON.parse(run.stdout);
    expect([currency, Number(diffTotalMonthlyCost) > 10]).toEqual(["CNY", true]);
    expect(run.status).toBe(1);
  });

  test.each([
    [["cost", "shangai"], /no stack "shangai": .*Did you mean shanghai\?/s],
    [["cost", "--format", "pdf"], /Allowed choices are terminal, markdown, html, json, infracost/],
    [["cost", "--against", "old.yaml"], /--against names one stack file/],
    [["cost", "beijing", "--format", "json", "--output", "no/such/folder/cost.json"], /cannot be written \(ENOENT\)/],
  ] as const)("%j ends with 2 and a message", (args, message) => {
    const run = china(args);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/^\s+at |node:internal/m);
    expect(run.status).toBe(2);
    expect(run.stdout).toBe("");
    expect(existsSync("no")).toBe(false);
  });
});
