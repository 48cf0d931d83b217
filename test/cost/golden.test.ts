import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { usdBandwidth, usdPrice } from "../../catalog/usd-prices.ts";
import { type Amount, amount, ratio, sum, times } from "../../cost/amount.ts";
import { bandwidthCost } from "../../cost/bandwidth.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import { estimate } from "../../cost/estimate.ts";
import { payAsYouGo } from "../../cost/pay.ts";
import { type PricedItem, priceItems } from "../../cost/price.ts";
import { commitmentOf, hourWithPlan } from "../../cost/savings-plan.ts";
import { trafficCost } from "../../cost/traffic.ts";
import { alwaysOn, type Month } from "../../cost/use.ts";
import { type Ask, type GoldenRow, golden } from "./golden-rows.ts";
import { planWith, resource } from "./plans.ts";

const book = catalogueBook("china");

type Asked<Kind extends Ask["kind"]> = Extract<Ask, { kind: Kind }>;

function priced(
  { region, has, only }: Pick<Asked<"by the hour">, "region" | "has" | "only">,
  month: Month,
): readonly PricedItem[] {
  return priceItems(planWith(has), region, book, month).filter(({ item }) => only?.includes(item.kind) ?? true);
}

const monthOf = (hours: number): Month => ({ hours, useOf: () => ({ hours, whenIdle: "run" }) });

/** The sum of a figure of each; nothing where one of them has none. */
function all(items: readonly PricedItem[], of: (one: PricedItem) => Amount | undefined): Amount | undefined {
  const amounts = items.flatMap((one) => of(one) ?? []);
  return items.length > 0 && amounts.length === items.length ? sum(amounts) : undefined;
}

/** What our own code answers, exact. */
function answer(ask: Ask): Amount | undefined {
  switch (ask.kind) {
    case "by the hour":
      return all(priced(ask, alwaysOn), ({ hourly }) => hourly);
    case "in so many hours":
      return all(priced(ask, monthOf(ask.hours)), ({ monthly }) => monthly);
    case "paid at once":
      return all(priced(ask, alwaysOn), ({ payNow }) => payNow);
    case "size of a year":
      return all(priced(ask, alwaysOn), ({ item: { pay }, quote }) =>
        quote.state === "size" && pay.kind === "subscription" ? times(quote.low, 12, pay.term.count) : undefined,
      );
    case "committed":
      return all(priced(ask, alwaysOn), ({ item }) => {
        const quote = book.quote(item, { kind: "savings-plan", years: 3, upfront: "all" });
        return quote.state === "size" && quote.per === "hour" ? quote.low : undefined;
      });
    case "break-even": {
      const [host] = priced({ ...ask, only: ["host"] }, alwaysOn);
      const byHour = host && book.quote(host.item, payAsYouGo);
      if (host?.payNow === undefined || byHour?.state !== "priced") return undefined;
      return amount(ratio(host.payNow, byHour.amount) ?? 0);
    }
    case "traffic":
      return trafficCost(ask.GB, ask.free);
    case "snapshots": {
      const policy = resource("alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment", "p", {});
      const { byUse } = estimate(planWith([policy]), "cn-hangzhou", book, { ...alwaysOn, snapshotGiB: ask.GiB });
      return times(amount(byUse[0]?.perMonth ?? Number.NaN), ask.hours, 720);
    }
    case "plan hour": {
      const usage = ask.usage.map(([units, byHour, inPlan]) => ({
        byHour: times(amount(byHour), units),
        inPlan: times(amount(inPlan), units),
      }));
      return hourWithPlan(amount(ask.commitment), usage).total;
    }
    case "commitment":
      return commitmentOf(amount(1), ask)[ask.of];
    case "usd":
      return sum(
        ask.parts.map(([what, unit, by, over]) => times(amount(usdPrice(what, unit)?.amount ?? Number.NaN), by, over)),
      );
    case "usd bandwidth": {
      const price = usdBandwidth.find(({ charge }) => charge === ask.charge);
      return price && times(bandwidthCost(price, ask.Mbps), ask.hours);
    }
    case "division":
      return amount(ratio(amount(ask.a), amount(ask.b)) ?? Number.NaN);
  }
}

function asText(found: Amount | undefined, like: string): string {
  const places = like === "unknown" ? 2 : (like.split(".")[1]?.length ?? 0);
  return found === undefined ? "unknown" : found.over.div(found.under).toFixed(places, Decimal.ROUND_HALF_UP);
}

describe("documented figures", () => {
  test.each(golden)("$asked: $expected ($observedAt, $source)", ({ ask, expected }: GoldenRow) => {
    expect(asText(answer(ask), expected)).toBe(expected);
  });

  test("at least sixty, each once, with a source and a day", () => {
    expect(golden.length).toBeGreaterThanOrEqual(60);
    expect(new Set(golden.map(({ asked, source, ask }) => JSON.stringify([asked, source, ask]))).size).toBe(
      golden.length,
    );
    for (const { source, observedAt } of golden) {
      expect(source.length, source).toBeGreaterThan(10);
      expect(observedAt).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
    }
  });

  test("where a document is not followed, the row says why, and the two figures are not the same", () => {
    const others = golden.flatMap(({ expected, document }) =>
      document === undefined ? [] : [{ expected, ...document }],
    );
    expect(others.length).toBeGreaterThanOrEqual(8);
    for (const { expected, says, because } of others) {
      expect(new Decimal(says).equals(expected)).toBe(false);
      expect(because.length).toBeGreaterThan(20);
    }
  });
});

describe("the estimate that a review prints", () => {
  const workers = golden.find(({ asked }) => asked === "ecs.g7.xlarge and 140 GiB, a month");

  test("golden 3: 502.32 and 140.00 are paid at once, 642.32 together", () => {
    if (workers?.ask.kind !== "paid at once") throw new Error("no such row");
    const { payNow, sum: total, lines } = estimate(planWith(workers.ask.has), "cn-beijing", book, alwaysOn);
    expect(payNow).toEqual({ amount: "642.32", unpriced: 0 });
    expect(total.perHour).toBe("0.0000");
    expect(lines.map((line) => line.payNow)).toEqual(["502.32", "40.00", "100.00"]);
  });

  test("golden 15: 50,000 GB of traffic are in the sum of a month when they are stated, none of them free", () => {
    const address = resource("alicloud:ecs/eipAddress:EipAddress", "a", { internetChargeType: "PayByTraffic" });
    const found = estimate(planWith([address]), "cn-shenzhen", book, { ...alwaysOn, trafficGB: 50_000 });
    // 10,240 x 0.80 + 39,760 x 0.75, and the address for 730 hours at 0.02.
    expect(found.byUse[0]?.perMonth).toBe("38012.00");
    expect(found.sum.perMonth).toBe("38026.60");
  });
});
