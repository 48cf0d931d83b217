import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, onTestFinished, test, vi } from "vitest";
import { realCloud } from "../../cli/bill-cloud.ts";
import { addBillCommands } from "../../cli/bill-commands.ts";
import { billingMonth } from "../../cost/bill/month.ts";
import { type BillReport, billReport } from "../../cost/bill/report.ts";
import { accounts } from "../../sandbox/core/accounts.ts";
import { homeOf } from "../../sandbox/home.ts";
import { day, hour, type MeteredCloud, makeHost, meteredCloud, newPlace } from "../sandbox/account/metering-cloud.ts";
import type { Place } from "../sandbox/ecs-instances/place.ts";
import { command, type Said, said } from "../support/in-process.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";
import { CommandLine } from "../with-engine/sandbox.ts";

/** `npm run bill -- ...` in this process, against the local cloud of the test. */
function bill(metered: MeteredCloud, ...args: string[]): Promise<Said> {
  return said({ CHINA_SANDBOX: metered.folder }, command([addBillCommands], "bill", ...args));
}

function configFile(metered: MeteredCloud, more: object = {}): string {
  const file = join(metered.folder, "stack.yaml");
  writeFileSync(file, stackFile({ ...smallSettings(), ...more }));
  return file;
}

const tagsOf = (component: string, stack = "test") =>
  Object.entries({ project: "china", stack, component }).map(([Key, Value]) => ({ Key, Value }));

async function worker(place: Place, n: number, more: object = {}): Promise<string> {
  const name = `china-test-workers-0${n}`;
  return makeHost(place, { InstanceName: name, Tag: tagsOf("workers"), ...more });
}

/** Two workers as the stack file has them, from the first second of a month on. */
async function twoWorkers(): Promise<{ metered: MeteredCloud; place: Place; month: string; ids: string[] }> {
  const metered = await meteredCloud();
  const place = await newPlace(metered.client);
  const month = metered.nextMonth();
  const ids = [await worker(place, 1), await worker(place, 2)];
  return { metered, place, month, ids };
}

async function reportOf(metered: MeteredCloud, month: string, file: string): Promise<BillReport> {
  const { out, refusal } = await bill(
    metered,
    "test",
    "--month",
    month,
    "--config",
    file,
    "--sandbox",
    "--format",
    "json",
  );
  expect(refusal).toBe("");
  return billReport.parse(JSON.parse(out));
}

test("a whole month as reviewed, to the cent", async () => {
  const { metered, month } = await twoWorkers();
  metered.nextMonth();
  const report = await reportOf(metered, month, configFile(metered));
  const hours = report.hours;
  expect(report).toMatchObject({ partial: false, elapsed: hours, currency: "CNY" });
  expect(report.totals.run).toMatchObject({ difference: "0.00", parts: [] });
  const wanted = (hours * (1.0465 + (40 * 0.5) / 480) * 2).toFixed(2);
  expect([report.totals.run.expected, report.totals.run.billed]).toEqual([wanted, wanted]);
  expect(report.lines.map(({ name, kind, ids }) => [name, kind, ids.length])).toEqual([
    ["china-test-workers-01", "host", 1],
    ["china-test-workers-01", "system-disk", 1],
    ["china-test-workers-02", "host", 1],
    ["china-test-workers-02", "system-disk", 1],
  ]);
});

test("a discount, a stop, an extra host and one of another stack: each is said, and nothing is left over", async () => {
  const { metered, place, month, ids } = await twoWorkers();
  const [account] = metered.cloud.store.everywhere(accounts);
  if (account === undefined) throw new Error("no account");
  metered.cloud.store.put(accounts, { ...account, discountPercent: 10, taxPercent: 6 });
  await makeHost(place, { InstanceName: "by-hand", Tag: tagsOf("experiments") });
  await makeHost(place, { InstanceName: "elsewhere", Tag: tagsOf("workers", "other") });
  await makeHost(place, { InstanceName: "nobody" });
  metered.cloud.clock.skip(100 * hour);
  await metered.client.ok("ecs", "StopInstance", {
    InstanceId: ids[0] ?? "",
    StoppedMode: "StopCharging",
    ForceStop: true,
  });
  metered.nextMonth();
  const file = configFile(metered);
  const report = await reportOf(metered, month, file);
  const reasons = (name: string, kind: string) =>
    report.lines
      .find((line) => line.name === name && line.kind === kind)
      ?.parts.map(({ reason }) => reason)
      .filter((reason) => reason !== "rounding");
  expect(reasons("china-test-workers-01", "host")).toEqual(["hours", "minimum", "discount", "tax"]);
  expect(reasons("china-test-workers-02", "host")).toEqual(["discount", "tax"]);
  expect(reasons("by-hand", "host")).toEqual(["unreviewed"]);
  expect(report.totals.run.parts.map(({ reason }) => reason)).not.toContain("unexplained");
  expect(report.ofNoStack.map(({ product, rows }) => [product, rows])).toEqual([
    ["ecs", 1],
    ["ecs", 1],
  ]);
  expect(report.otherRows).toBe(2);

  const { out } = await bill(metered, "test", "--month", month, "--config", file, "--sandbox");
  expect(out).toContain("Every difference is explained.");
  expect(out).toMatch(/china-test-workers-01 host +ecs\.g7\.xlarge .* hours -/);
  const csv = await bill(metered, "test", "--month", month, "--config", file, "--sandbox", "--format", "csv");
  const rows: Record<string, string>[] = parse(csv.out, { columns: true });
  expect(rows.filter(({ stack }) => stack === "test").map(({ name }) => name)).toEqual(
    report.lines.map(({ name }) => name),
  );
  const billed = rows.reduce((total, row) => total + (row["stack"] === "test" ? Number(row["billed"]) : 0), 0);
  expect(billed).toBeCloseTo(Number(report.totals.run.billed), 1);
});

test("a month that is not over is compared with the part that is", async () => {
  const { metered, month } = await twoWorkers();
  metered.cloud.clock.skip(10.5 * day);
  const report = await reportOf(metered, month, configFile(metered));
  expect(report).toMatchObject({ partial: true, elapsed: 252 });
  expect(report.totals.run).toMatchObject({ difference: "0.00" });
  const { out } = await bill(metered, "test", "--month", month, "--config", configFile(metered), "--sandbox");
  expect(out).toMatch(/so far: 252 of 7\d\d hours are over/);
});

test("hosts of 200 hours that run all the time: hours; over the budget ends with 1, accepted with 0", async () => {
  const { metered, month } = await twoWorkers();
  metered.nextMonth();
  const { hosts } = smallSettings();
  const use = { hosts: { workers: { ...hosts["workers"], use: { hoursPerMonth: 200, whenIdle: "stop" } } } };
  const budget = { currency: "CNY", month: 1000 };
  const args = (file: string) => ["test", "--month", month, "--config", file, "--sandbox"];
  const over = await bill(metered, ...args(configFile(metered, { ...use, budget })));
  expect(over.exitCode).toBe(1);
  expect(over.out).toMatch(/! budget, over: a month costs at least 1\d{3}\.\d\d CNY, the limit is 1000/);
  expect(over.out).toMatch(/workers host x 2 .* hours \+1\d{3}\.\d\d/);
  const accept = [{ what: "budget-month", on: "stack", why: "a test", by: "test", until: "2099-12-31" }];
  const accepted = await bill(metered, ...args(configFile(metered, { ...use, budget, accept })));
  expect(accepted).toMatchObject({ exitCode: 0 });
  expect(accepted.out).toContain("accepted until 2099-12-31");
  expect(
    (await bill(metered, ...args(configFile(metered, { budget: { currency: "CNY", month: 9000 } })))).exitCode,
  ).toBe(0);
});

test("a subscription: the purchase by itself, and its renewal with sum, day and how to call it off", async () => {
  const metered = await meteredCloud();
  const place = await newPlace(metered.client);
  const month = metered.nextMonth();
  const paid = { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month", AutoRenew: true, AutoRenewPeriod: 1 };
  await worker(place, 1, paid);
  await worker(place, 2, paid);
  metered.cloud.clock.skip(day);
  const { hosts } = smallSettings();
  const pay = { subscription: { for: "1 month", renew: { every: "1 month" } } };
  const report = await reportOf(
    metered,
    month,
    configFile(metered, { hosts: { workers: { ...hosts["workers"], pay } } }),
  );
  expect(report.totals.purchase).toMatchObject({ expected: "1044.64", billed: "1044.64", difference: "0.00" });
  expect(report.totals.run).toMatchObject({ expected: "0.00", billed: "0.00" });
  expect(report.renewals.map(({ name, does, term, amount }) => [name, does, term, amount])).toEqual([
    ["china-test-workers-01", "renews", "1 month", "522.32"],
    ["china-test-workers-02", "renews", "1 month", "522.32"],
  ]);
  expect(report.renewals[0]?.cancelBy).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test("an account of the other site: metered without amounts, and nothing is converted", async () => {
  const metered = await meteredCloud("international");
  const place = await newPlace(metered.client);
  const month = metered.nextMonth();
  await worker(place, 1);
  metered.nextMonth();
  const file = configFile(metered, { account: { site: "international" } });
  const report = await reportOf(metered, month, file);
  expect(report).toMatchObject({ currency: "USD", totals: { run: { expected: "0.00", billed: "0.00" } } });
  expect(report.lines[0]?.note).toContain("nothing is converted");
});

test("the real bill is behind: a month that is not over, and one that is not final", () => {
  const begins = Date.parse("2026-10-31T16:00:00Z");
  const notes = (now: string) => {
    vi.useFakeTimers({ now: Date.parse(now), toFake: ["Date"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const month = billingMonth("2026-11", Date.now());
    expect(month?.begins).toBe(begins);
    return month === undefined ? [] : realCloud("cn-shanghai", { site: "china" }).delays(month);
  };
  expect(notes("2026-11-20T00:00:00Z")).toEqual([expect.stringContaining("up to a day behind")]);
  expect(notes("2026-12-03T03:59:00Z")).toEqual([expect.stringContaining("final from noon of the 3rd")]);
  expect(notes("2026-12-03T04:00:00Z")).toEqual([]);
});

test.for([
  [["test", "--month", "2026-13"], /--month 2026-13 is no month/],
  [["test", "--month", "11-2026"], /--month 11-2026 is no month/],
  [["shangai", "--month", "2026-01"], /no stack "shangai".*Did you mean shanghai\?/s],
  [["shanghai", "--month", "2199-01", "--sandbox"], /--month 2199-01 has not begun: it is 20\d\d-\d\d in China now/],
  [["shanghai", "--month", "2019-01", "--sandbox"], /--month 2019-01 is too old: bills go back 18 months/],
  [["shanghai"], /required option '--month/],
] as const)("refuses %j", async ([args, refusal]) => {
  const answer = await bill(await meteredCloud(), ...args);
  expect(answer.refusal).toMatch(refusal);
  expect(answer.exitCode).toBe(2);
});

test("the real command line: a permission or a key that is missing is named; exit codes", async () => {
  const { metered, month } = await twoWorkers();
  const { client } = metered;
  metered.nextMonth();
  await client.ok("ram", "CreateUser", { UserName: "nobody" });
  const { AccessKey } = await client.ok("ram", "CreateAccessKey", { UserName: "nobody" });
  const line = new CommandLine(homeOf(metered.folder));
  const file = configFile(metered, { budget: { currency: "CNY", month: 1000 } });
  // Without --sandbox the environment that `sandbox serve` prints says where the cloud is; its clock is the wall's then.
  const wall = new Date(Date.now() + 8 * hour).toISOString().slice(0, 7);
  const nobody = {
    ...metered.environment,
    ALICLOUD_ACCESS_KEY: String(AccessKey?.["AccessKeyId"]),
    ALICLOUD_SECRET_KEY: String(AccessKey?.["AccessKeySecret"]),
  };
  const none = {
    ...Object.fromEntries(Object.keys(process.env).map((name) => [name, ""])),
    ...{ HOME: metered.folder, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", HTTPS_PROXY: "http://127.0.0.1:9" },
  };
  const [denied, keyless, over] = await Promise.all([
    line.china(["bill", "test", "--month", wall, "--config", file], { env: nobody }),
    line.china(["bill", "test", "--month", wall, "--config", file], { env: none }),
    line.china(["bill", "test", "--month", month, "--config", file, "--sandbox", "--format", "json"]),
  ]);
  expect(denied.text).toContain("RAM action: bssapi:DescribeInstanceBill");
  expect(denied.text).not.toMatch(/ at .*\.ts:/);
  expect(denied.status).toBe(2);
  expect(keyless.text).toContain("There is no key for Alibaba Cloud.");
  expect(keyless.status).toBe(2);
  expect(over.status).toBe(1);
  expect(JSON.parse(over.text)).toMatchObject({ version: 1, stack: "test", month, budget: [{ verdict: "over" }] });
});
