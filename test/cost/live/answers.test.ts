import { describe, expect, test } from "vitest";
import { readAnswer } from "../../../cost/live/answers.ts";
import { figureKey } from "../../../cost/live/figure.ts";
import { halves, type Question, questionsFor } from "../../../cost/live/questions.ts";
import { billableItems } from "../../../cost/price.ts";
import { wantedPrices } from "../../../cost/wanted.ts";
import { disk, host, planWith, resource } from "../plans.ts";

const place = { region: "cn-shanghai", site: "china" } as const;
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
    expect(asked.map(({ parameters: p }) => `${p["Period"]} ${p["PriceUnit"]}`)).toEqual([
      "1 Hour",
      "1 Month",
      "1 Year",
      "2 Year",
      "3 Year",
      "5 Year",
    ]);
    expect(asked[0]?.parameters).toEqual({
      RegionId: "cn-shanghai",
      ResourceType: "instance",
      InstanceType: "ecs.g7.xlarge",
      PriceUnit: "Hour",
      Period: 1,
      "SystemDisk.Category": "cloud_essd",
      "SystemDisk.Size": 40,
      "SystemDisk.PerformanceLevel": "PL0",
    });
  });

  test("the declared way and the hour of every group come before other terms, and of these those of more hosts", () => {
    const paid = { instanceChargeType: "PrePaid", period: 12, periodUnit: "Month" };
    const asked = questions(
      host("a", "ecs.g7.large", 40, paid),
      host("b", "ecs.g7.xlarge", 40),
      host("c", "ecs.g7.xlarge", 40),
    );
    const told = asked.map(({ parameters: p }) => `${p["InstanceType"]} ${p["Period"]} ${p["PriceUnit"]}`);
    expect(told.slice(0, 3).toSorted()).toEqual(["ecs.g7.large 1 Hour", "ecs.g7.large 1 Year", "ecs.g7.xlarge 1 Hour"]);
    expect(told[3]).toBe("ecs.g7.xlarge 1 Month");
    expect(told).toHaveLength(12);
  });

  test("disks of their own, fifty in a call", () => {
    const asked = questions(...Array.from({ length: 51 }, (_, n) => disk(`d${n}`, 20 + n)));
    expect(asked.map(({ items }) => items.length)).toEqual([50, 1]);
    expect(asked[1]?.parameters).toMatchObject({
      ProductCode: "yundisk",
      "ModuleList.1.PriceType": "Hour",
      "ModuleList.1.Config": "DataDisk.Size:70,DataDisk.Category:cloud_essd,DataDisk.PerformanceLevel:PL1",
    });
  });

  test("one bad module refuses all: halves, down to one", () => {
    const question = first(questions(...Array.from({ length: 3 }, (_, n) => disk(`d${n}`, 20 + n))));
    const [left, right] = halves(question, place) ?? [];
    expect([left?.items.length, right?.items.length]).toEqual([2, 1]);
    expect(right?.parameters["ModuleList.1.Config"]).toContain("Size:22");
    expect(right && halves(right, place)).toBeUndefined();
  });

  test("spot prices, paid images and what nobody can size are not asked for", () => {
    const asked = questions(
      host("a", "ecs.g7.xlarge", 40, { imageId: "win2022_x64.vhd" }),
      resource("alicloud:oss/bucket:Bucket", "b", {}),
    );
    expect(asked).toEqual([]);
    const spot = questions(host("a", "ecs.g7.xlarge", 40, { spotStrategy: "SpotAsPriceGo" }));
    expect(spot.every(({ parameters }) => parameters["SpotStrategy"] === undefined)).toBe(true);
  });
});

describe("answers", () => {
  const alone = { ...first(questions(host("a", "ecs.g7.xlarge", 40))), per: "term" } as const;
  const parts = (...rows: readonly (readonly [string, number, number])[]) => ({
    DetailInfo: rows.map(([Resource, OriginalPrice, TradePrice]) => ({ Resource, OriginalPrice, TradePrice })),
  });
  const answer = (Price: object) => ({ PriceInfo: { Price: { Currency: "CNY", ...Price } } });
  const [item] = alone.items;
  const key = item && figureKey(item, alone.pay);

  test("the documented one: trade 3,712.80 = 4,368 - 655.20", () => {
    // Alibaba Cloud docs, DescribePrice, AlibabaCloudDocs/ecs, 2021-07-19; its one detail is the instance.
    const documented = answer({
      OriginalPrice: 4368,
      DiscountPrice: 655.2,
      TradePrice: 3712.8,
      DetailInfos: parts(["instance", 4368, 3712.8]),
    });
    const read = readAnswer({ ...alone, items: alone.items.slice(0, 1) }, documented, "CNY");
    expect(read).toMatchObject({ ok: true, figures: [[key, { list: "4368", account: "3712.8" }]] });
  });

  test("parts that are known and add up", () => {
    const good = answer({
      OriginalPrice: 522.32,
      TradePrice: 522.32,
      DetailInfos: parts(["instanceType", 502.32, 502.32], ["systemDisk", 20, 20]),
    });
    expect(readAnswer(alone, good, "CNY")).toMatchObject({
      ok: true,
      figures: [
        [key, { list: "502.32" }],
        [expect.anything(), { list: "20" }],
      ],
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
    expect(readAnswer(alone, answer(price), "CNY")).toEqual({ ok: false, why: expect.stringMatching(/.{10}/) });
  });

  const disks = first(questions(disk("d", 100), disk("e", 200)));
  const modules = (...costs: readonly number[]) => ({
    Success: true,
    Data: {
      Currency: "CNY",
      ModuleDetails: {
        ModuleDetail: costs.map((cost) => ({
          ModuleCode: "DataDisk",
          OriginalCost: cost,
          CostAfterDiscount: cost,
          UnitPrice: 0,
        })),
      },
    },
  });

  test("modules in their order, by OriginalCost", () => {
    expect(readAnswer(disks, modules(0.2083, 0.4167), "CNY")).toMatchObject({
      ok: true,
      figures: [
        [expect.stringContaining("100"), { list: "0.2083" }],
        [expect.stringContaining("200"), { list: "0.4167" }],
      ],
    });
  });

  test("refused with HTTP 200", () => {
    const refused = { Success: false, Code: "InvalidParameter", Message: "PRICE.PRICING_PLAN_RESULT_NOT_FOUND" };
    expect(readAnswer(disks, refused, "CNY")).toEqual({ ok: false, why: "PRICE.PRICING_PLAN_RESULT_NOT_FOUND" });
  });

  test("fewer prices than asked for are none", () => {
    expect(readAnswer(disks, modules(0.2083), "CNY").ok).toBe(false);
  });
});
