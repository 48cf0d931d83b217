import { expect, test } from "vitest";
import { china } from "../support/command.ts";

test("the figures of 2020: hours, their share of a month, and the missing term", () => {
  const run = china(["cost", "break-even", "--hour", "0.163", "--month", "40"]);
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout).toMatch(/^break-even at 245\.4 h a month\n {2}33\.6 % of a month of 730 h/);
  expect(run.stdout).toContain("term missing");
  // 288 hours x 0.85: a year of generation 5 at the international site's factor.
  expect(run.stdout).toMatch(/^ +\* +244\.8 h +1 year /m);
});

test("a term is said, and a month of 720 hours counts", () => {
  const run = china([
    "cost",
    "break-even",
    "--hour",
    "1",
    "--month",
    "480",
    "--term",
    "1 month",
    "--hours-per-month",
    "720",
  ]);
  expect(run.stdout).toMatch(/^break-even at 480\.0 h a month\n {2}66\.7 % of a month of 720 h/);
  expect(run.stdout).toContain("bound for 1 month");
  expect(run.stdout).not.toContain("term missing");
});

test("all mistakes at once, without a stack trace", () => {
  const run = china([
    "cost",
    "break-even",
    "--hour",
    "x",
    "--month",
    "0",
    "--term",
    "4 moons",
    "--hours-per-month",
    "9",
  ]);
  expect(run.status).toBe(2);
  for (const mistake of ['--hour "x"', '--month "0"', '--term "4 moons"', '--hours-per-month "9"']) {
    expect(run.stderr).toContain(mistake);
  }
  expect(run.stderr).not.toMatch(/^\s+at /m);
});

test("a price that is left out", () => {
  const run = china(["cost", "break-even", "--hour", "1"]);
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining("--month")]);
});
