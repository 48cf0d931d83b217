import { expect, it } from "vitest";
import { pricePage } from "../../catalog/price-page.ts";

it("writes the same page twice, with days, dashes for what is unknown, and reasons", () => {
  const page = pricePage();
  expect(pricePage()).toBe(page);
  expect(page).toContain("2024-12-30");
  expect(page).toMatch(/\| ecs\.g7\.xlarge \(4 vCPU, 16 GiB\) \|.* 1\.0465 \|/);
  expect(page).toContain("| – |");
  expect(page).toContain("- nat-gateway: no list price was found");
  expect(page).not.toMatch(/undefined|NaN|\?/);
});

it("makes tables whose lines have as many cells as their head", () => {
  const blocks = pricePage()
    .trimEnd()
    .split("\n\n")
    .filter((block) => block.startsWith("|"));
  expect(blocks.length).toBeGreaterThanOrEqual(5);
  for (const block of blocks) expect(new Set(block.split("\n").map((line) => line.split("|").length)).size).toBe(1);
});
