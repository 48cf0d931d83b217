import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { catalogueBook } from "../../../cost/catalogue.ts";
import { comparisons } from "../../../cost/compare.ts";
import { estimateOf } from "../../../cost/estimate.ts";
import { limits } from "../../../cost/live/ask.ts";
import { billableItems, priceItems } from "../../../cost/price.ts";
import type { PriceBook } from "../../../cost/quote.ts";
import { alwaysOn } from "../../../cost/use.ts";
import type { Plan } from "../../../plan/plan.ts";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { defaultAccounts } from "../../../sandbox/session.ts";
import { disk, planWith } from "../plans.ts";
import { fault, giveList, market } from "./support.ts";

const reviewed = (plan: Plan, region: string, book: PriceBook) => {
  const items = priceItems(plan, region, book, alwaysOn);
  return { ...estimateOf(items, plan, book, alwaysOn), comparisons: comparisons(items, book, alwaysOn) };
};

/** Every field, its place and its type, without what says where a price is from. */
const shapeOf = (value: object) => {
  const marks = ["prices", "notes", "note", "source", "observedAt", "confidence", "price", "reason"];
  const shape = (key: string, one: unknown) => {
    if (marks.includes(key)) return undefined;
    return typeof one === "number" || (typeof one === "string" && /^-?\d+\.\d+$/.test(one)) ? "a figure" : one;
  };
  return JSON.parse(JSON.stringify(value, shape)) as object;
};

function cacheFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "china-prices-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("prices of today, asked of the local cloud by Alibaba's own SDK", () => {
  test.each([
    ["shanghai", 8],
    ["beijing", 7],
    ["hangzhou", 10],
  ] as const)("%s takes %i calls and less than two seconds", async (stack, calls) => {
    const { ask, calls: made } = await market({ stack });
    const begun = performance.now();
    const { book, calls: counted } = await ask();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect([counted, made.length]).toEqual([calls, calls]);
    expect(book).toMatchObject({ name: "live", currency: "CNY", otherSite: false });
  });

  test("unplugging the price source changes the marks, not the shape", async () => {
    const { ask, plan, place } = await market();
    const live = reviewed(plan, place.region, (await ask()).book);
    const dated = reviewed(plan, place.region, catalogueBook("china"));
    expect(live.lines.find(({ kind }) => kind === "host")).toMatchObject({
      source: "ECS DescribePrice",
      observedAt: "2026-11-25",
      price: "list",
    });
    expect(dated.lines.find(({ kind }) => kind === "host")?.observedAt).toBe("2024-12-30");
    expect(shapeOf(live)).toEqual(shapeOf(dated));
    // The local cloud's prices are the catalogue's; an hour comes with six decimals.
    expect(Number(live.sum.perMonth)).toBeCloseTo(Number(dated.sum.perMonth), 1);
  });

  test("what is not told is the catalogue's, item by item, and said", async () => {
    const { ask, plan, place } = await market();
    const { book } = await ask();
    const { lines } = reviewed(plan, place.region, book);
    expect(lines.find(({ kind }) => kind === "nat-gateway")).toMatchObject({
      perHour: "0.1950",
      observedAt: "2024-10-31",
    });
    // A year of g7 is known there by no list: the catalogue shows its size. NAT gateway, Lindorm: nobody to ask.
    expect(book.notes).toEqual(["11 of 17 prices from the catalogue: 8 x PriceNotFound; 3 x no price API known"]);
  });
});

describe("a discount of the account", () => {
  async function discounted() {
    const one = await market();
    const row = one.metered.cloud.store.everywhere(accounts).find(({ id }) => id === defaultAccounts.china);
    if (row === undefined) throw new Error("no account");
    one.metered.cloud.store.put(accounts, { ...row, discountPercent: 20 });
    return one;
  }
  const hostOf = (plan: Plan, region: string, book: PriceBook) =>
    reviewed(plan, region, book).lines.find(({ kind }) => kind === "host");

  test("is in no list price", async () => {
    const { ask, plan, place } = await discounted();
    const { book } = await ask();
    // DiscountPrice is what is taken off, TradePrice what this account pays: neither is everybody's price.
    expect(hostOf(plan, place.region, book)).toMatchObject({ perHour: "2.0930", price: "list" });
  });

  test("is in what this account pays, with the list price beside it, and in no file", async () => {
    const { ask, plan, place } = await discounted();
    const cache = join(cacheFolder(), "prices.json");
    const { book } = await ask({ mode: "account", cache });
    expect(hostOf(plan, place.region, book)).toMatchObject({ perHour: "1.6744", price: "account" });
    expect(book.name).toBe("account");
    expect(() => readFileSync(cache, "utf8")).toThrow(/ENOENT/);
    // A list review after it knows nothing of it.
    const list = await ask({ cache });
    expect(hostOf(plan, place.region, list.book)).toMatchObject({ perHour: "2.0930", price: "list" });
    expect(readFileSync(cache, "utf8")).not.toMatch(/account|0\.8372/);
  });
});

describe("two sites, two lists", () => {
  const usd = {
    currency: "USD",
    prices: [
      { region: "cn-shanghai", what: "ecs.g7.xlarge", hour: "0.171", month: "82.08" },
      { region: "cn-shanghai", what: "cloud_essd PL0", hour: "0.00016", month: "0.0765" },
    ],
  } as const;

  test("an international account's prices are in USD, and what has none is unknown, never CNY", async () => {
    const { ask, metered, plan, place } = await market({ site: "international" });
    giveList(metered, "international", usd);
    const { book } = await ask();
    const found = reviewed(plan, place.region, book);
    expect(found).toMatchObject({ currency: "USD", list: "international site", sizeOnly: false });
    expect(found.lines.find(({ kind }) => kind === "host")).toMatchObject({ perHour: "0.3420" });
    expect(found.lines.find(({ kind }) => kind === "nat-gateway")?.unpriced).toMatch(/no price in USD/);
    expect(JSON.stringify(found)).not.toContain("CNY");
  });

  test("without any answer it is the China site's list, for size only", async () => {
    const { ask, plan, place } = await market({ site: "international" });
    const { book } = await ask();
    expect(book).toMatchObject({ name: "catalogue", currency: "CNY", otherSite: true });
    expect(book.notes).toEqual([expect.stringMatching(/^17 of 17 prices from the catalogue: .*12 x PriceNotFound/)]);
    expect(reviewed(plan, place.region, book).sizeOnly).toBe(true);
  });

  test("answers in another currency are dropped, and told", async () => {
    const { ask, metered, plan, place } = await market();
    giveList(metered, "china", usd);
    const { book } = await ask();
    expect(book.notes.join()).toMatch(/prices in USD, and this account's list is in CNY/);
    const { lines, currency } = reviewed(plan, place.region, book);
    expect(currency).toBe("CNY");
    expect(lines.find(({ kind }) => kind === "host")).toMatchObject({ perHour: "2.0930", observedAt: "2024-12-30" });
  });
});

describe("faults of the cloud", () => {
  const refusal = (code: string, http: number) => ({ kind: "error", code, http, message: "as asked" }) as const;
  const soon = { ...limits, wait: 20 };

  test.each([
    ["throttled", "DescribePrice", refusal("Throttling.User", 400), 3],
    ["a fault of the cloud", "DescribePrice", refusal("InternalError", 500), 3],
    ["cut connection", "GetPayAsYouGoPrice", { kind: "cut" } as const, 1],
    ["lost answer", "DescribePrice", { kind: "lost-answer" } as const, 1],
  ])("%s: asked again, and nobody sees it", async (_, action, effect, times) => {
    const { ask, metered, calls } = await market();
    const { book: calm, calls: counted } = await ask();
    calls.length = 0;
    fault(metered, action, effect, { times });
    const { book } = await ask({ limits: { ...soon, atOnce: 1 } });
    expect(book.notes).toEqual(calm.notes);
    expect(calls).toHaveLength(counted + times);
  });

  test("throttled without an end: asked four times, no more, and told", async () => {
    const { ask, metered, calls } = await market();
    fault(metered, "GetPayAsYouGoPrice", refusal("Throttling", 400));
    const { book } = await ask({ limits: { ...soon, atOnce: 1 } });
    expect(calls.filter((action) => action === "GetPayAsYouGoPrice")).toHaveLength(2 * 4);
    expect(book.notes.join()).toContain("2 x Throttling");
  });

  test.each([
    ["DescribePrice", refusal("Forbidden.RAM", 403), "12 x Forbidden.RAM, allow ecs:DescribePrice (docs/ram.md)"],
    ["DescribePrice", refusal("Forbbiden", 403), "12 x Forbbiden, allow ecs:DescribePrice (docs/ram.md)"],
    [
      "GetPayAsYouGoPrice",
      refusal("NotAuthorized", 200),
      "2 x NotAuthorized, allow bss:DescribePrice and bssapi:GetPayAsYouGoPrice (docs/ram.md)",
    ],
  ])("%s denied: the permission that is missing, asked once, and the other prices", async (action, effect, said) => {
    const { ask, metered, calls } = await market();
    fault(metered, action, effect);
    const { book, figures } = await ask({ limits: { ...soon, atOnce: 1 } });
    expect(book.notes.join()).toContain(said);
    expect(calls.filter((one) => one === action)).toHaveLength(1);
    expect(figures.size).toBeGreaterThan(1);
  });

  test("half of the answers missing: the others count, and how many are the catalogue's", async () => {
    const { ask, metered, plan, place } = await market({ stack: "beijing" });
    fault(metered, "DescribePrice", refusal("InstanceType.Offline", 403), { nth: 2 });
    const { book, figures } = await ask({ limits: { ...soon, atOnce: 1 } });
    expect(figures.size).toBeGreaterThan(0);
    expect(book.notes.join()).toMatch(/^\d+ of 13 prices from the catalogue: .*2 x InstanceType\.Offline/);
    expect(reviewed(plan, place.region, book).lines.every(({ unpriced }) => unpriced === undefined)).toBe(
      reviewed(plan, place.region, catalogueBook("china")).lines.every(({ unpriced }) => unpriced === undefined),
    );
  });

  test("too slow: no longer than the limit, then the catalogue", async () => {
    const { ask, metered } = await market();
    fault(metered, "*", { kind: "latency", ms: 400 });
    const begun = performance.now();
    const { book } = await ask({ limits: { ...soon, time: 150 } });
    expect(performance.now() - begun).toBeLessThan(380);
    expect(book.name).toBe("catalogue");
    expect(book.notes.join()).toContain("14 x no answer within 0.15 s");
    // The cloud must not be closed in the middle of its answers.
    await new Promise((resolve) => setTimeout(resolve, 400));
  });

  test("one bad disk refuses the whole call: by halves, the others have their prices", async () => {
    const { ask, metered, place } = await market();
    giveList(metered, "china", {
      currency: "CNY",
      prices: [{ region: "cn-shanghai", what: "cloud_essd PL1", hour: "0.002" }],
    });
    const disks = [disk("a", 100), disk("b", 200), disk("c", 300, "PL3"), disk("d", 400)];
    const items = billableItems(planWith(disks), place.region);
    const { figures, calls, book } = await ask({ items });
    expect([...figures.values()].map(({ list }) => list).toSorted()).toEqual(["0.2", "0.4", "0.8"]);
    expect(calls).toBe(5);
    expect(book.notes).toEqual(["1 of 4 prices unknown: PRICE.PRICING_PLAN_RESULT_NOT_FOUND"]);
  });

  test("nothing of a fault is lost or made up: other prices are asked for again the next time", async () => {
    const { ask, metered } = await market();
    const cache = join(cacheFolder(), "prices.json");
    fault(metered, "GetPayAsYouGoPrice", refusal("InvalidParameter", 400), { times: 2 });
    const first = await ask({ cache });
    const second = await ask({ cache });
    expect(second.figures.size).toBe(first.figures.size + 2);
    // Terms without a price are asked for again as well: no answer is no price of nothing.
    expect(second.calls).toBe(6);
  });
});
