import { expect, test } from "vitest";
import { rememberLines, rememberTexts } from "../../../policies/user-data/remember.ts";

function counted() {
  const asked: string[] = [];
  return { asked, of: (text: string) => ({ length: asked.push(text) }) };
}

test("lines are worked out once", () => {
  const { asked, of } = counted();
  const remembered = rememberLines(of, 2);
  const first = remembered("a");
  expect(remembered("a")).toBe(first);
  remembered("b");
  expect(remembered("a")).toBe(first);
  expect(asked).toEqual(["a", "b"]);
});

test("beyond the bound the memory starts anew", () => {
  const { asked, of } = counted();
  const remembered = rememberLines(of, 2);
  for (const line of ["a", "b", "c", "c", "a"]) remembered(line);
  expect(asked).toEqual(["a", "b", "c", "a"]);
});

test("long lines are not kept", () => {
  const { asked, of } = counted();
  const remembered = rememberLines(of);
  for (let time = 0; time < 2; time += 1) {
    remembered("x".repeat(1000));
    remembered("x".repeat(1001));
  }
  expect(asked.map(({ length }) => length)).toEqual([1000, 1001, 1001]);
});

test("a line with half a surrogate pair is itself", () => {
  const { asked, of } = counted();
  const remembered = rememberLines(of);
  remembered("\ud800");
  remembered("\ud800");
  remembered("\udbff");
  expect(asked).toEqual(["\ud800", "\udbff"]);
});

test("of texts the one used longest ago is forgotten", () => {
  const { asked, of } = counted();
  const remembered = rememberTexts(of, 2);
  for (const text of ["a", "b", "a", "c", "a", "b"]) remembered(text);
  expect(asked).toEqual(["a", "b", "c", "b"]);
});
