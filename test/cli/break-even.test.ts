import { expect, test } from "vitest";
import { addCostCommands } from "../../cli/cost-commands.ts";
import { command, said } from "../support/in-process.ts";

const breakEven = (...args: readonly string[]) => said({}, command([addCostCommands], "cost", "break-even", ...args));

test("the figures of 2020: hours, their share of a month, and the missing term", async () => {
  const run = await breakEven("--hour", "0.163", "--month", "40");
  expect([run.exitCode, run.refusal]).toEqual([0, ""]);
  expect(run.out).toMatch(/^break-even at 245\.4 h a month\n {2}33\.6 % of a month of 730 h/);
  expect(run.out).toContain("term missing");
  // 288 hours x 0.85: a year of generation 5 at the international site's factor.
  expect(run.out).toMatch(/^ +\* +244\.8 h +1 year /m);
});

test("a term is said, and a month of 720 hours counts", async () => {
  const run = await breakEven("--hour", "1", "--month", "480", "--term", "1 month", "--hours-per-month", "720");
  expect(run.out).toMatch(/^break-even at 480\.0 h a month\n {2}66\.7 % of a month of 720 h/);
  expect(run.out).toContain("bound for 1 month");
  expect(run.out).not.toContain("term missing");
});

test("all mistakes at once, without a stack trace", async () => {
  const run = await breakEven("--hour", "x", "--month", "0", "--term", "4 moons", "--hours-per-month", "9");
  expect(run.exitCode).toBe(2);
  for (const mistake of ['--hour "x"', '--month "0"', '--term "4 moons"', '--hours-per-month "9"']) {
    expect(run.refusal).toContain(mistake);
  }
  expect(run.refusal).not.toMatch(/^\s+at /m);
});

test("a price that is left out", async () => {
  const run = await breakEven("--hour", "1");
  expect([run.exitCode, run.refusal]).toEqual([2, expect.stringContaining("--month")]);
});
