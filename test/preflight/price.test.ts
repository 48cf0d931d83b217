import { expect, test, vi } from "vitest";
import { priceCloud } from "../../cli/price-cloud.ts";
import type { AskedHost, AskedModules } from "../../cost/live/cloud.ts";
import { asker } from "../../preflight/ask.ts";
import type { PriceWishes } from "../../preflight/check.ts";
import { priceAccount } from "../../preflight/checks/price-account.ts";
import { priceCatalogue } from "../../preflight/checks/price-catalogue.ts";
import { priceReview } from "../../preflight/checks/price-review.ts";
import { priceCloudOf } from "../../preflight/price-cloud.ts";
import { type ReviewedPrices, readReview } from "../../preflight/reviewed-prices.ts";
import { buildReview } from "../../review/build.ts";
import { accounts } from "../../sandbox/core/accounts.ts";
import { type TestPriceList, testPriceLists } from "../../sandbox/ecs/price-list.ts";
import { smallSettings } from "../support/stacks.ts";
import { accountId, found, type Listening, listening } from "./cloud.ts";

const region = "cn-shanghai";

/** Two workers with their system disks, a way out, a data disk each of 100 GiB. */
function settings(pay: unknown = "pay-as-you-go", account: object = { site: "china" }) {
  const small = smallSettings();
  const dataDisk = { GiB: 100, level: "PL1", mount: "/data", snapshots: "none" };
  return { ...small, account, hosts: { workers: { ...small.hosts?.["workers"], dataDisk, pay } } };
}

async function situationOf(cloud: Listening, prices: PriceWishes = {}, of: object = settings()) {
  return { ...(await cloud.situation({ ...of })), prices };
}

/** The list of the day, where it is not the catalogue's. */
function listOfToday(cloud: Listening, prices: TestPriceList["prices"], currency: "CNY" | "USD" = "CNY") {
  const row = { id: "list", account: accountId, region: "", createdAt: 0, currency, prices };
  cloud.cloud.store.put(testPriceLists, row);
}

/** ecs.g7.xlarge is 1.0465 in the catalogue, PL0 0.75 and PL1 1.50 a month of 720 h and GiB. */
const risen: TestPriceList["prices"] = [
  { region, what: "ecs.g7.xlarge", hour: "1.20", month: "600" },
  { region, what: "cloud_essd PL0", hour: "0.00104", month: "0.5" },
  { region, what: "cloud_essd PL1", hour: "0.0015", month: "1" },
];

function discount(cloud: Listening, discountPercent: number) {
  const row = cloud.cloud.store.find(accounts, accountId, accountId);
  if (row === undefined) throw new Error("no account");
  cloud.cloud.store.put(accounts, { ...row, discountPercent });
}

test("asked with the same words as a review's prices, and once", async () => {
  const cloud = await listening();
  const words: string[] = [];
  const handle = cloud.cloud.handle.bind(cloud.cloud);
  vi.spyOn(cloud.cloud, "handle").mockImplementation((wire) => {
    const fields = [...new URLSearchParams(wire.query), ...new URLSearchParams(wire.body.toString())];
    words.push(
      fields
        .map((field) => field.join("="))
        .sort()
        .join("&"),
    );
    return handle(wire);
  });
  const host: AskedHost = {
    ...{ region, type: "ecs.g7.xlarge", unit: "Hour", period: 1, Mbps: 5 },
    system: { category: "cloud_essd", GiB: 40, level: "PL0" },
    data: [
      { category: "cloud_essd", GiB: 100, level: "PL1" },
      { category: "cloud_essd", GiB: 50, level: "PL0" },
    ],
  };
  const modules: AskedModules = {
    ...{ product: "yundisk", region },
    modules: ["40", "50"].map((size) => ({
      code: "DataDisk",
      config: `DataDisk.Size:${size},DataDisk.Category:cloud`,
    })),
  };
  const { environment, authority } = cloud;
  const own = asker(cloud.client);
  const here = priceCloudOf(own);
  for (const one of [here, priceCloud({ region, site: "china", environment, authority }), here]) {
    await one.describePrice(host, 5_000);
    await one.getPayAsYouGoPrice(modules, 5_000);
  }
  expect(own.calls()).toBe(2);
  expect(words).toHaveLength(4);
  expect(words[0]).toMatch(/InstanceType=ecs.g7.xlarge.*SystemDisk.Size=40/);
  expect(words.slice(2)).toEqual(words.slice(0, 2));
});

test("the list of today is the catalogue's: one row, two questions", async () => {
  const cloud = await listening();
  const situation = await situationOf(cloud);
  const text = "the catalogue's, 5 % is tolerated: ecs.g7.xlarge, 40 GiB PL0, 100 GiB PL1";
  expect(await found(priceCatalogue, situation)).toEqual([{ status: "ok", text }]);
  expect(situation.ask?.calls()).toBe(2);
});

test("a price above the tolerance fails with both figures, one below it is a warning, the rest is ok", async () => {
  const cloud = await listening();
  listOfToday(cloud, risen);
  const rows = await found(priceCatalogue, await situationOf(cloud));
  expect(rows).toEqual([
    {
      ...{ status: "fail", on: "2 x ecs.g7.xlarge" },
      text: "1.2000 CNY an hour, 14.7 % above the catalogue's 1.0465 CNY an hour of 2024-12-30; 5 % is tolerated",
      next: expect.stringMatching(/npm run review -- test --prices live; .*priceTolerance/),
    },
    {
      ...{ status: "warning", on: "2 x 100 GiB PL1" },
      text: expect.stringMatching(/^0\.1500 CNY an hour, 28\.0 % below the catalogue's 0\.2083 CNY an hour of 20/),
      next: expect.stringContaining("--prices live"),
    },
    { status: "ok", text: expect.stringMatching(/^within 0\.2 % of the catalogue's, 5 % is tolerated: 40 GiB PL0$/) },
  ]);
});

test.each([
  ["the stack file", { cost: { priceTolerance: 20 } }, {}],
  ["the command line, over the stack file", { cost: { priceTolerance: 1 } }, { tolerance: 20 }],
])("the tolerance of %s counts", async (_, more, wishes) => {
  const cloud = await listening();
  listOfToday(cloud, risen);
  const rows = await found(priceCatalogue, await situationOf(cloud, wishes, { ...settings(), ...more }));
  expect(rows.map(({ status }) => status)).toEqual(["warning", "ok"]);
  expect(rows[1]?.text).toMatch(/^within 14.7 % of the catalogue's, 20 % is tolerated: ecs.g7.xlarge, /);
});

test("paid ahead: the price of the term, once", async () => {
  const cloud = await listening();
  listOfToday(cloud, risen);
  const paid = settings({ subscription: { for: "1 month", renew: "never" } });
  const rows = await found(priceCatalogue, await situationOf(cloud, {}, paid));
  expect(rows[0]).toMatchObject({
    ...{ status: "fail", on: "2 x ecs.g7.xlarge" },
    text: expect.stringMatching(/^600\.00 CNY for 1 month, 19\.4 % above the catalogue's 502\.32 CNY for 1 month of/),
  });
});

test("the price of a spot host is the market's: nothing is compared, neither here nor with a review", async () => {
  const cloud = await listening();
  const of = settings({ spot: { max: 0.5 } });
  const review = await reviewOf(cloud, of);
  expect(review.lines.some(({ pay }) => pay.kind === "spot")).toBe(true);
  const at = await situationOf(cloud, { review }, of);
  const rows = [...(await found(priceCatalogue, at)), ...(await found(priceReview, at))];
  expect(rows.map(({ status }) => status)).toEqual(["ok", "not-checked", "ok"]);
  expect(rows[1]?.text).toBe("40 GiB PL0: told only with a host that is no spot host");
  expect(rows[0]?.text).not.toContain("ecs.g7.xlarge");
});

test("what is not told is not checked, by its reason: no API, no right, no connection", async () => {
  const cloud = await listening();
  const nat = { ...settings(), network: { ...smallSettings().network, wayOut: "nat" } };
  const situation = await situationOf(cloud, {}, nat);
  expect(await found(priceCatalogue, situation)).toContainEqual({
    ...{ status: "not-checked", text: "NAT gateway: no API tells it" },
    next: "look at the order page of the console before you deploy",
  });
  const user = await cloud.user();
  const refused = await found(priceCatalogue, { ...situation, ask: asker(user) });
  expect(refused.map(({ status }) => status)).not.toContain("ok");
  expect(refused).toContainEqual(
    expect.objectContaining({
      text: expect.stringMatching(/^ecs.g7.xlarge, 40 GiB PL0: Forbidden.RAM, allow ecs:DescribePrice/),
    }),
  );
});

test("another currency than the catalogue's is compared with nothing", async () => {
  const cloud = await listening({ site: "international" });
  listOfToday(cloud, risen, "USD");
  const rows = await found(
    priceCatalogue,
    await situationOf(cloud, {}, settings(undefined, { site: "international" })),
  );
  expect(rows).toEqual([
    {
      status: "not-checked",
      text: expect.stringMatching(
        /^the catalogue has no price in USD to compare with: ecs.g7.xlarge 1.2000 USD an hour/,
      ),
    },
  ]);
});

/** The review of these settings, as its JSON is read again. */
async function reviewOf(cloud: Listening, of: object = settings()): Promise<ReviewedPrices> {
  const { stack, settings: values, plan } = await cloud.situation({ ...of });
  const review = buildReview({ stack, settings: values, plan, file: "test.yaml" }, "2026-11-20");
  const read = readReview(JSON.stringify({ version: 1, asOf: "2026-11-20", stacks: [review] }), "review.json");
  const prices = read.get(stack);
  if (prices === undefined) throw new Error("no such stack");
  return prices;
}

test("a review whose prices still hold", async () => {
  const cloud = await listening();
  const review = await reviewOf(cloud);
  const rows = await found(priceReview, await situationOf(cloud, { review }));
  expect(rows).toEqual([{ status: "ok", text: "today's prices are within 5 % of review.json, 2026-11-20" }]);
  expect(await found(priceReview, await situationOf(cloud))).toEqual([]);
});

test("a review that counted with less fails, one of another state of the stack is told", async () => {
  const cloud = await listening();
  const review = await reviewOf(cloud);
  listOfToday(cloud, risen);
  const rows = await found(priceReview, await situationOf(cloud, { review }));
  expect(rows).toEqual([
    {
      ...{ status: "fail", on: "2 x ecs.g7.xlarge" },
      text: "2.4000 CNY an hour, 14.7 % above the 2.0930 CNY an hour of review.json, 2026-11-20; 5 % is tolerated",
      next: expect.stringContaining("--prices live"),
    },
    { status: "warning", on: "2 x 100 GiB PL1", text: expect.stringContaining("28.0 % below the 0.4167 CNY an hour") },
  ]);
  const more = settings();
  const three = { ...more, hosts: { workers: { ...more.hosts.workers, count: 3 } } };
  expect(await found(priceReview, await situationOf(cloud, { review }, three))).toEqual([
    {
      status: "warning",
      text: expect.stringMatching(
        /^review.json of 2026-11-20 is of another state of the stack: it has 2 x ecs.g7.xlarge, the stack file 3; /,
      ),
      next: "review again: npm run review -- test --format json > review.json",
    },
  ]);
});

test("what this account pays is told to who asks for it, and to nobody else", async () => {
  const cloud = await listening();
  discount(cloud, 30);
  const review = { ...(await reviewOf(cloud)), prices: "account" } as const;
  const unasked = await situationOf(cloud, { review });
  expect(await found(priceAccount, unasked)).toEqual([]);
  expect(await found(priceReview, unasked)).toEqual([
    { status: "not-checked", text: expect.stringContaining("own prices"), next: "compare with them: --prices account" },
  ]);
  const asked = await situationOf(cloud, { review, account: true });
  expect(await found(priceAccount, asked)).toEqual([
    {
      status: "ok",
      on: "by the hour",
      text: expect.stringMatching(/^1\.8\d+ CNY an hour.*, of 2\.59\d+ by the list: 30\.0 % below the list$/),
    },
  ]);
  // The file counted with the list: what the account pays is less.
  expect((await found(priceReview, asked)).map(({ status }) => status)).toEqual(["warning", "warning", "warning"]);
});

test.each(["no JSON", "{}", '{"version":1,"asOf":"2026-11-20","stacks":[{}]}'])("%s is no review", (text) => {
  expect(() => readReview(text, "x.json")).toThrow(/^x.json is no review: make one with npm run review/);
});
