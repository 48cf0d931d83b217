import { expect, test } from "vitest";
import { rounded } from "../../cost/amount.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import { renewalsBegun } from "../../cost/renewals.ts";
import { planOfSettings, smallSettings } from "../support/stacks.ts";

const { workers } = smallSettings().hosts ?? {};
const planOf = (pay: unknown) => planOfSettings({ ...smallSettings(), hosts: { workers: { ...workers, pay } } });
const paid = (renew: unknown) => ({ subscription: { for: "1 month", renew } });
const [never, month, year] = ["never", { every: "1 month" }, { every: "1 year" }].map(paid);

test.each([
  ["switched on", never, month, "1 month"],
  ["made longer", month, year, "12 month"],
  ["made shorter", year, month, undefined],
  ["switched off", month, never, undefined],
  ["as it was", month, month, undefined],
  ["bought by the same change", "pay-as-you-go", month, undefined],
])("renewal that is %s", async (_, before, after, every) => {
  const book = catalogueBook("china");
  const begun = renewalsBegun(await planOf(before), await planOf(after), "cn-shanghai", book);
  expect(begun.map(({ every: { count, unit } }) => `${count} ${unit}`)).toEqual(every === undefined ? [] : [every]);
  for (const { names, each } of begun) {
    expect(names).toEqual(["workers-01", "workers-02"]);
    // The catalogue has no price of this disk for a year: then there is no sum either.
    if (every === "12 month") expect(each).toBeUndefined();
    else expect(Number(each === undefined ? "NaN" : rounded(each, 2))).toBeGreaterThan(600);
  }
});

test("another site's list is no price", async () => {
  const begun = renewalsBegun(await planOf(never), await planOf(month), "cn-shanghai", catalogueBook("international"));
  expect(begun).toMatchObject([{ names: ["workers-01", "workers-02"] }]);
  expect(begun[0]?.each).toBeUndefined();
});
