import { expect, it } from "vitest";
import { pricePage } from "../../catalog/price-page.ts";

it("writes the same page twice, with days, dashes for what is unknown, and reasons", () => {
  const page = pricePage();
  expect(pricePage()).toBe(page);
  expect(page).toContain("2024-12-30");
  expect(page).toMatch(/\| ecs\.g7\.xlarge \(4 vCPU, 16 GiB\) \|.* 1\.0465 \|/);
  expect(page).toContain("| – |");
  expect(page).toContain("- lindorm: no public list price");
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

it("says of every region how many types have a price, which figures are inferred, and what has none", () => {
  const cells = (city: string) =>
    pricePage()
      .split("\n")
      .find((line) => line.startsWith(`| ${city} |`))
      ?.split("|")
      .map((cell) => cell.trim())
      .slice(2, -1);
  expect(cells("Hangzhou")).toEqual([
    ...["335", "2024-12-30", "328 (238)"],
    ...["2021-07-19", "2021-07-19", "2024-11-19, unverified", "2025-12-03, inferred", "2024-10-31", "2024-10-31"],
  ]);
  // 90 of them are of a family that was checked; the other 7 are of series e.
  expect(cells("Zhangjiakou")?.slice(3, 5)).toEqual(["2021-07-19, unverified", "2025-12-03, unverified"]);
  expect(cells("Zhongwei")?.slice(0, 3)).toEqual(["–", "–", "–"]);
  expect(cells("Nanjing")?.slice(-2)).toEqual(["–", "–"]);
});
