import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cacheFile, freshFor, isFresh, type Kept, readCache, writeCache } from "../../../cost/live/cache.ts";
import { market, now } from "./support.ts";

const kept: Kept = { list: "1.0465", currency: "CNY", per: "hour", source: "a test", at: new Date(now).toISOString() };

function newFile(text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), "china-prices-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "deep", "prices.json");
  if (text === undefined) return file;
  const broken = join(folder, "prices.json");
  writeFileSync(broken, text);
  return broken;
}

test("what is kept is asked for no more, for a day", async () => {
  const { ask, calls } = await market({ stack: "hangzhou" });
  const cache = newFile();
  const { calls: first, figures } = await ask({ cache });
  expect(first).toBe(10);
  const told = [...figures.keys()];
  calls.length = 0;
  const again = await ask({ cache, now: now + freshFor - 1 });
  expect([...again.figures.keys()]).toEqual(expect.arrayContaining(told));
  // Only what had no answer.
  expect(calls.filter((action) => action === "GetPayAsYouGoPrice")).toEqual([]);
  calls.length = 0;
  await ask({ cache, now: now + freshFor });
  expect(calls).toHaveLength(10);
});

test("a day and not longer, and never from the future", () => {
  expect([0, freshFor - 1, freshFor, -1].map((age) => isFresh(kept, now + age))).toEqual([true, true, false, false]);
});

test("is written whole, for its owner alone, and leaves nothing half-made", async () => {
  const file = newFile();
  await Promise.all([1, 2, 3].map((n) => writeCache(file, new Map([[`key ${n}`, kept]]))));
  const { prices } = await readCache(file);
  expect(prices.size).toBe(1);
  expect(readdirSync(join(file, ".."))).toEqual(["prices.json"]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([
  ["no JSON", "{"],
  ["another version", JSON.stringify({ version: 2, prices: {} })],
  ["a price that is none", JSON.stringify({ version: 1, prices: { a: { ...kept, list: "-1" } } })],
  ["a price of the account", JSON.stringify({ version: 1, prices: { a: { ...kept, account: "1" } } })],
])("%s: passed over, told, and written anew", async (_, text) => {
  const cache = newFile(text);
  const { ask } = await market();
  const { book, figures } = await ask({ cache });
  expect(book.notes[0]).toMatch(/is broken and was passed over$/);
  expect((await readCache(cache)).prices.size).toBe(figures.size);
});

test("no key or token is in it, and neither is in what is told", async () => {
  const { ask, metered } = await market();
  const cache = newFile();
  const live = await ask({ cache });
  const secrets = Object.entries(metered.environment).filter(([name]) => /KEY|SECRET|TOKEN/.test(name));
  expect(secrets.length).toBeGreaterThan(1);
  const text = readFileSync(cache, "utf8") + JSON.stringify([live.book, [...live.figures]]);
  for (const [, secret] of secrets) expect(text).not.toContain(secret);
});

test("stands outside of the repository, one file for each site and region", () => {
  const env = { HOME: "/home/a" };
  expect(cacheFile({ site: "china", region: "cn-beijing" }, env)).toBe(
    "/home/a/.cache/computing-in-china/prices/china-cn-beijing.json",
  );
  expect(cacheFile({ site: "china", region: "cn-beijing" }, { ...env, XDG_CACHE_HOME: "/c" })).toBe(
    "/c/computing-in-china/prices/china-cn-beijing.json",
  );
});
