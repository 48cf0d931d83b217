import { expect, test } from "vitest";
import { everyCombination } from "./tables.ts";

test("the matrix is as large as promised", () => {
  const codes = new Set(everyCombination.map(({ code }) => code));
  const actions = new Set(everyCombination.map(({ action }) => action));
  const cells = new Set(everyCombination.map(({ code, action }) => `${code} ${action}`));
  process.stdout.write(
    `fault matrix: ${codes.size} codes, ${cells.size} combinations with ${actions.size} actions, ` +
      `${everyCombination.filter(({ clears }) => clears).length} of which the provider asks again\n`,
  );
  expect(codes.size).toBeGreaterThanOrEqual(30);
  expect(cells.size).toBeGreaterThanOrEqual(60);
  expect(cells.size, "each cell is met once").toBe(everyCombination.length);
});
