import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyOf, both, meaning, refuse, type Sought, seek } from "../../policies/conditions.ts";

const there: Sought<string> = { state: "known", path: "there", value: "x" };
const notThere: Sought<string> = { state: "not there" };
const wrong: Sought<string> = { state: "wrong", path: "wrong", found: "a number" };
const absent: Sought<string> = { state: "absent", path: "absent" };
const undecided: Sought<string> = { state: "undecided", path: "undecided" };

const joined = (a: Sought<string>, b: Sought<string>) => both(a, b, (x, y) => x + y);

describe("both", () => {
  test("both there: joined, at the place of the second", () => {
    expect(joined({ ...there, path: "first" }, there)).toEqual({ state: "known", path: "there", value: "xx" });
  });

  test.each([there, wrong, absent, undecided, notThere])("one that is not there decides over %j", (other) => {
    expect(joined(notThere, other)).toEqual(notThere);
    expect(joined(other, notThere)).toEqual(notThere);
  });

  test.each([wrong, absent, undecided])("one that is there leaves it to %j", (other) => {
    expect(joined(there, other)).toBe(other);
    expect(joined(other, there)).toBe(other);
  });

  test.each([wrong, absent])("%j comes before what is not known yet", (other) => {
    expect(joined(other, undecided)).toBe(other);
    expect(joined(undecided, other)).toBe(other);
  });

  test("of two that make no sense the first", () => {
    expect(joined(wrong, absent)).toBe(wrong);
    expect(joined(absent, wrong)).toBe(absent);
  });
});

test("anyOf: what is there, else what makes no sense, else what is not known yet", () => {
  const rank = [there, wrong, undecided, notThere];
  expect(anyOf([])).toEqual(notThere);
  expect(anyOf([undecided, absent])).toBe(absent);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...rank), { minLength: 1 }), (several) => {
      expect(anyOf(several)).toEqual(rank.find((one) => several.includes(one)));
    }),
  );
});

test("meaning: what means nothing is wrong, and called so", () => {
  const numberOf = (text: string) => (text === "1" ? 1 : undefined);
  expect(meaning({ state: "known", path: "p", value: "1" }, numberOf, "no number")).toEqual({
    state: "known",
    path: "p",
    value: 1,
  });
  expect(meaning({ state: "known", path: "p", value: "x" }, numberOf, "no number")).toEqual({
    state: "wrong",
    path: "p",
    found: "no number",
  });
  expect(meaning({ state: "absent", path: "p" }, numberOf, "no number")).toEqual({ state: "absent", path: "p" });
});

test("seek: there, not there, or left as it is", () => {
  const known = { state: "known", path: "p", value: "x" } as const;
  expect(seek(known, (value) => value.length)).toEqual({ state: "known", path: "p", value: 1 });
  expect(seek(known, () => undefined)).toEqual(notThere);
  expect(seek({ state: "undecided", path: "p" }, () => undefined)).toEqual({ state: "undecided", path: "p" });
});

test("refuse: a violation for what is there or makes no sense, undecided for what is not known yet", () => {
  const of = (sought: Sought<{ found: string; level?: "advisory" }>) => [...refuse(sought, "less")];
  expect(of({ state: "not there" })).toEqual([]);
  expect(of({ state: "known", path: "p", value: { found: "much" } })).toEqual([
    { verdict: "violation", path: "p", found: "much", wanted: "less" },
  ]);
  expect(of({ state: "known", path: "p", value: { found: "some", level: "advisory" } })).toEqual([
    { verdict: "violation", path: "p", found: "some", wanted: "less", level: "advisory" },
  ]);
  expect(of({ state: "wrong", path: "p", found: "a number" })).toEqual([
    { verdict: "violation", path: "p", found: "a number", wanted: "less" },
  ]);
  expect(of({ state: "absent", path: "p" })).toEqual([
    { verdict: "violation", path: "p", found: "absent", wanted: "less" },
  ]);
  expect(of({ state: "undecided", path: "p" })).toEqual([{ verdict: "undecided", path: "p" }]);
});
