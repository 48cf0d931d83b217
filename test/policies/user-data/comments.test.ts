import { expect, test } from "vitest";
import { withoutComment } from "../../../policies/user-data/comments.ts";

test.each([
  ["# a", ""],
  ["  # a", ""],
  ["#!/bin/sh", ""],
  ["; a", ""],
  ["// a", ""],
  [":: a", ""],
  ["REM a", ""],
  ["  <!-- a -->", ""],
  ["remove a", "remove a"],
  ["a # b", "a "],
  ["a\t# b", "a\t"],
  ["a#b", "a#b"],
  ["a b#c # d", "a b#c "],
  ["a ; b", "a ; b"],
  ["a // b", "a // b"],
  ['echo "a # b"', 'echo "a # b"'],
  ["echo 'a # b' # c", "echo 'a # b' "],
  ['echo "it\'s" # c', 'echo "it\'s" '],
  ["echo '\"' # c", "echo '\"' "],
  ["", ""],
])("%j -> %j", (line, rest) => {
  expect(withoutComment(line)).toBe(rest);
});
