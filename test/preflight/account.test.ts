import { expect, test } from "vitest";
import { arrears } from "../../preflight/checks/arrears.ts";
import { balance } from "../../preflight/checks/balance.ts";
import { identity } from "../../preflight/checks/identity.ts";
import { orders } from "../../preflight/checks/orders.ts";
import { realName } from "../../preflight/checks/real-name.ts";
import { site } from "../../preflight/checks/site.ts";
import { smallSettings } from "../support/stacks.ts";
import { accountId, answering, found, listening, standingHosts } from "./cloud.ts";

const of = (account: object) => ({ ...smallSettings(), account });
const reading = (...actions: string[]) => ({
  Version: "1",
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});

test("identity: the account of the key is compared with the stack file", async () => {
  const { situation, user } = await listening();
  const client = await user();
  const seen = (id?: string) =>
    found(identity, situation(of({ site: "china", ...(id === undefined ? {} : { id }) }), { client }));
  expect(await seen(accountId)).toMatchObject([{ status: "ok", text: expect.stringContaining("RAM user reader") }]);
  expect(await seen()).toMatchObject([{ status: "ok", text: expect.stringContaining("nothing is compared") }]);
  expect(await seen("1000000000000009")).toMatchObject([
    {
      status: "fail",
      text: `the credentials are of the RAM user reader of the account ${accountId}, and china:account.id is 1000000000000009`,
    },
  ]);
});

test("site: the currency tells it, by BSS or by ECS, against what the stack file says", async () => {
  const china = await listening();
  expect(await found(site, china.situation())).toMatchObject([{ status: "ok" }]);
  const wrong = await found(site, china.situation(of({ site: "international" })));
  expect(wrong).toMatchObject([
    {
      status: "fail",
      text: "billed in CNY, so it was opened on aliyun.com (china), and china:account.site says international",
      next: "write site: china into china:account, and review again: prices and terms are others",
    },
  ]);

  const abroad = await listening({ site: "international" });
  expect(await found(site, abroad.situation(of({ site: "international" })))).toMatchObject([{ status: "ok" }]);
  const client = await abroad.user(reading("ecs:DescribeSpotPriceHistory"));
  expect(await found(site, abroad.situation(undefined, { client }))).toMatchObject([
    { status: "fail", text: expect.stringMatching(/^billed in USD/) },
  ]);
});

test("site: who may read neither balances nor prices is told that nothing was seen", async () => {
  const { situation, user } = await listening();
  expect(await found(site, situation(undefined, { client: await user() }))).toMatchObject([
    { status: "not-checked", text: expect.stringContaining("QueryAccountBalance") },
  ]);
});

test("real-name registration: found before anything is made, with one link of the right site", async () => {
  const { situation, account, user } = await listening();
  expect(await found(realName, situation())).toMatchObject([{ status: "ok" }]);
  account({ realName: false });
  const [missing, ...others] = await found(realName, situation(of({ site: "international" })));
  expect(others).toEqual([]);
  expect(missing).toMatchObject({ status: "fail", text: expect.stringContaining("no real-name registration") });
  expect(missing?.next).toContain("https://account-intl.console.aliyun.com/#/intlAuth");
  const [china] = await found(realName, situation());
  expect(china?.next?.match(/https:\S+/g)).toEqual(["https://myaccount.console.aliyun.com/cert-info"]);

  expect(await found(realName, situation(undefined, { client: await user() }))).toMatchObject([
    { status: "not-checked", text: expect.stringContaining("ecs:DescribeAccountAttributes") },
  ]);
});

test("real-name registration: an answer that no document explains is neither good nor bad", async () => {
  const { client, situation } = await listening();
  const seen = (value?: string) => {
    const item = { AttributeName: "real-name-authentication", AttributeValues: { ValueItem: [{ Value: value }] } };
    const answer = { AccountAttributeItems: { AccountAttributeItem: value === undefined ? [] : [item] } };
    const changed = answering(client, "DescribeAccountAttributes", () => answer);
    return found(realName, situation(undefined, { client: changed }));
  };
  expect(await seen("unnecessary")).toMatchObject([{ status: "ok" }]);
  expect(await seen("perhaps")).toMatchObject([{ status: "not-checked", text: expect.stringContaining('"perhaps"') }]);
  expect(await seen()).toMatchObject([{ status: "not-checked", text: expect.stringContaining("nothing") }]);
});

test.each([
  ["china", 100_000, "ok"],
  ["china", 100, "ok"],
  ["china", 99.99, "warning"],
  ["china", 0, "fail"],
  ["china", -0.01, "fail"],
  ["international", -0.01, "fail"],
  ["international", 5, "ok"],
  ["international", 0, "warning"],
] as const)("balance: %s, %d left: %s, and the sum is not shown", async (where, left, status) => {
  const { situation } = await listening({ site: where, account: { balance: left } });
  const rows = await found(balance, situation(of({ site: where })));
  expect(rows.map((row) => row.status)).toEqual([status]);
  expect(JSON.stringify(rows)).not.toMatch(/99\.99|100000/);
});

test("balance: terms paid ahead are counted, as far as their hosts do not stand yet", async () => {
  const cloud = await listening({ account: { balance: 500 } });
  const { situation, account } = cloud;
  const [group] = Object.values(smallSettings().hosts ?? {});
  const term = {
    ...smallSettings(),
    hosts: { workers: { ...group, pay: { subscription: { for: "1 month", renew: "never" } } } },
  };
  expect(await found(balance, situation(term))).toMatchObject([
    { status: "ok" },
    { status: "fail", on: "terms paid ahead", text: expect.stringMatching(/does not cover .* [\d.]+ CNY/) },
  ]);
  const years = {
    ...smallSettings(),
    hosts: { workers: { ...group, pay: { subscription: { for: "3 years", renew: "never" } } } },
  };
  expect((await found(balance, situation(years)))[1]).toMatchObject({ status: "not-checked", on: "terms paid ahead" });
  account({ balance: 5_000 });
  expect(await found(balance, situation(term))).toMatchObject([{ status: "ok" }, { status: "ok" }]);
  const paid = { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month" };
  await standingHosts(cloud, ["china-test-workers-01", "china-test-workers-02"], paid);
  expect(await found(balance, situation(term))).toMatchObject([
    { status: "ok", text: expect.not.stringContaining("at once") },
  ]);
});

test("balance: as the documents write it, and refused with HTTP 200", async () => {
  const { client, situation } = await listening();
  const seen = (answer: object) =>
    found(balance, situation(undefined, { client: answering(client, "QueryAccountBalance", () => answer) }));
  expect(await seen({ Data: { AvailableAmount: "10,000.00", Currency: "CNY" } })).toMatchObject([{ status: "ok" }]);
  const refused = { Success: false, Code: "NotApplicable", Message: "This API is not applicable for caller." };
  expect(await seen(refused)).toMatchObject([{ status: "not-checked" }]);
});

test("open bills: a balance below zero, and hosts that are locked for want of payment", async () => {
  const { situation, account, made, refuse } = await listening();
  expect(await found(arrears, situation())).toMatchObject([
    { status: "ok", text: "the balance is not below zero, and no host is locked for want of payment" },
  ]);
  await standingHosts({ made }, ["old-host"]);
  account({ arrears: true });
  expect(await found(arrears, situation())).toMatchObject([
    { status: "fail", text: expect.stringContaining("below zero") },
    { status: "fail", on: "hosts", text: "locked for want of payment: old-host" },
  ]);
  // What cannot be read of one is told by the other; of neither, nothing is said to be well.
  refuse("QueryAccountBalance", "NoPermission");
  expect(await found(arrears, situation())).toMatchObject([{ status: "fail", on: "hosts" }]);
  refuse("DescribeInstances", "Forbidden.RAM");
  expect(await found(arrears, situation())).toMatchObject([{ status: "not-checked" }]);
});

test("risk control and payment method: by the dry run of an order, once there is a network to try it in", async () => {
  const { situation, account, made } = await listening();
  expect(await found(orders, situation())).toMatchObject([{ status: "not-checked" }]);
  const { VpcId = "" } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  await made("vpc", "CreateVSwitch", { VpcId, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20" });
  await made("ecs", "CreateSecurityGroup", { VpcId });
  expect(await found(orders, situation())).toMatchObject([{ status: "ok" }]);
  account({ riskControl: true });
  expect(await found(orders, situation())).toMatchObject([
    { status: "fail", on: "risk control", next: expect.stringContaining("ticket") },
  ]);
  account({ riskControl: false, payMethod: false });
  expect(await found(orders, situation())).toMatchObject([{ status: "fail", on: "payment method" }]);
});
