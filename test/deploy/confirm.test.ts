import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agrees,
  answerOf,
  type Intent,
  type Purchase,
  promptOf,
  type Question,
  questionOf,
} from "../../deploy/confirm.ts";

const nothing = { create: 0, update: 0, replace: 0, delete: 0 };
const intent = (more: Partial<Intent> = {}): Intent => ({
  ...{ stack: "shanghai", changes: { ...nothing, create: 3 }, lost: [], purchases: [], software: [] },
  cost: { currency: "CNY", monthBefore: "0.00", monthAfter: "2354.01", atLeast: false, prices: "asked today" },
  ...more,
});
const month: Purchase = {
  names: ["workers-01", "workers-02"],
  what: "ecs.g7.xlarge",
  term: "1 month",
  payNow: "1044.64",
};
const open: Purchase = { names: ["time-series"], what: "lindorm.g.xlarge", term: "1 year" };

/** @throws where nothing is asked */
function asked(more: Partial<Intent> = {}, sum = "0.00"): Question {
  const question = questionOf(intent(more), sum);
  if (question === undefined) throw new Error("nothing is asked");
  return question;
}

describe("what is asked", () => {
  test("nothing where nothing changes", () => {
    expect(questionOf(intent({ changes: nothing }), "0.00")).toBeUndefined();
  });

  test("software that is run again is asked about, though nothing changes in the cloud", () => {
    const { lines, buy } = asked({ changes: nothing, software: [{ group: "workers", hosts: ["workers-01"] }] });
    expect(lines.join("\n")).toMatch(/nothing changes in the cloud\n.*workers: .*run again on workers-01/);
    expect(buy).toBeUndefined();
  });

  test("counts, the rate, what is lost, and that nothing is paid ahead", () => {
    const { lines, buy } = asked({ lost: ["workers-02-data (disk) is deleted"] });
    expect(lines).toEqual([
      "shanghai: 3 to create",
      "  ! workers-02-data (disk) is deleted",
      "  2,354.01 CNY a month (asked today)",
      "  nothing is paid ahead",
    ]);
    expect(buy).toBeUndefined();
  });

  test("renewals are named with what they take each time, and agreed to by that", () => {
    const renewals = [{ names: ["workers-01"], every: "1 month", each: "1044.64" }];
    const question = asked({ renewals });
    expect(question.lines).toContain(
      "  ! renews itself from the end of its term on: workers-01, by 1 month, for 1,044.64 CNY each time, until that is switched off",
    );
    expect(question.buy).toBe("renews-1044.64");
    expect(promptOf(question)).toBe("Type this to let it renew itself, and deploy (renews-1044.64): ");
    expect(agrees(question, "yes")).toBe(false);
    expect(agrees(question, "1044.64")).toBe(false);
    expect(agrees(question, "renews-1,044.64 CNY")).toBe(true);
    expect(answerOf(question, { yes: true })).toMatchObject({
      ok: false,
      why: expect.stringContaining("to renew itself"),
    });
    expect(answerOf(question, { yes: true, buy: "renews-1044.64" })).toMatchObject({ ok: true });
    const both = asked({ purchases: [month], renewals: [{ names: ["old-01"], every: "1 year" }] }, "1044.64");
    expect(both.buy).toBe("1044.64+renews-unknown");
    expect(both.lines.join("\n")).toMatch(/PAID NOW 1,044\.64 CNY;/);
    expect(asked({ changes: nothing, renewals }).buy).toBe("renews-1044.64");
  });

  test("a purchase names its sum, its term and its end", () => {
    const question = asked({ purchases: [{ ...month, renews: "1 month" }] }, "1044.64");
    expect(question.buy).toBe("1044.64");
    expect(promptOf(question)).toContain("1044.64");
    const text = question.lines.join("\n");
    expect(text).toMatch(/bought for 1 month: workers-01, workers-02 .*1,044.64 CNY now; renews itself by 1 month/);
    expect(text).toMatch(/PAID NOW 1,044.64 CNY; a term that is bought is not given back/);
    expect(text).not.toContain("nothing is paid ahead");
  });

  test("what has no price is part of what is repeated", () => {
    const question = asked({ purchases: [month, open] }, "1044.64");
    expect(question.buy).toBe("1044.64+unknown");
    expect(question.lines.join("\n")).toMatch(/no price known; ends by itself[\s\S]*and what has no price above/);
    expect(agrees(question, "1044.64")).toBe(false);
    expect(agrees(question, "1,044.64+unknown")).toBe(true);
  });
});

describe("what is answered", () => {
  test.each(["yes", " YES "])("%j agrees where nothing is bought", (typed) => {
    expect(agrees(asked(), typed)).toBe(true);
  });

  test.each(["", "y", "no", "yes please", "0.00"])("%j does not", (typed) => {
    expect(agrees(asked(), typed)).toBe(false);
  });

  const buying = asked({ purchases: [month] }, "1044.64");
  test.each(["1044.64", " 1,044.64 CNY", "1044.64 cny"])("%j repeats the sum", (typed) => {
    expect(agrees(buying, typed)).toBe(true);
  });

  test.each([
    "yes",
    "",
    "1044.6",
    "1044",
    "1045",
    "1.044,64",
    "10,44.64",
    "-1044.64",
    "1044.64+unknown",
  ])("%j does not", (typed) => {
    expect(agrees(buying, typed)).toBe(false);
  });

  test("no other sum agrees, whatever it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 10_000_000 }), (a, b) => {
        const [sum, typed] = [a, b].map((cents) => (cents / 100).toFixed(2));
        const question = asked({ purchases: [month] }, sum ?? "");
        return agrees(question, typed ?? "") === (a === b);
      }),
    );
  });
});

describe("flags", () => {
  const [plain, buying] = [asked(), asked({ purchases: [month] }, "1044.64")];
  test.each<[string, Question, Parameters<typeof answerOf>[1], boolean | undefined]>([
    ["none: a person is asked", plain, {}, undefined],
    ["yes", plain, { yes: true }, true],
    ["a sum, and nothing is bought", plain, { yes: true, buy: "1044.64" }, false],
    ["none, and something is bought", buying, {}, undefined],
    ["yes alone buys nothing", buying, { yes: true }, false],
    ["yes and the sum", buying, { yes: true, buy: "1044.64" }, true],
    ["another sum", buying, { yes: true, buy: "1044.63" }, false],
    ["another sum, and a person could be asked", buying, { buy: "1044.63" }, false],
    ["the sum without yes", buying, { buy: "1044.64" }, undefined],
  ])("%s", (_, question, flags, ok) => {
    const answer = answerOf(question, flags);
    expect(answer?.ok).toBe(ok);
    if (ok === false && question.buy !== undefined) expect(answer?.why).toContain("1044.64");
  });
});
