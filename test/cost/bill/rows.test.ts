import { expect, test } from "vitest";
import { rounded } from "../../../cost/amount.ts";
import { kindOfRow } from "../../../cost/bill/kinds.ts";
import { readBill } from "../../../cost/bill/read.ts";
import { tagsOf } from "../../../cost/bill/rows.ts";

test.each([
  ["", {}],
  ["key:project value:china", { project: "china" }],
  ["key:project value:china; key:stack value:shanghai", { project: "china", stack: "shanghai" }],
  ["key:note value:a; b:c; key:url value:x value:y", { note: "a; b:c", url: "x value:y" }],
  ["key:empty value:; key:stack value:s", { empty: "", stack: "s" }],
  ["no tags at all", {}],
] as const)("tags of %j", (written, wanted) => {
  expect(tagsOf(written)).toEqual(wanted);
});

test.each([
  ["ecs", "Instance type InstanceType", "host"],
  ["ecs", "云服务器配置", "host"],
  ["ecs", "系统盘 SystemDisk", "system-disk"],
  ["ecs", "数据盘 DataDisk", "data-disk"],
  ["ecs", "InternetMaxBandwidthOut", "bandwidth"],
  ["ecs", "流出流量 InternetTrafficOut", "traffic"],
  ["yundisk", "云盘", "data-disk"],
  ["yundisk", "SystemDisk", "system-disk"],
  ["eip", "InternetTrafficOut", "traffic"],
  ["eip", "InstanceRent", "address"],
  ["nat_gw", "Instance fee", "nat-gateway"],
  ["hitsdb", "LindormStorage", "lindorm-storage"],
  ["hitsdb", "LindormNode", "lindorm-node"],
  ["hitsdb", "TsdbInstance", "tsdb"],
  ["snapshot", "SnapshotSize", "snapshot"],
  ["cdt", "internet_traffic", "traffic"],
  ["oss", "Storage", "other"],
] as const)("%s %s is for a %s", (product, item, kind) => {
  expect(kindOfRow({ product, item })).toBe(kind);
});

const page = (items: readonly object[], next?: string) => ({
  Success: true,
  Code: "Success",
  Data: { Items: items, ...(next === undefined ? {} : { NextToken: next }) },
});

test("reads all pages, and says what it wants", async () => {
  const asked: object[] = [];
  const rows = await readBill(async (parameters) => {
    asked.push(parameters);
    const row = {
      InstanceID: `i-${asked.length}`,
      ProductCode: "ecs",
      BillingItemCode: "InstanceType",
      SubscriptionType: "PayAsYouGo",
    };
    return page([row], asked.length < 3 ? `token-${asked.length}` : undefined);
  }, "2026-11");
  expect(rows.map(({ id }) => id)).toEqual(["i-1", "i-2", "i-3"]);
  const first = { BillingCycle: "2026-11", Granularity: "MONTHLY", IsBillingItem: true, MaxResults: 300 };
  expect(asked).toEqual([first, { ...first, NextToken: "token-1" }, { ...first, NextToken: "token-2" }]);
});

test("amounts are exact, and what is not there stays away", async () => {
  const amounts = { PretaxGrossAmount: 0.1, InvoiceDiscount: 0.03, PretaxAmount: 0.07, Tax: 1e-7 };
  const [priced, bare] = await readBill(
    async () =>
      page([
        { ...amounts, ServicePeriod: "2", ServicePeriodUnit: "Hours", ListPrice: "0.0010416667" },
        { InstanceID: null },
      ]),
    "2026-11",
  );
  expect([priced?.gross, priced?.discount, priced?.net, priced?.tax].map((one) => one?.over.toFixed())).toEqual([
    "0.1",
    "0.03",
    "0.07",
    "0.0000001",
  ]);
  expect(priced).toMatchObject({ seconds: 7200 });
  expect(priced?.listPriceStep && rounded(priced.listPriceStep, 4)).toBe("0.0000");
  expect(bare?.gross).toBeUndefined();
  expect(bare?.net).toBeUndefined();
});

test("a year paid ahead is twelve months; a refund is one", async () => {
  const order = { SubscriptionType: "Subscription", ServicePeriod: "1", ServicePeriodUnit: "Year" };
  const rows = await readBill(async () => page([order, { ...order, Item: "Refund", PretaxAmount: -10 }]), "2026-11");
  expect(rows.map(({ nature, term }) => [nature, term])).toEqual([
    ["purchase", { unit: "month", count: 12 }],
    ["refund", { unit: "month", count: 12 }],
  ]);
});

test("a refusal in a good answer is a refusal", async () => {
  const ask = async () => ({ Success: false, Code: "NotApplicable", Message: "not for this account" });
  await expect(readBill(ask, "2026-11")).rejects.toThrow("NotApplicable: not for this account");
});
