import { expect, test } from "vitest";
import { coverage, fact } from "../../policies/coverage.ts";
import type { Reading } from "../../policies/reading.ts";
import { some } from "../../policies/some.ts";

const known = (value: string): Reading<string> => ({ state: "known", path: "a", value });
const absent: Reading<string> = { state: "absent", path: "a" };
const open: Reading<string> = { state: "undecided", path: "a" };
const wrong: Reading<string> = { state: "wrong", path: "a", found: "a number" };
const isAll = (value: string) => value === "all";

test("a fact is met by what holds, and by absence only where that is said", () => {
  expect([known("all"), known("some"), absent, open, wrong].map((one) => fact(one, isAll).met)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([absent, open, wrong].map((one) => fact(one, isAll, true).met)).toEqual([true, false, false]);
});

test("coverage is open only where nothing is broken, and names the first that is", () => {
  const of = (...readings: readonly Reading<string>[]) =>
    coverage(
      { urn: "urn:it" },
      readings.map((reading) => fact(reading, isAll)),
    );
  expect(of(known("all"), known("all"))).toEqual({ state: "covers" });
  expect(of(known("all"), known("some"))).toEqual({ state: "not" });
  expect(of(open, absent)).toEqual({ state: "not" });
  expect(of(open, wrong)).toEqual({ state: "not" });
  expect(of(known("all"), { state: "undecided", path: "b" }, open)).toEqual({
    state: "open",
    finding: { verdict: "undecided", path: "b", urn: "urn:it" },
  });
});

test("whether a list has such an element", () => {
  const list = (...value: readonly Reading<string>[]): Reading<readonly Reading<string>[]> => ({
    state: "known",
    path: "list",
    value,
  });
  const yes = { state: "known", path: "list", value: true };
  expect(some(list(known("one"), known("all")), isAll)).toEqual(yes);
  expect(some(list(open, known("all")), isAll)).toEqual(yes);
  expect(some(list(known("one")), isAll)).toEqual({ ...yes, value: false });
  expect(some(list(), isAll)).toEqual({ ...yes, value: false });
  expect(some(list(known("one"), open, wrong), isAll)).toEqual(open);
  expect(some({ state: "absent", path: "list" }, isAll)).toEqual({ state: "absent", path: "list" });
});
