import { expect, test } from "vitest";
import { placeAt, placeOf, placesText } from "../../../policies/user-data/places.ts";

const piece = { where: "part 1", text: "a\nb\nc", telling: [] };

test("lines are counted from one", () => {
  expect(placeOf(piece, 0)).toEqual({ where: "part 1", line: 1 });
  expect(placeAt(piece, 0).line).toBe(1);
  expect(placeAt(piece, 1).line).toBe(1);
  expect(placeAt(piece, 2).line).toBe(2);
  expect(placeAt(piece, 4).line).toBe(3);
});

test("a text within one line stands there as a whole", () => {
  expect(placeOf({ ...piece, line: 7 }, 2).line).toBe(7);
  expect(placeAt({ ...piece, line: 7 }, 4).line).toBe(7);
});

test("in words", () => {
  expect(placesText([])).toBe("");
  expect(placesText([{ where: "", line: 3 }])).toBe("line 3");
  expect(placesText([{ where: "part 1", line: 3 }])).toBe("line 3 of part 1");
  const many = [
    { where: "", line: 3 },
    { where: "", line: 3 },
    { where: "part 1", line: 3 },
    { where: "", line: 5 },
  ];
  expect(placesText(many)).toBe("line 3 and 2 more");
});
