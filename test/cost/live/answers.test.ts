import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { readAnswer } from "../../../cost/live/answers.ts";
import { figureKey } from "../../../cost/live/figure.ts";
import { halves, type Question, questionsFor } from "../../../cost/live/questions.ts";
import { billableItems } from "../../../cost/price.ts";
import { wantedPrices } from "../../../cost/wanted.ts";
import { disk, host, planWith, resource } from "../plans.ts";

const place = { region: "cn-shanghai", site: "china" } as const;
const hosts = (all: readonly Question[]) => all.flatMap((one) => (one.kind === "host" ? [one.asked] : []));
const modulesOf = (one: Question | undefined) => (one?.kind === "modules" ? one.asked.modules : []);
const questions = (...resources: Parameters<typeof planWith>[0]) =>
  questionsFor(wantedPrices(billableItems(planWith(resources), place.region)), place);

function first(all: readonly Question[]): Question {
  const [question] = all;
  if (question === undefined) throw new Error("no question");
  return question;
}

describe("questions", () => {
  test("equal hosts share theirs; the hour first, then the terms", () => {
    const asked = questions(host("a", "ecs.g7.xlarge", 40), host("b", "ecs.g7.xlarge", 40));
    expect(hosts(asked).map(({ period, unit }) => `${period} ${unit}`)).toEqual([
      "1 Hour",
      "1 Month",
      "1 Year",
      "2 Year",
      "3 Year",
      "5 Year",
    ]);
    expect(hosts(asked)[0]).toEqual({
      region: "cn-shanghai",
      type: "ecs.g7.xlarge",
      unit: "Hour",
      period: 1,
      system: { category: "cloud_essd", GiB: 40, level: "PL0" },
      data: [],
    });
  });

  test("the declared way and the hour of every group come before other terms, and of these those of more hosts", () => {
    const paid = { instanceChargeType: "PrePaid", period: 12, periodUnit: "Month" };
    const asked = questions(
      host("a", "ecs.g7.large", 40, paid),
      host("b", "ecs.g7.xlarge", 40),
      host("c", "ecs.g7.xlarge", 40),
    );
    const told = hosts(asked).map(({ type, period, unit }) => `${type} ${period} ${unit}`);
    expect(told.slice(0, 3).toSorted()).toEqual(["ecs.g7.large 1 Hour", "ecs.g7.large 1 Year", "ecs.g7.xlarge 1 Hour"]);
    expect(told[3]).toBe("ecs.g7.xlarge 1 Month");
    expect(told).toHaveLength(12);
  });

  test.each([
    ["ahead", { instanceChargeType: "PrePaid", period: 1, periodUnit: "Month" }],
    ["on the spot market", { spotStrategy: "SpotAsPriceGo" }],
    ["with metered traffic", { internetMaxBandwidthOut: 5, internetChargeType: "PayByTraffic" }],
  ])("equal hosts of which one is paid %s are asked for once", (_, paid) => {
    const asked = questions(host("a", "ecs.g7.xlarge", 40), host("b", "ecs.g7.xlarge", 40, paid));
    const texts = asked.map((one) => JSON.stringify(one.asked));
    expect(texts).toHaveLength(6);
    expect(new Set(texts).size).toBe(6);
  });

  test("of equal hosts every declared way comes first, the one of the later host too", () => {
    const paid = { instanceChargeType: "PrePaid", period: 36, periodUnit: "Month" };
    const asked = questions(host("a", "ecs.g7.xlarge", 40), host("b", "ecs.g7.xlarge", 40, paid));
    const told = hosts(asked).map(({ period, unit }) => `${period} ${unit}`);
    expect(told.slice(0, 2).toSorted()).toEqual(["1 Hour", "3 Year"]);
    expect(told).toHaveLength(6);
  });

  test("disks of their own, fifty in a call", () => {
    const asked = questions(...Array.from({ length: 51 }, (_, n) => disk(`d${n}`, 20 + n)));
    expect(asked.map(({ items }) => items.length)).toEqual([50, 1]);
    expect(modulesOf(asked[1])).toEqual([
      { code: "DataDisk", config: "DataDisk.Size:70,DataDisk.Category:cloud_essd,DataDisk.PerformanceLevel:PL1" },
    ]);
  });

  test("one bad module refuses all: halves, down to one", () => {
    const question = first(questions(...Array.from({ length: 3 }, (_, n) => disk(`d${n}`, 20 + n))));
    const [left, right] = halves(question);
    expect([left?.items.length, right?.items.length]).toEqual([2, 1]);
    expect(modulesOf(right).map(({ config }) => config)).toEqual([expect.stringContaining("Size:22")]);
    expect(right && halves(right)).toEqual([]);
  });

  test("spot prices, paid images and what nobody can size are not asked for", () => {
    const asked = questions(
      host("a", "ecs.g7.xlarge", 40, { imageId: "win2022_x64.vhd" }),
      resource("alicloud:oss/bucket:Bucket", "b", {}),
    );
    expect(asked).toEqual([]);
    const spot = questions(host("a", "ecs.g7.xlarge", 40, { spotStrategy: "SpotAsPriceGo" }));
    // The hour of a spot host is asked for as what it costs at most.
    expect(hosts(spot).map(({ unit }) => unit)).toContain("Hour");
  });
});

describe("answers", () => {
  const alone = { ...first(questions(host("a", "ecs.g7.xlarge", 40))), per: "term" } as const;
  const parts = (...rows: readonly (readonly [string, number, number])[]) => ({
    DetailInfo: rows.map(([Resource, OriginalPrice, TradePrice]) => ({ Resource, OriginalPrice, TradePrice })),
  });
  const answer = (Price: object) => ({ PriceInfo: { Price: { Currency: "CNY", ...Price } } });
  const keys = alone.items.map((one) => figureKey(one, alone.pay));
  const figure = (list: string, account = list) => ({
    ...{ list, account, currency: "CNY", per: "term", source: "ECS DescribePrice" },
  });

  test("the documented one: trade 3,712.80 = 4,368 - 655.20", () => {
    // Alibaba Cloud docs, DescribePrice, AlibabaCloudDocs/ecs cn.zh-CN, 2021-07-19, as it stands there.
    const documented = {
      RequestId: "04F0F334-1335-436C-A1D7-6C044FE73368",
      PriceInfo: {
        Price: { Currency: "CNY", DiscountPrice: 655.2, OriginalPrice: 4368, TradePrice: 3712.8 },
        Rules: { Rule: [{ Description: "买满1年，立享官网价格8.5折优惠。", RuleId: "ONE_YEAR_85_PERCENT" }] },
      },
    };
    const { figures } = readAnswer({ ...alone, items: alone.items.slice(0, 1) }, documented, "CNY");
    expect([...figures]).toEqual([[keys[0], figure("4368", "3712.8")]]);
    const { OriginalPrice, DiscountPrice } = documented.PriceInfo.Price;
    expect(new Decimal(OriginalPrice).minus(DiscountPrice).toFixed()).toBe("3712.8");
  });

  test("parts that are known and add up", () => {
    const good = answer({
      OriginalPrice: 522.32,
      TradePrice: 522.32,
      DetailInfos: parts(["instanceType", 502.32, 502.32], ["systemDisk", 20, 20]),
    });
    expect(readAnswer(alone, good, "CNY")).toEqual({
      figures: new Map(keys.map((one, index) => [one, figure(["502.32", "20"][index] ?? "")])),
    });
  });

  test("a part for nothing has no price, the other part has one", () => {
    const free = answer({
      OriginalPrice: 502.32,
      TradePrice: 502.32,
      DetailInfos: parts(["instanceType", 502.32, 502.32], ["systemDisk", 0, 0]),
    });
    expect(readAnswer(alone, free, "CNY")).toEqual({
      figures: new Map([[keys[0], figure("502.32")]]),
      why: expect.stringContaining("price of 0"),
    });
  });

  describe("disks that come with a host", () => {
    const withDisks = (...sizes: readonly number[]) => {
      const dataDisks = sizes.map((size) => ({ category: "cloud_essd", size, performanceLevel: "PL1" }));
      return first(questions(host("a", "ecs.g7.xlarge", 40, { dataDisks })));
    };
    const told = (...disks: readonly number[]) =>
      answer({
        OriginalPrice: 3 + disks.reduce((sum, price) => sum + price, 0),
        TradePrice: 3,
        DetailInfos: parts(
          ["instanceType", 2, 2],
          ["systemDisk", 1, 1],
          ...disks.map((price) => ["dataDisk", price, price] as const),
        ),
      });
    const kinds = ({ figures }: ReturnType<typeof readAnswer>) =>
      [...figures.keys()].map((key) => (JSON.parse(key) as string[])[1]);

    test("alike ones have a price each", () => {
      expect(kinds(readAnswer(withDisks(100, 100), told(5, 5), "CNY"))).toEqual(["host", "system-disk", "data-disk"]);
    });

    test("of different ones nothing says which is whose: the host's price stands, theirs does not", () => {
      const read = readAnswer(withDisks(100, 200), told(5, 10), "CNY");
      expect(kinds(read)).toEqual(["host", "system-disk"]);
      expect(read.why).toMatch(/cannot be told apart/);
    });

    test("one price for two is none", () => {
      expect(kinds(readAnswer(withDisks(100, 200), told(15), "CNY"))).toEqual([]);
    });
  });

  test.each([
    [
      "a part of another name",
      { OriginalPrice: 30, TradePrice: 30, DetailInfos: parts(["instanceType", 10, 10], ["surprise", 20, 20]) },
    ],
    [
      "parts that do not add up",
      { OriginalPrice: 99, TradePrice: 99, DetailInfos: parts(["instanceType", 10, 10], ["systemDisk", 20, 20]) },
    ],
    ["a whole without parts", { OriginalPrice: 30, TradePrice: 30 }],
    ["nothing at all", { OriginalPrice: 0, TradePrice: 0 }],
    ["another currency", { Currency: "USD", OriginalPrice: 30, TradePrice: 30 }],
    ["a price that is a text", { OriginalPrice: "30", TradePrice: "30" }],
    ["less than nothing", { OriginalPrice: -30, TradePrice: 30 }],
  ])("%s: no price, and nothing guessed", (_, price) => {
    expect(readAnswer(alone, answer(price), "CNY")).toEqual({
      figures: new Map(),
      why: expect.stringMatching(/.{10}/),
    });
  });

  const disks = first(questions(disk("d", 100), disk("e", 200)));
  const modules = (...costs: readonly number[]) => ({
    Success: true,
    Data: {
      Currency: "CNY",
      ModuleDetails: {
        ModuleDetail: costs.map((cost, index) => ({
          ModuleCode: "DataDisk",
          OriginalCost: cost,
          CostAfterDiscount: index === 0 ? 0.1 : 0.2,
          UnitPrice: 0,
        })),
      },
    },
  });

  test("modules in their order, by OriginalCost", () => {
    expect(readAnswer(disks, modules(0.2083, 0.4167), "CNY")).toMatchObject({
      figures: new Map(
        disks.items.map((one, index) => [
          figureKey(one, disks.pay),
          { list: ["0.2083", "0.4167"][index], account: ["0.1", "0.2"][index], source: "BSS GetPayAsYouGoPrice" },
        ]),
      ),
    });
  });

  test.each([
    ["InvalidParameter", "PRICE.PRICING_PLAN_RESULT_NOT_FOUND", "PRICE.PRICING_PLAN_RESULT_NOT_FOUND"],
    ["NotAuthorized", "User 1234567890123456 is not allowed", "NotAuthorized"],
    ["a sentence", "another sentence", "refused without a code"],
  ])("refused with HTTP 200, %s: %s", (Code, Message, why) => {
    const read = readAnswer(disks, { Success: false, Code, Message }, "CNY");
    expect(read).toEqual({ figures: new Map(), why, perhapsOneModule: true });
  });

  test("fewer prices than asked for are none", () => {
    expect(readAnswer(disks, modules(0.2083), "CNY").figures.size).toBe(0);
  });

  test("a module for nothing has no price, the other has one", () => {
    const { figures, why } = readAnswer(disks, modules(0, 0.4167), "CNY");
    expect([figures.size, why]).toEqual([1, expect.stringContaining("price of 0")]);
  });
});
