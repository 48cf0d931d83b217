import { expect, test } from "vitest";
import { CloudRefusal } from "../../../deploy/cloud-client.ts";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { day, hour, makeHost, meteredCloud, minute, newPlace } from "./metering-cloud.ts";

const hostPrice = 1.0465;
const diskPrice = (0.5 / 480) * 40;

test("golden: seconds of an hour, and of two hours", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("01:30:30");
  const first = await makeHost(place);
  metered.until("01:55:30");
  await metered.client.ok("ecs", "DeleteInstance", { InstanceId: first, Force: true });
  metered.until("10:59:30");
  const second = await makeHost(place);
  metered.until("11:50:30");
  await metered.client.ok("ecs", "DeleteInstance", { InstanceId: second, Force: true });
  metered.until("12:00:00");
  const hosts = (await metered.rows(month)).filter(({ BillingItemCode }) => BillingItemCode === "InstanceType");
  expect(
    hosts.map(({ InstanceID, ServicePeriod, ServicePeriodUnit }) => [InstanceID, ServicePeriod, ServicePeriodUnit]),
  ).toEqual([
    [first, "1500", "Second"],
    [second, "3060", "Second"],
  ]);
  expect(hosts[0]).toMatchObject({ Usage: "0.416667", UsageUnit: "Hour", ListPrice: String(hostPrice) });
  // The 30 seconds before eleven are billed as the two minutes that four vCPUs pay at least.
  const amounts = hosts.map((row) => row["PretaxGrossAmount"]);
  expect(amounts).toEqual([0.436042, 0.915688]);
});

test("an hour is in the bill when it is over, and days are China's", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("23:30:00");
  await makeHost(place);
  metered.cloud.clock.skip(29 * minute);
  expect(await metered.rows(month)).toEqual([]);
  metered.cloud.clock.skip(minute);
  expect((await metered.rows(month)).map((row) => row["ServicePeriod"])).toEqual(["1800", "1800"]);
  metered.cloud.clock.skip(2 * hour);
  const days = await Promise.all(
    ["01", "02"].map((d) => metered.rows(month, { Granularity: "DAILY", BillingDate: `${month}-${d}` })),
  );
  expect(days.map((rows) => rows.map((row) => [row["BillingDate"], row["ServicePeriod"]]))).toEqual([
    [
      [`${month}-01`, "1800"],
      [`${month}-01`, "1800"],
    ],
    [
      [`${month}-02`, "7200"],
      [`${month}-02`, "7200"],
    ],
  ]);
});

test("stopped without charge the host rests and its disks go on; stopped otherwise all of it goes on", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  const [saving, paying] = [await makeHost(place), await makeHost(place)];
  metered.cloud.clock.skip(10 * hour);
  await metered.client.ok("ecs", "StopInstance", { InstanceId: saving, StoppedMode: "StopCharging" });
  await metered.client.ok("ecs", "StopInstance", { InstanceId: paying });
  metered.cloud.clock.skip(5 * hour);
  await metered.client.ok("ecs", "StartInstance", { InstanceId: saving });
  metered.cloud.clock.skip(hour);
  const rows = await metered.rows(month);
  const seconds = (id: string) =>
    Object.fromEntries(
      rows
        .filter((row) => row["InstanceID"] === id)
        .map((row) => [row["BillingItemCode"], Number(row["ServicePeriod"])]),
    );
  // It takes ten seconds to go off.
  expect(seconds(saving)).toEqual({ InstanceType: 11 * 3600 + 10, SystemDisk: 16 * 3600 });
  expect(seconds(paying)).toEqual({ InstanceType: 16 * 3600, SystemDisk: 16 * 3600 });
});

test("what was deleted stays in the bill, by its last name and tags", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  const tags = [
    { Key: "project", Value: "china" },
    { Key: "stack", Value: "shanghai" },
  ];
  const id = await makeHost(place, { InstanceName: "china-shanghai-workers-01", Tag: tags });
  const { DiskId } = await metered.client.ok("ecs", "CreateDisk", {
    ...{
      ZoneId: place.zone,
      Size: 200,
      DiskCategory: "cloud_essd",
      PerformanceLevel: "PL1",
      DiskName: "china-shanghai-data",
    },
  });
  metered.cloud.clock.skip(2 * hour);
  await metered.client.ok("ecs", "DeleteInstance", { InstanceId: id, Force: true });
  await metered.client.ok("ecs", "DeleteDisk", { DiskId });
  metered.cloud.clock.skip(3 * day);
  metered.cloud.store.sweep();
  const rows = await metered.rows(month);
  expect(
    rows.map((row) => [row["InstanceID"], row["ProductCode"], row["NickName"], row["Usage"], row["PretaxAmount"]]),
  ).toEqual([
    [id, "ecs", "china-shanghai-workers-01", "80", Number((2 * diskPrice).toFixed(6))],
    [id, "ecs", "china-shanghai-workers-01", "2", 2.093],
    [DiskId, "yundisk", "china-shanghai-data", "400", Number(((2 * 200) / 480).toFixed(6))],
  ]);
  expect(rows[1]?.["Tag"]).toBe("key:project value:china; key:stack value:shanghai");
});

test("a disk that grows is billed by its size at each time", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  const disk = { ZoneId: place.zone, Size: 100, DiskCategory: "cloud_essd", PerformanceLevel: "PL1" };
  const { DiskId } = await metered.client.ok("ecs", "CreateDisk", disk);
  metered.cloud.clock.skip(hour);
  await metered.client.ok("ecs", "ResizeDisk", { DiskId, NewSize: 200, Type: "online" });
  metered.cloud.clock.skip(hour);
  expect((await metered.rows(month)).map((row) => [row["Usage"], row["ServicePeriod"]])).toEqual([
    ["100", "3600"],
    ["200", "3600"],
  ]);
});

test("least of a life: a disk of one minute costs a cent", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  const { DiskId } = await metered.client.ok("ecs", "CreateDisk", {
    ZoneId: place.zone,
    Size: 40,
    DiskCategory: "cloud_essd",
  });
  metered.cloud.clock.skip(minute);
  await metered.client.ok("ecs", "DeleteDisk", { DiskId });
  metered.cloud.clock.skip(hour);
  expect((await metered.rows(month)).map((row) => [row["ServicePeriod"], row["PretaxGrossAmount"]])).toEqual([
    ["60", 0.01],
  ]);
});

test("a subscription is paid on the day of purchase, and again when it renews itself", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  const subscription = {
    InstanceChargeType: "PrePaid",
    Period: 1,
    PeriodUnit: "Month",
    AutoRenew: true,
    AutoRenewPeriod: 1,
  };
  const id = await makeHost(place, subscription);
  metered.cloud.clock.skip(hour);
  const orders = async (cycle: string) =>
    (await metered.rows(cycle)).map((row) => [
      ...[row["Item"], row["SubscriptionType"], row["BillingItemCode"], row["ServicePeriod"], row["ServicePeriodUnit"]],
      row["PretaxAmount"],
    ]);
  const both = [
    ["SubscriptionOrder", "Subscription", "SystemDisk", "1", "Month", 20],
    ["SubscriptionOrder", "Subscription", "InstanceType", "1", "Month", 502.32],
  ];
  expect(await orders(month)).toEqual(both);
  const available = async () =>
    await metered.client.ok("bss", "QueryAvailableInstances", { InstanceIDs: id, SubscriptionType: "Subscription" });
  const before = (await available())["Data"]?.["InstanceList"]?.[0];
  expect(before).toMatchObject({ RenewStatus: "AutoRenewal", RenewalDuration: 1, RenewalDurationUnit: "M" });

  const second = metered.nextMonth();
  expect(await orders(second)).toEqual([]);
  metered.cloud.clock.skip(2 * day);
  expect((await orders(second)).toSorted()).toEqual(both.toSorted());
  expect(await orders(month)).toHaveLength(2);
  // A change in between writes the renewal down, once.
  for (const name of ["worker-a", "worker-b"]) {
    await metered.client.ok("ecs", "ModifyInstanceAttribute", { InstanceId: id, InstanceName: name });
  }
  expect(await orders(second)).toHaveLength(2);
  const after = (await available())["Data"]?.["InstanceList"]?.[0];
  expect(Date.parse(String(after?.["EndTime"])) - Date.parse(String(before?.["EndTime"]))).toBeGreaterThan(27 * day);

  await metered.client.ok("ecs", "ModifyInstanceAutoRenewAttribute", { InstanceId: id, RenewalStatus: "Normal" });
  const third = metered.nextMonth();
  metered.cloud.clock.skip(5 * day);
  expect(await orders(third)).toEqual([]);
  // What happened by itself before it was switched off stays paid, the disk's part too.
  expect(await orders(second)).toHaveLength(2);
  expect((await available())["Data"]?.["InstanceList"]?.[0]).toMatchObject({ RenewStatus: "ManualRenewal" });
});

test("what has no list price is metered, and nothing is made up", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  await makeHost(place, { SpotStrategy: "SpotAsPriceGo" });
  metered.cloud.clock.skip(hour);
  const [, host] = await metered.rows(month);
  expect(host).toMatchObject({ BillingItemCode: "InstanceType", Usage: "1" });
  expect(Object.keys(host ?? {})).not.toEqual(expect.arrayContaining(["PretaxAmount"]));
  expect(host?.["PretaxGrossAmount"]).toBeUndefined();
  expect(host?.["ListPrice"]).toBeUndefined();
});

test("an account of the other site is billed in its currency, and this project has no such list", async () => {
  const metered = await meteredCloud("international");
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  await makeHost(place);
  metered.cloud.clock.skip(hour);
  const rows = await metered.rows(month);
  expect(rows.map((row) => [row["Currency"], row["PretaxAmount"], row["Usage"]])).toEqual([
    ["USD", undefined, "40"],
    ["USD", undefined, "1"],
  ]);
});

test("discount and tax of the account", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  const [account] = metered.cloud.store.everywhere(accounts);
  if (account === undefined) throw new Error("no account");
  metered.cloud.store.put(accounts, { ...account, discountPercent: 15, taxPercent: 6 });
  metered.until("08:00:00");
  await makeHost(place);
  metered.cloud.clock.skip(2 * hour);
  const [, host] = await metered.rows(month);
  expect(host).toMatchObject({
    PretaxGrossAmount: 2.093,
    InvoiceDiscount: 0.31395,
    PretaxAmount: 1.77905,
    Tax: 0.106743,
  });
});

test("pages: each row once, and a token from somewhere else is refused", async () => {
  const metered = await meteredCloud();
  const month = metered.nextMonth();
  const place = await newPlace(metered.client);
  metered.until("08:00:00");
  for (let n = 0; n < 4; n += 1) await makeHost(place);
  metered.cloud.clock.skip(hour);
  const seen: unknown[] = [];
  let token: string | undefined;
  do {
    const answer = (await metered.sdk.call("bss", "DescribeInstanceBill", {
      ...{ BillingCycle: month, IsBillingItem: true, MaxResults: 3 },
      ...(token === undefined ? {} : { NextToken: token }),
    })) as { Data: { TotalCount: number; NextToken?: string; Items: { InstanceID: string; BillingItem: string }[] } };
    expect(answer.Data.TotalCount).toBe(8);
    expect(answer.Data.Items.length).toBeLessThanOrEqual(3);
    seen.push(...answer.Data.Items.map((row) => `${row.InstanceID} ${row.BillingItem}`));
    token = answer.Data.NextToken;
  } while (token !== undefined);
  expect(new Set(seen).size).toBe(8);
  const byResource = (await metered.rows(month, { IsBillingItem: false })).map((row) => row["PretaxAmount"]);
  expect(byResource).toEqual(Array(4).fill(Number((hostPrice + diskPrice).toFixed(6))));
});

test.for([
  [{}, "MissingParameter.BillingCycle"],
  [{ BillingCycle: "2026-13" }, "InvalidParameter.BillingCycle"],
  [{ BillingCycle: "2026-1" }, "InvalidParameter.BillingCycle"],
  [{ BillingCycle: "2199-01" }, "InvalidParameter.BillingCycle"],
  [{ BillingCycle: "2019-01" }, "InvalidParameter.BillingCycle"],
  [{ Granularity: "DAILY" }, "MissingParameter.BillingDate"],
  [{ Granularity: "DAILY", BillingDate: "2020-01-01" }, "InvalidParameter.BillingDate"],
  [{ Granularity: "HOURLY" }, "InvalidParameter.Granularity"],
  [{ MaxResults: 301 }, "InvalidParameter.MaxResults"],
  [{ NextToken: "none" }, "InvalidParameter.NextToken"],
] as const)("refuses %j: %s", async ([wrong, code]) => {
  const { sdk, cloud } = await meteredCloud();
  const now = new Date(cloud.clock.now()).toISOString().slice(0, 7);
  const parameters = {
    ...("BillingCycle" in wrong || Object.keys(wrong).length === 0 ? {} : { BillingCycle: now }),
    ...wrong,
  };
  const error: unknown = await sdk.call("bss", "DescribeInstanceBill", parameters).catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(CloudRefusal);
  expect(error).toMatchObject({ code });
});

test("a user without the permission is refused by RAM", async () => {
  const { client, cloud } = await meteredCloud();
  await client.ok("ram", "CreateUser", { UserName: "reader" });
  const { AccessKey } = await client.ok("ram", "CreateAccessKey", { UserName: "reader" });
  const { Client } = await import("../client.ts");
  const key = { id: String(AccessKey?.["AccessKeyId"]), secret: String(AccessKey?.["AccessKeySecret"]) };
  const reader = new Client(cloud, key);
  const now = new Date(cloud.clock.now()).toISOString().slice(0, 7);
  const ask = () => reader.call("bss", "DescribeInstanceBill", { BillingCycle: now });
  expect((await ask()).code).toMatch(/NoPermission|Forbidden/);
  const statement = { Effect: "Allow", Action: ["bssapi:DescribeInstanceBill"], Resource: ["*"] };
  const policy = { PolicyName: "bill", PolicyType: "Custom" };
  const document = JSON.stringify({ Version: "1", Statement: [statement] });
  await client.ok("ram", "CreatePolicy", { ...policy, PolicyDocument: document });
  await client.ok("ram", "AttachPolicyToUser", { ...policy, UserName: "reader" });
  expect((await ask()).code).toBeUndefined();
});
